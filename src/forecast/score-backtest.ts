import { isCovered } from '../kernel/is-covered.ts';
import type { PlainDate } from '../kernel/time.ts';
import { logGamma } from '../kernel/special-functions.ts';
import { valueAt } from '../kernel/value-at.ts';
import { plainRules, type BacktestRun, type ScoredForecast } from './backtest.ts';
import { isOutside } from './outside/outside-forecast.ts';

type Run = BacktestRun<ScoredForecast>;

/** A plain rule, or a forecast from outside: on the intervals that it has figures for, with its share of the forecasts. */
export interface RivalScore {
  readonly method: string;
  readonly wape: number | null;
  readonly weight?: number;
  readonly scoredIntervals?: number;
}

/** Accuracy over the scored intervals of all origins; null where nothing could be scored. Fractions. */
export interface BacktestScore {
  readonly wape: number | null;
  /** What of the error would be left if the forecast were the true mean of Poisson counts: the luck of single calls. */
  readonly chance: number | null;
  readonly bias: number | null;
  /** Forecast less actual calls of a day, on average over the scored days. */
  readonly biasPerDay: number | null;
  readonly dayMape: number | null;
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  readonly scoredIntervals: number;
  readonly rivals: readonly RivalScore[];
}

/** Which of the scored intervals count: the day of the forecast, from 0, and the interval of the day. */
export type CountsIn = (run: Run, day: number, slot: number) => boolean;

/** Whether an interval is scored: it is one to report, and what came is known. */
const isScored = ({ reported, actual }: Run, i: number): boolean =>
  reported[i] === 1 && !Number.isNaN(valueAt(actual, i));

/** Dates of which any interval is scored, in order. */
export const scoredDates = (runs: readonly Run[], countsIn: CountsIn = () => true): PlainDate[] => {
  const dates = new Set<PlainDate>();
  for (const run of runs) {
    const { slotsPerDay } = run.forecast;
    run.forecast.dates.forEach((date, day) => {
      if (day < run.offset) return;
      for (let slot = 0; slot < slotsPerDay && !dates.has(date); slot += 1)
        if (isScored(run, day * slotsPerDay + slot) && countsIn(run, day, slot)) dates.add(date);
    });
  }
  return [...dates].toSorted();
};

/** Sums over scored intervals and days. */
interface Sums {
  calls: number;
  absolute: number;
  chance: number;
  signed: number;
  inside80: number;
  inside95: number;
  scored: number;
  scoredDays: number;
  /** Errors of day totals as shares of what came, over days with calls. */
  dayErrors: number;
  days: number;
  readonly rivals: Map<string, RivalSums>;
}

interface RivalSums {
  error: number;
  calls: number;
  intervals: number;
}

/** Scores the reported intervals whose truth is known; a count on an end of its range is inside (`isCovered`). */
export const scoreBacktest = (runs: readonly Run[], countsIn: CountsIn = () => true): BacktestScore => {
  const sums: Sums = {
    calls: 0,
    absolute: 0,
    chance: 0,
    signed: 0,
    inside80: 0,
    inside95: 0,
    scored: 0,
    scoredDays: 0,
    dayErrors: 0,
    days: 0,
    rivals: new Map(plainRules.map(({ name }) => [name, { error: 0, calls: 0, intervals: 0 }])),
  };
  for (const run of runs)
    for (let day = run.offset; day < run.forecast.dates.length; day += 1) addDay(sums, run, day, countsIn);
  return {
    wape: ratio(sums.absolute, sums.calls),
    chance: ratio(sums.chance, sums.calls),
    bias: ratio(sums.signed, sums.calls),
    biasPerDay: ratio(sums.signed, sums.scoredDays),
    dayMape: ratio(sums.dayErrors, sums.days),
    coverage80: ratio(sums.inside80, sums.scored),
    coverage95: ratio(sums.inside95, sums.scored),
    scoredIntervals: sums.scored,
    rivals: [...sums.rivals].map(([method, { error, calls, intervals }]) => ({
      method,
      wape: ratio(error, calls),
      ...(isOutside(method) ? { weight: meanWeight(runs, method), scoredIntervals: intervals } : {}),
    })),
  };
};

const ratio = (part: number, base: number): number | null => (base > 0 ? part / base : null);

const addDay = (sums: Sums, run: Run, day: number, countsIn: CountsIn): void => {
  const { mean, slotsPerDay } = run.forecast;
  let [forecast, came, scored] = [0, 0, 0];
  for (let slot = 0; slot < slotsPerDay; slot += 1) {
    const i = day * slotsPerDay + slot;
    if (!isScored(run, i) || !countsIn(run, day, slot)) continue;
    addInterval(sums, run, i);
    scored += 1;
    forecast += valueAt(mean, i);
    came += valueAt(run.actual, i);
  }
  sums.scored += scored;
  if (scored > 0) sums.scoredDays += 1;
  if (came > 0) {
    sums.dayErrors += Math.abs(forecast - came) / came;
    sums.days += 1;
  }
};

const addInterval = (sums: Sums, { forecast, actual, rivals }: Run, i: number): void => {
  const { q10, q90, q025, q975 } = forecast.quantiles;
  const came = valueAt(actual, i);
  const mean = valueAt(forecast.mean, i);
  sums.calls += came;
  sums.absolute += Math.abs(came - mean);
  sums.chance += meanDeviation(mean);
  sums.signed += mean - came;
  if (isCovered(came, valueAt(q10, i), valueAt(q90, i))) sums.inside80 += 1;
  if (q025 !== undefined && q975 !== undefined && isCovered(came, valueAt(q025, i), valueAt(q975, i)))
    sums.inside95 += 1;
  for (const [name, values] of rivals) {
    const said = valueAt(values, i);
    const own = sums.rivals.get(name) ?? { error: 0, calls: 0, intervals: 0 };
    sums.rivals.set(name, own);
    if (Number.isNaN(said)) continue;
    own.error += Math.abs(came - said);
    own.calls += came;
    own.intervals += 1;
  }
};

/** Mean absolute deviation of a Poisson count: 2·m^(k+1)·e^(−m) / k! with k the whole part of m (De Moivre). */
export const meanDeviation = (mean: number): number => {
  if (!(mean > 0)) return 0;
  const k = Math.floor(mean);
  return 2 * Math.exp((k + 1) * Math.log(mean) - mean - logGamma(k + 1));
};

/** Share of a method in the forecasts of several origins, on average. */
const meanWeight = (runs: readonly Run[], method: string): number =>
  runs.reduce(
    (sum, { forecast }) =>
      sum + (forecast.candidates?.find((candidate) => candidate.method === method)?.weight ?? 0),
    0,
  ) / Math.max(1, runs.length);
