import { phrases } from '../phrases.ts';

/** Calls of weeks and months ahead. */
export const outlookWords = phrases({
  title: { 'zh-CN': '来电量展望', en: 'Calls in the months ahead' },
  week: { 'zh-CN': '周（首日）', en: 'week from' },
  month: { 'zh-CN': '月份', en: 'month' },
  calls: { 'zh-CN': '来电', en: 'calls' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  n95Range: { 'zh-CN': '95% 区间', en: '95% range' },
  aDay: { 'zh-CN': '日均', en: 'calls a day' },
  total: { 'zh-CN': '合计', en: 'total' },
  wholeLine: { 'zh-CN': '全部队列', en: 'all queues' },
  growthFound: {
    'zh-CN': '目前的年增长率 {middle}（80% 区间 {low} 至 {high}）',
    en: 'growth a year at present {middle} (80% range {low} to {high})',
  },
  growthStated: {
    'zh-CN': '按假设的年增长率 {growth} 计算',
    en: 'with growth of {growth} a year, as stated',
  },
  scored: {
    'zh-CN':
      '最近一年按此法预测：误差（WAPE）{wape}，用上年同期代替为 {yearBeforeWape}；偏差 {bias}；{coverage80} 落在 80% 区间内（{origins} 个起点，{periods} 期）',
    en: 'the last year forecast in this way: error (WAPE) {wape}, with the year before instead {yearBeforeWape}; bias {bias}; {coverage80} inside the 80% range ({origins} origins, {periods} periods)',
  },
});
