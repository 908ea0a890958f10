import { phrases } from '../phrases.ts';

/** Forecasts and backtests. */
export const forecastWords = phrases({
  date: { 'zh-CN': '日期', en: 'date' },
  calls: { 'zh-CN': '来电', en: 'calls' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  n95Range: { 'zh-CN': '95% 区间', en: '95% range' },
  method: { 'zh-CN': '方法：', en: 'method: ' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  method2: { 'zh-CN': '方法', en: 'method' },
  origins: { 'zh-CN': '起点数', en: 'origins' },
  bias: { 'zh-CN': '偏差', en: 'bias' },
  biasPerDay: { 'zh-CN': '偏差（通/日）', en: 'calls a day off' },
  dayMape: { 'zh-CN': '日 MAPE', en: 'day MAPE' },
  error: { 'zh-CN': '误差 WAPE', en: 'error (WAPE)' },
  in80: { 'zh-CN': '80% 覆盖', en: 'in 80%' },
  in95: { 'zh-CN': '95% 覆盖', en: 'in 95%' },
  intervals: { 'zh-CN': '时段数', en: 'intervals' },
  share: { 'zh-CN': '占比', en: 'share' },
  rival: { 'zh-CN': '对照方法', en: 'rival' },
});
