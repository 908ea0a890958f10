import type { MonitoredHotline, MonitoringResult, TestCallColumns } from '../../kernel/records.ts';
import { localClock, startOfDay } from '../../kernel/time.ts';
import { daysOfPeriod } from '../../monitoring/periods.ts';
import type { Ports, Span } from '../ports.ts';

type LeaguePorts = Pick<Ports, 'store' | 'models'>;
type TestCallSpans = Awaited<ReturnType<Ports['store']['monitoring']['testCallSpans']>>;

/** What the store holds of monitoring beside the single test calls: read once for as many leagues as are asked for. */
export interface LeagueRecord {
  readonly results: readonly MonitoringResult[];
  readonly hotlines: readonly MonitoredHotline[];
  readonly spans: TestCallSpans;
}

export const readLeagueRecord = async ({ store: { monitoring } }: LeaguePorts): Promise<LeagueRecord> => {
  const [results, hotlines, spans] = await Promise.all([
    monitoring.results(),
    monitoring.hotlines(),
    monitoring.testCallSpans(),
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

/** Neither test calls nor a rate: the line stands in the file, but was not monitored. */
export const isUntested = ({ testCalls, connectionRate }: MonitoringResult): boolean =>
  (testCalls === undefined || testCalls === 0) && connectionRate === undefined;
