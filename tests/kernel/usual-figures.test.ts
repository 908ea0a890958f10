import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usualFigures } from '../../src/kernel/traffic-doubts.ts';

const none = new Float64Array(0);
const usualCalls = (offered: readonly number[]): number =>
  usualFigures({ offered: Float64Array.from(offered), answered: none, handleSecondsTotal: none }).calls;

test('19 of 20 intervals with calls have at most the usual number, whether it is found by counting or by rank', () => {
  const calls = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 40 })),
    fc.array(fc.integer({ min: 8180, max: 8200 })),
    fc.array(fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 20_000, noNaN: true }))),
  );
  fc.assert(
    fc.property(calls, (offered) => {
      const sorted = offered.filter((own) => own > 0).toSorted((a, b) => a - b);
      const usual = sorted.length < 8 ? Number.NaN : sorted[Math.floor(0.95 * (sorted.length - 1))];
      expect(usualCalls(offered)).toBe(usual);
    }),
  );
});
