import type { AuditEntry } from '../contract/documents/audit-document.ts';
import type { Language } from '../kernel/text.ts';
import { auditCells, auditHeadings } from './audit-table.ts';
import { csvOf } from './csv.ts';

/** The log as a CSV. */
export const auditCsv = (entries: readonly AuditEntry[], language: Language): string =>
  csvOf([auditHeadings(language), ...entries.map((entry) => auditCells(entry, language))]);
