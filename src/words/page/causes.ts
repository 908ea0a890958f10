import type { Label } from '../sentences.ts';

/** Words of what a week would bring with another value of a cause. */
export const causePageWords = {
  'causeIf.title': { 'zh-CN': '影响因素换个数值会怎样？', en: 'What if a cause were otherwise?' },
  'causeIf.note': {
    'zh-CN': '假设本周或其中某一天的数值，看看来电会增减多少；需要时可保存为假设计划，本周的计划不变。',
    en: 'Assume a value for the week or one day of it and see how many more or fewer calls would come. You can keep it as a what-if plan; the plan of the week stays as it is.',
  },
  'causeIf.cause': { 'zh-CN': '影响因素', en: 'Cause' },
  'causeIf.when': { 'zh-CN': '哪一天', en: 'When' },
  'causeIf.week': { 'zh-CN': '整周每天', en: 'Every day of the week' },
  'causeIf.value': { 'zh-CN': '假设的数值', en: 'Assumed value' },
  'causeIf.seen': {
    'zh-CN': '假设的数值（以往 {least} 至 {most}）',
    en: 'Assumed value ({least} to {most} so far)',
  },
  'causeIf.show': { 'zh-CN': '推算来电', en: 'Show the calls' },
  'causeIf.running': { 'zh-CN': '正在推算来电', en: 'Forecasting with and without it' },
  'causeIf.beside': { 'zh-CN': '{asked}：逐日来电', en: '{asked}: calls day by day' },
  'causeIf.without': { 'zh-CN': '不作假设', en: 'Without' },
  'causeIf.with': { 'zh-CN': '按此假设', en: 'With' },
  'causeIf.more': { 'zh-CN': '增减（通）', en: 'Change' },
  'causeIf.share': { 'zh-CN': '增减幅度', en: 'In %' },
  'causeIf.whole': { 'zh-CN': '全周', en: 'Whole week' },
  'causeIf.keep': { 'zh-CN': '保存为假设计划', en: 'Keep as a what-if plan' },
} as const satisfies Readonly<Record<string, Label>>;
