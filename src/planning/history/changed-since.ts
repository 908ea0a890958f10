import type { AuditAction, AuditEntry } from '../../contract/documents/audit-document.ts';
import { planInputs, type PlanInput } from '../../contract/plan-life.ts';
import { changesBetween, sameValue } from '../../kernel/merge-edits.ts';
import { isPlainDate, weekOf } from '../../kernel/time.ts';
import { inputSnapshot } from './effective-models.ts';
import type { Ports } from '../ports.ts';

const inputOfAction: Partial<Record<AuditAction, PlanInput>> = {
  'event-changed': 'events',
  'overrule-added': 'overrules',
  'overrule-removed': 'overrules',
  'records-written': 'records',
  'made-up-replaced': 'records',
  'records-mended': 'records',
};

/** Entries of the log that may say that a plan rests on something else by now; records, which a program may add all day. */
const actionsOfInputs: readonly (readonly AuditAction[])[] = [
  ['models-changed', 'event-changed', 'overrule-added', 'overrule-removed', 'made-up-replaced'],
  ['records-written', 'records-mended'],
];

/** Entries of a kind, the latest first, that are looked through for what a plan rests on. */
const mostEntries = 1000;

/**
 * What a plan rests on that was changed since it was made, and is not what it was then: settings and events that were
 * put back, or that the plan has read already, are as the plan knows them.
 */
export const inputsChangedSince = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { id, createdAt, week }: { readonly id: string; readonly createdAt: string; readonly week: string },
): Promise<PlanInput[]> => {
  const since = { fromMillis: Date.parse(createdAt) + 1, toMillis: 8.64e15, limit: mostEntries };
  const changes = await Promise.all(actionsOfInputs.map((actions) => store.audit({ ...since, actions })));
  const changed = changedSince(changes.flat(), week);
  if (changed.every((input) => input === 'overrules' || input === 'records')) return changed;
  const plan = await store.plan(id);
  if (plan?.madeWith === undefined) return changed;
  const { settings, events } = plan.madeWith;
  const now = inputSnapshot(models, await store.read('events'), plan.firstDate);
  const isAsItWas = (input: PlanInput): boolean =>
    input === 'events'
      ? sameValue(events, now.events)
      : input in settings && changesBetween(settings[input], now.settings[input]).length === 0;
  return changed.filter((input) => !isAsItWas(input));
};

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
