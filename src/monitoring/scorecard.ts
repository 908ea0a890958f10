import type { ScorecardModel } from '../contract/models/monitor-model.ts';
import { scoreStanding } from '../contract/score-standing.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import type { Text } from '../kernel/text.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { comparePeriods } from './time-parts.ts';

/** Published points (0–100) of some indicators, in one order, and the published total. */
interface ScoredRow {
  readonly points: readonly number[];
  readonly total: number;
}

export interface FittedScorecard {
  /** Non-negative, summing to one, in the order of the rows' points. */
  readonly weights: readonly number[];
  readonly intervals: readonly { readonly low: number; readonly high: number }[];
  /** Root mean square of total − fitted total, points. */
  readonly residualPoints: number;
  readonly rows: number;
}

/**
 * Weights of a scorecard from published indicator points and totals: least squares over weights that are
 * non-negative and sum to one. Intervals come from a seeded bootstrap of rows (level 0.9 by default), widened
 * by √(n/(n − m + 1)) for the parameters fitted. Throws RangeError with fewer rows than indicators, since the
 * weights are then not distinguished.
 */
export const fitScorecard = (
  rows: readonly ScoredRow[],
  options: { readonly seed: number; readonly level?: number; readonly draws?: number },
): FittedScorecard => {
  const indicators = rows[0]?.points.length ?? 0;
  if (rows.some((row) => row.points.length !== indicators)) throw new TypeError('rows differ in indicators');
  if (indicators === 0 || rows.length < indicators) {
    throw new RangeError(`${rows.length} published results cannot tell ${indicators} weights apart`);
  }
  const { level = 0.9, draws = 400, seed } = options;
  const weights = solve(rows);
  const random = seededRandom(seed, 11);
  const samples = Array.from({ length: draws }, () => solve(resample(rows, random)));
  const widen = Math.sqrt(rows.length / Math.max(1, rows.length - indicators + 1));
  return {
    weights,
    intervals: weights.map((weight, i) =>
      percentileInterval(
        samples.map((s) => valueAt(s, i)),
        weight,
        level,
        widen,
      ),
    ),
    residualPoints: Math.sqrt(rows.reduce((s, row) => s + residual(row, weights) ** 2, 0) / rows.length),
    rows: rows.length,
  };
};

const residual = (row: ScoredRow, weights: readonly number[]): number =>
  row.total - row.points.reduce((s, p, i) => s + p * valueAt(weights, i), 0);

const solve = (rows: readonly ScoredRow[]): readonly number[] =>
  simplexLeastSquares(
    rows.map((r) => r.points),
    rows.map((r) => r.total),
  );

const resample = (rows: readonly ScoredRow[], random: Random): readonly ScoredRow[] =>
  rows.map(() => rows[Math.floor(random.uniform() * rows.length)] as ScoredRow);

const percentileInterval = (
  values: readonly number[],
  centre: number,
  level: number,
  widen: number,
): { readonly low: number; readonly high: number } => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number => sorted[Math.round(p * (sorted.length - 1))] ?? centre;
  const stretch = (value: number): number => Math.max(0, Math.min(1, centre + widen * (value - centre)));
  return { low: stretch(at((1 - level) / 2)), high: stretch(at((1 + level) / 2)) };
};

/**
 * Weights w ≥ 0 with sum 1 that minimise Σ (y − x·w)²: a primal active-set method, exact up to rounding. Free
 * weights are solved with the sum held; a step that would turn one negative stops there and fixes it at 0; a
 * fixed weight whose gradient says it should grow is freed again. Columns that cannot be distinguished share by a
 * ridge of 1e-9 of the scale.
 */
export const simplexLeastSquares = (
  x: readonly (readonly number[])[],
  y: readonly number[],
): readonly number[] => {
  const size = x[0]?.length ?? 0;
  const { gram, moment } = normalEquations(x, y, size);
  let weights = Array.from({ length: size }, () => 1 / size);
  const free = weights.map(() => true);
  for (let round = 0; round < 20 * size + 20; round += 1) {
    const target = equalityStep(gram, moment, free);
    const [share, blocking] = longestStep(weights, target);
    weights = weights.map((w, i) => Math.max(0, w + share * (valueAt(target, i) - w)));
    if (blocking >= 0) {
      weights[blocking] = 0;
      free[blocking] = false;
      continue;
    }
    const wanted = mostWanted(gram, moment, weights, free);
    if (wanted < 0) break;
    free[wanted] = true;
  }
  const sum = sumOf(weights);
  return weights.map((w) => w / sum);
};

type Matrix = readonly (readonly number[])[];

