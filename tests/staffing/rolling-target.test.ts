import { describe, expect, it } from 'vitest';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { watchRolling } from '../../src/staffing/require-operators.ts';

const horizon = (count: number): Horizon => ({ zone: 'UTC', startMillis: 0, intervalMinutes: 360, count });
interface Counts {
  readonly offered: readonly number[][];
  readonly answered: readonly number[][];
}
const counts = (offered: number[][], answered: number[][]): Counts => ({ offered, answered });

const rollingShortfall = (
  { offered, answered }: Counts,
  over: Horizon,
  wanted: number,
  confidence: number,
): number => {
  const watch = watchRolling(over, wanted, confidence);
  return offered.reduce(
    (_, row, i) => watch(Float64Array.from(row), Float64Array.from(answered[i] ?? [])),
    -Infinity,
  );
};

describe('watchRolling', () => {
  it('looks at every four consecutive quarters of a day, not at the whole horizon', () => {
    // Rates 1, 1, 1, 1, then 0.6 four times: the worst 24 hours are the last.
    const offered = Array.from({ length: 8 }, () => [100]);
    const answered = Array.from({ length: 8 }, (_, i) => [i < 4 ? 100 : 60]);
    expect(rollingShortfall(counts(offered, answered), horizon(8), 0.9, 1)).toBeCloseTo(0.3, 12);
    expect(rollingShortfall(counts(offered, answered), horizon(8), 0.6, 1)).toBeCloseTo(0, 12);
  });

  it('counts paths up to the confidence, and holds where nobody calls', () => {
    const offered = Array.from({ length: 4 }, () => [100, 100, 100, 100]);
    const answered = Array.from({ length: 4 }, () => [99, 98, 97, 50]);
    const short = (confidence: number): number =>
      rollingShortfall(counts(offered, answered), horizon(4), 0.97, confidence);
    expect(short(0.75)).toBeCloseTo(0, 12);
    expect(short(1)).toBeCloseTo(0.47, 12);
    const none = Array.from({ length: 4 }, () => [0]);
    expect(rollingShortfall(counts(none, none), horizon(4), 0.97, 1)).toBeLessThanOrEqual(0);
  });

  it('takes a horizon shorter than a day as one window', () => {
    expect(rollingShortfall(counts([[10], [10]], [[9], [5]]), horizon(2), 0.8, 1)).toBeCloseTo(0.1, 12);
  });

  it('is asked interval by interval: nothing before the first window is whole, then the worst so far', () => {
    const watch = watchRolling(horizon(8), 0.9, 1);
    const answered = [80, 100, 100, 80, 100, 40, 100, 100];
    const seen = answered.map((n) => watch(Float64Array.of(100, 0), Float64Array.of(n, 0)));
    expect(seen.slice(0, 3)).toEqual([-Infinity, -Infinity, -Infinity]);
    // Windows of 400 calls: 360, 380, 320, 320, 340 answered.
    [0, 0, 0.1, 0.1, 0.1].forEach((short, i) => expect(seen[3 + i]).toBeCloseTo(short, 12));
  });

  it('a path on which nobody calls is a whole call better than any target', () => {
    const watch = watchRolling(horizon(1), 0.9, 1);
    expect(watch(Float64Array.of(0, 0), Float64Array.of(0, 0))).toBe(-1);
  });

  it('the share of paths is met by whole paths, rounding in the share left aside', () => {
    // 100 paths, the p-th of which misses by p hundredths; 0.07 of 100 is 7.000000000000001 in binary.
    const offered = new Float64Array(100).fill(100);
    const answered = Float64Array.from({ length: 100 }, (_, p) => p);
    const short = (confidence: number): number =>
      watchRolling(horizon(1), 0.99, confidence)(offered, answered);
    expect(short(0.07)).toBeCloseTo(0.06, 12);
    expect(short(0.071)).toBeCloseTo(0.07, 12);
    expect(short(0)).toBeCloseTo(0, 12);
    expect(short(1)).toBeCloseTo(0.99, 12);
  });
});
