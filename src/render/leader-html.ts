import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { listHtml, section } from './html.ts';
import { callChart, levelChart, operatorChart } from './plan-charts.ts';
import { figureCards, pageHtml } from './plan-html.ts';
import { changesSince, decisionsOf, weekSentences } from './week-sentences.ts';
import { reportWords } from './words.ts';

/** Low enough for two charts, a heat strip and all that may have to be decided on one sheet. */
const chartHeight = 190;

/**
 * One A4 page for who decides: the week in three sentences, what is to be decided, what changed since the week's plan
 * before, where there is one, and the week in a picture.
 */
export const leaderHtml = (plan: PlanDocument, language: Language, earlier?: PlanDocument): string => {
  const words = reportWords(language);
  const details = new Set([words.speedOfAnswer, words.occupancy, words.seenHours]);
  return pageHtml(plan, language, 'portrait', [
    `<div class="answer">${listHtml(weekSentences(plan, language))}</div>`,
    section(words.decisions, listHtml(decisionsOf(plan, language))),
    section(words.changedSince, listHtml(changesSince(earlier, plan, language))),
    figureCards(plan, language, details),
    section(words.chartCalls, callChart(plan, language, chartHeight)),
    section(words.chartOperators, operatorChart(plan, language, chartHeight)),
    section(words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }), levelChart(plan, language)),
  ]);
};
