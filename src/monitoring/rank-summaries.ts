import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { counted, oneOrMany } from '../kernel/one-or-many.ts';
import { text, type Text } from '../kernel/text.ts';
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
  zeroMass: number,
  assumedTestCalls: number,
  previousPeriod: string | null,
  ofTraffic = false,
): Text[] => {
  const said: Text[] = [];
  if (usable > 1 && previousPeriod !== null) {
    said.push(ofTraffic ? movesOfTraffic : movesOfTestCalls);
  }
  if (usable > 1) {
    said.push(rankIntervalsTold(zeroMass));
  }
  if (usable === 1) {
    said.push(
      text(
        '只有一条热线，没有可比的名次；合并估计以 2019 年公布的 344 条热线为参照。',
        'A single hotline has no one to be ranked against; its true rate is estimated beside the 344 published in 2019.',
      ),
    );
  }
  const assumed = results.filter((r) => r.testCalls === undefined && r.connectionRate !== undefined).length;
  if (assumed > 0) {
    said.push(
      text(
        `${assumed} 条热线的结果没有拨测次数，按 ${assumedTestCalls} 次计。`,
        `${counted(assumed, 'hotline')} came without a number of test calls: ${assumedTestCalls} are assumed.`,
      ),
    );
  }
  const left = results.length - usable;
  if (left > 0) {
    said.push(
      text(
        `${left} 条热线没有拨测或接通率，未列入。`,
        `${counted(left, 'hotline')} without test calls or a connection rate ${oneOrMany(left, 'is', 'are')} left out.`,
      ),
    );
  }
  return said;
};

const movesOfTestCalls: Text = text(
  '同比变化是否超出偶然，用费舍尔精确检验（双侧 5%）。',
  "Moves on the year are held against Fisher's exact test (two-sided 5 %).",
);

const movesOfTraffic: Text = text(
  '同比变化是否超出偶然，也按天为群：先把话务折成同样起落的独立通数，再用费舍尔精确检验（双侧 5%）。',
  "Moves on the year take days as clusters too: the calls count as the number of independent calls that would vary as much, and those are held against Fisher's exact test (two-sided 5 %).",
);

/** Hotlines that seem dead are told only where the estimate has some. */
const rankIntervalsTold = (zeroMass: number): Text => {
  const silent = (100 * zeroMass).toFixed(1);
  const some = Number(silent) > 0;
  return text(
    `名次区间是 95% 区间，按全部热线合并估计的真实接通率得出${some ? `；约 ${silent}% 的热线可能无人应答（真实接通率为零）` : ''}。`,
    `Rank intervals are 95 % intervals from the true rates as estimated over all hotlines together${some ? `; about ${silent} % seem to be out of service (true rate zero)` : ''}.`,
  );
};
