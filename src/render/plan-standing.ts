import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { fill } from '../words/fill.ts';
import { planStandingWords, planStateWords, whatIfPlanWords } from '../words/plan-life.ts';
import { speak } from '../words/speak.ts';
import { askedWhatIf } from './plan-changes.ts';

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

/** What a what-if plan was asked to take otherwise: "What-if plan: rain mm = 20"; nothing of other plans. */
export const planAssumed = (plan: PlanDocument, language: Language): string | undefined => {
  const asked = askedWhatIf(plan);
  return asked && fill(whatIfPlanWords[language], { asked: speak(language, 'terminal').say(asked) });
};
