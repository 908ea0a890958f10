import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RedialCounter } from '../../src/ingest/kinds/redial-counter.ts';

type Call = readonly [hash: number, minute: number, bin: number, failed: boolean];

/** Bins of the redials within an hour of a failed attempt, in order. */
const redials = (calls: readonly Call[]): number[] => {
  const counter = new RedialCounter(60);
  for (const [hash, minute, bin, failed] of calls) counter.add(hash, minute * 60_000, bin, failed);
  const bins: number[] = [];
  counter.forEachRedial((bin) => bins.push(bin));
  return bins.toSorted((a, b) => a - b);
};

test('an attempt within the window of a failed one of the same caller repeats it, and no other does', () => {
  expect(
    redials([
      [1, 0, 0, true],
      [1, 60, 2, false],
    ]),
  ).toEqual([2]);
  expect(
    redials([
      [1, 0, 0, true],
      [1, 61, 2, false],
    ]),
  ).toEqual([]);
  expect(
    redials([
      [1, 0, 0, false],
      [1, 5, 0, true],
    ]),
  ).toEqual([]);
  expect(
    redials([
      [1, 0, 0, true],
      [2, 5, 0, false],
    ]),
  ).toEqual([]);
});

test('each repeats the one just before, whether it fails itself or not, the first bin among them', () => {
  expect(
    redials([
      [1, 0, 0, true],
      [1, 5, 0, true],
      [1, 40, 1, true],
      [1, 50, 1, false],
      [1, 55, 1, true],
    ]),
  ).toEqual([0, 1, 1]);
});

test('the order of rows does not matter, not even of calls at one instant', () => {
  const call = fc.tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.integer({ min: 0, max: 3 }).map((n) => 30 * n),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
  );
  const shuffled = fc
    .array(call, { maxLength: 8 })
    .chain((calls) => fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls, { minLength: calls.length })));
  fc.assert(
    fc.property(shuffled, ([calls, other]) => {
      expect(redials(other)).toEqual(redials(calls));
    }),
  );
});

test('many callers, in any order and with hashes that end alike, are counted as by sorting all calls', () => {
  const call = fc.tuple(
    fc.integer({ min: 1, max: 12 }).map((n) => (n % 3) + 2 ** 32 * n),
    fc.integer({ min: 0, max: 30 }).map((n) => 10 * n),
    fc.integer({ min: 0, max: 3 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 80 }), (calls) => {
      const place = ([, , bin, failed]: Call): number => (failed ? -bin - 1 : bin);
      const sorted = calls.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || place(a) - place(b));
      const expected = sorted.flatMap((own, i) => {
        const before = sorted[i - 1];
        return before?.[0] === own[0] && before[3] && own[1] - before[1] <= 60 ? [own[2]] : [];
      });
      expect(redials(calls)).toEqual(expected.toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});
