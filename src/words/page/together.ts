import type { Label } from '../sentences.ts';

/** Words of two people at one thing: who else is at it, what they changed, and how both are kept. */
export const togetherWords = {
  'together.editing': { 'zh-CN': '{names} 正在修改这里', en: '{names} editing this now' },
  'together.looking': { 'zh-CN': '{names} 也在看', en: '{names} looking at this too' },
  'together.changed': {
    'zh-CN': '别人刚改过；您的修改还在，尚未保存',
    en: 'Somebody else has changed this; your changes are still here and not saved yet',
  },
  'together.apart': {
    'zh-CN': '没有改到同一处：两人的修改可以一起保存。',
    en: 'Not the same places: both can be kept together.',
  },
  'together.collide': {
    'zh-CN': '有 {n} 处两人改得不一样，请逐处选择。',
    en: 'Changed by both of you, each in another way: {n}. Choose for each.',
  },
  'together.changes': { 'zh-CN': '别人的修改', en: 'What they changed' },
  'together.where': { 'zh-CN': '改了哪里', en: 'Where' },
  'together.was': { 'zh-CN': '原来', en: 'Was' },
  'together.theirs': { 'zh-CN': '别人的', en: 'Theirs' },
  'together.mine': { 'zh-CN': '我的', en: 'Mine' },
  'together.keep': { 'zh-CN': '保留', en: 'Keep' },
  'together.untouched': { 'zh-CN': '未改', en: 'not changed' },
  'together.notThere': { 'zh-CN': '无', en: 'none' },
  'together.save': { 'zh-CN': '合并并保存', en: 'Put together and save' },
  'together.joined': {
    'zh-CN': '已连同别人的修改一起保存',
    en: 'Saved together with what others changed',
  },
} as const satisfies Readonly<Record<string, Label>>;
