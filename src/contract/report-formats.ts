/** Files that a plan is written to: a page, a workbook, every table as CSV in a zip, one table as CSV. */
export const reportFormats = ['html', 'xlsx', 'zip', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Files to fill in and bring in again. */
export const templateFormats = ['xlsx', 'csv'] as const;
export type TemplateFormat = (typeof templateFormats)[number];

/** Pages that a plan is printed as: the whole week, or one sheet for who decides. */
export const reportPages = ['week', 'leader'] as const;
export type ReportPage = (typeof reportPages)[number];

/** Tables of a plan, in reading order. */
export const reportTables = [
  'overview',
  'shortage',
  'days',
  'calls',
  'operators',
  'shifts',
  'prompts',
  'tiers',
  'queues',
  'proof',
  'transfers',
  'reasons',
] as const;
export type ReportTableName = (typeof reportTables)[number];

/** Which file is asked for: `page` of HTML, `table` of a single CSV. */
export interface ReportRequest {
  readonly format: ReportFormat;
  readonly page?: ReportPage | undefined;
  readonly table?: ReportTableName | undefined;
}
