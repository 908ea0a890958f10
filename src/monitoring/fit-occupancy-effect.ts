import { regularisedBeta } from '../kernel/special-functions.ts';

/** One period of the hotline's own data: how busy operators were, and the quality that was monitored. */
export interface OccupancyRow {
  readonly occupancy: number;
  /** 0–100. */
  readonly qualityPoints: number;
}

export interface OccupancyEffect {
  /** Points per unit of occupancy as measured (−20: ten points of occupancy cost two). */
  readonly slope: number;
  readonly standardError: number;
  /** Two-sided p-value of the slope (t-test). */
  readonly pValue: number;
  /** The slope that is used: shrunk towards 0, and exactly 0 where the data shows no effect. */
  readonly usedSlope: number;
  readonly found: boolean;
  readonly meanOccupancy: number;
  readonly rows: number;
}

/** P(|T| > t) of Student's t. */
const twoSidedT = (t: number, freedom: number): number =>
  regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5);

/**
 * Does quality move with occupancy, on this hotline's own data? Least squares of points on occupancy; the
 * effect counts as found only at p < `significance` (a hundredth: two effects are looked for, every week anew, on every
 * line, and at a twentieth one line in ten would show one that is not there), and is then shrunk by 1 − 1/t² (positive-part
 * James–Stein), so that weak evidence moves a projection little. With fewer than four periods, or occupancy
 * that never changes, no effect.
 */
export const fitOccupancyEffect = (rows: readonly OccupancyRow[], significance = 0.01): OccupancyEffect => {
  const n = rows.length;
  const meanOccupancy = n === 0 ? 0 : rows.reduce((s, r) => s + r.occupancy, 0) / n;
  const meanPoints = n === 0 ? 0 : rows.reduce((s, r) => s + r.qualityPoints, 0) / n;
  const spread = rows.reduce((s, r) => s + (r.occupancy - meanOccupancy) ** 2, 0);
  if (n < 4 || spread < 1e-12) {
    return {
      slope: 0,
      standardError: Infinity,
      pValue: 1,
      usedSlope: 0,
      found: false,
      meanOccupancy,
      rows: n,
    };
  }
  const slope =
    rows.reduce((s, r) => s + (r.occupancy - meanOccupancy) * (r.qualityPoints - meanPoints), 0) / spread;
  const left = rows.reduce(
    (s, r) => s + (r.qualityPoints - meanPoints - slope * (r.occupancy - meanOccupancy)) ** 2,
    0,
  );
  const standardError = Math.sqrt(left / (n - 2) / spread);
  const t = slope / Math.max(standardError, 1e-12);
  const pValue = twoSidedT(t, n - 2);
  const found = pValue < significance;
  const usedSlope = found ? slope * Math.max(0, 1 - 1 / (t * t)) : 0;
  return { slope, standardError, pValue, usedSlope, found, meanOccupancy, rows: n };
};

/** Points by which quality shifts at a projected occupancy; 0 where that is not known. */
export const qualityShiftAt = (effect: OccupancyEffect, occupancy: number): number =>
  Number.isNaN(occupancy) ? 0 : effect.usedSlope * (occupancy - effect.meanOccupancy);
