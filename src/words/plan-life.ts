import type { PlanState, PlanStepName } from '../contract/plan-states.ts';
import type { Label } from './sentences.ts';

/** What a plan is, in one word. */
export const planStateWords: Readonly<Record<PlanState, Label>> = {
  draft: { 'zh-CN': '草稿', en: 'draft' },
  proposed: { 'zh-CN': '待批准', en: 'proposed' },
  approved: { 'zh-CN': '已批准', en: 'approved' },
  published: { 'zh-CN': '已发布', en: 'published' },
  superseded: { 'zh-CN': '已被取代', en: 'superseded' },
};

/** What takes it further. */
export const planStepWords: Readonly<Record<PlanStepName, Label>> = {
  propose: { 'zh-CN': '提交批准', en: 'Propose' },
  return: { 'zh-CN': '退回', en: 'Return' },
  approve: { 'zh-CN': '批准', en: 'Approve' },
  publish: { 'zh-CN': '发布', en: 'Publish' },
  supersede: { 'zh-CN': '作废', en: 'Withdraw' },
};

/** What a plan is by now, since when and by whom. */
export const planStandingWords = {
  by: { 'zh-CN': '{state}（{at}，{by}）', en: '{state} ({at}, {by})' },
  since: { 'zh-CN': '{state}（{at}）', en: '{state} ({at})' },
} as const satisfies Readonly<Record<string, Label>>;

/** What heads the documents of a what-if plan. */
export const whatIfPlanWords = {
  'zh-CN': '假设计划：{asked}',
  en: 'What-if plan: {asked}',
} as const satisfies Label;

/** Headings of what the terminal lists of plans. */
export const planLifeHeads = {
  plans: {
    'zh-CN': ['编号', '周', '状态', '名称', '生成时间'],
    en: ['id', 'week', 'state', 'name', 'made'],
  },
  steps: { 'zh-CN': ['时间', '谁', '状态', '理由'], en: ['when', 'who', 'state', 'reason'] },
  notes: { 'zh-CN': ['时间', '谁', '备注'], en: ['when', 'who', 'note'] },
} as const;
