import { kernelProblem } from '../kernel/kernel-findings.ts';
import { type Sayable, uniqueSentences } from '../kernel/finding.ts';
import { planningProblem, planningFinding, type PlanningFinding } from './planning-findings.ts';
import type { ForecastDocument } from '../contract/documents/forecast-document.ts';
import { familiesBefore, requestOfQueue, forecastQueue } from '../forecast/forecast-queues.ts';
import { type ForecastTask, mapQuantiles, type QueueForecast } from '../forecast/forecast-task.ts';
import { knownHistory, presentSlots } from '../forecast/history/opening-pattern.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import { addDays, dayNumber, isPlainDate, weekdayOf, type PlainDate } from '../kernel/time.ts';
import { nameQueues } from './history/effective-models.ts';
import { gapNotices } from './forecasts/forecast-notices.ts';
import { minuteOfAsOf } from './history/read-history.ts';
import { applyOverrules } from '../forecast/apply-overrules.ts';
import { describeOutside, outsideKnownAt } from './forecasts/outside-forecasts.ts';
import {
  dayRows,
  forecastHeading,
  type ForecastSeries,
  intervalRows,
  slotStart,
} from './forecasts/forecast-series.ts';
import { judgeHistories } from './forecasts/forecast-notices.ts';
import { explainEvents, explainForecast } from './forecasts/forecast-week.ts';
import { fileSeries, refuse, type SeriesOptions, originProblem } from './forecasts/series-options.ts';
import { valueAt } from '../kernel/value-at.ts';

interface SeriesForecastOptions extends Pick<SeriesOptions, 'method' | 'seed'> {
  /** First day to forecast; left out: the day after the last with data (with `asOf`, that day itself). */
  readonly from?: PlainDate;
  /** Days to forecast (default 7). */
  readonly days?: number;
  /** 'HH:MM' of the first day: its counts before that time are known, the rest of it is updated. */
  readonly asOf?: string;
}

export type ForecastFileOptions = SeriesForecastOptions & SeriesOptions;

export interface ForecastFileResult {
  readonly csv: string;
  readonly daysCsv: string;
  readonly document: ForecastDocument;
}

const markReported = (grid: DayGrid, forecast: QueueForecast, knownSlots: number): Uint8Array => {
  const n = grid.slotsPerDay;
  const present = presentSlots(grid, dayNumber(forecast.origin));
  return forecast.openSlots.map((open, i) => {
    const date = forecast.dates[Math.floor(i / n)] ?? forecast.origin;
    if (i < knownSlots) return 0;
    return open === 1 || present[weekdayOf(date) * n + (i % n)] === 1 ? 1 : 0;
  });
};

const dayInProgress = (
  grid: DayGrid,
  origin: PlainDate,
  minute: number,
): NonNullable<ForecastTask['intraday']> => {
  const at = (dayNumber(origin) - dayNumber(grid.firstDate)) * grid.slotsPerDay;
  const counts = Float64Array.from({ length: grid.slotsPerDay }, (_, s) => valueAt(grid.values, at + s));
  return { date: origin, knownSlots: Math.floor(minute / grid.intervalMinutes), counts };
};

const forecastAll = (
  { queues, line = queues }: ForecastSeries,
  request: ForecastTask,
  minute: number | undefined,
): ReadonlyMap<string, QueueForecast> => {
  const families = familiesBefore(line, request);
  return new Map(
    [...queues].map(([queue, grid]) => [
      queue,
      forecastQueue(
        grid,
        {
          ...requestOfQueue(request, queue),
          ...(minute === undefined ? {} : { intraday: dayInProgress(grid, request.origin, minute) }),
        },
        families.get(queue),
      ),
    ]),
  );
};

const documentQueue = (
  queue: string,
  f: QueueForecast,
  original: QueueForecast,
  reported: Uint8Array,
): ForecastDocument['queues'][number] => {
  const keep = (values: Float64Array): number[] => Array.from(values.filter((_, i) => reported[i] === 1));
  const starts: string[] = [];
  reported.forEach((on, i) => {
    const date = f.dates[Math.floor(i / f.slotsPerDay)] ?? '';
    if (on === 1) starts.push(slotStart(date, i % f.slotsPerDay, f.intervalMinutes));
  });
  const d = f.dayQuantiles;
  return {
    queue,
    origin: f.origin,
    method: f.method,
    candidates: f.candidates.map((c) => ({ ...c, wape: Number.isFinite(c.wape) ? c.wape : null })),
    reasons: [...f.reasons],
    starts,
    mean: keep(f.mean),
    ...mapQuantiles(f.quantiles, keep),
    days: f.dates.map((date, i) => ({
      date,
      mean: valueAt(d.mean, i),
      ...mapQuantiles(d, (values) => valueAt(values, i)),
    })),
    ...explainForecast(f, original, 0, f.dates.length),
    shape: keep(f.shape),
    ...describeOutside(f, 0, f.dates),
  };
};

