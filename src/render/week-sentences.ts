import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { planDecisions } from './plan-decisions.ts';
import { weekAnswers } from './week-answer.ts';
import { reportWords } from './words.ts';

/** The week in three sentences: the calls, the people and what they cost, what callers and the monitor will find. */
export const weekSentences = (plan: PlanDocument, language: Language): string[] =>
  weekAnswers(plan).map((answer) => speak(language, 'terminal').say(answer));

/** What somebody has to decide, in sentences; one that says so where there is nothing. */
export const decisionsOf = (plan: PlanDocument, language: Language): string[] => {
  const decisions = planDecisions(plan).map((decision) => speak(language, 'terminal').say(decision));
  return decisions.length === 0 ? [reportWords(language).noDecision] : decisions;
};
