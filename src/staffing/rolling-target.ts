import type { Horizon } from '../kernel/hotline.ts';

/** Calls offered and answered by interval, then by sample path. */
export interface PathCounts {
  readonly offered: readonly Float64Array[];
  readonly answered: readonly Float64Array[];
}

/**
 * How far the worst 24 hours fall short of a rolling connection rate on the share `confidence` of paths; 0 or
 * less when every window holds. A horizon shorter than a day is one window; windows without calls hold.
 */
export const rollingShortfall = (
  counts: PathCounts,
  horizon: Horizon,
  wanted: number,
  confidence: number,
): number => {
  const width = Math.min(horizon.count, Math.round(1440 / horizon.intervalMinutes));
  const paths = counts.offered[0]?.length ?? 0;
  const rank = Math.min(paths - 1, Math.max(0, Math.ceil(confidence * paths - 1e-9) - 1));
  const offered = new Float64Array(paths);
  const answered = new Float64Array(paths);
  const missing = new Float64Array(paths);
  let worst = -Infinity;
  for (let i = 0; i < horizon.count; i += 1) {
    for (let p = 0; p < paths; p += 1) {
      offered[p] = (offered[p] ?? 0) + (counts.offered[i]?.[p] ?? 0) - (counts.offered[i - width]?.[p] ?? 0);
      answered[p] =
        (answered[p] ?? 0) + (counts.answered[i]?.[p] ?? 0) - (counts.answered[i - width]?.[p] ?? 0);
      const calls = offered[p] ?? 0;
      missing[p] = calls > 1e-9 ? wanted - (answered[p] ?? 0) / calls : -1;
    }
    if (i < width - 1) continue;
    missing.sort();
    worst = Math.max(worst, missing[rank] ?? -1);
  }
  return worst;
};
