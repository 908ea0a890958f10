import type { NoValues } from '../../kernel/finding.ts';

/** What can be wrong with demands by topic, by rule, with what its sentences need. */
export interface TopicProblems {
  'topics-of-periods': { readonly by: 'week' | 'month' };
  'topics-too-coarse': NoValues;
  'too-many-topics': { readonly topics: number; readonly most: number };
  /** Demands of a day by topic, all together, beside the calls of a day that are stored. */
  'unusual-topics': { readonly perDay: number; readonly usual: number; readonly confirmed: boolean };
}
