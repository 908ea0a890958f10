import type { Label } from '../sentences.ts';

/** Words of the weeks and months ahead. */
export const outlookPageWords = {
  'outlook.title': { 'zh-CN': '今后几个月', en: 'Months ahead' },
  'outlook.note': {
    'zh-CN': '用全部历史预测今后各月或各周的首次来电，供预算和招录参考；与本周计划是两种预测',
    en: 'First-time calls by month or week from the whole history, for budgets and recruiting; a forecast of its own beside that of the week',
  },
  'outlook.by': { 'zh-CN': '合计方式', en: 'Added up by' },
  'outlook.month': { 'zh-CN': '按月', en: 'Months' },
  'outlook.week': { 'zh-CN': '按周', en: 'Weeks' },
  'outlook.far': { 'zh-CN': '预测多远', en: 'How far' },
  'outlook.months': { 'zh-CN': '{n} 个月', en: '{n} months' },
  'outlook.weeks': { 'zh-CN': '{n} 周', en: '{n} weeks' },
  'outlook.growth': { 'zh-CN': '假设年增长（%）', en: 'Growth a year, if stated (%)' },
  'outlook.growthFound': { 'zh-CN': '按历史', en: 'as found' },
  'outlook.run': { 'zh-CN': '预测', en: 'Look ahead' },
  'outlook.running': { 'zh-CN': '正在预测各月', en: 'Forecasting the months ahead' },
  'outlook.whole': { 'zh-CN': '全部队列', en: 'All queues' },
  'outlook.mean': { 'zh-CN': '来电', en: 'Calls' },
  'outlook.band80': { 'zh-CN': '80% 区间', en: '80% range' },
  'outlook.band95': { 'zh-CN': '95% 区间', en: '95% range' },
  'outlook.aDay': { 'zh-CN': '日均', en: 'Calls a day' },
  'outlook.total': { 'zh-CN': '合计', en: 'Total' },
  'outlook.sum': {
    'zh-CN': '合计 {mean} 通（80% 区间 {low} 至 {high}）。',
    en: '{mean} calls in all (80% range {low} to {high}).',
  },
  'outlook.growing': {
    'zh-CN': '目前的年增长率 {middle}（80% 区间 {low} 至 {high}）。',
    en: 'Growth a year at present {middle} (80% range {low} to {high}).',
  },
  'outlook.stated': {
    'zh-CN': '按假设的年增长率 {growth} 计算。',
    en: 'With growth of {growth} a year, as stated.',
  },
  'outlook.scored': {
    'zh-CN': '最近一年若这样预测：误差 {wape}，直接用上年同期为 {before}；{inside} 落在 80% 区间内。',
    en: 'The last year forecast in this way: {wape} off, with the year before instead {before}; {inside} inside the 80% range.',
  },
} as const satisfies Readonly<Record<string, Label>>;
