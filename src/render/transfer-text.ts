import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent, whole } from './format.ts';
import { textTable } from './text-table.ts';
import type { ReportWords } from './words.ts';

/** Heads of the table of calls handed on, in the order of `transferCells`. */
export const transferHead = (words: ReportWords): string[] => [
  words.handedOn,
  words.shareOfAnswered,
  words.firstOperator,
  words.calls,
  words.waitSeconds,
  words.hangUps,
];

/** The calls handed on, way by way, for the terminal; empty in a plan without any. */
export const transferTable = (plan: PlanDocument, language: Language, words: ReportWords): string =>
  plan.transfers === undefined
    ? ''
    : textTable(
        transferHead(words),
        plan.transfers.map((row) => [
          `${inLanguage(row.fromName, language)} → ${inLanguage(row.toName, language)}`,
          percent(row.share),
          row.holding ? words.staysOn : words.letsGo,
          whole(row.calls),
          decimal(row.averageWaitSeconds),
          percent(row.abandonedShare),
        ]),
      );
