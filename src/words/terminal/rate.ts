import { phrases } from '../phrases.ts';

/** Rates to come, and how well they were foreseen. */
export const rateWords = phrases({
  title: { 'zh-CN': '未来的时限内接通率', en: 'Share answered in time, to come' },
  shareOfCallsAnswered: {
    'zh-CN': '时限内接听率，{from} 至 {last}，只用之前的数据（半衰期 {halfLifeDays} 天）',
    en: 'Share of calls answered in time, {from} to {last}, from the days before (half-life {halfLifeDays} days)',
  },
  line: { 'zh-CN': '线路', en: 'line' },
  date: { 'zh-CN': '日期', en: 'date' },
  rate: { 'zh-CN': '接听率', en: 'rate' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  forecast: { 'zh-CN': '预测', en: 'forecast' },
  actual: { 'zh-CN': '实际', en: 'actual' },
  differencePoints: { 'zh-CN': '相差（百分点）', en: 'difference, points' },
  daysScoredWeighedBy: {
    'zh-CN':
      '共 {days} 天计分，按来电量加权：平均绝对误差 {meanAbsoluteError} 个百分点（照上周同一天：{sameWeekdayBeforeError}），预测减实际 {bias}；落在 80% 区间内 {coverage80}，95% 区间内 {coverage95}',
    en: '{days} days scored, weighed by calls: mean absolute error {meanAbsoluteError} points (same weekday of the week before: {sameWeekdayBeforeError}), forecast minus actual {bias}; in the 80% range {coverage80}, in the 95% range {coverage95}',
  },
});
