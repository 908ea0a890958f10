import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { tableOf, type Table } from './table.ts';
import { levelName } from './week-tables.ts';
import { reportWords } from './words.ts';

/** Colours of the charts: told apart by lightness too, and by those who do not see red and green. */
export const chartColours = { calls: '#0b5cad', required: '#c2410c', scheduled: '#1f6f8b' } as const;

/** Every owner's intervals, one after another. */
const everyInterval = <Owner>(
  plan: PlanDocument,
  owners: readonly Owner[],
): { owner: Owner; start: string; i: number }[] =>
  owners.flatMap((owner) => plan.starts.map((start, i) => ({ owner, start, i })));

/** Operators of all tiers, interval by interval. */
export const operatorsOf = (plan: PlanDocument, of: 'required' | 'scheduled'): number[] =>
  plan.starts.map((_, i) => plan.tiers.reduce((sum, tier) => sum + (tier[of][i] ?? 0), 0));

/** A row for each interval of the week: calls of all queues with their range; drawn as a chart. */
export const callTable = ({ calls, starts }: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { calls: colour } = chartColours;
  return tableOf(
    starts.map((start, i) => ({ start, i })),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.mean, 'calls', ({ i }) => calls.mean[i] ?? null],
      [words.low80, 'calls', ({ i }) => calls.q10[i] ?? null],
      [words.high80, 'calls', ({ i }) => calls.q90[i] ?? null],
      [words.low95, 'calls', ({ i }) => calls.q025[i] ?? null],
      [words.high95, 'calls', ({ i }) => calls.q975[i] ?? null],
    ],
    {
      title: words.callSheet,
      chart: {
        title: words.chartCalls,
        lines: [
          { column: 1, colour },
          { column: 2, colour, dashed: true },
          { column: 3, colour, dashed: true },
        ],
      },
    },
  );
};

/** A row for each interval of the week: operators required and scheduled, all tiers; drawn as a chart. */
export const operatorTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const [required, scheduled] = [operatorsOf(plan, 'required'), operatorsOf(plan, 'scheduled')];
  return tableOf(
    plan.starts.map((start, i) => ({ start, i })),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.requiredOperators, 'operators', ({ i }) => required[i] ?? null],
      [words.scheduledOperators, 'operators', ({ i }) => scheduled[i] ?? null],
    ],
    {
      title: words.operatorSheet,
      chart: {
        title: words.chartOperators,
        lines: [
          { column: 1, colour: chartColours.required },
          { column: 2, colour: chartColours.scheduled, dashed: true },
        ],
      },
    },
  );
};

/** A row for each interval of each tier: operators required, scheduled and seen, and how busy they are. */
export const tierTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    everyInterval(plan, plan.tiers),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.tier, 'text', ({ owner }) => inLanguage(owner.name, language)],
      [words.requiredOperators, 'operators', ({ owner, i }) => owner.required[i] ?? null],
      [words.scheduledOperators, 'operators', ({ owner, i }) => owner.scheduled[i] ?? null],
      [words.seenOperators, 'operators', ({ owner, i }) => owner.seen?.[i] ?? null],
      [words.occupancy, 'share', ({ owner, i }) => owner.occupancy[i] ?? null],
    ],
    { title: words.tierSheet },
  );
};

/** A row for each interval of each queue: calls with their ranges, and what becomes of them. */
export const queueTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  return tableOf(
    everyInterval(plan, plan.queues),
    [
      [words.start, 'moment', ({ start }) => start],
      [words.queue, 'text', ({ owner }) => inLanguage(owner.name, language)],
      [words.mean, 'calls', ({ owner, i }) => owner.mean[i] ?? null],
      [words.low80, 'calls', ({ owner, i }) => owner.q10[i] ?? null],
      [words.high80, 'calls', ({ owner, i }) => owner.q90[i] ?? null],
      [words.low95, 'calls', ({ owner, i }) => owner.q025[i] ?? null],
      [words.high95, 'calls', ({ owner, i }) => owner.q975[i] ?? null],
      [words.offered, 'calls', ({ owner, i }) => owner.offered[i] ?? null],
      [words.connectionRate, 'share', ({ owner, i }) => owner.connectionRate[i] ?? null],
      [levelName(plan, words), 'share', ({ owner, i }) => owner.serviceLevel[i] ?? null],
      [words.speedOfAnswer, 'seconds', ({ owner, i }) => owner.averageSpeedOfAnswerSeconds[i] ?? null],
    ],
    { title: words.queueSheet },
  );
};
