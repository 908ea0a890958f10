import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanInput } from '../contract/plan-life.ts';
import type { Language } from '../kernel/text.ts';
import { fill } from '../words/fill.ts';
import { modelTitles } from '../words/model-titles.ts';
import { planLifePageWords } from '../words/page/plan-life.ts';
import type { Label } from '../words/sentences.ts';
import { speak } from '../words/speak.ts';
import { escapeHtml, listHtml, section } from './html.ts';
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
export const leaderHtml = (
  plan: PlanDocument,
  language: Language,
  earlier?: PlanDocument,
  since: readonly PlanInput[] = [],
): string => {
  const words = reportWords(language);
  const details = new Set([words.speedOfAnswer, words.occupancy, words.seenHours]);
  return pageHtml(plan, language, 'portrait', [
    `<div class="answer">${listHtml(weekSentences(plan, language))}</div>`,
    ...(since.length === 0 ? [] : [`<p class="since">${escapeHtml(changedInputs(since, language))}</p>`]),
    section(words.decisions, listHtml(decisionsOf(plan, language))),
    section(words.changedSince, listHtml(changesSince(earlier, plan, language))),
    figureCards(plan, language, details),
    section(words.chartCalls, callChart(plan, language, chartHeight)),
    section(words.chartOperators, operatorChart(plan, language, chartHeight)),
    section(words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }), levelChart(plan, language)),
  ]);
};

/** What the plan does not know of yet, in the words that the plan's page has for it. */
const changedInputs = (since: readonly PlanInput[], language: Language): string => {
  const names: Readonly<Record<string, Label>> = {
    ...modelTitles,
    events: planLifePageWords['life.events'],
    overrules: planLifePageWords['life.overrules'],
    records: planLifePageWords['life.records'],
  };
  const what = speak(language, 'terminal').list(since.map((input) => names[input]?.[language] ?? input));
  return fill(planLifePageWords['life.changedSince'][language], { what });
};
