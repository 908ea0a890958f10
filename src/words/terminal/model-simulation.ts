import { phrases } from '../phrases.ts';

/** A simulated bare model. */
export const modelSimulationWords = phrases({
  measure: { 'zh-CN': '指标', en: 'measure' },
  estimate: { 'zh-CN': '估计值', en: 'estimate' },
  allCalls: { 'zh-CN': '全部来电', en: 'All calls' },
  class: { 'zh-CN': '类别', en: 'Class' },
  pool: { 'zh-CN': '座席组', en: 'Pool' },
});
