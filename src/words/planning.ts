import type { PlanningFindings } from '../planning/planning-findings.ts';
import type { Text } from '../kernel/text.ts';
import { bandSentences } from './planning/band.ts';
import { comparisonSentences } from './planning/comparison.ts';
import { leversSentences } from './planning/levers.ts';
import { promptsSentences } from './planning/prompts.ts';
import { recordsSentences } from './planning/records.ts';
import { requirementSentences } from './planning/requirement.ts';
import { topicSentences } from './planning/topics.ts';
import type { Sentences } from './sentences.ts';

/** What a line is called whose people have brought their traffic in and not named it yet. */
export const unnamedHotline: Text = { 'zh-CN': '我的热线', en: 'My hotline' };

/** What use cases find, in sentences, by subject. */
export const planningSentences: Sentences<PlanningFindings> = {
  ...leversSentences,
  ...requirementSentences,
  ...bandSentences,
  ...promptsSentences,
  ...comparisonSentences,
  ...recordsSentences,
  ...topicSentences,
};
