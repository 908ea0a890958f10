import type { AuditChain, AuditEntry } from '../contract/documents/audit-document.ts';
import type { Language } from '../kernel/text.ts';
import { auditStandingWords } from '../words/audit.ts';
import { fill } from '../words/fill.ts';
import { auditCells, auditHeadings } from './audit-table.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';

/** The log of changes for the terminal, and what it proves. */
export const auditText = (entries: readonly AuditEntry[], chain: AuditChain, language: Language): string => {
  const rows = entries.map((entry) => auditCells(entry, language));
  const columns = headed<(typeof rows)[number]>(
    auditHeadings(language),
    auditHeadings(language).map((_, i) => [i === 0 ? 'number:0' : 'text', (row) => row[i] ?? '']),
  );
  const { broken, first, head } = chain;
  const standing = broken.length === 0 ? auditStandingWords.sound : auditStandingWords.broken;
  const said = fill(standing[language], {
    entries: chain.entries,
    first,
    seal: head?.seal ?? '—',
    breaks: broken.length,
  });
  return entries.length === 0 ? said : `${terminalRows(language, rows, columns)}\n${said}`;
};
