import { phrases } from '../phrases.ts';

/** One hotline through its periods. */
export const hotlineWords = phrases({
  heads: {
    'zh-CN': ['周期', '拨测', '接通率', '95% 区间', '档次', '较上年', '名次', '秒', '得分'],
    en: [
      'period',
      'test calls',
      'connection rate',
      '95% interval',
      'band',
      'on the year',
      'rank',
      'seconds',
      'score',
    ],
  },
  placeThen: { 'zh-CN': '当时所在', en: 'place then' },
});
