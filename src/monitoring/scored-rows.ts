import type { ScorecardModel } from '../contract/models/scorecard-model.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import type { ScoredRow } from './fit-scorecard.ts';
import { comparePeriods } from './periods.ts';
import { scoreOf, type Measured } from './scorecard.ts';

export interface ScoredPeriod {
  readonly period: string;
  readonly rows: readonly ScoredRow[];
}

/**
 * Published results from which a scorecard's weights can be told, those of the latest period that has at least `least`
 * of them (or of `asked`): points of every indicator (of its parts where only they are known) and a total.
 */
export const scoredRows = (
  results: readonly MonitoringResult[],
  scorecard: ScorecardModel,
  least: number,
  asked?: string,
): ScoredPeriod | undefined => {
  const periods = Map.groupBy(results, ({ period }) => period);
  const wanted = asked === undefined ? [...periods.keys()].sort(comparePeriods).toReversed() : [asked];
  for (const period of wanted) {
    const rows = (periods.get(period) ?? []).flatMap((result) => scoredRow(result, scorecard));
    if (rows.length >= least) return { period, rows };
  }
  return undefined;
};

const scoredRow = (result: MonitoringResult, scorecard: ScorecardModel): ScoredRow[] => {
  if (result.total === undefined) return [];
  const points = scoreOf(points100(scorecard), measuredIn(result, scorecard)).indicators.map(
    (own) => own.points,
  );
  return points.some((one) => one === null)
    ? []
    : [{ points: points.map((one) => one ?? 0), total: result.total }];
};

/** Published indicators are points already; only rate and seconds are measured. */
const points100 = (scorecard: ScorecardModel): ScorecardModel => ({
  ...scorecard,
  indicators: scorecard.indicators.map((own) =>
    own.from === 'connection-rate' || own.from === 'seconds-to-operator'
      ? own
      : { ...own, scoring: { rule: 'points' as const } },
  ),
});

const measuredIn = (result: MonitoringResult, { indicators }: ScorecardModel): Measured => {
  const { testCalls = 0, connected } = result;
  const counted = connected === undefined || testCalls < 1 ? undefined : connected / testCalls;
  const measured: Record<string, number | undefined> = { ...result.indicators };
  for (const { indicator, from } of indicators) {
    if (from === 'connection-rate') measured[indicator] = result.connectionRate ?? counted;
    if (from === 'seconds-to-operator') measured[indicator] = result.meanSeconds;
  }
  return measured;
};
