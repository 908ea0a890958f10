import type { PlanningFindings } from '../planning/planning-findings.ts';
import type { Sentences } from './sentences.ts';

/** What use cases find, in sentences. */
export const planningSentences: Sentences<PlanningFindings> = {
  'gap-unexplained': {
    'zh-CN': ({ effect }, { points }) =>
      `差距的主要部分（${points(effect)} 个百分点）不能用已有的记录解释：来电量、处理时长、到岗座席和提示都不是主因。`,
    en: ({ effect }, { points }) =>
      `What was recorded does not explain the gap: its largest part (${points(effect)} points) is none of call volume, handle time, operators present and prompts played.`,
  },
  'no-test-calls-in-span': {
    'zh-CN': '这段时间没有暗访拨测。',
    en: 'There were no test calls in this span.',
  },
};
