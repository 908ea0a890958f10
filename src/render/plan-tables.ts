import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { reportTables, type ReportTableName } from '../contract/report-formats.ts';
import type { Language } from '../kernel/text.ts';
import { proofTable, reasonTable, transferTable } from './evidence-tables.ts';
import { callTable, operatorTable, queueTable, tierTable } from './interval-tables.ts';
import { promptTable, shiftTable } from './schedule-tables.ts';
import type { Table } from './table.ts';
import { dayTable, overviewTable, shortageTable } from './week-tables.ts';
import { reportWords } from './words.ts';

type Made = (plan: PlanDocument, language: Language) => Table;

const tables: Readonly<Record<ReportTableName, Made>> = {
  overview: overviewTable,
  shortage: shortageTable,
  days: (plan, language) => dayTable(plan, language, undefined, reportWords(language).days),
  calls: callTable,
  operators: operatorTable,
  shifts: shiftTable,
  prompts: (plan, language) => promptTable(plan, language, true),
  tiers: tierTable,
  queues: queueTable,
  proof: proofTable,
  transfers: transferTable,
  reasons: reasonTable,
};

/** One table of a plan; without rows where the plan has none of what it lists. */
export const planTable = (plan: PlanDocument, language: Language, name: ReportTableName): Table =>
  tables[name](plan, language);

/** Every table of a plan that has rows, in reading order, each under a title of its own. */
export const planTables = (plan: PlanDocument, language: Language): readonly (Table & { title: string })[] =>
  reportTables.flatMap((name) => {
    const table = planTable(plan, language, name);
    return table.title === undefined || table.rows.length === 0 ? [] : [{ ...table, title: table.title }];
  });
