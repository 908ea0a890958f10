import { phrase, phrases } from '../phrases.ts';

/** League tables. */
export const rankWords = phrases({
  heads: {
    'zh-CN': ['名次', '热线', '拨测', '接通率', '95% 区间', '档次', '得分'],
    en: ['rank', 'hotline', 'test calls', 'connection rate', '95% interval', 'band', 'score'],
  },
  trafficHeads: {
    'zh-CN': [
      '名次',
      '线路（队列）',
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
      '95% interval',
      'band at this rate',
      'score',
    ],
  },
  province: { 'zh-CN': '省份', en: 'province' },
  region: { 'zh-CN': '地区', en: 'region' },
  cityTier: { 'zh-CN': '城市级别', en: 'city tier' },
  hotlines: { 'zh-CN': '热线数', en: 'hotlines' },
  colderNextWeek: { 'zh-CN': '下周降档', en: 'colder next week' },
  colderNextTime: { 'zh-CN': '下次降档', en: 'colder next time' },
  standard: phrase<{ hotlines: number; share: number; standardSeconds: number; mean: string }>({
    'zh-CN': ({ hotlines, share, standardSeconds, mean }, { percent }) =>
      `${hotlines} 条热线（${percent(share, 2)}）${standardSeconds} 秒达标，达标者平均 ${mean} 秒`,
    en: ({ hotlines, share, standardSeconds, mean }, { counted, percent, plural }) =>
      `${counted(hotlines, 'hotline')} (${percent(share, 2)}) ${plural(hotlines, 'meets', 'meet')} the ${standardSeconds}-second standard; ${plural(hotlines, 'its', 'their')} mean is ${mean} s`,
  }),
  onTheYear: { 'zh-CN': '较上年', en: 'on the year' },
  period: { 'zh-CN': '周期', en: 'Period' },
  madeUp: { 'zh-CN': '（虚构数据）', en: ' (made up)' },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  meanSeconds: { 'zh-CN': '平均秒数', en: 'mean seconds' },
  withinS: { 'zh-CN': '{standardSeconds} 秒达标', en: 'within {standardSeconds} s' },
  hotline: { 'zh-CN': '热线', en: 'hotline' },
  rate: { 'zh-CN': '接通率', en: 'rate' },
  band: { 'zh-CN': '档次', en: 'band' },
  colderInTruth: { 'zh-CN': '实际已降档', en: 'colder in truth' },
  trafficRisk: {
    'zh-CN':
      '前一列是下周接听率落入更冷一档的可能（由逐日预测得出）；后一列是本期真实接听率已在更冷一档的可能。',
    en: "The first chance is that next week's rate lies in a colder band, by the forecast of its days; the second that this period's true rate does already.",
  },
  testCallRisk: {
    'zh-CN':
      '前一列是公布的档次变冷的可能，其中不少是抽样运气；后一列是真实接通率已落在更冷一档的可能。一年前的结果按 {weight} 计：以往各期这样最能预示本期。',
    en: 'The first chance is of the band that will be published: much of it is the luck of a sample. The second is that the true rate lies in a colder band already. A result a year old weighs {weight} of one of now: which predicted this period best from earlier ones.',
  },
  lines: { 'zh-CN': '线路数', en: 'lines' },
  share: { 'zh-CN': '占比', en: 'share' },
  change: { 'zh-CN': '同比增减', en: 'change' },
});
