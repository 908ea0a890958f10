import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { PlanInput } from '../contract/plan-life.ts';
import type { ReportRequest } from '../contract/report-formats.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { csvZip } from './csv-zip.ts';
import { tableCsv } from './csv.ts';
import { leaderHtml } from './leader-html.ts';
import { planHtml } from './plan-html.ts';
import { planTable, planTables } from './plan-tables.ts';
import { planStanding } from './plan-standing.ts';
import { decisionsOf, weekSentences } from './week-sentences.ts';
import { reportWords } from './words.ts';
import { workbookOf } from './workbook.ts';

/**
 * A plan as a file: a page to print (the whole week, or one for who decides), a workbook, the tables as CSV in a zip,
 * or one table as a CSV. `earlier` is the week's plan before, against which the page for who decides says what changed;
 * `since` is what the plan rests on that was changed since it was made.
 */
export const reportFile = async (
  plan: PlanDocument,
  language: Language,
  { format, page = 'week', table = 'days' }: ReportRequest,
  earlier?: PlanDocument,
  since: readonly PlanInput[] = [],
): Promise<Uint8Array> => {
  const words = reportWords(language);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (format === 'html')
    return bytes(page === 'leader' ? leaderHtml(plan, language, earlier, since) : planHtml(plan, language));
  if (format === 'csv') return bytes(tableCsv(planTable(plan, language, table), words));
  const tables = planTables(plan, language);
  if (format === 'zip') return csvZip(tables, words);
  const cover = {
    name: words.weekSheet,
    title: `${inLanguage(plan.hotline.name, language)} · ${words.title} ${plan.week}`,
    parts: [
      ...(plan.hotline.madeUp ? [{ lines: [words.madeUp] }] : []),
      { lines: [...weekSentences(plan, language), planStanding(plan, language) ?? []].flat() },
      { heading: words.decisions, lines: decisionsOf(plan, language) },
    ],
  };
  return workbookOf(cover, tables, words, language);
};
