import type { AuditEntry, AuditSide } from '../contract/documents/audit-document.ts';
import type { Language } from '../kernel/text.ts';
import {
  actorKindWords,
  auditActionWords,
  auditHeads,
  auditSideWords,
  sideSeparator,
} from '../words/audit.ts';

/** Who did it: the account's name, or that there was none. */
export const actorText = ({ kind, name }: AuditEntry['actor'], language: Language): string =>
  name === '' ? actorKindWords[kind][language] : name;

/** What stood before or stands after, in one line; what is not there is left out. */
export const sideText = (side: AuditSide, language: Language): string =>
  Object.entries(side ?? {})
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${auditSideWords[key]?.[language] ?? key} ${String(value)}`)
    .join(sideSeparator[language]);

/** Headings and cells of the log, the same everywhere. */
export const auditHeadings = (language: Language): string[] =>
  Object.values(auditHeads).map((head) => head[language]);

export const auditCells = (entry: AuditEntry, language: Language): (string | number)[] => [
  entry.number,
  entry.at,
  actorText(entry.actor, language),
  auditActionWords[entry.action][language],
  entry.subject,
  sideText(entry.before, language),
  sideText(entry.after, language),
];
