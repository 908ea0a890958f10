import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { localClock, weekdayOf } from '../kernel/time.ts';
import { coveredMinutes } from '../kernel/time-window.ts';

/** Fewest operators over all tiers in each interval: the line's own, or more where a window asks for them. */
export const minimumByInterval = (targets: TargetsModel, horizon: Horizon): Int32Array => {
  const { zone, startMillis, intervalMinutes, count } = horizon;
  const least = new Int32Array(count).fill(targets.minimumOperators);
  const windows = targets.minimumPresence ?? [];
  if (windows.length === 0) return least;
  const clock = localClock(zone);
  return least.map((usual, i) => {
    const { date, minute } = clock(startMillis + i * intervalMinutes * 60_000);
    const asked = windows
      .filter((window) => coveredMinutes(window, weekdayOf(date), minute, intervalMinutes) > 0)
      .map(({ operators }) => operators);
    return Math.max(usual, ...asked);
  });
};
