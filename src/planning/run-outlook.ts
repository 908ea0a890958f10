import type { OutlookRequest } from '../contract/http/job-requests.ts';
import type { OutlookDocument, QueueOutlook } from '../contract/documents/forecast-document.ts';
import {
  addPaths,
  forecastPeriods,
  type PeriodForecast,
  quantilesOf,
  scorePeriods,
} from '../forecast/periods/forecast-periods.ts';
import type { Period, PeriodLength } from '../forecast/periods/periods.ts';
import type { Sayable } from '../kernel/finding.ts';
import { nameQueues } from './history/effective-models.ts';
import { planningFinding, planningProblem } from './planning-findings.ts';
import { BadInputError } from '../kernel/errors.ts';
import { aheadOf, type PeriodSeries, periodsOfSeries } from './forecasts/series-options.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import type { Ports } from './ports.ts';

/** Periods with calls that a history must have. */
const leastPeriods: Readonly<Record<PeriodLength, number>> = { week: 13, month: 6 };

type OutlookOptions = Pick<OutlookRequest, 'periods' | 'growth' | 'seed'>;

/**
 * Calls of the weeks or months ahead, queue by queue and of the line, with how such forecasts would have done. Throws
 * `BadInputError` where a queue's history is too short.
 */
export const runOutlook = (
  { by, queues, names, calendar, notices }: PeriodSeries,
  { periods, growth, seed }: OutlookOptions,
): OutlookDocument => {
  const request = { by, seed, ...(growth === undefined ? {} : { growth }) };
  const short: Sayable[] = [];
  const problems = [...queues].flatMap(([queue, { origin, past }]) => {
    const known = knownOf(past).length;
    if (known < leastPeriods[by])
      return [
        planningProblem('origin', 'too-few-periods', origin, { queue, known, by, least: leastPeriods[by] }),
      ];
    if (known < 2 * yearOf(by))
      short.push(planningFinding('outlook-without-two-years', { queue, known, by }));
    return [];
  });
  if (problems.length > 0) throw new BadInputError(nameQueues(problems, names));
  const forecasts = [...queues].map(([queue, series]) => {
    const ahead = aheadOf(series, by, periods, calendar);
    return { queue, series, forecast: forecastPeriods(series.past, ahead, request) };
  });
  return {
    document: 'outlook',
    by,
    statedGrowth: growth ?? null,
    queues: forecasts.map(({ queue, series, forecast }) => ({
      queue,
      origin: series.origin,
      knownPeriods: knownOf(series.past).length,
      growth: growth === undefined ? forecast.growth : null,
      periods: shown(forecast),
      total: forecast.total,
      score: scorePeriods(series.past, { by, seed }),
    })),
    line: lineOf(forecasts.map(({ forecast }) => forecast)),
    notices: [...notices, ...nameQueues(short, names)],
  };
};

/** The same of a workspace's line: first-time calls, as a plan sees them. */
export const outlookLine = async (
  ports: Pick<Ports, 'store' | 'models'>,
  { by, from, queue, ...options }: OutlookRequest,
): Promise<OutlookDocument> => {
  const series = await workspaceSeries(ports, queue === undefined ? {} : { queue });
  return runOutlook(periodsOfSeries(series, by, from), options);
};

const yearOf = (by: PeriodLength): number => (by === 'week' ? 52 : 12);

const knownOf = (past: readonly Period[]): Period[] => past.filter(({ knownDays }) => knownDays > 0);

const shown = ({ periods }: PeriodForecast): QueueOutlook['periods'] =>
  periods.map(({ start, days, mean, q025, q10, q50, q90, q975 }) => ({
    start,
    days,
    mean,
    q025,
    q10,
    q50,
    q90,
    q975,
  }));

/** Queues together; none where there is one only, or they do not look at the same periods. */
const lineOf = (forecasts: readonly PeriodForecast[]): OutlookDocument['line'] => {
  const [first, ...others] = forecasts;
  const starts = first?.periods.map(({ start }) => start).join();
  if (first === undefined || others.length === 0) return null;
  if (others.some(({ periods }) => periods.map(({ start }) => start).join() !== starts)) return null;
  const columns = first.periods.map((_, h) =>
    addPaths(forecasts.map(({ paths }) => paths[h] ?? new Float64Array(0))),
  );
  return {
    periods: first.periods.map(({ start, days }, h) => ({
      start,
      days,
      ...quantilesOf(columns[h] ?? new Float64Array(0)),
    })),
    total: quantilesOf(addPaths(columns)),
  };
};
