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
    'zh-CN': ['名次', '热线', '时限内接听 / 人工请求', '时限内接听率', '95% 区间', '档次', '得分'],
    en: ['rank', 'hotline', 'within threshold / offered', 'rate', '95 % interval', 'band', 'score'],
  },
} as const;

/** The league table: bands and their change on the year, then every hotline with the range that chance leaves. */
export const rankText = (document: RankDocument, language: Language): string => {
  const english = language === 'en';
  const bands = textTable(
    english ? ['band', 'hotlines', 'share', 'change'] : ['档次', '热线数', '占比', '同比增减'],
    document.bands.map((band) => [
      bandNames[band.band][language],
      String(band.hotlines),
      percent(band.share),
      band.change === null ? '–' : `${band.change > 0 ? '+' : ''}${band.change}`,
    ]),
  );
  const places = document.basis === 'traffic' ? 1 : 0;
  const hotlines = textTable(
    [...headings[document.basis ?? 'test-calls'][language]],
    document.hotlines.map((h) => [
      `${h.rank} (${h.rankLow}–${h.rankHigh})`,
      h.name,
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
