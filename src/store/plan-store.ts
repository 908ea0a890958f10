import type { Kysely } from 'kysely';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import {
  isLocked,
  isOnward,
  isWhatIf,
  latestFirst,
  type PlanStepName,
  planSteps,
  planInForce,
  standingPlan,
} from '../contract/plan-states.ts';
import type { PlanLife } from '../contract/plan-life.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import { type Database, nextNumber } from './database.ts';
import { factOf, forgetFact, keepFact } from './facts.ts';
import { placeProblem, storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { holdsOwnTraffic } from './write-traffic.ts';

/** Room for a hotline's results that can be computed again; the oldest go first beyond it. */
const cacheBytes = 256 * 1024 * 1024;

/** Plans, and results worth keeping. */
export const createPlanStore = (database: Database, hotline: string, author: Author) => {
  const { db } = database.reads;
  const write = <Answer>(work: (trx: Kysely<Tables>) => Promise<Answer>): Promise<Answer> =>
    database.write(hotline, (writing) => work(writing.db));
  return {
    ...planReads(db, hotline),
    ...lifeWrites(database, hotline, author),
    planLife: (id) => readLife(db, hotline, id),
    savePlan: (plan, operation, frozen, beside) =>
      write(async (trx) => {
        if (!(await savePlan(trx, hotline, plan, operation, frozen, beside))) return;
        const after = { week: plan.week };
        const note: AuditNote = { action: 'plan-made', subject: plan.id, before: null, after };
        await enterAudit(trx, hotline, author, note);
      }),
    cached: async (key) =>
      (
        await db
          .selectFrom('results')
          .select('value')
          .where('hotlineKey', '=', hotline)
          .where('key', '=', key)
          .executeTakeFirst()
      )?.value,
    cache: (key, value) => write((trx) => keepResult(trx, hotline, key, value)),
  } satisfies Partial<Store>;
};

/** What changes a plan's state, name and notes, each only where the plan stands as it was read. */
const lifeWrites = (database: Database, hotline: string, author: Author) => {
  const changing =
    <Given, Answer>(work: (writing: LifeWriting, life: PlanLife, given: Given) => Promise<Answer>) =>
    (id: string, given: Given, version?: number): Promise<Answer | undefined> =>
      database.write(hotline, async ({ db }) => {
        const writing = { db, hotline, author };
        const life = await lifeToChange(writing, id, version);
        return life === undefined ? undefined : work(writing, life, given);
      });
  const remove = changing(removePlan);
  return {
    namePlan: changing(namePlan),
    stepPlan: changing(stepPlan),
    notePlan: changing(notePlan),
    removePlan: async (id, version) => (await remove(id, undefined, version)) === true,
  } satisfies Partial<Store>;
};

const planReads = (db: Kysely<Tables>, hotline: string) => {
  const own = db.selectFrom('plans').where('hotlineKey', '=', hotline);
  const plans = async () => {
    const rows = await own.select(['id', 'week', 'createdAt', 'life']).orderBy('saved', 'desc').execute();
    const names = await factsOfPlans(db, hotline, nameFact);
    const asked = await factsOfPlans(db, hotline, askedFact);
    return latestFirst(
      rows.map((row) => {
        const name = names.get(row.id);
        const { state, version } = lifeOf(row);
        const { id, week, createdAt } = row;
        const whatIf = JSON.parse(asked.get(id) ?? '{}') as Asked;
        return { id, week, createdAt, ...(name === undefined ? {} : { name }), state, version, ...whatIf };
      }),
    );
  };
  const planOfId = async (id: string | undefined): Promise<PlanDocument | undefined> =>
    id === undefined
      ? undefined
      : parsePlan((await own.select('document').where('id', '=', id).executeTakeFirst())?.document);
  return {
    plannedOperation: async (id) =>
      (await own.select('world').where('id', '=', id).executeTakeFirst())?.world ?? undefined,
    frozenForecast: async (id) =>
      (await own.select('frozen').where('id', '=', id).executeTakeFirst())?.frozen ?? undefined,
    plan: async (id) => {
      if (id !== undefined) return planOfId(id);
      return planOfId(planInForce(await plans())?.id);
    },
    planOfWeek: async (week) => planOfId(standingPlan(await plans(), week)?.id),
    plans,
  } satisfies Partial<Store>;
};

/** What a what-if was asked to take otherwise. */
type Asked = Pick<PlanDocument, 'factors' | 'assumedCauses' | 'whatIf'>;

const askedOf = ({ factors, assumedCauses, whatIf }: PlanDocument): Asked => ({
  ...(whatIf === undefined ? {} : { whatIf }),
  ...(factors === undefined ? {} : { factors }),
  ...(assumedCauses === undefined ? {} : { assumedCauses }),
});

/** What is kept beside plans under names that begin so, by plan. */
const factsOfPlans = async (
  db: Kysely<Tables>,
  hotline: string,
  begin: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('facts')
    .select(['fact', 'value'])
    .where('hotlineKey', '=', hotline)
    .where('fact', 'like', `${begin}%`)
    .execute();
  return new Map(rows.map(({ fact, value }) => [fact.slice(begin.length), value]));
};

const namePlan = async (writing: LifeWriting, life: PlanLife, name: string | null): Promise<PlanLife> => {
  const { db, hotline, author } = writing;
  refuseLocked(life);
  const sides = { before: { name: life.name }, after: { name } };
  await enterAudit(db, hotline, author, { action: 'plan-named', subject: life.plan, ...sides });
  if (name === null) await forgetFact(db, hotline, nameFact + life.plan);
  else await keepFact(db, hotline, nameFact + life.plan, name);
  return keepLife(writing, { ...life, name });
};

/** A note, whose words stay out of the log: they may name people. */
const notePlan = async (writing: LifeWriting, life: PlanLife, text: string): Promise<PlanLife> => {
  const { db, hotline, author } = writing;
  const notes = life.notes.length;
  const sides = { before: { notes }, after: { notes: notes + 1 } };
  await enterAudit(db, hotline, author, { action: 'plan-noted', subject: life.plan, ...sides });
  const note = {
    at: new Date(author.now()).toISOString(),
    by: author.actor.name,
    text,
    version: life.version + 1,
  };
  return keepLife(writing, { ...life, notes: [...life.notes, note] });
};

const removePlan = async (
  { db, hotline, author }: LifeWriting,
  life: PlanLife,
  _given: undefined,
): Promise<boolean> => {
  refuseLocked(life);
  const { plan, week } = life;
  await db.deleteFrom('plans').where('hotlineKey', '=', hotline).where('id', '=', plan).execute();
  await forgetFact(db, hotline, nameFact + plan);
  await forgetFact(db, hotline, askedFact + plan);
  await enterAudit(db, hotline, author, {
    action: 'plan-removed',
    subject: plan,
    before: { week },
    after: null,
  });
  return true;
};

const parsePlan = (document: string | undefined): PlanDocument | undefined =>
  document === undefined ? undefined : (JSON.parse(document) as PlanDocument);

const savePlan = async (
  db: Kysely<Tables>,
  hotline: string,
  plan: PlanDocument,
  operation?: Uint8Array,
  frozen?: Uint8Array,
  beside = false,
): Promise<boolean> => {
  if (plan.hotline.madeUp) await refuseMadeUpPlan(db, hotline);
  const life = await readLife(db, hotline, plan.id);
  // Made again it has the same id since it rests on the same; what is locked stays as it was published.
  if (life !== undefined && isLocked(life.state)) return false;
  const row = {
    week: plan.week,
    createdAt: plan.createdAt,
    saved: beside ? 0 : await nextNumber(db, hotline, 'lastSaved'),
    document: JSON.stringify(plan),
    world: operation ?? null,
    frozen: frozen ?? null,
  };
  await db
    .insertInto('plans')
    .values({ hotlineKey: hotline, id: plan.id, ...row })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'id']).doUpdateSet(row))
    .execute();
  const asked = askedOf(plan);
  if (Object.keys(asked).length > 0) await keepFact(db, hotline, askedFact + plan.id, JSON.stringify(asked));
  return true;
};

