import { nameIn } from '../words/figures.ts';
import type { Language } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import { messages } from '../words/messages.ts';
import { csvOf } from './csv.ts';
import { fallChance, type Hotline } from './league.ts';

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);

/** The league table as CSV with a byte-order mark; rates and chances are fractions, yes and no are 1 and 0. */
export const rankingCsv = (rows: readonly Hotline[], standardSeconds: number, language: Language): string =>
  csvOf([
    spoken(messages('report-ranking'), language).heads({ standard: standardSeconds }),
    ...rows.map((row) => [
      row.rank,
      row.rankLow,
      row.rankHigh,
      nameIn(row.name, language),
      ...[row.province, row.region, row.cityTier].map((one) => (one === null ? null : nameIn(one, language))),
      flag(row.roundTheClock),
      flag(row.smartVoice),
      flag(row.enterpriseLine),
      row.testCalls,
      row.connected,
      row.connectionRate,
      row.low,
      row.high,
      row.band,
      row.previousBand,
      flag(row.moveBeyondChance),
      fallChance(row),
      row.meanSeconds,
      flag(row.meetsSecondsStandard),
      row.score,
    ]),
  ]);
