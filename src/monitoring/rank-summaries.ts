import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import type { Tables } from './tables.ts';

type RankedHotline = RankDocument['hotlines'][number];

/** Hotlines whose mean seconds meet the standard, of all ranked. */
export const secondsStandardOf = (
  ranked: readonly RankedHotline[],
  { meanSecondsStandard, tables }: { readonly meanSecondsStandard: number; readonly tables: Tables },
): RankDocument['secondsStandard'] => {
  const meeting = ranked.filter((h) => h.meetsSecondsStandard === true);
  return {
    standardSeconds: meanSecondsStandard,
    hotlines: meeting.length,
    share: ranked.length === 0 ? 0 : meeting.length / ranked.length,
    meanSecondsOfThose: tables.describe(meeting.map((h) => h.meanSeconds)).mean,
  };
};

/** Figures per region, each hotline counting once; best connection rate first. */
export const regionsOf = (ranked: readonly RankedHotline[], tables: Tables): RankDocument['regions'] => {
  const rows = ranked
    .filter((h) => h.region !== null)
    .map((h) => ({
      region: h.region,
      rate: h.connectionRate,
      seconds: h.meanSeconds,
      hot: h.band === 'hot' ? 1 : 0,
      dead: h.band === 'dead' ? 1 : 0,
    }));
  const [rates, seconds, hot, dead] = (['rate', 'seconds', 'hot', 'dead'] as const).map((column) =>
    tables.group(rows, ['region'], column),
  );
  return (rates ?? [])
    .map((group, i) => ({
      region: String(group.key[0]),
      hotlines: group.rows,
      connectionRate: group.mean,
      meanSeconds: seconds?.[i]?.mean ?? null,
      hot: hot?.[i]?.sum ?? 0,
      dead: dead?.[i]?.sum ?? 0,
    }))
    .sort((a, b) => (b.connectionRate ?? 0) - (a.connectionRate ?? 0) || (a.region < b.region ? -1 : 1));
};

/** What the reader of the league table must know. */
export const noticesOf = (
  results: readonly MonitoringResult[],
  usable: number,
  outOfServiceShare: number,
  testCalls: number,
  previousPeriod: string | null,
  ofTraffic = false,
): MonitoringFinding[] => {
  const notices: MonitoringFinding[] = [];
  if (usable > 1 && previousPeriod !== null)
    notices.push(monitoringFinding(ofTraffic ? 'moves-tested-on-traffic' : 'moves-tested-on-test-calls'));
  if (usable > 1) notices.push(monitoringFinding('rank-intervals', { outOfServiceShare }));
  if (usable === 1) notices.push(monitoringFinding('single-hotline'));
  const assumed = results.filter((r) => r.testCalls === undefined && r.connectionRate !== undefined).length;
  if (assumed > 0)
    notices.push(monitoringFinding('number-of-test-calls-assumed', { hotlines: assumed, testCalls }));
  const left = results.length - usable;
  if (left > 0) notices.push(monitoringFinding('hotlines-left-out', { hotlines: left }));
  return notices;
};
