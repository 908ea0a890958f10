import { phrases } from '../phrases.ts';

/** Demands by topic. */
export const topicsWords = phrases({
  title: { 'zh-CN': '各类诉求预测', en: 'Demands by topic' },
  topic: { 'zh-CN': '诉求类型', en: 'topic' },
  lately: { 'zh-CN': '近四周日均', en: 'a day, last 4 weeks' },
  ahead: { 'zh-CN': '今后日均', en: 'a day ahead' },
  weeks: { 'zh-CN': '今后 {weeks} 周', en: 'next {weeks} weeks' },
  inWeek: { 'zh-CN': '{week} 周', en: 'week {week}' },
  weeksFrom: { 'zh-CN': '从该周起 {weeks} 周', en: '{weeks} weeks from it' },
  range: { 'zh-CN': '80% 区间', en: '80% range' },
  yearBefore: { 'zh-CN': '上年同期', en: 'year before' },
  season: { 'zh-CN': '高发期开始', en: 'season from about' },
  total: { 'zh-CN': '合计', en: 'total' },
  week: { 'zh-CN': '周（首日）', en: 'week from' },
  all: { 'zh-CN': '各类合计', en: 'all topics' },
  line: { 'zh-CN': '全线首次来电预测', en: "line's forecast, first-time calls" },
  byWeek: { 'zh-CN': '各周', en: 'week by week' },
});
