import type { RankDocument } from '../contract/documents.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent } from '../report/format.ts';
import { textTable } from '../report/text-table.ts';
import { bandNames } from './band-names.ts';

const headings = {
  'test-calls': {
    'zh-CN': ['名次', '热线', '拨测', '接通率', '95% 区间', '档次', '得分'],
    en: ['rank', 'hotline', 'test calls', 'connection rate', '95 % interval', 'band', 'score'],
  },
  traffic: {
    'zh-CN': [
      '名次',
      '线路(队列)',
      '时限内接听/人工请求',
      '时限内接听率',
      '95% 区间',
      '按此率的档次',
      '得分',
    ],
    en: [
      'rank',
      'line (queue)',
      'within threshold/offered',
      'rate',
      '95 % interval',
      'band at this rate',
      'score',
    ],
  },
} as const;

/** The league table: bands and their change on the year, then every hotline with the range that chance leaves. */
export const rankText = (
  document: RankDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const english = language === 'en';
  const bands = bandTable(document, language);
  const places = document.basis === 'traffic' ? 1 : 0;
  const hotlines = textTable(
    [...headings[document.basis ?? 'test-calls'][language]],
    document.hotlines.map((h) => [
      `${h.rank} (${h.rankLow}–${h.rankHigh})`,
      (document.basis === 'traffic' ? names.get(h.hotline) : undefined) ?? h.name,
      `${h.connected}/${h.testCalls}`,
      percent(h.connectionRate),
      `${percent(h.low, places)}–${percent(h.high, places)}`,
      bandNames[h.band][language],
      decimal(h.score),
    ]),
  );
  const heading = `${english ? 'Period' : '周期'} ${document.period}${document.madeUp ? (english ? ' (made up)' : '(虚构数据)') : ''}`;
  return [heading, bands, hotlines, ...document.notices.map((notice) => notice[language])].join('\n\n');
};

/** How many lines are in each band; a line's own queues are not set beside another year. */
const bandTable = ({ bands, basis }: RankDocument, language: Language): string => {
  const english = language === 'en';
  const ofQueues = basis === 'traffic';
  const counted = ofQueues ? (english ? 'lines' : '线路数') : english ? 'hotlines' : '热线数';
  return textTable(
    [
      english ? 'band' : '档次',
      counted,
      english ? 'share' : '占比',
      ...(ofQueues ? [] : [english ? 'change' : '同比增减']),
    ],
    bands.map((band) => [
      bandNames[band.band][language],
      String(band.hotlines),
      percent(band.share),
      ...(ofQueues ? [] : [band.change === null ? '–' : `${band.change > 0 ? '+' : ''}${band.change}`]),
    ]),
  );
};
