import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentHash, contentHashOf } from '../../src/kernel/content-hash.ts';

test('a text has the hash that everybody gives it', async () => {
  expect(await contentHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('data that holds the same has one hash, and what differs in a number, a kind or a place another', async () => {
  const data = fc.record({
    name: fc.string(),
    limit: fc.oneof(fc.double(), fc.constantFrom(Infinity, -Infinity, Number.NaN, null, undefined)),
    row: fc.array(fc.double()).map((values) => Float64Array.from(values)),
    rows: fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(data, fc.nat(), async (one, place) => {
      const hash = await contentHashOf(one);
      expect(await contentHashOf(structuredClone(one))).toBe(hash);
      const other = structuredClone(one);
      other.row = Float64Array.from([...one.row, 1]);
      expect(await contentHashOf(other)).not.toBe(hash);
      const i = place % Math.max(1, one.row.length);
      if (one.row.length > 0) {
        other.row = one.row.slice();
        other.row[i] = one.row[i] === 7 ? 8 : 7;
        expect(await contentHashOf(other)).not.toBe(hash);
      }
    }),
    { numRuns: 100 },
  );
  const hashes = [
    { limit: Infinity },
    { limit: -Infinity },
    { limit: Number.NaN },
    { limit: null },
    { limit: 'Infinity' },
    { limit: new Float64Array(1) },
    { limit: new Int32Array(2) },
    { limit: [0] },
    { rows: [Uint8Array.of(1), Uint8Array.of(2, 3)] },
    { rows: [Uint8Array.of(1, 2), Uint8Array.of(3)] },
  ];
  expect(new Set(await Promise.all(hashes.map(contentHashOf))).size).toBe(hashes.length);
});

test('what is no plain data is refused rather than taken for something else', async () => {
  for (const value of [new Map([[1, 2]]), new Set([1]), () => 1])
    expect(await Promise.resolve({ value }).then(contentHashOf).catch(String)).toContain(
      'cannot be compared',
    );
});

test('what a computation leaves in a NaN counts for nothing', async () => {
  // The one by the standard, its negative, and one that carries something.
  const hashes = [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff8000000000001n].map((bits) =>
    contentHashOf({ row: new Float64Array(BigUint64Array.of(bits, 0x3ff0000000000000n).buffer) }),
  );
  expect(new Set(await Promise.all(hashes)).size).toBe(1);
});
