import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Language } from '../kernel/text.ts';
import { proofTables, reasonTable, transferTables } from './evidence-tables.ts';
import { queueTable, tierTable } from './interval-tables.ts';
import type { ReportTable } from './report-table.ts';
import { promptTable, shiftTable } from './schedule-tables.ts';
import { dayTable, overviewTable, shortTables } from './week-tables.ts';
import { reportWords } from './words.ts';

/** Every table of a plan, in reading order. Rates stay fractions, so that a spreadsheet can compute with them. */
export const planTables = (plan: PlanDocument, language: Language): readonly ReportTable[] => {
  const words = reportWords(language);
  return [
    overviewTable(plan, language, words),
    ...shortTables(plan, language, words),
    dayTable(plan, language, words),
    shiftTable(plan, language, words),
    promptTable(plan, language, words),
    tierTable(plan, language, words),
    queueTable(plan, language, words),
    ...proofTables(plan, language, words),
    ...transferTables(plan, language, words),
    reasonTable(plan, language, words),
  ];
};
