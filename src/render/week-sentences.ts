import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { changeReasons } from './change-reasons.ts';
import { planChanges } from './plan-changes.ts';
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

/** Differences that are told on one sheet, the first of them the most telling. */
const mostDifferences = 3;

/** What moved since the week's plan before, and why, in two lines at most; one that says so where nothing did. */
export const changesSince = (
  earlier: PlanDocument | undefined,
  plan: PlanDocument,
  language: Language,
): string[] => {
  if (earlier === undefined) return [];
  const { say } = speak(language, 'terminal');
  const words = reportWords(language);
  const line = (findings: Parameters<typeof say>[0][]): string =>
    findings.slice(0, mostDifferences).map(say).join(words.semicolon);
  const [changes, reasons] = [planChanges(earlier, plan), changeReasons(earlier, plan)];
  if (changes.length + reasons.length === 0) return [words.nothingChanged];
  return [
    ...(changes.length === 0 ? [] : [line(changes)]),
    ...(reasons.length === 0 ? [] : [words.because({ reasons: line(reasons) })]),
  ];
};