const normalEquations = (
  x: Matrix,
  y: readonly number[],
  size: number,
): { readonly gram: Matrix; readonly moment: readonly number[] } => {
  const index = Array.from({ length: size }, (_, i) => i);
  const gram = index.map((i) =>
    index.map((j) => x.reduce((s, row) => s + valueAt(row, i) * valueAt(row, j), 0)),
  );
  const ridge = 1e-9 * index.reduce((s, i) => s + (gram[i]?.[i] ?? 0), 0);
  return {
    gram: gram.map((row, i) => row.map((g, j) => (i === j ? g + ridge + 1e-300 : g))),
    moment: index.map((i) => x.reduce((s, row, r) => s + valueAt(row, i) * valueAt(y, r), 0)),
  };
};

/** Least squares over the free weights with their sum held at one (Lagrange), zeros elsewhere. */
const equalityStep = (
  gram: Matrix,
  moment: readonly number[],
  free: readonly boolean[],
): readonly number[] => {
  const places = free.flatMap((isFree, i) => (isFree ? [i] : []));
  const system = [
    ...places.map((i) => [...places.map((j) => gram[i]?.[j] ?? 0), 1, valueAt(moment, i)]),
    [...places.map(() => 1), 0, 1],
  ];
  const solved = gaussianElimination(system);
  const answer = free.map(() => 0);
  places.forEach((i, k) => (answer[i] = valueAt(solved, k)));
  return answer;
};

/** Share of the way to `target` that keeps every weight non-negative, and which weight stops it (-1: none). */
const longestStep = (weights: readonly number[], target: readonly number[]): readonly [number, number] => {
  let share = 1;
  let blocking = -1;
  for (const [i, weight] of weights.entries()) {
    const goal = valueAt(target, i);
    if (goal >= -1e-14) continue;
    const until = weight / (weight - goal);
    if (until < share) [share, blocking] = [until, i];
  }
  return [share, blocking];
};

/** The fixed weight whose growth would lower the sum of squares most; -1 at the optimum. */
const mostWanted = (
  gram: Matrix,
  moment: readonly number[],
  weights: readonly number[],
  free: readonly boolean[],
): number => {
  const gradient = weights.map((_, i) =>
    weights.reduce((s, w, j) => s + w * (gram[i]?.[j] ?? 0), -valueAt(moment, i)),
  );
  const level = Math.min(...gradient.filter((_, i) => free[i]));
  const scale = Math.max(1, ...moment.map(Math.abs));
  let best = -1;
  for (const [i, g] of gradient.entries()) {
    if (free[i] === true || g >= level - 1e-10 * scale) continue;
    if (best < 0 || g < valueAt(gradient, best)) best = i;
  }
  return best;
};

/** Solves an augmented system by elimination: its matrix is positive definite but for the row that holds the sum, its last. */
const gaussianElimination = (augmented: readonly (readonly number[])[]): readonly number[] => {
  const rows = augmented.map((row) => [...row]);
  const n = rows.length;
  for (let column = 0; column < n; column += 1) {
    const chosen = rows[column] as number[];
    const head = valueAt(chosen, column);
    for (const [r, row] of rows.entries()) {
      if (r === column || head === 0) continue;
      const factor = valueAt(row, column) / head;
      if (factor !== 0)
        for (let c = column; c <= n; c += 1) row[c] = valueAt(row, c) - factor * valueAt(chosen, c);
    }
  }
  return rows.map((row, i) => valueAt(row, n) / (row[i] ?? 1));
};

export interface ScoredPeriod {
  readonly period: string;
  readonly rows: readonly ScoredRow[];
}

/**
 * Published results from which a scorecard's weights can be determined, those of the latest period that has at least `least`
 * of them (or of `asked`): points of every indicator (of its parts where only they are known) and a total.
 */
export const scoredRows = (
  results: readonly MonitoringResult[],
  scorecard: ScorecardModel,
  least: number,
  asked?: string,
): ScoredPeriod | undefined => {
  const periods = Map.groupBy(results, ({ period }) => period);
  const wanted = asked === undefined ? [...periods.keys()].sort(comparePeriods).toReversed() : [asked];
  for (const period of wanted) {
    const rows = (periods.get(period) ?? []).flatMap((result) => scoredRow(result, scorecard));
    if (rows.length >= least) return { period, rows };
  }
  return undefined;
};

const scoredRow = (result: MonitoringResult, scorecard: ScorecardModel): ScoredRow[] => {
  if (result.total === undefined) return [];
  const points = scoreOf(points100(scorecard), measuredIn(result, scorecard)).indicators.map(
    (own) => own.points,
  );
  return points.some((one) => one === null)
    ? []
    : [{ points: points.map((one) => one ?? 0), total: result.total }];
};

/** Published indicators are points already; only rate and seconds are measured. */
const points100 = (scorecard: ScorecardModel): ScorecardModel => ({
  ...scorecard,
  indicators: scorecard.indicators.map((indicator) =>
    indicator.from === 'connection-rate' || indicator.from === 'seconds-to-operator'
      ? indicator
      : { ...indicator, scoring: { rule: 'points' as const } },
  ),
});

