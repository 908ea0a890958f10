import type { AuditAction, AuditEntry } from '../../contract/documents/audit-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { type PlanInput, planInputs } from '../../contract/plan-life.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { changesBetween, sameValue } from '../../kernel/merge-edits.ts';
import { doesBearOn, type EventRecord, recordKindNames } from '../../kernel/records.ts';
import { meanShrinkage } from '../../kernel/shrinkage.ts';
import { type Text, untranslated } from '../../kernel/text.ts';
import { addDays, isPlainDate, type PlainDate, weekOf } from '../../kernel/time.ts';
import { dominatedTiers } from '../../staffing/staffing-request.ts';
import {
  planningFinding,
  type PlanningFinding,
  planningProblem,
  type UnlistedQueues,
} from '../planning-findings.ts';
import type { Models, Ports } from '../ports.ts';

/**
 * The models as they fit the data at hand. A queue that has traffic but no entry in models/hotline.json gets the
 * defaults of the first queue and is answered by the first tier; a queue without traffic is left out of the plan
 * unless operators hand calls on to it, and so is a tier that then has nothing to answer, or nothing of its own and
 * does only what another does at no more cost; not one that people on record belong to (`tiersWithPeople`).
 */
export const effectiveModels = (
  models: Models,
  queuesWithTraffic: readonly string[],
  tiersWithPeople: readonly string[] = [],
): { readonly models: Models; readonly notices: readonly Sayable[] } => {
  if (queuesWithTraffic.length === 0) throw new BadInputError([noTraffic]);
  const known = new Set(models.hotline.queues.map((queue) => queue.queue));
  const reached = receivers(models.hotline, new Set(queuesWithTraffic));
  const present = new Set([...queuesWithTraffic, ...reached]);
  const added = queuesWithTraffic.filter((queue) => !known.has(queue));
  const dropped = models.hotline.queues
    .filter((queue) => !present.has(queue.queue))
    .map((queue) => queue.queue);
  const notices: Sayable[] = [];
  if (added.length > 0) notices.push(explainUnlisted(added, models));
  if (dropped.length > 0) notices.push(planningFinding('queues-without-traffic', { queues: dropped }));
  if (reached.length > 0) notices.push(planningFinding('queues-receive-only', { queues: reached }));
  const named = new Set([...known, ...queuesWithTraffic]);
  const strange = models.prompts.prompts
    .flatMap(({ queues }) => queues ?? [])
    .filter((queue) => !named.has(queue));
  if (strange.length > 0) notices.push(strangePromptsNotice([...new Set(strange)], [...named]));
  const hotline = withQueues(models.hotline, present, added);
  return {
    models: { ...models, hotline, tiers: withRoutes(models.tiers, present, added, tiersWithPeople) },
    notices,
  };
};

/** Queues without traffic of their own that calls are handed on to, by one queue or by several after another. */
const receivers = ({ queues }: HotlineModel, rung: ReadonlySet<string>): string[] => {
  const reached = new Set(rung);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const { queue, transfers } of queues) {
      if (!reached.has(queue)) continue;
      for (const { toQueue, share } of transfers ?? []) if (share > 0) reached.add(toQueue);
    }
  }
  return queues.flatMap(({ queue }) => (reached.has(queue) && !rung.has(queue) ? [queue] : []));
};

export const noTraffic = planningProblem('traffic', 'no-traffic', '');

/** A queue renamed in one file only, or a slip of the pen: its prompts never play. */
const strangePromptsNotice = (queues: readonly string[], known: readonly string[]): PlanningFinding =>
  planningFinding('prompts-for-unknown-queues', { queues, known });

const withQueues = (
  hotline: HotlineModel,
  present: ReadonlySet<string>,
  added: readonly string[],
): HotlineModel => {
  const pattern = hotline.queues[0];
  if (pattern === undefined) return hotline;
  const extra = added.map((queue) => ({
    ...pattern,
    queue,
    name: untranslated(queue),
    neverDivert: false,
    smartVoiceShare: 0,
    transfers: [],
  }));
  return { ...hotline, queues: [...hotline.queues.filter((queue) => present.has(queue.queue)), ...extra] };
};

