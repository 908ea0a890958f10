import type { ScorecardModel } from '../contract/models/monitor-model.ts';
import type { PresenceRecord, TestCall } from '../kernel/records.ts';
import { betaCdf } from '../kernel/distributions.ts';
import { valueAt } from '../kernel/value-at.ts';

/** Seconds of call work per interval, as a queue's traffic gives them; NaN where not known. */
interface WorkColumns {
  readonly startMillis: Float64Array;
  readonly intervalMinutes: number;
  readonly handleSecondsTotal: Float64Array;
  readonly operators: Float64Array;
}

/** Indicators whose points a projection takes from the tiers' own figures of this kind. */
export type QualitySource = 'quality-score' | 'first-contact-resolution';

/**
 * How busy was the line when each test call was answered, and how good was the answer? Occupancy is the call work of
 * the interval in which the call was placed over the time of the operators present (presence records, else the
 * traffic's own counts), at most 1; points are the mean, by weight, of the call's indicators of one source. Calls
 * without such an indicator, or placed where work or presence is not known, give no row.
 */
export const occupancyRows = (
  calls: readonly TestCall[],
  traffic: readonly WorkColumns[],
  presence: readonly PresenceRecord[],
  scorecard: ScorecardModel,
  source: QualitySource,
): OccupancyRow[] => {
  const weights = weightsOf(scorecard, source);
  const occupancyAt = occupancyReader(traffic, presence, calls);
  return calls.flatMap(({ placedAtMillis, indicators }) => {
    const qualityPoints = weightedMean(indicators, weights);
    if (qualityPoints === undefined) return [];
    const occupancy = occupancyAt(placedAtMillis);
    return Number.isNaN(occupancy) ? [] : [{ occupancy, qualityPoints }];
  });
};

/** Weights by the keys under which test calls name indicators of one source: the indicators, and their parts. */
const weightsOf = (scorecard: ScorecardModel, source: QualitySource): ReadonlyMap<string, number> =>
  new Map(
    scorecard.indicators
      .filter(({ from }) => from === source)
      .flatMap(({ indicator, weight, parts }) => [
        [indicator, weight] as const,
        ...parts.map(({ part, weight: share }) => [part, weight * share] as const),
      ]),
  );

const weightedMean = (
  indicators: Readonly<Record<string, number>>,
  weights: ReadonlyMap<string, number>,
): number | undefined => {
  let sum = 0;
  let all = 0;
  for (const [key, points] of Object.entries(indicators)) {
    const weight = weights.get(key) ?? 0;
    sum += weight * points;
    all += weight;
  }
  return all > 0 ? sum / all : undefined;
};

/** Occupancy of the interval in which one of the calls was placed; NaN where it is not known. */
const occupancyReader = (
  traffic: readonly WorkColumns[],
  presence: readonly PresenceRecord[],
  calls: readonly TestCall[],
): ((millis: number) => number) => {
  // A queue without calls has no interval.
  const minutes = traffic.find(({ intervalMinutes }) => intervalMinutes > 0)?.intervalMinutes ?? 60;
  const step = minutes * 60_000;
  // Years of intervals, and calls in a few of them.
  const asked = new Set(calls.map(({ placedAtMillis }) => Math.floor(placedAtMillis / step)));
  const work = new Map<number, number>();
  const staffed = new Map<number, number>();
  const add = (sums: Map<number, number>, millis: number, value: number): void => {
    const key = Math.floor(millis / step);
    if (asked.has(key)) sums.set(key, (sums.get(key) ?? 0) + value);
  };
  for (const columns of traffic)
    columns.startMillis.forEach((start, i) => {
      const seconds = valueAt(columns.handleSecondsTotal, i);
      const operators = valueAt(columns.operators, i);
      if (!Number.isNaN(seconds)) add(work, start, seconds);
      if (presence.length === 0 && !Number.isNaN(operators)) add(staffed, start, operators * minutes * 60);
    });
  for (const record of presence) {
    const length = record.intervalMinutes * 60_000;
    for (let at = record.startMillis; at < record.startMillis + length; at += step)
      add(staffed, at, record.operators * Math.min(record.intervalMinutes, minutes) * 60);
  }
  return (millis) => {
    const key = Math.floor(millis / step);
    const [seconds, there] = [work.get(key), staffed.get(key)];
    return seconds === undefined || there === undefined || there <= 0
      ? Number.NaN
      : Math.min(1, seconds / there);
  };
};

/** One period of the hotline's own data: how busy operators were, and the quality that was monitored. */
interface OccupancyRow {
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
  betaCdf(freedom / (freedom + t * t), freedom / 2, 0.5);

/**
 * Does quality move with occupancy, on this hotline's own data? Least squares of points on occupancy; the
 * effect counts as found only at p < 0.01 (two effects are looked for, every week again, on every
 * line, and at a twentieth one line in ten would show one that is not there), and is then shrunk by 1 − 1/t² (positive-part
 * James–Stein), so that weak evidence moves a projection little. With fewer than four periods, or occupancy
 * that never changes, no effect.
 */
export const fitOccupancyEffect = (rows: readonly OccupancyRow[]): OccupancyEffect => {
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
  // Beneath it lies the rounding of points that never change.
  const t = slope / Math.max(standardError, 1e-9);
  const pValue = twoSidedT(t, n - 2);
  const found = pValue < 0.01;
  const usedSlope = found ? slope * Math.max(0, 1 - 1 / (t * t)) : 0;
  return { slope, standardError, pValue, usedSlope, found, meanOccupancy, rows: n };
};

/** Points by which quality shifts at a projected occupancy; 0 where that is not known. */
export const qualityShiftAt = (effect: OccupancyEffect, occupancy: number): number =>
  Number.isNaN(occupancy) ? 0 : effect.usedSlope * (occupancy - effect.meanOccupancy);
