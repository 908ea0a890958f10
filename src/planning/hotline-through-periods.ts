import { planningProblem } from './planning-problems.ts';
import type { HotlineDocument } from '../contract/documents/rank-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { TestCallColumns } from '../kernel/records.ts';
import { comparePeriods, hotlinesInPeriod } from '../monitoring/periods.ts';
import { rankOneHotline } from '../monitoring/rank-hotlines.ts';
import { callsWithin } from '../monitoring/time-parts.ts';
import {
  type CallsOfPeriod,
  hotlinesPerPeriod,
  leagueInputs,
  readLeagueRecord,
  spanOfPeriod,
  timesOfCalls,
} from './league/league-inputs.ts';
import type { Ports } from './ports.ts';

type Row = HotlineDocument['periods'][number];

/**
 * One hotline's place in the league of every period in which it was monitored, oldest first: the rows that the league
 * tables have of it. Of the others only what its places rest on is read and worked out. Throws BadInputError where it
 * was in none.
 */
export const hotlineThroughPeriods = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { hotline, seed }: { readonly hotline: string; readonly seed: number },
): Promise<HotlineDocument> => {
  const { zone, madeUp } = models.hotline;
  const isOwn = (one: { readonly hotline: string }): boolean => one.hotline === hotline;
  const [record, [ownCalls]] = await Promise.all([
    readLeagueRecord({ store, models }),
    store.monitoring.testCallColumns(hotline),
  ]);
  const ownIn = (period: string): TestCallColumns | undefined => {
    const span = spanOfPeriod(period, zone);
    return span === undefined || ownCalls === undefined ? undefined : callsWithin([ownCalls], span)[0];
  };
  const timesOf = ownCalls === undefined ? undefined : await timesOfCalls(models);
  const callsOf = slicesOfAll(() => store.monitoring.testCallColumns(), zone);
  const own = { results: record.results.filter(isOwn), spans: record.spans.filter(isOwn) };
  const listed = record.hotlines.filter(isOwn);
  const periods: Row[] = [];
  for (const period of [...hotlinesPerPeriod(own, zone).keys()].sort(comparePeriods)) {
    const placed = ownIn(period);
    // a year between the first test call and the last may have had none
    if (placed === undefined && !own.results.some((result) => result.period === period)) continue;
    const { results, previous, options } = await leagueInputs(record, models, { period, seed }, callsOf);
    const ranked = rankOneHotline(results, previous, hotlinesInPeriod(listed, period), options, hotline);
    if (ranked === undefined) continue;
    const byTime = placed === undefined ? {} : { byTime: timesOf?.(placed) };
    periods.push({ ...ranked.row, ...byTime, period, among: ranked.among });
  }
  const latest = periods.at(-1);
  if (latest === undefined) throw neverMonitored(hotline);
  const { bands, meanSecondsStandard } = models.monitor;
  return {
    document: 'rank-hotline',
    hotline,
    name: latest.name,
    madeUp,
    bands,
    standardSeconds: meanSecondsStandard,
    periods,
  };
};

/** Test calls of single periods, cut from all of them: those are read once, when first needed. */
const slicesOfAll = (readAll: () => ReturnType<CallsOfPeriod>, zone: string): CallsOfPeriod => {
  let all: ReturnType<CallsOfPeriod> | undefined;
  return async (period) => {
    const span = spanOfPeriod(period, zone);
    if (span === undefined) return [];
    all ??= readAll();
    return callsWithin(await all, span);
  };
};

const neverMonitored = (hotline: string): BadInputError =>
  new BadInputError([planningProblem('hotline', 'never-monitored', hotline)]);
