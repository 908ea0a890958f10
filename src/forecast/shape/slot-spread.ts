import { quantileOf } from '../numbers/series-statistics.ts';
import type { ShapeResidual } from './day-shape.ts';

/** Variance of a slot's count around its share of the day: `count`·µ + `relative`·µ². */
export interface SlotSpread {
  readonly count: number;
  readonly relative: number;
}

/** A day that is one slot has no shape to scatter around: its count is Poisson around the day's level. */
export const wholeDaySpread: SlotSpread = { count: 1, relative: 0 };

/**
 * Fits the two parts of the slot variance to squared residuals of rolling shape forecasts by weighted least
 * squares (weights from the variance itself, three rounds). Residuals beyond what nearly all others show are
 * cut, so that one odd day does not widen every interval.
 */
export const fitSlotSpread = (residuals: readonly ShapeResidual[]): SlotSpread => {
  const used = residuals.filter((r) => r.expected > 0.02);
  if (used.length < 40) return { count: 1.3, relative: 0.01 };
  let count = 1;
  let relative = 0.002;
  for (let round = 0; round < 4; round += 1) {
    const standard = used.map((r) => r.residual ** 2 / (count * r.expected + relative * r.expected ** 2));
    const cap = Math.max(9, quantileOf(standard, 0.995));
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let b0 = 0;
    let b1 = 0;
    for (let i = 0; i < used.length; i += 1) {
      const r = used[i]!;
      const usual = count * r.expected + relative * r.expected ** 2;
      const squared = Math.min(standard[i]!, cap) * usual;
      const weight = 1 / (usual * usual);
      const x0 = r.expected;
      const x1 = r.expected * r.expected;
      s0 += weight * x0 * x0;
      s1 += weight * x0 * x1;
      s2 += weight * x1 * x1;
      b0 += weight * x0 * squared;
      b1 += weight * x1 * squared;
    }
    const det = s0 * s2 - s1 * s1;
    count = det > 0 ? (b0 * s2 - b1 * s1) / det : b0 / s0;
    relative = det > 0 ? (s0 * b1 - s1 * b0) / det : 0;
    if (!(relative > 0)) {
      relative = 0;
      count = b0 / s0;
    }
    if (!(count > 0.3)) {
      count = 0.3;
      relative = Math.max(0, (b1 - count * s1) / s2);
    }
  }
  return { count, relative };
};
