import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { chartColours, operatorsOf } from './interval-tables.ts';
import { heatStrip, lineChart } from './svg-chart.ts';
import { reportWords } from './words.ts';

const usualHeight = 240;

const dayNames = (plan: PlanDocument, language: Language): string[] =>
  plan.days.map(({ date }) => figuresOf(language).day(date));

/** Days with the calls of each. */
const daysWithCalls = (plan: PlanDocument, language: Language): string[] =>
  plan.days.map(
    ({ calls }, i) => `${dayNames(plan, language)[i] ?? ''} · ${figuresOf(language).count(calls.mean)}`,
  );

/** Calls of the week per interval, with the range that holds them four times in five. */
export const callChart = (plan: PlanDocument, language: Language, height = usualHeight): string => {
  const words = reportWords(language);
  const { calls: colour } = chartColours;
  return lineChart({
    label: words.chartCalls,
    height,
    days: daysWithCalls(plan, language),
    lines: [{ name: words.mean, values: plan.calls.mean, colour }],
    band: { name: words.range80, low: plan.calls.q10, high: plan.calls.q90, colour },
  });
};

/** Operators required and scheduled per interval, all tiers. */
export const operatorChart = (plan: PlanDocument, language: Language, height = usualHeight): string => {
  const words = reportWords(language);
  return lineChart({
    label: words.chartOperators,
    height,
    days: dayNames(plan, language),
    lines: [
      {
        name: words.requiredOperators,
        values: operatorsOf(plan, 'required'),
        colour: chartColours.required,
      },
      {
        name: words.scheduledOperators,
        values: operatorsOf(plan, 'scheduled'),
        colour: chartColours.scheduled,
        dashed: true,
      },
    ],
  });
};

/** The 15-second rate of all queues per interval, beside its target. */
export const levelChart = (plan: PlanDocument, language: Language): string => {
  const level = plan.starts.map((_, i) => {
    const sum = (of: (queue: PlanDocument['queues'][number]) => number): number =>
      plan.queues.reduce((total, queue) => total + of(queue), 0);
    const offered = sum((queue) => queue.offered[i] ?? 0);
    return offered <= 0
      ? null
      : sum((queue) => (queue.offered[i] ?? 0) * (queue.serviceLevel[i] ?? 0)) / offered;
  });
  const words = reportWords(language);
  const { percent } = figuresOf(language);
  const target = plan.targets.serviceLevel ?? plan.targets.connectionRate;
  const strip = heatStrip({
    label: words.chartLevel({ seconds: plan.answerTimeThresholdSeconds }),
    days: dayNames(plan, language),
    values: level,
    target,
    percent,
  });
  return `${strip}<p class="note">${words.levelNote({ target: percent(target, 0) })}</p>`;
};
