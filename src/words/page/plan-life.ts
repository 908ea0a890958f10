import type { Label } from '../sentences.ts';

/** Words of what becomes of a plan: its state, its steps, its notes. */
export const planLifePageWords = {
  'life.title': { 'zh-CN': '计划状态', en: 'State of the plan' },
  'life.reason': { 'zh-CN': '理由', en: 'Reason' },
  'life.reasonFor': { 'zh-CN': '为什么？（会留在记录里）', en: 'Why? (kept with the plan)' },
  'life.replaces': {
    'zh-CN': '这一周已有发布的计划 {plan}。发布这份会取代它，请写明理由。',
    en: 'The week has a published plan, {plan}. Publishing this one takes its place: say why.',
  },
  'life.locked': {
    'zh-CN': '已发布，内容锁定；要改请另做一份来取代它。',
    en: 'Published and locked: to change it, publish another plan in its place.',
  },
  'life.ofOthers': {
    'zh-CN': '“{step}”由{roles}办理',
    en: '{step}: for these roles: {roles}',
  },
  'life.changedSince': {
    'zh-CN': '这份计划生成之后改过：{what}。计划还没有用上。',
    en: 'Changed since this plan was made: {what}. The plan does not know of it yet.',
  },
  'life.planAgain': { 'zh-CN': '用上这些改动', en: 'Plan with these changes' },
  'life.events': { 'zh-CN': '活动与特殊日子', en: 'events' },
  'life.overrules': { 'zh-CN': '人工调整', en: 'changes by hand to the forecast' },
  'life.records': { 'zh-CN': '数据', en: 'data' },
  'life.archived': { 'zh-CN': '已被取代，留作存档。', en: 'Superseded; kept as it was.' },
  'life.history': { 'zh-CN': '经过与备注（{n}）', en: 'History and notes ({n})' },
  'life.note': { 'zh-CN': '写一条备注', en: 'Write a note' },
  'life.addNote': { 'zh-CN': '添加备注', en: 'Add note' },
  'life.someone': { 'zh-CN': '本机', en: 'this machine' },
  'life.changed': { 'zh-CN': '别人刚改过', en: 'Somebody else has just changed this' },
  'life.kept': {
    'zh-CN': '您写的内容还在，尚未保存。',
    en: 'What you wrote is still here; it has not been saved.',
  },
  'life.look': { 'zh-CN': '读取现在的内容', en: 'Show it as it is now' },
} as const satisfies Readonly<Record<string, Label>>;
