import type { RankQuery } from '../../contract/http/rank-query.ts';
import { withCounts } from '../../monitoring/league-rows.ts';
import { planningProblem } from '../planning-problems.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { MonitoringResult, TestCallColumns } from '../../kernel/records.ts';
import type { EarlierResult } from '../../monitoring/band-risk.ts';
import type { LeagueOptions } from '../../monitoring/rank-hotlines.ts';
import { comparePeriods, periodsBefore, yearBefore, yearsBetween } from '../../monitoring/periods.ts';
import { summariseTestCalls } from '../../monitoring/summarise-test-calls.ts';
import {
  hotlinesPerPeriod,
  isUntested,
  spanOfPeriod,
  type CallsOfPeriod,
  type LeagueRecord,
} from './league-record.ts';
import type { Models } from '../ports.ts';

/** What a league table is asked for: made by the period and what else says of whom it is; filters narrow what is shown of it. */
export type RankQuestion = Pick<RankQuery, 'seed'> & Partial<RankQuery>;

/** All that the league table of a period is made from. */
export interface LeagueInputs {
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
  if (results.every(isUntested)) throw nobodyTested(period);
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
  [...Map.groupBy(all, ({ hotline }) => hotline).values()].flatMap((own) => {
    const counted = periodsBefore(
      own.map(({ period }) => period),
      chosen,
    );
    return own
      .filter(({ period }) => counted.has(period))
      .map((result) => ({
        result: withCounts(result, assumedTestCalls),
        yearsBefore: yearsBetween(result.period, chosen),
      }));
  });

const nobodyTested = (period: string): BadInputError =>
  new BadInputError([planningProblem('period', 'nobody-tested', period)]);

/** Nothing is known of a period, or, where none is named, of any. */
export const noResults = (period: string | undefined, known: readonly string[]): BadInputError => {
  return new BadInputError([
    planningProblem('period', 'no-monitoring-results', period ?? '', {
      known: known.toSorted(comparePeriods),
    }),
  ]);
};
