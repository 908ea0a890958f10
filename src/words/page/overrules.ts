import type { Label } from '../sentences.ts';

/** Words of the dialog in which a planner changes a forecast. */
export const overruleWords = {
  'overrule.title': { 'zh-CN': '调整预测', en: 'Adjust the forecast' },
  'overrule.note': {
    'zh-CN': '可以选一天或几天，每天各按同样的数值调整。原预测会保留并一同评分；保存后重新生成计划才会生效。',
    en: 'One day or several can be chosen; each is changed by the same amount. The original is kept beside it and scored too; plan again for it to take effect.',
  },
  'overrule.days': { 'zh-CN': '日期（可多选）', en: 'Days (one or several)' },
  'overrule.from': { 'zh-CN': '开始', en: 'From' },
  'overrule.to': { 'zh-CN': '结束', en: 'To' },
  'overrule.wholeDay': { 'zh-CN': '全天', en: 'Whole day' },
  'overrule.way': { 'zh-CN': '方式', en: 'How' },
  'overrule.factor': { 'zh-CN': '增减百分比', en: 'Percent more or less' },
  'overrule.calls': { 'zh-CN': '来电总数', en: 'Number of calls' },
  'overrule.amount': { 'zh-CN': '数值', en: 'Amount' },
  'overrule.reason': { 'zh-CN': '理由', en: 'Reason' },
  'overrule.author': { 'zh-CN': '调整人', en: 'Author' },
  'overrule.save': { 'zh-CN': '保存调整', en: 'Save' },
  'overrule.stored': { 'zh-CN': '已有的调整', en: 'Adjustments so far' },
  'overrule.remove': { 'zh-CN': '撤回', en: 'Take back' },
  'overrule.required': { 'zh-CN': '必填', en: 'Required' },
} as const satisfies Readonly<Record<string, Label>>;
