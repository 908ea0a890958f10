import type { RankQuery } from '../../contract/http/job-requests.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { MonitoredHotline, MonitoringResult } from '../../kernel/records.ts';
import { daysOfPeriod, localClock, monthsBetween, startOfDay } from '../../kernel/time.ts';
import {
  comparePeriods,
  periodsBefore,
  summariseTestCalls,
  type TestCallColumns,
  yearBefore,
  yearsBetween,
} from '../../monitoring/time-parts.ts';
import { type LeagueOptions, type EarlierResult, withAssumedCounts } from '../../monitoring/rank-hotlines.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Models, Ports, Span } from '../ports.ts';

/** What a league table is asked for: made by the period and what else says of whom it is; filters narrow what is shown of it. */
export type RankQuestion = Pick<RankQuery, 'seed'> & Partial<RankQuery>;

interface LeagueInputs {
  readonly results: readonly MonitoringResult[];
  /** Those of the year before. */
  readonly previous: readonly MonitoringResult[];
  readonly options: LeagueOptions;
}

/**
 * A period's results against those of the year before; single test calls, read only where they are needed, stand in
 * where a hotline has no published result. Throws BadInputError where nobody was tested in the period.
 */
export const leagueInputs = async (
  record: LeagueRecord,
  models: Models,
  { period, seed }: { readonly period: string; readonly seed: number },
  callsOf: CallsOfPeriod,
): Promise<LeagueInputs> => {
  const { results: all } = record;
  const { zone, madeUp } = models.hotline;
  const resultsOf = async (wanted: string): Promise<readonly MonitoringResult[]> => {
    const published = all.filter((r) => r.period === wanted);
    const lacking = lacksResults(record, published, wanted, zone);
    return lacking ? [...published, ...unpublished(published, await callsOf(wanted), wanted)] : published;
  };
  const results = await resultsOf(period);
  if (results.length === 0) throw noResults(period, [...hotlinesPerPeriod(record, zone).keys()]);
  if (results.every(isUntested))
    throw new BadInputError([planningProblem('period', 'nobody-tested', period)]);
  const before = yearBefore(period);
  const previous = await resultsOf(before);
  const known = new Set(all);
  const { bands, meanSecondsStandard, testCalls } = models.monitor;
  return {
    results,
    previous,
    options: {
      period,
      previousPeriod: previous.length > 0 ? before : null,
      seed,
      madeUp,
      bands,
      meanSecondsStandard,
      assumedTestCalls: testCalls,
      earlier: earlierThan([...all, ...previous.filter((r) => !known.has(r))], period, testCalls),
    },
  };
};

/** Whether a hotline may have test calls in a period, and no published result. */
const lacksResults = (
  { spans }: LeagueRecord,
  published: readonly MonitoringResult[],
  period: string,
  zone: string,
): boolean => {
  const span = spanOfPeriod(period, zone);
  if (span === undefined) return false;
  const known = new Set(published.map((r) => r.hotline));
  return spans.some(
    ({ hotline, firstMillis, lastMillis }) =>
      !known.has(hotline) && firstMillis < span.toMillis && lastMillis >= span.fromMillis,
  );
};

const unpublished = (
  published: readonly MonitoringResult[],
  calls: readonly TestCallColumns[],
  period: string,
): readonly MonitoringResult[] => {
  const known = new Set(published.map((r) => r.hotline));
  return summariseTestCalls(
    calls.filter(({ hotline }) => !known.has(hotline)),
    period,
  );
};

/** Results of earlier periods, with their age; a period that lies in a longer one is passed over for that hotline. */
const earlierThan = (
  all: readonly MonitoringResult[],
  chosen: string,
  assumedTestCalls: number,
): EarlierResult[] =>
  [...Map.groupBy(all, ({ hotline }) => hotline).values()].flatMap((results) => {
    const counted = periodsBefore(
      results.map(({ period }) => period),
      chosen,
    );
    return results
      .filter(({ period }) => counted.has(period))
      .map((result) => ({
        result: withAssumedCounts(result, assumedTestCalls),
        yearsBefore: yearsBetween(result.period, chosen),
      }));
  });

