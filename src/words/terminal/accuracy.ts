import { phrases } from '../phrases.ts';

/** How good forecasts have been. */
export const accuracyWords = phrases({
  title: { 'zh-CN': '预测准确度', en: 'Forecast accuracy' },
  heading: {
    'zh-CN': '最近 {weeks} 个整周（{from} 至 {to}），只用当时已知的数据重新预测',
    en: 'The last {weeks} whole weeks, {from} to {to}, forecast again with what was known then',
  },
  asked: { 'zh-CN': '只看：{asked}', en: 'Only: {asked}' },
  weeksAhead: { 'zh-CN': '提前（周）', en: 'weeks ahead' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  all: { 'zh-CN': '全部队列', en: 'all queues' },
  error: { 'zh-CN': '误差 WAPE', en: 'error (WAPE)' },
  bias: { 'zh-CN': '总量偏差', en: 'bias' },
  biasPerDay: { 'zh-CN': '偏差（通/日）', en: 'calls a day off' },
  in80: { 'zh-CN': '80% 覆盖', en: 'in 80%' },
  worstHeading: {
    'zh-CN': '一周里误差最大的小时（提前一周，各队列合计，每小时平均通数）',
    en: 'Hours of the week with the largest errors (a week ahead, all queues together, calls an hour on average)',
  },
  hour: { 'zh-CN': '小时起', en: 'hour from' },
  forecast: { 'zh-CN': '预测', en: 'forecast' },
  came: { 'zh-CN': '实际', en: 'came' },
  off: { 'zh-CN': '误差', en: 'off by' },
  ofItChance: { 'zh-CN': '其中偶然', en: 'of it luck' },
  callsOver: { 'zh-CN': '偏多 / 偏少', en: 'too many / too few' },
  plansHeading: {
    'zh-CN': '当时存下的计划（含人工调整）与实际对照',
    en: "Plans as they were kept, planners' changes in them, against what came",
  },
  noPlansAsked: {
    'zh-CN': '已存的计划中，没有哪一份所在的周已经结束、且有被问到的日子。',
    en: 'No stored plan of a week that is over has days that were asked for.',
  },
  noPlans: {
    'zh-CN': '还没有一份已存计划的那一周过完。',
    en: 'No week of a stored plan is over yet.',
  },
  frozenHeading: {
    'zh-CN': '随计划存下的预测（{forecasts} 份）与 {from} 至 {to} 的实际来电对照',
    en: 'Forecasts kept with plans ({forecasts}) against what came, {from} to {to}',
  },
  daysAhead: { 'zh-CN': '提前（天）', en: 'days ahead' },
  weekday: { 'zh-CN': '星期', en: 'weekday' },
  interval: { 'zh-CN': '时段', en: 'interval' },
  month: { 'zh-CN': '月份', en: 'month' },
  withinWeek: {
    'zh-CN': '以下均指提前一周以内的预测。',
    en: 'What follows is about forecasts of up to a week ahead.',
  },
  overruledHeading: { 'zh-CN': '人工调整：谁调得更准', en: 'Changes by hand: who gained by them' },
  author: { 'zh-CN': '调整人', en: 'who' },
  gained: { 'zh-CN': '误差减少（百分点）', en: 'error less by (points)' },
  week: { 'zh-CN': '周', en: 'week' },
  plan: { 'zh-CN': '计划', en: 'plan' },
  changedDays: { 'zh-CN': '人工调整的天数', en: 'days changed by hand' },
  withChange: { 'zh-CN': '调整后日误差', en: 'their day error' },
  withoutChange: { 'zh-CN': '不调整的日误差', en: 'without the change' },
});
