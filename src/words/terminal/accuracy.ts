import { phrases } from '../phrases.ts';

/** How good forecasts have been. */
export const accuracyWords = phrases({
  title: { 'zh-CN': '预测准确度', en: 'Forecast accuracy' },
  heading: {
    'zh-CN': '最近 {weeks} 个整周（{from} 至 {to}），只用当时已知的数据重新预测',
    en: 'The last {weeks} whole weeks, {from} to {to}, forecast again with what was known then',
  },
  weeksAhead: { 'zh-CN': '提前（周）', en: 'weeks ahead' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  all: { 'zh-CN': '全部队列', en: 'all queues' },
  bias: { 'zh-CN': '总量偏差', en: 'bias' },
  biasPerDay: { 'zh-CN': '偏差（通/日）', en: 'calls a day off' },
  in80: { 'zh-CN': '80% 覆盖', en: 'in 80%' },
  plansHeading: {
    'zh-CN': '当时存下的计划（含人工调整）与实际对照',
    en: "Plans as they were kept, planners' changes in them, against what came",
  },
  noPlans: {
    'zh-CN': '还没有一份已存计划的那一周过完。',
    en: 'No week of a stored plan is over yet.',
  },
  week: { 'zh-CN': '周', en: 'week' },
  plan: { 'zh-CN': '计划', en: 'plan' },
  changedDays: { 'zh-CN': '人工调整的天数', en: 'days changed by hand' },
  withChange: { 'zh-CN': '调整后日误差', en: 'their day error' },
  withoutChange: { 'zh-CN': '不调整的日误差', en: 'without the change' },
});