/** Nothing is known of a period, or, where none is named, of any. */
export const noResults = (period: string | undefined, known: readonly string[]): BadInputError => {
  return new BadInputError([
    planningProblem('period', 'no-monitoring-results', period ?? '', {
      known: known.toSorted(comparePeriods),
    }),
  ]);
};

type LeaguePorts = Pick<Ports, 'store' | 'models'>;
type TestCallSpans = Awaited<ReturnType<Ports['store']['monitoring']['testCallSpans']>>;

/** What the store holds of monitoring beside the single test calls: read once for as many leagues as are asked for. */
interface LeagueRecord {
  readonly results: readonly MonitoringResult[];
  readonly hotlines: readonly MonitoredHotline[];
  readonly spans: TestCallSpans;
}

export const readLeagueRecord = async ({ store }: LeaguePorts): Promise<LeagueRecord> => {
  const [results, hotlines, spans] = await Promise.all([
    store.monitoring.results(),
    store.read('hotlines'),
    store.monitoring.testCallSpans(),
  ]);
  return { results, hotlines, spans };
};

/** Every hotline's single test calls of a period. */
export type CallsOfPeriod = (period: string) => Promise<readonly TestCallColumns[]>;

export const callsOfPeriod =
  ({ store, models }: LeaguePorts): CallsOfPeriod =>
  async (period) => {
    const span = spanOfPeriod(period, models.hotline.zone);
    return span === undefined ? [] : store.monitoring.testCallColumns(undefined, span);
  };

/** From the first instant of a period to that of the next; undefined for what is no period. */
export const spanOfPeriod = (period: string, zone: string): Span | undefined => {
  const days = daysOfPeriod(period);
  return days === undefined
    ? undefined
    : { fromMillis: startOfDay(days.from, zone), toMillis: startOfDay(days.before, zone) };
};

/**
 * How many hotlines each period tells of: every period with published results, and the years of single test calls.
 * Periods are in no order.
 */
export const hotlinesPerPeriod = (
  { results, spans }: Pick<LeagueRecord, 'results' | 'spans'>,
  zone: string,
): ReadonlyMap<string, number> => {
  const found = new Map<string, Set<string>>();
  const add = (period: string, hotline: string): void => {
    const own = found.get(period) ?? new Set<string>();
    found.set(period, own.add(hotline));
  };
  for (const result of results) if (!isUntested(result)) add(result.period, result.hotline);
  const clock = localClock(zone);
  const yearOf = (millis: number): number => Number(clock(millis).date.slice(0, 4));
  for (const { hotline, firstMillis, lastMillis } of spans)
    for (let year = yearOf(firstMillis); year <= yearOf(lastMillis); year += 1)
      add(String(year).padStart(4, '0'), hotline);
  return new Map([...found].map(([period, own]) => [period, own.size]));
};

/**
 * Periods that can be asked for, the latest first: those of `hotlinesPerPeriod`, and the months from a hotline's first test
 * call to its last. A month between them may have had none.
 */
export const periodsOffered = (
  record: Pick<LeagueRecord, 'results' | 'spans'>,
  zone: string,
): readonly string[] => {
  const clock = localClock(zone);
  const months = record.spans.flatMap(({ firstMillis, lastMillis }) =>
    monthsBetween(clock(firstMillis).date, clock(lastMillis).date),
  );
  return [...new Set([...hotlinesPerPeriod(record, zone).keys(), ...months])]
    .sort(comparePeriods)
    .toReversed();
};

/** Neither test calls nor a rate: the line is in the file, but was not monitored. */
const isUntested = ({ testCalls, connectionRate }: MonitoringResult): boolean =>
  (testCalls === undefined || testCalls === 0) && connectionRate === undefined;
