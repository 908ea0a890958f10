import type { AuditAction, AuditEntry } from '../contract/documents/audit-document.ts';
import { planInputs, type PlanInput } from '../contract/plan-life.ts';
import { isPlainDate, weekOf } from '../kernel/time.ts';

const inputOfAction: Partial<Record<AuditAction, PlanInput>> = {
  'event-changed': 'events',
  'overrule-added': 'overrules',
  'overrule-removed': 'overrules',
  'records-written': 'records',
  'made-up-replaced': 'records',
  'records-mended': 'records',
};

/** Entries of the log that may say that a plan rests on something else by now; records, which a program may add all day. */
export const actionsOfInputs: readonly (readonly AuditAction[])[] = [
  ['models-changed', 'event-changed', 'overrule-added', 'overrule-removed', 'made-up-replaced'],
  ['records-written', 'records-mended'],
];

/** What a plan of an ISO week rests on that was changed by these entries of the log: those after it was made. */
export const changedSince = (entries: readonly AuditEntry[], week: string): PlanInput[] => {
  const changed = new Set(entries.filter((entry) => isOfWeek(entry, week)).map(inputOf));
  return planInputs.filter((input) => changed.has(input));
};

/** Kinds of records that no plan of a week is made from. */
const besidePlans: ReadonlySet<string> = new Set(['topics', 'leave', 'requests', 'roster']);

const inputOf = ({ action, subject }: AuditEntry): string | undefined => {
  if (action === 'models-changed') return subject;
  return action === 'records-written' && besidePlans.has(subject) ? undefined : inputOfAction[action];
};

/** A forecast changed by hand is of one day; whatever else is changed counts for every week. */
const isOfWeek = ({ action, before, after }: AuditEntry, week: string): boolean => {
  const date = (after ?? before)?.['date'];
  return (
    inputOfAction[action] !== 'overrules' ||
    (typeof date === 'string' && isPlainDate(date) && weekOf(date) === week)
  );
};
