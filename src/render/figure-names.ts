import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { ReportWords } from './words.ts';

/** The 15-second rate, by the plan's own answer-time threshold. */
export const levelName = (plan: PlanDocument, words: ReportWords): string =>
  words.serviceLevel({ seconds: plan.answerTimeThresholdSeconds });

/** The likeliest band's chance, where it stands in a line of its own. */
export const bandChanceName = (words: ReportWords): string =>
  `${words.band}${words.colon}${words.bandChance}`;

/** Names of figures that are shares of 1. */
export const shareNames = (plan: PlanDocument, words: ReportWords): string[] => [
  words.connectionRate,
  levelName(plan, words),
  words.occupancy,
  words.bandChance,
  bandChanceName(words),
];
