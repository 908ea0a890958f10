import { phrases } from '../phrases.ts';

/** A scorecard fitted to published scores. */
export const scorecardWords = phrases({
  written: { 'zh-CN': '已写入：{file}', en: 'Written: {file}' },
  weightsFromPublishedResults: {
    'zh-CN':
      '{scorecard}：由 {period} 的 {results} 条公布结果拟合权重；与总分相差（均方根）{residualPoints} 分',
    en: '{scorecard}: weights from {results} published results of {period}; totals are met within {residualPoints} points (root mean square)',
  },
  indicator: { 'zh-CN': '指标', en: 'indicator' },
  configured: { 'zh-CN': '现用', en: 'configured' },
  fitted: { 'zh-CN': '拟合', en: 'fitted' },
  n90Interval: { 'zh-CN': '90% 区间', en: '90% interval' },
  aPartlySolvedCall: {
    'zh-CN':
      '部分解决按 {fitted} 计（现用 {configured}）：解决 {solved}、部分解决 {partly}，合为 {effect} 分',
    en: 'A partly solved call counts {fitted} (configured: {configured}): {solved} solved and {partly} partly solved make {effect} points',
  },
});
