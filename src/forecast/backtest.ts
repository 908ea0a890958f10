import type { DayGrid } from '../kernel/interval-series.ts';
import { logGamma } from '../kernel/distributions.ts';
import { isCovered } from '../kernel/time-window.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate, weekdayOf } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { forecastWithoutCalls, fitQueue } from './forecast-queues.ts';
import type { ForecastTask, QueueForecast } from './forecast-task.ts';
import { knownHistory, presentSlots } from './history/opening-pattern.ts';
import { type PreparedHistory, prepareHistory } from './history/prepare-history.ts';
import type { FamilyLevel } from './level/family-level.ts';
import { isPlainRule, plainDay, plainRules } from './methods/plain-rules.ts';
import { isOutside, outsideDay, type OutsideForecast, outsideMethod } from './outside/outside-forecast.ts';
import { assembleForecast, dayMeans } from './plan/assemble-forecast.ts';
import { explainForecast } from './plan/explain-forecast.ts';
import { updateDay } from './plan/within-day.ts';

/** What a score needs of a forecast. */
export type ScoredForecast = Pick<QueueForecast, 'dates' | 'slotsPerDay' | 'mean'> & {
  readonly candidates?: QueueForecast['candidates'];
  readonly quantiles: Pick<QueueForecast['quantiles'], 'q10' | 'q90'> & Partial<QueueForecast['quantiles']>;
};

/** One origin's forecast of the scored days, and what the plain rivals gave for them. */
export interface BacktestRun<Forecast extends ScoredForecast = QueueForecast> {
  readonly origin: PlainDate;
  /** Position of the first scored day in the forecast. */
  readonly offset: number;
  readonly forecast: Forecast;
  /** 1 for the intervals to report: usually recorded ones, from the time of day that is known on. */
  readonly reported: Uint8Array;
  /** What came, laid out like the forecast; NaN where it is not known. */
  readonly actual: Float64Array;
  readonly rivals: ReadonlyMap<string, Float64Array>;
}

export interface BacktestRequest {
  readonly origins: readonly PlainDate[];
  readonly gapDays: number;
  readonly horizonDays: number;
  /** Minutes after midnight up to which each scored day is known; undefined for none. */
  readonly asOfMinute?: number;
  readonly forecast: Omit<ForecastTask, 'origin' | 'days' | 'intraday' | 'pathCount'>;
}

/**
 * Origins of the last `count` full weeks with data, oldest first: each origin lies `gapDays` before the
 * Monday of its week.
 */
export const lastWeekOrigins = (grid: DayGrid, count: number, gapDays: number): PlainDate[] => {
  const { lastDate } = knownHistory(grid);
  if (lastDate === undefined) return [];
  const usual = presentSlots(grid, dayNumber(lastDate) + 1);
  const open = Array.from({ length: 7 }, (_, weekday) =>
    usual.subarray(weekday * grid.slotsPerDay, (weekday + 1) * grid.slotsPerDay).includes(1),
  );
  // A week is full when its last usual weekday is over.
  const lastUsual = open.lastIndexOf(true);
  let monday = addDays(lastDate, -weekdayOf(lastDate));
  if (weekdayOf(lastDate) < lastUsual) monday = addDays(monday, -7);
  return Array.from({ length: count }, (_, i) => addDays(monday, -7 * (count - 1 - i) - gapDays));
};

const actualOf = (grid: DayGrid, first: number, days: number): Float64Array => {
  const slotsPerDay = grid.slotsPerDay;
  const shift = (first - dayNumber(grid.firstDate)) * slotsPerDay;
  return Float64Array.from({ length: days * slotsPerDay }, (_, i) => grid.values[i + shift] ?? Number.NaN);
};

/** Plain rules that anybody could follow: all of them, each beside every forecast. */
const backtestRivals = Object.keys(plainRules).filter(isPlainRule);

