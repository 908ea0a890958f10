import type { Horizon } from '../kernel/hotline.ts';
import { valueOfRank } from '../kernel/value-of-rank.ts';
import { valueAt } from '../kernel/value-at.ts';

/** Takes the calls of one interval after another, by path; returns how far the worst 24 hours so far fall short. */
export type RollingWatch = (offered: Float64Array, answered: Float64Array) => number;

/**
 * How far the worst 24 hours fall short of a rolling connection rate on the share `confidence` of paths; 0 or
 * less when every window so far holds (−Infinity before the first is whole). A horizon shorter than a day is one
 * window; windows without calls hold.
 */
export const watchRolling = (horizon: Horizon, wanted: number, confidence: number): RollingWatch => {
  const width = Math.min(horizon.count, Math.round(1440 / horizon.intervalMinutes));
  const counts: { readonly offered: Float64Array[]; readonly answered: Float64Array[] } = {
    offered: [],
    answered: [],
  };
  const sums = { offered: new Float64Array(0), answered: new Float64Array(0) };
  let worst = -Infinity;
  return (newOffered, newAnswered) => {
    const i = counts.offered.length;
    const paths = newOffered.length;
    if (i === 0) {
      sums.offered = new Float64Array(paths);
      sums.answered = new Float64Array(paths);
    }
    counts.offered.push(newOffered);
    counts.answered.push(newAnswered);
    const missing = new Float64Array(paths);
    for (let p = 0; p < paths; p += 1) {
      const offered =
        valueAt(sums.offered, p) + valueAt(newOffered, p) - (counts.offered[i - width]?.[p] ?? 0);
      const answered =
        valueAt(sums.answered, p) + valueAt(newAnswered, p) - (counts.answered[i - width]?.[p] ?? 0);
      sums.offered[p] = offered;
      sums.answered[p] = answered;
      missing[p] = offered > 1e-9 ? wanted - answered / offered : -1;
    }
    if (i < width - 1) return worst;
    const rank = Math.min(paths - 1, Math.max(0, Math.ceil(confidence * paths - 1e-9) - 1));
    worst = Math.max(worst, valueOfRank(missing, rank));
    return worst;
  };
};