const keepResult = async (
  db: Kysely<Tables>,
  hotline: string,
  key: string,
  value: Uint8Array,
): Promise<void> => {
  const row = { value, bytes: value.byteLength, saved: await nextNumber(db, hotline, 'lastSaved') };
  await db
    .insertInto('results')
    .values({ hotlineKey: hotline, key, ...row })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'key']).doUpdateSet(row))
    .execute();
  const kept = await db
    .selectFrom('results')
    .select(['saved', 'bytes'])
    .where('hotlineKey', '=', hotline)
    .orderBy('saved', 'desc')
    .execute();
  let bytes = 0;
  const beyond = kept.find((result) => (bytes += result.bytes) > cacheBytes && result.saved !== row.saved);
  if (beyond === undefined) return;
  await db
    .deleteFrom('results')
    .where('hotlineKey', '=', hotline)
    .where('saved', '<=', beyond.saved)
    .execute();
};

/** A hotline of an open transaction, and who writes. */
interface LifeWriting {
  readonly db: Kysely<Tables>;
  readonly hotline: string;
  readonly author: Author;
}

type Kept = Pick<PlanLife, 'state' | 'version' | 'steps' | 'notes'>;

const untouched: Kept = { state: 'draft', version: 0, steps: [], notes: [] };

/** Stands before a plan's id in the name of the fact that holds what it is called. */
export const nameFact = 'plan-name/';

/** Likewise of the fact that holds what a what-if was asked: JSON. */
const askedFact = 'plan-asked/';

/** What a plan's column says of its life; an empty one: a draft that nobody has touched. */
export const lifeOf = (row: {
  readonly id: string;
  readonly week: string;
  readonly life: string | null;
}): Omit<PlanLife, 'name'> => ({
  plan: row.id,
  week: row.week,
  ...untouched,
  ...(row.life === null ? {} : (JSON.parse(row.life) as Kept)),
});