/** Forecasts a bare series file without a workspace. Bad input throws `BadInputError` with every problem. */
export const runForecastFile = (csvText: string, options: ForecastFileOptions = {}): ForecastFileResult => {
  minuteOfAsOf(options.asOf);
  return forecastSeries(fileSeries(csvText, options), options);
};

/** Forecasts a series, as rows and as a document. Bad input throws `BadInputError` with every problem. */
export const forecastSeries = (
  series: ForecastSeries,
  options: SeriesForecastOptions,
): ForecastFileResult => {
  const minute = minuteOfAsOf(options.asOf);
  const days = options.days ?? 7;
  const asOfDate = /^\d{4}-\d{2}-\d{2}/.exec(options.asOf ?? '')?.[0];
  const last = [...series.queues.values()].map((grid) => knownHistory(grid).lastDate ?? grid.firstDate);
  const lastDate = last.reduce((a, b) => (a > b ? a : b));
  const origin = options.from ?? asOfDate ?? (minute === undefined ? addDays(lastDate, 1) : lastDate);
  refuse([
    isPlainDate(origin) ? undefined : kernelProblem('from', 'bad-date', origin),
    Number.isInteger(days) && days >= 1 && days <= 366
      ? undefined
      : planningProblem('days', 'bad-days', days),
  ]);
  const { calendar, events, open, hours } = series;
  const short = judgeHistories(series.queues, origin, series.names);
  const request: ForecastTask = {
    origin,
    days,
    calendar,
    events,
    ...(series.causes.length === 0 ? {} : { causes: series.causes }),
    ...outsideKnownAt(series.outside, origin, lastDate < origin),
    ...(open === undefined ? {} : { open }),
    method: options.method ?? 'auto',
    seed: options.seed ?? 1,
    pathCount: 0,
  };
  const original = forecastAll(series, request, minute);
  const rows = [forecastHeading];
  const dayLines = [forecastHeading];
  const firstDate = [...series.queues.values()]
    .map((grid) => grid.firstDate)
    .reduce((a, b) => (a < b ? a : b));
  const told = explainEvents(events, firstDate, addDays(origin, days - 1));
  const notices: Sayable[] = [...series.notices, ...short, ...told];
  const queues = [...original].map(([queue, made]) => {
    const forecast = applyOverrules(made, queue, series.overrules);
    const grid = series.queues.get(queue)!;
    const known = minute === undefined ? 0 : Math.floor(minute / grid.intervalMinutes);
    const reported = markReported(grid, forecast, known);
    rows.push(...intervalRows(queue, forecast, reported));
    dayLines.push(...dayRows(queue, forecast, reported));
    notices.push(...shortHistory(queue, grid, origin), ...gapNotices(queue, grid), ...forecast.notices);
    return documentQueue(queue, forecast, made, reported);
  });
  return {
    csv: `${rows.join('\n')}\n`,
    daysCsv: `${dayLines.join('\n')}\n`,
    document: {
      document: 'forecast',
      intervalMinutes: series.intervalMinutes,
      ...(hours === undefined ? {} : { openingHours: hours }),
      queues,
      notices: uniqueSentences(nameQueues(notices, series.names)),
    },
  };
};

/** Days below which a history shows each weekday so seldom that its ranges are rough. */
const fairSpan = 28;

/** Says that a history which can be forecast from is short all the same; nothing where it is not. */
const shortHistory = (queue: string, grid: DayGrid, origin: PlainDate): PlanningFinding[] => {
  const { spanDays } = knownHistory(grid, origin);
  if (spanDays >= fairSpan || originProblem(queue, grid, origin) !== undefined) return [];
  return [planningFinding('history-short', { queue, spanDays, weekdays: Math.ceil(spanDays / 7) })];
};
