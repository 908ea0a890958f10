import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { fill } from '../words/fill.ts';
import { planStandingWords, planStateWords } from '../words/plan-life.ts';

/** What a plan is by now: 'published (25 Nov 2026, 10:02, Li)'; nothing where the document does not tell. */
export const planStanding = (
  { standing }: Pick<PlanDocument, 'standing'>,
  language: Language,
): string | undefined => {
  if (standing === undefined) return undefined;
  const state = planStateWords[standing.state][language];
  const at = figuresOf(language).instant(standing.at);
  const { by } = standing;
  return fill(planStandingWords[by === '' ? 'since' : 'by'][language], { state, at, by });
};
