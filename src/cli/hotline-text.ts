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
  const places = document.periods.map((row) => placeIn(row, language));
  const place = places.at(-1) ?? '';
  const moved = new Set(places).size > 1;
  const table = textTable(
    [...headings[language], ...(moved ? [language === 'en' ? 'place then' : '当时所在'] : [])],
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
      ...(moved ? [placeIn(row, language)] : []),
    ]),
  );
  return remarkMadeUp(
    `${nameIn(document.name, language)}${place === '' ? '' : ` · ${place}`}\n\n${table}`,
    document.madeUp,
    language,
  );
};
