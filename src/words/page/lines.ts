import type { Label } from '../sentences.ts';

/** Words of the page of many lines. */
export const linePageWords = {
  'lines.choose': { 'zh-CN': '热线', en: 'Hotline' },
  'lines.title': { 'zh-CN': '各热线一览', en: 'Lines at a glance' },
  'lines.note': {
    'zh-CN':
      '默认把下周风险大的排在前面；点表头换排序。风险天数：人手不足、或预计接通率低于目标的天数。误差和偏差按最近四周、提前一周的预测计算。数据或计划变动后，几分钟内自动重算。',
    en: 'Those most at risk next week come first; press a heading for another order. Days at risk: short of operators, or below the target connection rate. Error and bias are of the last four weeks, each foreseen a week ahead. Figures follow changed data and plans within minutes.',
  },
  'lines.reload': { 'zh-CN': '刷新', en: 'Look again' },
  'lines.search': { 'zh-CN': '按名称查找热线', en: 'Find a line by name' },
  'lines.found': { 'zh-CN': '{n} / {all} 条热线', en: '{n} of {all} lines' },
  'lines.waiting': { 'zh-CN': '，其中 {n} 条尚未计算', en: ', {n} of them not worked out yet' },
  'lines.line': { 'zh-CN': '热线', en: 'Line' },
  'lines.until': { 'zh-CN': '数据截至', en: 'Data until' },
  'lines.plan': { 'zh-CN': '下周计划', en: 'Next plan' },
  'lines.noPlan': { 'zh-CN': '无', en: 'none' },
  'lines.days': { 'zh-CN': '风险天数', en: 'Days at risk' },
  'lines.hours': { 'zh-CN': '缺口工时', en: 'Hours short' },
  'lines.rate': { 'zh-CN': '预计接通率', en: 'Connection rate' },
  'lines.band': { 'zh-CN': '最可能的冷热等级', en: 'Likeliest band' },
  'lines.bandChance': {
    'zh-CN': '{band} {chance}（“热线”档 {hot}）',
    en: '{band} {chance} (hot {hot})',
  },
  'lines.wape': { 'zh-CN': '预测误差', en: 'Forecast error' },
  'lines.bias': { 'zh-CN': '预测偏差', en: 'Forecast bias' },
  'lines.decide': { 'zh-CN': '待决定', en: 'To be decided' },
  'lines.nothing': { 'zh-CN': '无', en: 'nothing' },
  'lines.notYet': { 'zh-CN': '尚未计算', en: 'not worked out yet' },
  'lines.notYours': { 'zh-CN': '座席只看本人的排班', en: 'operators see their own roster alone' },
  'lines.broken': { 'zh-CN': '算不出来：{why}', en: 'cannot be worked out: {why}' },
} as const satisfies Readonly<Record<string, Label>>;
