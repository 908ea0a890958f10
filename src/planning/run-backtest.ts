import { explainEvents } from './forecasts/forecast-week.ts';
import { dayRows, forecastHeading, type ForecastSeries, intervalRows } from './forecasts/forecast-series.ts';
import { gapNotices } from './forecasts/forecast-notices.ts';
import { type Sayable, uniqueSentences } from '../kernel/finding.ts';
import { nameQueues } from './history/effective-models.ts';
import { planningFinding, planningProblem } from './planning-findings.ts';
import type { z } from 'zod';
import type { backtestRequestSchema } from '../contract/http/job-requests.ts';
import type { BacktestDocument } from '../contract/documents/accuracy-document.ts';
import {
  backtestOrigin,
  type BacktestRequest,
  type BacktestRun,
  lastWeekOrigins,
  scoreBacktest,
} from '../forecast/backtest.ts';
import { causesOfQueue } from '../forecast/causes/cause.ts';
import { familiesBefore } from '../forecast/forecast-queues.ts';
import { eventsOfQueue } from '../forecast/history/day-features.ts';
import { partMakeUpDays } from '../forecast/history/opening-pattern.ts';
import { outsideOfQueue } from '../forecast/outside/outside-forecast.ts';
import type { Problem } from '../kernel/errors.ts';
import type { Calendar } from '../kernel/calendar.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import { isPlainDate, type PlainDate } from '../kernel/time.ts';
import { minuteOfAsOf } from './history/read-history.ts';
import {
  fileSeries,
  historyTooShort,
  originProblem,
  refuse,
  type SeriesOptions,
} from './forecasts/series-options.ts';

type BacktestQuestion = Pick<SeriesOptions, 'method' | 'seed'> &
  Omit<z.input<typeof backtestRequestSchema>, 'method' | 'seed'>;

type BacktestOptions = BacktestQuestion & SeriesOptions;

interface BacktestResult {
  /** Rows per interval, with heading. */
  readonly csv: string;
  /** Rows per day, with heading. */
  readonly daysCsv: string;
  readonly document: BacktestDocument;
}

/** Origins to run for a queue, and what is wrong with them. */
const originsOf = (
  queue: string,
  grid: DayGrid,
  calendar: Calendar,
  options: BacktestQuestion,
): { origins: PlainDate[]; problems: Problem[]; notices: Sayable[] } => {
  const wanted = options.origins ?? 8;
  if (typeof wanted !== 'number') {
    const problems = wanted.flatMap((origin) =>
      isPlainDate(origin) ? (originProblem(queue, grid, origin) ?? []) : [notADate(origin)],
    );
    return { origins: [...wanted], problems, notices: [] };
  }
  const { ordinary } = partMakeUpDays(grid, Infinity, calendar);
  const all = lastWeekOrigins(ordinary, wanted, options.gapDays ?? 0);
  const origins = all.filter((origin) => originProblem(queue, grid, origin) === undefined);
  const last = all.at(-1);
  const problem =
    origins.length === 0 && last !== undefined ? originProblem(queue, grid, last, 4) : undefined;
  const problems = problem === undefined ? [] : [problem];
  const notices =
    origins.length > 0 && origins.length < all.length
      ? [
          planningFinding('backtest-of-last-weeks', {
            queue,
            weeks: origins.length,
            asked: all.length,
          }),
        ]
      : [];
  return { origins, problems, notices };
};

const isTooShort = ({ rule }: Problem): boolean => rule === historyTooShort;

const leftOut = (queue: string): Sayable => planningFinding('queue-too-short-to-backtest', { queue });

const notADate = (origin: string): Problem => planningProblem('origins', 'bad-origin', origin);

/** The weeks to score hold no data: there is nothing to hold the forecast against. */
const nothingToScore = (queue: string, origins: readonly PlainDate[]): Problem =>
  planningProblem(queue === '' ? 'origins' : `origins (${queue})`, 'no-data-to-score', origins.join(','));

const wholeNumber = (path: string, value: number | undefined, least: number): Problem | undefined =>
  value === undefined || (Number.isInteger(value) && value >= least)
    ? undefined
    : planningProblem(path, 'bad-number', value, { least });

/** Backtests a bare file: see `backtestSeries`. */
export const runBacktest = (csvText: string, options: BacktestOptions = {}): BacktestResult => {
  checkQuestion(options);
  return backtestSeries(fileSeries(csvText, options), options);
};

