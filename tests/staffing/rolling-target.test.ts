import { describe, expect, it } from 'vitest';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { watchRolling } from '../../src/staffing/rolling-target.ts';

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
});