const withRoutes = (
  tiers: TiersModel,
  present: ReadonlySet<string>,
  added: readonly string[],
  tiersWithPeople: readonly string[],
): TiersModel => {
  const first = tiers.tiers[0]?.tier;
  const extra = added.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 }));
  const kept = tiers.tiers
    .map((tier) => ({
      ...tier,
      queues: [
        ...tier.queues.filter((route) => present.has(route.queue)),
        ...(tier.tier === first ? extra : []),
      ],
    }))
    .filter((tier) => tier.queues.length > 0);
  const outdone = dominatedTiers(
    kept,
    kept.map(({ costPerHour, shrinkage }) => costPerHour / (1 - meanShrinkage(shrinkage))),
  );
  const lostItsOwn = new Set(
    tiers.tiers
      .filter(({ queues }) => queues.every(({ queue, preference }) => preference > 1 || !present.has(queue)))
      .map(({ tier }) => tier),
  );
  return {
    ...tiers,
    tiers: kept.filter(
      ({ tier }, k) => outdone[k] !== true || !lostItsOwn.has(tier) || tiersWithPeople.includes(tier),
    ),
  };
};

/** Queues that have traffic but no entry in the models: how they are planned, and what to do if that does not fit. */
const explainUnlisted = (queues: readonly string[], models: Models): PlanningFinding =>
  planningFinding('queues-not-in-models', valuesOf(queues, models));

/** The same of a file that was read, as a notice: it is taken all the same. Undefined where every queue has an entry. */
export const unlistedQueues = (queues: readonly string[], models: Models): Problem | undefined => {
  const known = new Set(models.hotline.queues.map(({ queue }) => queue));
  const unlisted = queues.filter((queue) => !known.has(queue));
  return unlisted.length === 0
    ? undefined
    : { rule: 'queue-not-in-models', severity: 'notice', values: valuesOf(unlisted, models) };
};

const valuesOf = (queues: readonly string[], { hotline, tiers }: Models): UnlistedQueues => ({
  queues,
  pattern: hotline.queues[0]?.name ?? null,
  tier: tiers.tiers[0]?.name ?? null,
});

/** Days before a week whose events are still felt in it, and after it that are felt ahead. */
const aboutDays = 28;

/** What planners can change, as it is now: kept with a plan, so that the next one can say what was changed since. */
export const inputSnapshot = (
  models: Models,
  events: readonly EventRecord[],
  firstDate: PlainDate,
): NonNullable<PlanDocument['madeWith']> => {
  const { hotline, targets, tiers, shifts, prompts, scorecard, monitor, calendar } = models;
  const [from, to] = [addDays(firstDate, -aboutDays), addDays(firstDate, 6 + aboutDays)];
  return {
    settings: { hotline, targets, tiers, shifts, prompts, scorecard, monitor, calendar },
    events: events
      .filter(({ date, end = date }) => date <= to && end >= from)
      .map(({ date, end, label, queue, expectedEffect }) => ({
        date,
        end: end ?? null,
        label,
        queue: queue ?? null,
        effect: expectedEffect ?? null,
      })),
  };
};

/** What is said of a queue by its key, a problem or a finding, says it by the name that planners know; what stands within it, too. */
export const nameQueues = <Said extends Sayable | Problem>(
  said: readonly Said[],
  queues: HotlineModel['queues'],
): readonly Said[] => {
  const names = new Map(queues.map(({ queue, name }) => [queue, name]));
  return said.map((each) => named(each, names) as Said);
};