const rivalsOf = (history: PreparedHistory | undefined, size: number): Map<string, Float64Array> => {
  const found = new Map<string, Float64Array>();
  for (const rule of backtestRivals) {
    const out = new Float64Array(size);
    if (history !== undefined) {
      const buffer = new Float64Array(history.slotOf.length);
      for (let j = 0; j < history.horizon; j += 1) {
        plainDay(history, rule, history.days, history.days + j, buffer);
        for (let slot = 0; slot < buffer.length; slot += 1)
          out[j * history.slotsPerDay + history.slotOf[slot]!] = buffer[slot]!;
      }
    }
    found.set(rule, out);
  }
  return found;
};

/** What a model outside said of the days of a forecast by then; days that it told whole have the forecast's own shape. */
const outsideFigures = (
  outside: OutsideForecast,
  origin: number,
  { dates, slotsPerDay, mean }: ScoredForecast,
): Float64Array => {
  const out = new Float64Array(mean.length).fill(Number.NaN);
  dates.forEach((_, day) => {
    const said = outsideDay(outside, origin, origin + day);
    if (said === undefined) return;
    const ofDay = mean.subarray(day * slotsPerDay, (day + 1) * slotsPerDay);
    const whole = sumOf(ofDay);
    out.set(
      said.slots ?? ofDay.map((calls) => (whole > 0 ? (calls * said.calls) / whole : 0)),
      day * slotsPerDay,
    );
  });
  return out;
};

/** Forecasts a history from one past origin with nothing but what was known then. */
export const backtestOrigin = (
  grid: DayGrid,
  origin: PlainDate,
  request: BacktestRequest,
  family?: FamilyLevel,
): BacktestRun => {
  const days = request.gapDays + request.horizonDays;
  const first = dayNumber(origin);
  const slotsPerDay = grid.slotsPerDay;
  const dated: ForecastTask = { ...request.forecast, origin, days, pathCount: 0 };
  const planned = fitQueue(grid, dated, family);
  const actual = actualOf(grid, first, days);
  const knownSlots = Math.floor((request.asOfMinute ?? 0) / grid.intervalMinutes);
  let forecast: QueueForecast;
  if (planned === undefined) forecast = forecastWithoutCalls(grid, dated);
  else {
    const { plan, history } = planned;
    const updates = new Map(
      request.asOfMinute === undefined
        ? []
        : Array.from({ length: request.horizonDays }, (_, k) => {
            const j = request.gapDays + k;
            const known = Float64Array.from(history.slotOf, (slot) =>
              slot < knownSlots ? actual[j * slotsPerDay + slot]! : Number.NaN,
            );
            return [j, updateDay(plan, dayMeans(plan)[j]!, j, known)] as const;
          }),
    );
    forecast = assembleForecast(history, plan, dated, explainForecast(plan, dated), undefined, updates);
  }
  return besideActual(grid, origin, request, forecast, planned?.history, request.forecast.outside);
};

const besideActual = <Forecast extends ScoredForecast>(
  grid: DayGrid,
  origin: PlainDate,
  { gapDays, asOfMinute = 0 }: Pick<BacktestRequest, 'gapDays' | 'asOfMinute'>,
  forecast: Forecast,
  history: PreparedHistory | undefined,
  outside: readonly OutsideForecast[] = [],
): BacktestRun<Forecast> => {
  const first = dayNumber(origin);
  const { slotsPerDay } = grid;
  const days = forecast.dates.length;
  const reported = new Uint8Array(days * slotsPerDay);
  const present = presentSlots(grid, first);
  const knownSlots = Math.floor(asOfMinute / grid.intervalMinutes);
  for (let j = gapDays; j < days; j += 1) {
    const weekday = weekdayOf(dateOfDayNumber(first + j));
    for (let slot = knownSlots; slot < slotsPerDay; slot += 1)
      reported[j * slotsPerDay + slot] = present[weekday * slotsPerDay + slot]!;
  }
  return {
    origin,
    offset: gapDays,
    forecast,
    reported,
    actual: actualOf(grid, first, days),
    rivals: new Map([
      ...rivalsOf(history, days * slotsPerDay),
      ...outside.map((own) => [outsideMethod(own.model), outsideFigures(own, first, forecast)] as const),
    ]),
  };
};

