import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { speak } from '../words/speak.ts';
import { planDecisions } from './plan-decisions.ts';
import { shortageOf } from './shortages.ts';
import { cellText } from './table.ts';
import { tierName } from './week-tables.ts';
import { reportWords } from './words.ts';

/** The week in three sentences: the calls, the people and what they cost, what callers and the monitor will find. */
export const weekSentences = (plan: PlanDocument, language: Language): string[] => {
  const words = reportWords(language);
  const figures = figuresOf(language);
  const { total, monitoring, days } = plan;
  const busiest = days.reduce((most, day) => ((day.calls.mean ?? 0) > (most.calls.mean ?? 0) ? day : most));
  const { worst, openHours } = shortageOf(plan);
  const level = total.serviceLevel.mean;
  return [
    words.sentenceOfCalls({
      from: figures.day(plan.firstDate),
      to: figures.day(days[6]?.date ?? plan.firstDate),
      calls: figures.count(total.calls.mean),
      low: figures.count(total.calls.q10),
      high: figures.count(total.calls.q90),
      day: figures.day(busiest.date),
      most: figures.count(busiest.calls.mean),
    }),
    words.sentenceOfPeople({
      required: figures.count(total.requiredOperatorHours),
      scheduled: figures.count(total.scheduledOperatorHours),
      paid: total.paidHours === undefined ? null : figures.count(total.paidHours),
      wages: total.wages === undefined ? null : figures.money(total.wages, total.currency),
      short:
        worst === undefined || openHours < 0.5
          ? null
          : {
              hours: figures.count(openHours),
              at: figures.moment(worst.start),
              tier: tierName(plan, worst.tier, language),
              operators: figures.count(worst.operators),
            },
    }),
    words.sentenceOfOutcome({
      connected: figures.percent(total.connectionRate.mean),
      inTime: level === null ? null : figures.percent(level),
      seconds: plan.answerTimeThresholdSeconds,
      testCalls: monitoring.testCalls,
      band: words[monitoring.likeliestBand],
      chance: cellText(monitoring.bandChances[monitoring.likeliestBand], 'share:0', language),
    }),
  ];
};

/** What somebody has to decide, in sentences; one that says so where there is nothing. */
export const decisionsOf = (plan: PlanDocument, language: Language): string[] => {
  const decisions = planDecisions(plan).map((decision) => speak(language, 'terminal').say(decision));
  return decisions.length === 0 ? [reportWords(language).noDecision] : decisions;
};
