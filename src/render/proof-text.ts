import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent, whole } from './format.ts';
import { textTable } from './text-table.ts';
import type { ReportWords } from './words.ts';

type Proof = NonNullable<PlanDocument['proof']>;
export type ProofRow = Pick<Proof['queues'][number], 'connectionRate' | 'serviceLevel'> & {
  readonly name: string;
  readonly intervalsUnderTarget: number;
};

/** A row for each queue and one for the whole line; none in a plan that was not proved. */
export const proofRows = (plan: PlanDocument, language: Language, words: ReportWords): ProofRow[] => {
  const { proof } = plan;
  if (proof === undefined || proof === null) return [];
  const names = new Map(plan.queues.map((queue) => [queue.queue, inLanguage(queue.name, language)]));
  return [
    ...proof.queues.map((queue) => ({ ...queue, name: names.get(queue.queue) ?? queue.queue })),
    { ...proof, name: words.whole },
  ];
};

/** Whether a target holds in simulation, in a word; empty where nothing is asked. */
export const verdict = (rate: Proof['connectionRate'], words: ReportWords): string => {
  if (rate.target === null || rate.simulated === null) return '';
  if (rate.holds === null) return words.undecided;
  return rate.holds ? words.holds : words.fails;
};

/** The proof as a table for the terminal: simulated rates with half widths, in brackets those by formula. */
export const renderProof = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const rows = proofRows(plan, language, words);
  const { proof } = plan;
  if (proof === undefined || proof === null) return '';
  const rate = (own: Proof['connectionRate']): string =>
    own.simulated === null
      ? '—'
      : `${percent(own.simulated)} ± ${decimal(100 * (own.halfWidth ?? 0))} (${percent(own.analytic)}) ${verdict(own, words)}`.trimEnd();
  const head = [
    words.queue,
    `${words.connectionRate} (${words.byFormula})`,
    `${words.serviceLevel({ seconds: plan.answerTimeThresholdSeconds })} (${words.byFormula})`,
    words.intervalsUnder,
  ];
  const table = textTable(
    head,
    rows.map((row) => [
      row.name,
      rate(row.connectionRate),
      rate(row.serviceLevel),
      `${row.intervalsUnderTarget} / ${proof.intervals}`,
    ]),
  );
  const { operatorHours } = proof.toppedUp;
  return [
    words.proofTitle({ count: proof.replications }),
    table,
    ...(operatorHours > 0 ? [`${words.toppedUp} ${whole(operatorHours)}`] : []),
  ].join('\n');
};