const checkQuestion = (question: BacktestQuestion): void => {
  refuse([
    wholeNumber('gap-days', question.gapDays, 0),
    wholeNumber('horizon-days', question.horizonDays, 1),
    typeof question.origins === 'number' ? wholeNumber('origins', question.origins, 1) : undefined,
  ]);
  minuteOfAsOf(question.asOf);
};

/**
 * How good would the forecasts have been? Forecasts a series again from past origins with what was known
 * then. Bad input throws `BadInputError` with every problem.
 */
export const backtestSeries = (series: ForecastSeries, options: BacktestQuestion): BacktestResult => {
  checkQuestion(options);
  const asOfMinute = minuteOfAsOf(options.asOf);
  const { calendar, events, causes, outside, open, hours } = series;
  const chosen = [...series.queues].map(([queue, grid]) => ({
    queue,
    grid,
    ...originsOf(queue, grid, calendar, options),
  }));
  const tooYoung = chosen.filter(({ problems }) => problems.length > 0);
  // Beside queues with a history a new one is left out; a line that is all new cannot be scored.
  if (tooYoung.length === chosen.length || tooYoung.some(({ problems }) => !problems.every(isTooShort)))
    refuse(
      nameQueues(
        tooYoung.flatMap(({ problems }) => problems),
        series.names,
      ),
    );
  const rows = [forecastHeading];
  const days = [forecastHeading];
  const notices: Sayable[] = [...series.notices, ...tooYoung.map(({ queue }) => leftOut(queue))];
  const unscored: Problem[] = [];
  const familiesAt = familiesByOrigin(series, options);
  const scored = chosen.filter((own) => !tooYoung.includes(own));
  const queues = scored.map(({ queue, grid, origins, notices: own }) => {
    const request: BacktestRequest = {
      origins,
      gapDays: options.gapDays ?? 0,
      horizonDays: options.horizonDays ?? 7,
      ...(asOfMinute === undefined ? {} : { asOfMinute }),
      forecast: {
        calendar,
        events: eventsOfQueue(events, queue),
        causes: causesOfQueue(causes, queue),
        outside: outsideOfQueue(outside, queue),
        method: options.method ?? 'auto',
        seed: options.seed ?? 1,
        ...(open === undefined ? {} : { open }),
      },
    };
    const runs = origins.map((origin) =>
      backtestOrigin(grid, origin, request, familiesAt(origin).get(queue)),
    );
    for (const run of runs) {
      rows.push(...intervalRows(queue, run.forecast, run.reported));
      days.push(...dayRows(queue, run.forecast, run.reported));
      notices.push(...run.forecast.notices);
    }
    notices.push(
      ...own,
      ...explainEvents(eventsOfQueue(events, queue), grid.firstDate, lastScored(runs)),
      ...gapNotices(queue, grid),
    );
    const score = scoreBacktest(runs);
    if (score.scoredIntervals === 0) unscored.push(nothingToScore(queue, origins));
    return {
      queue,
      method: options.method ?? 'auto',
      origins,
      horizonDays: request.horizonDays,
      ...score,
      rivals: [...score.rivals],
    };
  });
  refuse(unscored);
  return {
    csv: `${rows.join('\n')}\n`,
    daysCsv: `${days.join('\n')}\n`,
    document: {
      document: 'backtest',
      ...(hours === undefined ? {} : { openingHours: hours }),
      queues,
      notices: uniqueSentences(nameQueues(notices, series.names)),
    },
  };
};

/** What the line's queues have in common before each origin, found when first asked for. */
const familiesByOrigin = (
  { queues, line = queues, calendar, events }: ForecastSeries,
  options: BacktestQuestion,
): ((origin: PlainDate) => ReturnType<typeof familiesBefore>) => {
  const found = new Map<PlainDate, ReturnType<typeof familiesBefore>>();
  const days = (options.gapDays ?? 0) + (options.horizonDays ?? 7);
  return (origin) => {
    const families =
      found.get(origin) ??
      familiesBefore(line, {
        origin,
        days,
        calendar,
        events,
        method: options.method ?? 'auto',
        seed: options.seed ?? 1,
      });
    found.set(origin, families);
    return families;
  };
};

const lastScored = (runs: readonly BacktestRun[]): PlainDate =>
  runs.map(({ forecast }) => forecast.dates.at(-1) ?? '').reduce((a, b) => (a > b ? a : b), '');
