import type { DayGrid } from '../kernel/interval-series.ts';
import { addDays, dateOfDayNumber, dayNumber, weekdayOf, type PlainDate } from '../kernel/time.ts';
import { assembleForecast, dayMeans } from './plan/assemble-forecast.ts';
import { forecastWithoutCalls, planQueue } from './forecast-queue.ts';
import type { ForecastRequest, QueueForecast } from './forecast-types.ts';
import { knownHistory } from './history/known-history.ts';
import { plainDay } from './methods/rivals.ts';
import type { FamilyLevel } from './level/family-level.ts';
import { presentSlots } from './history/opening-pattern.ts';
import { outsideDay, outsideMethod, type OutsideForecast } from './outside/outside-forecast.ts';
import { prepareHistory, type PreparedHistory } from './history/prepare-history.ts';
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
  readonly forecast: Omit<ForecastRequest, 'origin' | 'days' | 'intraday' | 'pathCount'>;
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

/** Plain rules that anybody could follow, each beside every forecast. */
export const plainRules = [
  { name: 'seasonal-naive', rule: 'last', most: 1 },
  { name: 'weekday-mean', rule: 'mean', most: 6 },
  { name: 'weekday-mean-of-4', rule: 'mean', most: 4 },
  { name: 'weekday-median', rule: 'median', most: 4 },
] as const;

const rivalsOf = (history: PreparedHistory | undefined, size: number): Map<string, Float64Array> => {
  const found = new Map<string, Float64Array>();
  for (const { name, rule, most } of plainRules) {
    const out = new Float64Array(size);
    if (history !== undefined) {
      const buffer = new Float64Array(history.slotOf.length);
      for (let j = 0; j < history.horizon; j += 1) {
        plainDay(history, rule, most, history.days, history.days + j, buffer, 0);
        for (let slot = 0; slot < buffer.length; slot += 1)
          out[j * history.slotsPerDay + history.slotOf[slot]!] = buffer[slot]!;
      }
    }
    found.set(name, out);
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
    const own = mean.subarray(day * slotsPerDay, (day + 1) * slotsPerDay);
    const whole = own.reduce((sum, calls) => sum + calls, 0);
    out.set(
      said.slots ?? own.map((calls) => (whole > 0 ? (calls * said.calls) / whole : 0)),
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
  const dated: ForecastRequest = { ...request.forecast, origin, days, pathCount: 0 };
  const planned = planQueue(grid, dated, family);
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
  const dated: ForecastRequest = { ...asked, origin, days: forecast.dates.length, pathCount: 0 };
  return besideActual(grid, origin, { gapDays: 0 }, forecast, prepareHistory(grid, dated));
};
