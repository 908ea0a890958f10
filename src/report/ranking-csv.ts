import { nameIn } from '../kernel/name-in.ts';
import type { Language } from '../kernel/text.ts';
import { fill } from './format.ts';
import { csvLine } from './report-file.ts';
import { fallChance, type Hotline } from './league.ts';

/** Headings; `{standard}` is the standard of seconds in force. */
const heads: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': [
    '名次',
    '名次下限',
    '名次上限',
    '热线',
    '省份',
    '地区',
    '城市级别',
    '全天候',
    '智能语音',
    '企业专线',
    '拨测次数',
    '接通次数',
    '接通率',
    '下限',
    '上限',
    '档',
    '上期档',
    '变化超出抽样误差',
    '下次掉档概率',
    '平均秒数',
    '{standard} 秒达标',
    '得分',
  ],
  en: [
    'rank',
    'rank from',
    'rank to',
    'hotline',
    'province',
    'region',
    'city tier',
    'round the clock',
    'smart voice',
    'enterprise line',
    'test calls',
    'connected',
    'connection rate',
    'low',
    'high',
    'band',
    'previous band',
    'move beyond chance',
    'chance to fall a band',
    'mean seconds',
    'meets {standard} s',
    'score',
  ],
};

const flag = (value: boolean | null): number | null => (value === null ? null : value ? 1 : 0);

/** The league table as CSV with a byte-order mark; rates and chances are fractions, yes and no are 1 and 0. */
export const rankingCsv = (rows: readonly Hotline[], standardSeconds: number, language: Language): string =>
  `\uFEFF${[
    heads[language].map((head) => fill(head, { standard: standardSeconds })),
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
  ]
    .map((row) => csvLine(row))
    .join('\r\n')}\r\n`;