const measuredIn = (result: MonitoringResult, { indicators }: ScorecardModel): Measured => {
  const { testCalls = 0, connected = Number.NaN } = result;
  const counted = testCalls < 1 ? undefined : connected / testCalls;
  const measured: Record<string, number | undefined> = { ...result.indicators };
  for (const { indicator, from } of indicators) {
    if (from === 'connection-rate') measured[indicator] = result.connectionRate ?? counted;
    if (from === 'seconds-to-operator') measured[indicator] = result.meanSeconds;
  }
  return measured;
};

/** Outcome of problem solving: shares of all connected test calls. */
interface Resolution {
  readonly solved: number;
  readonly partlySolved: number;
}

/**
 * What was measured, by indicator key or by a part's key: shares 0–1, seconds, points 0–100, or a
 * resolution, as the indicator's scoring rule wants it.
 */
export type Measured = Readonly<Record<string, number | Resolution | undefined>>;

interface ScoredIndicator {
  readonly indicator: string;
  readonly name: Text;
  readonly weight: number;
  /** 0–100; null where nothing was measured. */
  readonly points: number | null;
}

type Indicator = ScorecardModel['indicators'][number];
type Scoring = Indicator['scoring'];

const clamp = (points: number): number => Math.max(0, Math.min(100, points));

/** Points 0–100 of one measured value under a scoring rule; values beyond the scale count as its end. */
export const pointsOf = (scoring: Scoring, value: number | Resolution): number => {
  if (typeof value !== 'number') {
    const credit = scoring.rule === 'resolution' ? scoring.partialCredit : 0;
    return clamp(100 * (value.solved + credit * value.partlySolved));
  }
  if (scoring.rule === 'points') return clamp(value);
  if (scoring.rule === 'share') return clamp(100 * value);
  if (scoring.rule === 'resolution') {
    return clamp(100 * (value + scoring.partialCredit * scoring.partlyShareOfUnsolved * (1 - value)));
  }
  const { fullSeconds, zeroSeconds } = scoring;
  if (zeroSeconds <= fullSeconds) return value <= fullSeconds ? 100 : 0;
  return clamp((100 * (zeroSeconds - value)) / (zeroSeconds - fullSeconds));
};

const known = (value: number | Resolution | undefined): value is number | Resolution =>
  value !== undefined && (typeof value !== 'number' || !Number.isNaN(value));

/** Mean of those present, by weight; null when none is. Weights need not sum to one. */
const weightedPoints = (
  items: readonly { readonly points: number | null; readonly weight: number }[],
): number | null => {
  let sum = 0;
  let weights = 0;
  for (const { points, weight } of items) {
    if (points === null) continue;
    sum += weight * points;
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
};

const scoreIndicator = (indicator: Indicator, measured: Measured): number | null => {
  const own = measured[indicator.indicator];
  if (known(own)) return pointsOf(indicator.scoring, own);
  return weightedPoints(
    indicator.parts.map(({ part, weight }) => {
      const value = measured[part];
      return { weight, points: known(value) ? pointsOf(indicator.scoring, value) : null };
    }),
  );
};

/**
 * Score of a hotline, 0–100: the weighted mean of its indicators' points. An indicator that was not measured
 * itself is the weighted mean of its measured parts (second level). Indicators without any measurement are
 * listed in `missing`, and the score is that of the others with their weights scaled up to one; null where under half
 * of the weights is known (see `scoreStanding`).
 */
export const scoreOf = (
  scorecard: ScorecardModel,
  measured: Measured,
): {
  readonly score: number | null;
  readonly indicators: readonly ScoredIndicator[];
  readonly missing: readonly string[];
} => {
  const indicators = scorecard.indicators.map((indicator) => ({
    indicator: indicator.indicator,
    name: indicator.name,
    weight: indicator.weight,
    points: scoreIndicator(indicator, measured),
  }));
  return {
    score: scoreStanding(indicators).hasTotal ? weightedPoints(indicators) : null,
    indicators,
    missing: indicators.filter((i) => i.points === null).map((i) => i.indicator),
  };
};

/**
 * Credit c of a partly solved call that makes published figures agree: solved + c × partly = effect. The 2019
 * figures 20.35 %, 49.12 % and 52.76 give 0.6598. Undefined when nothing was partly solved; not clamped, so
 * that figures that cannot belong together show as a credit outside 0–1.
 */
export const partialCreditFrom = (
  solved: number,
  partlySolved: number,
  effectPoints: number,
): number | undefined => (partlySolved > 0 ? (effectPoints / 100 - solved) / partlySolved : undefined);