const readLife = async (db: Kysely<Tables>, hotline: string, id: string): Promise<PlanLife | undefined> => {
  const row = await db
    .selectFrom('plans')
    .select(['id', 'week', 'life'])
    .where('hotlineKey', '=', hotline)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...lifeOf(row), name: (await factOf(db, hotline, nameFact + id)) ?? null };
};

/**
 * A plan's life, about to change. Undefined where there is no such plan; throws `BadInputError` where it has changed
 * since `version` was read.
 */
const lifeToChange = async (
  { db, hotline }: LifeWriting,
  id: string,
  version: number | undefined,
): Promise<PlanLife | undefined> => {
  const life = await readLife(db, hotline, id);
  if (life !== undefined && version !== undefined && life.version !== version)
    throw refused(changedMeanwhile(life, version));
  return life;
};

/** Throws `BadInputError` where nothing of the plan may change any more. */
const refuseLocked = ({ plan, state }: PlanLife): void => {
  if (isLocked(state)) throw refused(storeProblem('plan', 'plan-locked', plan, { state }));
};

/** Keeps what became of a plan, as the next version. */
const keepLife = async (
  { db, hotline }: LifeWriting,
  { plan, week, name, ...kept }: PlanLife,
): Promise<PlanLife> => {
  const next = { ...kept, version: kept.version + 1 };
  await db
    .updateTable('plans')
    .set({ life: JSON.stringify(next) })
    .where('hotlineKey', '=', hotline)
    .where('id', '=', plan)
    .execute();
  return { plan, week, name, ...next };
};

/**
 * Takes a plan a step further. One that is published takes the place of the week's published one, which wants a reason.
 * Throws `BadInputError`, nothing changed, where the plan cannot take the step or it lacks its reason.
 */
const stepPlan = async (
  writing: LifeWriting,
  life: PlanLife,
  { step, reason = null }: { readonly step: PlanStepName; readonly reason?: string | null | undefined },
): Promise<PlanLife> => {
  const rule = planSteps[step];
  if (isOnward(step) && isWhatIf(life.plan)) throw refused(storeProblem('step', 'what-if-onward', step));
  if (!rule.from.includes(life.state))
    throw refused(
      storeProblem('step', 'plan-step-not-allowed', step, { state: life.state, from: rule.from }),
    );
  if (rule.wantsReason && reason === null)
    throw refused(storeProblem('reason', 'plan-step-wants-reason', step));
  const others = step === 'publish' ? await publishedOf(writing, life) : [];
  const [other] = others;
  if (other !== undefined && reason === null)
    throw refused(storeProblem('reason', 'week-published-already', other.plan, { week: life.week }));
  for (const each of others) await moveTo(writing, each, 'superseded', reason, life.plan);
  return moveTo(writing, life, rule.to, reason, null);
};

const refused = (problem: Problem): BadInputError => new BadInputError([problem]);

const moveTo = async (
  writing: LifeWriting,
  life: PlanLife,
  to: PlanLife['state'],
  reason: string | null,
  supersededBy: string | null,
): Promise<PlanLife> => {
  const { author, db, hotline } = writing;
  const at = new Date(author.now()).toISOString();
  const step = {
    at,
    by: author.actor.name,
    from: life.state,
    to,
    reason,
    supersededBy,
    version: life.version + 1,
  };
  const kept = await keepLife(writing, { ...life, state: to, steps: [...life.steps, step] });
  await enterAudit(db, hotline, author, {
    action: 'plan-state',
    subject: life.plan,
    before: { state: life.state },
    after: { state: to },
  });
  return kept;
};

/** The other plans of its week that are published. */
const publishedOf = async ({ db, hotline }: LifeWriting, { plan, week }: PlanLife): Promise<PlanLife[]> => {
  const rows = await db
    .selectFrom('plans')
    .select(['id', 'week', 'life'])
    .where('hotlineKey', '=', hotline)
    .where('week', '=', week)
    .where('id', '<>', plan)
    .execute();
  return rows.map((row) => ({ ...lifeOf(row), name: null })).filter(({ state }) => state === 'published');
};

/** What a plan is by now, and what became of it since the version that was read. */
const changedMeanwhile = (life: PlanLife, seen: number): Problem => {
  const { plan, version, state, name, steps, notes } = life;
  const isNew = (change: { readonly version?: number | undefined }): boolean => (change.version ?? 0) > seen;
  const last = [...steps, ...notes].filter(isNew).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  return storeProblem('plan', 'plan-changed-meanwhile', plan, {
    version,
    state,
    name: name ?? '',
    by: last?.by ?? '',
    steps: steps.filter(isNew).map(({ by, from, to }) => ({ by, from, to })),
    notes: notes.filter(isNew).map(({ by, text }) => ({ by, text })),
  });
};

/** A plan of the made-up line that was still being made when own traffic took that line's place is refused. */
const refuseMadeUpPlan = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  if (await holdsOwnTraffic(db, hotline))
    throw new BadInputError([placeProblem('made-up-replaced', undefined)]);
};
