import type { HotlineDocument } from '../contract/documents/hotline-document.ts';
import { nameIn } from '../kernel/name-in.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { placeIn } from '../report/league.ts';
import { textTable } from '../report/text-table.ts';
import { bandMoveText } from './band-move-text.ts';
import { bandNames } from './band-names.ts';
import { remarkMadeUp } from './made-up-remark.ts';

const headings = {
  'zh-CN': ['周期', '拨测', '接通率', '95% 区间', '档次', '较上年', '名次', '秒', '得分'],
  en: [
    'period',
    'test calls',
    'connection rate',
    '95 % interval',
    'band',
    'on the year',
    'rank',
    'seconds',
    'score',
  ],
} as const;

/** One hotline through the years: rate with its interval, band and move, place, seconds, score. */
export const hotlineText = (document: HotlineDocument, language: Language): string => {
  const latest = document.periods.at(-1);
  const place = latest === undefined ? '' : placeIn(latest, language);
  const table = textTable(
    [...headings[language]],
    document.periods.map((row) => [
      row.period,
      `${row.connected}/${row.testCalls}`,
      percent(row.connectionRate),
      `${percent(row.low, 0)}–${percent(row.high, 0)}`,
      bandNames[row.band][language],
      bandMoveText(row, language),
      `${row.rank} (${row.rankLow}–${row.rankHigh}) / ${row.among}`,
      decimal(row.meanSeconds),
      decimal(row.score),
    ]),
  );
  return remarkMadeUp(
    `${nameIn(document.name, language)}${place === '' ? '' : ` · ${place}`}\n\n${table}`,
    document.madeUp,
    language,
  );
};
