import { dayNumber, weekdayOfDay } from '../kernel/time.ts';
import type { DayGrid } from '../kernel/interval-series.ts';

/** Zeros with more calls than this expected are an outage, or closed hours where they recur. */
export const impossibleZeros = 25;

/** Which slots of which weekday carry any count among that weekday's last twelve days with data. */
export const presentSlots = (grid: DayGrid, before: number): Uint8Array => {
  const s = grid.slotsPerDay;
  const present = new Uint8Array(7 * s);
  const seen = new Uint8Array(7);
  const first = dayNumber(grid.firstDate);
  for (let d = Math.min(before - first, grid.dayCount) - 1; d >= 0; d -= 1) {
    const weekday = weekdayOfDay(first + d);
    if ((seen[weekday] ?? 0) >= 12 || before - first - d > 182) continue;
    let any = 0;
    for (let slot = 0; slot < s; slot += 1) {
      if (Number.isNaN(grid.values[d * s + slot]!)) continue;
      present[weekday * s + slot] = 1;
      any = 1;
    }
    seen[weekday] = (seen[weekday] ?? 0) + any;
  }
  return present;
};

/** Slots of a weekday that are zero in every day seen, in runs too long to be chance: closed hours. */
export const closeZeroRuns = (
  values: Float64Array,
  days: number,
  a: number,
  firstDay: number,
  mask: Uint8Array,
): void => {
  const sums = new Float64Array(7 * a);
  const counts = new Float64Array(7 * a);
  for (let d = Math.max(0, days - 182); d < days; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    for (let s = 0; s < a; s += 1) {
      const v = values[d * a + s]!;
      if (Number.isNaN(v)) continue;
      sums[w * a + s]! += v;
      counts[w * a + s]! += 1;
    }
  }
  for (let w = 0; w < 7; w += 1) {
    let rate = 0;
    let lit = 0;
    for (let s = 0; s < a; s += 1) {
      if (sums[w * a + s]! > 0) {
        rate += sums[w * a + s]! / counts[w * a + s]!;
        lit += 1;
      }
    }
    for (let s = 0; s < a; s += 1) {
      let end = s;
      let expected = 0;
      while (end < a && (sums[w * a + end] ?? 0) === 0) {
        expected += (counts[w * a + end]! * rate) / Math.max(1, lit);
        end += 1;
      }
      if (expected > impossibleZeros) mask.fill(0, w * a + s, w * a + end);
      if (end > s) s = end;
    }
  }
};