/** A forecast that was made at its origin and kept, beside what came and what plain rules would have said then. */
export const keptForecast = <Forecast extends ScoredForecast>(
  grid: DayGrid,
  origin: PlainDate,
  forecast: Forecast,
  asked: BacktestRequest['forecast'],
): BacktestRun<Forecast> => {
  const dated: ForecastTask = { ...asked, origin, days: forecast.dates.length, pathCount: 0 };
  return besideActual(grid, origin, { gapDays: 0 }, forecast, prepareHistory(grid, dated));
};

type Run = BacktestRun<ScoredForecast>;

/** A plain rule, or a forecast from outside: on the intervals that it has figures for, with its share of the forecasts. */
interface RivalScore {
  readonly method: string;
  readonly wape: number | null;
  readonly weight?: number;
  readonly scoredIntervals?: number;
}

/** Accuracy over the scored intervals of all origins; null where nothing could be scored. Fractions. */
interface BacktestScore {
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

interface WorstHour {
  /** Monday 1. */
  readonly weekday: number;
  readonly hour: number;
  readonly weeks: number;
  readonly forecast: number;
  readonly came: number;
  readonly off: number;
  readonly chance: number;
  readonly bias: number;
}

/** Hours of the week that are reported. */
const mostHours = 10;

/** The hours of the week with the largest errors, all queues together: of an hour only what is known of every queue. */
export const worstHours = (
  runs: readonly Run[],
  intervalMinutes: number,
  countsIn: CountsIn = () => true,
): WorstHour[] => {
  const dates = new Map<string, { readonly place: string; forecast: number; came: number }>();
  const add = (run: Run, date: PlainDate, day: number, slot: number): void => {
    const i = day * run.forecast.slotsPerDay + slot;
    if (!isScored(run, i) || !countsIn(run, day, slot)) return;
    const place = `${weekdayOf(date) + 1} ${Math.floor((slot * intervalMinutes) / 60)}`;
    const sums = dates.get(`${date} ${place}`) ?? { place, forecast: 0, came: 0 };
    sums.forecast += valueAt(run.forecast.mean, i);
    sums.came += valueAt(run.actual, i);
    dates.set(`${date} ${place}`, sums);
  };
  for (const run of runs)
    for (const [day, date] of run.forecast.dates.entries())
      if (day >= run.offset)
        for (let slot = 0; slot < run.forecast.slotsPerDay; slot += 1) add(run, date, day, slot);
  return [...Map.groupBy(dates.values(), ({ place }) => place)]
    .map(([place, sums]) => {
      const [weekday = 1, hour = 0] = place.split(' ').map(Number);
      const mean = (of: (each: (typeof sums)[number]) => number): number =>
        sums.reduce((sum, each) => sum + of(each), 0) / sums.length;
      return {
        weekday,
        hour,
        weeks: sums.length,
        forecast: mean((each) => each.forecast),
        came: mean((each) => each.came),
        off: mean((each) => Math.abs(each.forecast - each.came)),
        chance: mean((each) => meanDeviation(each.forecast)),
        bias: mean((each) => each.forecast - each.came),
      };
    })
    .toSorted((a, b) => b.off - a.off || a.weekday - b.weekday || a.hour - b.hour)
    .slice(0, mostHours);
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
    rivals: new Map(backtestRivals.map((name) => [name, { error: 0, calls: 0, intervals: 0 }])),
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
    const rival = sums.rivals.get(name) ?? { error: 0, calls: 0, intervals: 0 };
    sums.rivals.set(name, rival);
    if (Number.isNaN(said)) continue;
    rival.error += Math.abs(came - said);
    rival.calls += came;
    rival.intervals += 1;
  }
};

/** Mean absolute deviation of a Poisson count: 2·m^(k+1)·e^(−m) / k! with k the whole part of m (De Moivre). */
const meanDeviation = (mean: number): number => {
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
