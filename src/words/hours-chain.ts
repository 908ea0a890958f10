import type { HoursStepName } from '../contract/documents/hours-document.ts';
import type { Text } from '../kernel/text.ts';

/** The steps from required to rostered hours, as terminal, page and files name them. */
export const hoursStepWords: Readonly<Record<HoursStepName, Text>> = {
  required: { 'zh-CN': '需求工时', en: 'Required' },
  short: { 'zh-CN': '减：缺口', en: 'less short' },
  beyond: { 'zh-CN': '加：超出需求', en: 'plus beyond the requirement' },
  exchanged: { 'zh-CN': '等级之间支援的折算', en: 'tiers helping each other, net' },
  ready: { 'zh-CN': '可接听工时', en: 'On duty, ready for calls' },
  shrinkage: { 'zh-CN': '加：缩减（休假、培训、病假等）', en: 'plus shrinkage (leave, training, sickness)' },
  breaks: { 'zh-CN': '加：休息', en: 'plus breaks' },
  'on-shift': { 'zh-CN': '班次工时（上班到下班）', en: 'Shifts, start to end' },
  'unpaid-breaks': { 'zh-CN': '减：不付薪的休息', en: 'less unpaid breaks' },
  paid: { 'zh-CN': '付薪工时', en: 'Paid' },
  'kept-for-leave': { 'zh-CN': '减：为休假预留', en: 'less kept for leave' },
  duties: { 'zh-CN': '待排的班', en: 'Duties to fill' },
  unfilled: { 'zh-CN': '减：没有人上的班', en: 'less unfilled' },
  extra: { 'zh-CN': '加：多排', en: 'plus more than asked' },
  rostered: { 'zh-CN': '排到人', en: 'Rostered' },
};

export const hoursChainWords = {
  title: { 'zh-CN': '从需求到排班', en: 'From required to rostered hours' },
  step: { 'zh-CN': '环节', en: 'Step' },
  hours: { 'zh-CN': '工时', en: 'Hours' },
  planNote: {
    'zh-CN': '一周的工时如何从需求变成付薪；排到人之后，排班表接着往下算。',
    en: 'How a week’s required hours become paid hours; the roster carries on from there.',
  },
  rosterNote: {
    'zh-CN': '每周的工时如何从需求变成排到人；本周天数不全的，只从付薪工时算起。',
    en: 'How required hours become hours of people, week by week; a week of which the roster has a part starts at paid hours.',
  },
} as const satisfies Readonly<Record<string, Text>>;