const named = (said: unknown, names: ReadonlyMap<string, Text>): unknown => {
  if (typeof said !== 'object' || said === null || !('values' in said)) return said;
  if (typeof said.values !== 'object' || said.values === null) return said;
  const values: { readonly queue?: unknown; readonly others?: unknown; readonly doubt?: unknown } =
    said.values;
  const nameOf = (queue: unknown): unknown =>
    (typeof queue === 'string' ? names.get(queue) : undefined) ?? queue;
  const doubt = values.doubt === undefined ? {} : { doubt: named(values.doubt, names) };
  const others = Array.isArray(values.others) ? { others: values.others.map(nameOf) } : {};
  const queue = values.queue === undefined ? {} : { queue: nameOf(values.queue) };
  return { ...said, values: { ...values, ...doubt, ...others, ...queue } };
};

/**
 * The key of the queue that a planner means, by key or by a name of models/hotline.json in either language.
 * Throws `BadInputError` naming the queues that there are.
 */
export const queueNamed = (
  wanted: string,
  known: readonly string[],
  queues: HotlineModel['queues'] = [],
): string => {
  if (known.includes(wanted)) return wanted;
  const named = queues.find(
    ({ queue, name }) => known.includes(queue) && Object.values(name).includes(wanted.trim()),
  );
  if (named !== undefined) return named.queue;
  const listed = known.map((queue) => ({
    queue,
    name: queues.find((own) => own.queue === queue)?.name ?? null,
  }));
  throw new BadInputError([
    known.every((key) => key === '')
      ? planningProblem('--queue', 'no-queue-column', wanted)
      : planningProblem('--queue', 'queue-without-traffic', wanted, { known: listed }),
  ]);
};

const inputOfAction: Partial<Record<AuditAction, PlanInput>> = {
  'event-changed': 'events',
  'overrule-added': 'overrules',
  'overrule-removed': 'overrules',
  'records-written': 'records',
  'made-up-replaced': 'records',
  'records-mended': 'records',
  'traffic-removed': 'records',
};

/** Entries of the log that may say that a plan rests on something else by now; records, which a program may add all day. */
const actionsOfInputs: readonly (readonly AuditAction[])[] = [
  [
    'models-changed',
    'event-changed',
    'overrule-added',
    'overrule-removed',
    'made-up-replaced',
    'traffic-removed',
  ],
  ['records-written', 'records-mended'],
];

/** Entries of a kind, the latest first, that are looked through for what a plan rests on. */
const mostEntries = 1000;

/**
 * What a plan, or the operators that it requires, rests on that was changed since it was made, and is not what it was
 * then: settings and events that were put back, or that the plan has read already, are as the plan knows them.
 */
export const inputsChangedSince = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { id, createdAt, week }: { readonly id: string; readonly createdAt: string; readonly week: string },
  of: 'plan' | 'requirement' = 'plan',
): Promise<PlanInput[]> => {
  const since = { fromMillis: Date.parse(createdAt) + 1, toMillis: 8.64e15, limit: mostEntries };
  const changes = await Promise.all(actionsOfInputs.map((actions) => store.audit({ ...since, actions })));
  const changed = changedSince(changes.flat(), week, of);
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
export const changedSince = (
  entries: readonly AuditEntry[],
  week: string,
  of: 'plan' | 'requirement' = 'plan',
): PlanInput[] => {
  const beside = new Set<string>(recordKindNames.filter((kind) => !doesBearOn(kind, of)));
  const inputOf = ({ action, subject }: AuditEntry): string | undefined => {
    if (action === 'models-changed') return subject;
    return action === 'records-written' && beside.has(subject) ? undefined : inputOfAction[action];
  };
  const changed = new Set(entries.filter((entry) => isOfWeek(entry, week)).map(inputOf));
  return planInputs.filter((input) => changed.has(input));
};

/** A forecast changed by hand is of one day; whatever else is changed counts for every week. */
const isOfWeek = ({ action, before, after }: AuditEntry, week: string): boolean => {
  const date = (after ?? before)?.['date'];
  return (
    inputOfAction[action] !== 'overrules' ||
    (typeof date === 'string' && isPlainDate(date) && weekOf(date) === week)
  );
};
