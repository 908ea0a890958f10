import type { Label } from '../sentences.ts';

/** Words of the report of the data's quality. */
export const dataQualityWords = {
  'quality.title': { 'zh-CN': '数据质量：够做什么', en: 'How good the data are, and how far they carry' },
  'quality.note': {
    'zh-CN': '哪些是实测的，哪些只能假设，缺什么、怎么补。',
    en: 'What is measured, what has to be assumed, what is missing and what mends it.',
  },
  'quality.noDoubts': {
    'zh-CN': '没有成段缺失的日子，也没有可疑的数值。',
    en: 'No days missing in a row, and no figure that calls can hardly have.',
  },
  'quality.doubts': { 'zh-CN': '缺失与可疑之处', en: 'Gaps and doubted figures' },
  'quality.again': {
    'zh-CN': '重新导出这些日子再导入一次：相同的行不变，不同的行以新的为准。',
    en: 'Export those days once more and bring them in: rows that are the same stay, others are replaced.',
  },
  'quality.queues': { 'zh-CN': '各队列实测到的', en: 'What is measured of each queue' },
  'quality.days': { 'zh-CN': '有来电的天数', en: 'Days with calls' },
  'quality.daysOf': { 'zh-CN': '{n}（首日至末日共 {all} 天）', en: '{n} of {all} from first to last day' },
  'quality.measured': { 'zh-CN': '实测，{n} 通', en: 'measured from {n} calls' },
  'quality.setIt': { 'zh-CN': '改假设', en: 'set what is assumed' },
  'quality.carries': { 'zh-CN': '够做什么', en: 'What the data carry' },
  'quality.use': { 'zh-CN': '用途', en: 'For' },
  'quality.has': { 'zh-CN': '已有', en: 'There is' },
  'quality.far': { 'zh-CN': '够到什么程度', en: 'How far it carries' },
  'quality.history': { 'zh-CN': '首日至末日 {n} 天话务', en: '{n} days of traffic, first to last' },
  'quality.records': { 'zh-CN': '{n} 条记录', en: '{n} records' },
  'quality.state.full': { 'zh-CN': '够用', en: 'far enough' },
  'quality.state.most': {
    'zh-CN': '星期与一天内的分布可靠；不满一年，看不出季节',
    en: "weekdays and the day's shape are sure; under a year shows no seasons",
  },
  'quality.notYet': {
    'zh-CN': '还做不了周计划：{why}。请再导入更早的话务，至少满三周。',
    en: 'No week can be planned yet: {why}. Import earlier traffic too, three weeks at least.',
  },
  'quality.state.rough': { 'zh-CN': '不足八周，只能粗略估计', en: 'under eight weeks: a rough guide only' },
  'quality.for.forecast': { 'zh-CN': '预测来电', en: 'Forecasting calls' },
  'quality.for.roster': { 'zh-CN': '排班到人', en: 'Rostering people' },
  'quality.for.diversion': { 'zh-CN': '分流提示的效果', en: 'What prompts do' },
  'quality.for.presence': { 'zh-CN': '对照实际在岗', en: 'Comparing who was there' },
  'quality.for.monitoring': { 'zh-CN': '对照监测结果', en: 'Comparing with monitoring' },
  'quality.without.roster': {
    'zh-CN': '没有人员：只排班次，不排到人',
    en: 'no people known: shifts, but no names',
  },
  'quality.without.diversion': {
    'zh-CN': '没有播放记录：效果按假设',
    en: 'nothing played on record: take-up is assumed',
  },
  'quality.without.presence': {
    'zh-CN': '没有在岗记录：差距里分不出缺人',
    en: 'no presence on record: a gap cannot be put down to absences',
  },
  'quality.without.monitoring': {
    'zh-CN': '没有监测结果：只有预估，没有对照',
    en: 'no monitoring on record: projected, not compared',
  },
} as const satisfies Readonly<Record<string, Label>>;
