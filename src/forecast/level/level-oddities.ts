import type { PrivateEffect } from './day-kernel.ts';
import type { Working } from './level-scales.ts';
import { rowStart } from '../numbers/linear-algebra.ts';
import { robustScale } from '../numbers/robust.ts';

/** Strength of evidence (in standard deviations) and size of an effect that a set of days shares. */
export const sharedEffect = (
  factor: Float64Array,
  whitened: Float64Array,
  size: number,
  first: number,
  has: (index: number) => boolean,
): { z: number; effect: number } => {
  const column = new Float64Array(size);
  for (let i = first; i < size; i += 1) column[i] = has(i) ? 1 : 0;
  // Rows before the first day of the set stay zero, so the solve may start there.
  let cross = 0;
  let self = 0;
  for (let i = first; i < size; i += 1) {
    const ri = rowStart(i);
    let sum = column[i]!;
    for (let k = first; k < i; k += 1) sum -= factor[ri + k]! * column[k]!;
    const value = sum / factor[ri + i]!;
    column[i] = value;
    cross += value * whitened[i]!;
    self += value * value;
  }
  return self > 0 ? { z: cross / Math.sqrt(self), effect: cross / self } : { z: 0, effect: 0 };
};

/** Spread of the whitened totals: 1 where the covariance says the truth, more where days vary more. */
export const standardScale = (whitened: Float64Array): number =>
  Math.max(1, robustScale(whitened.subarray(Math.floor(whitened.length / 3))));

/** Lasting jumps of the level in the last 40 weeks, the strongest first; at most two. */
export const findShift = (
  working: Working,
  factor: Float64Array,
  whitened: Float64Array,
  scale: number,
  oddest: number,
): (PrivateEffect & { readonly effect: number }) | undefined => {
  const size = working.days.length;
  let best: { z: number; effect: number; day: number } | undefined;
  for (let i = Math.max(7, size - 200); i <= size - 9; i += 1) {
    const found = sharedEffect(factor, whitened, size, i, () => true);
    if (best === undefined || Math.abs(found.z) > Math.abs(best.z))
      best = { ...found, day: working.days[i]! };
  }
  // One wild week also looks like a jump, while few days follow it: the better explanation wins.
  if (best === undefined || Math.abs(best.z) <= oddest) return undefined;
  if (Math.abs(best.z) < 5 * scale || Math.abs(best.effect) < 0.08) return undefined;
  return { from: best.day, to: Number.POSITIVE_INFINITY, variance: 0.25, effect: best.effect };
};

/** Weeks that stand out as a whole get an effect of their own, so that they do not spread to the next. */
export const findOddWeeks = (
  working: Working,
  factor: Float64Array,
  whitened: Float64Array,
): (PrivateEffect & { readonly z: number })[] => {
  const size = working.days.length;
  const weeks = new Map<number, number>();
  for (let i = Math.max(0, size - 130); i < size; i += 1) {
    const week = Math.floor((working.history.firstDay + working.days[i]! + 3) / 7);
    if (!weeks.has(week)) weeks.set(week, i);
  }
  const found = [...weeks].map(([week, first]) => {
    const from = week * 7 - 3 - working.history.firstDay;
    const has = (i: number): boolean => working.days[i]! >= from && working.days[i]! < from + 7;
    return { from, ...sharedEffect(factor, whitened, size, first, has) };
  });
  const scale = Math.max(0.7, robustScale(found.map((f) => f.z)));
  return found
    .filter((f) => Math.abs(f.z) > 4 * scale)
    .map((f) => ({ from: f.from, to: f.from + 7, variance: f.effect ** 2, z: Math.abs(f.z) }));
};

/** The odd weeks with those that reach the last week of the history read as one jump that lasts. */
export const oddAsJump = (odd: readonly PrivateEffect[], lastDay: number): PrivateEffect[] | undefined => {
  const late = odd.filter((o) => o.to > lastDay - 6);
  if (late.length === 0) return undefined;
  const from = Math.min(...late.map((o) => o.from));
  return [...odd.filter((o) => !late.includes(o)), { from, to: Number.POSITIVE_INFINITY, variance: 0.25 }];
};
