import type { RankDocument } from '../../contract/documents.ts';
import type { Language } from '../../kernel/text.ts';
import { csvLine } from '../../report/report-file.ts';

const heads: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': [
    '名次',
    '热线',
    '省份',
    '地区',
    '城市级别',
    '拨测次数',
    '接通次数',
    '接通率',
    '下限',
    '上限',
    '档',
    '上期档',
    '平均秒数',
    '得分',
  ],
  en: [
    'rank',
    'hotline',
    'province',
    'region',
    'city tier',
    'test calls',
    'connected',
    'connection rate',
    'low',
    'high',
    'band',
    'previous band',
    'mean seconds',
    'score',
  ],
};

/** The league table as CSV with a byte-order mark; rates are fractions. */
export const rankingCsv = (rows: RankDocument['hotlines'], language: Language): string =>
  `\uFEFF${[
    heads[language],
    ...rows.map((row) => [
      row.rank,
      row.name,
      row.province,
      row.region,
      row.cityTier,
      row.testCalls,
      row.connected,
      row.connectionRate,
      row.low,
      row.high,
      row.band,
      row.previousBand,
      row.meanSeconds,
      row.score,
    ]),
  ]
    .map((row) => csvLine(row))
    .join('\r\n')}\r\n`;
