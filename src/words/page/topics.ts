import type { Label } from '../sentences.ts';

/** Words of the forecast by topic. */
export const topicsPageWords = {
  'topics.title': { 'zh-CN': '各类诉求', en: 'By topic' },
  'topics.note': {
    'zh-CN': '按诉求类型预测今后几周，季节性的类型提前告知；先在“数据”页导入“诉求分类”',
    en: 'What each topic brings in the weeks ahead, and which seasons are near; import "Demands by topic" on the page Data first',
  },
  'topics.run': { 'zh-CN': '预测各类', en: 'Forecast topics' },
  'topics.running': { 'zh-CN': '正在预测各类诉求', en: 'Forecasting topics' },
  'topics.early': { 'zh-CN': '提前告知', en: 'Early notice' },
  'topics.noneEarly': {
    'zh-CN': '今后几周没有季节性的类型临近，也没有类型超出偶然地上升。',
    en: 'No season is near in these weeks, and no topic rises beyond chance.',
  },
  'topics.topic': { 'zh-CN': '诉求类型', en: 'Topic' },
  'topics.all': { 'zh-CN': '各类合计', en: 'All topics' },
  'topics.lately': { 'zh-CN': '近四周日均', en: 'A day, last 4 weeks' },
  'topics.ahead': { 'zh-CN': '今后日均', en: 'A day ahead' },
  'topics.change': { 'zh-CN': '变化', en: 'Change' },
  'topics.sum': { 'zh-CN': '今后 {n} 周合计', en: 'Next {n} weeks' },
  'topics.inWeek': { 'zh-CN': '{week} 周', en: 'Week {week}' },
  'topics.sumFrom': { 'zh-CN': '从该周起 {n} 周合计', en: '{n} weeks from it' },
  'topics.range': { 'zh-CN': '80% 区间', en: '80% range' },
  'topics.yearBefore': { 'zh-CN': '上年同期', en: 'Year before' },
  'topics.season': { 'zh-CN': '高发期开始', en: 'Season from about' },
  'topics.week': { 'zh-CN': '周（首日）', en: 'Week from' },
  'topics.demands': { 'zh-CN': '诉求（件）', en: 'Demands' },
} as const satisfies Readonly<Record<string, Label>>;
