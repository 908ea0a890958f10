import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { levelName } from './figure-names.ts';
import { rounded } from './format.ts';
import { proofRows, verdict } from './proof-text.ts';
import { tableOf, type ReportTable } from './report-table.ts';
import { transferHead } from './transfer-text.ts';
import type { ReportWords } from './words.ts';
import { speak } from '../words/speak.ts';

/** The proof by simulation; nothing in a plan that was not proved. */
export const proofTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] => {
  const rows = proofRows(plan, language, words);
  if (rows.length === 0) return [];
  const rates = rows.flatMap((row) => [
    { row, figure: words.connectionRate, rate: row.connectionRate },
    { row, figure: levelName(plan, words), rate: row.serviceLevel },
  ]);
  return [
    tableOf(
      words.proof,
      rates,
      [
        [words.queue, ({ row }) => row.name],
        [words.figure, ({ figure }) => figure],
        [words.target, ({ rate }) => rounded(rate.target)],
        [words.byFormula, ({ rate }) => rounded(rate.analytic)],
        [words.bySimulation, ({ rate }) => rounded(rate.simulated)],
        [words.halfWidth, ({ rate }) => rounded(rate.halfWidth)],
        ['', ({ rate }) => verdict(rate, words)],
        [words.intervalsUnder, ({ row }) => row.intervalsUnderTarget],
      ],
      [words.target, words.byFormula, words.bySimulation, words.halfWidth],
    ),
  ];
};

/** Calls handed on; nothing in a plan without any. */
export const transferTables = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable[] =>
  plan.transfers === undefined
    ? []
    : [
        {
          name: words.handedOn,
          head: transferHead(words),
          rows: plan.transfers.map((row) => [
            `${inLanguage(row.fromName, language)} → ${inLanguage(row.toName, language)}`,
            rounded(row.share),
            row.holding ? words.staysOn : words.letsGo,
            rounded(row.calls, 1),
            rounded(row.averageWaitSeconds, 1),
            rounded(row.abandonedShare),
          ]),
        },
      ];

/** Why the plan is as it is: methods and their reasons, overrules, rules relaxed, notices, assumptions. */
export const reasonTable = (plan: PlanDocument, language: Language, words: ReportWords): ReportTable => ({
  name: words.reasons,
  head: [words.figure, words.value],
  rows: [
    ...plan.queues.map((queue) => [`${words.method}: ${inLanguage(queue.name, language)}`, queue.method]),
    ...plan.queues.flatMap((queue) =>
      queue.reasons.map((t) => [
        `${words.reasons}: ${inLanguage(queue.name, language)}`,
        speak(language, 'terminal').say(t),
      ]),
    ),
    ...plan.overrules.map((o) => [
      `${words.overrules}: ${o.date} ${o.from ?? ''}–${o.to ?? ''}`,
      `${o.reason} (${words.author} ${o.author})`,
    ]),
    ...plan.relaxed.map((t) => [words.relaxed, speak(language, 'terminal').say(t)]),
    ...plan.notices.map((t) => [words.notices, speak(language, 'terminal').say(t)]),
    ...plan.assumptions.map((t) => [words.assumptions, speak(language, 'terminal').say(t)]),
  ],
});
