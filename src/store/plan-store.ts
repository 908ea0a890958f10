import type { Kysely } from 'kysely';
import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { Overrule } from '../contract/documents/overrule-schema.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { latestFirst } from '../contract/documents/plan-id.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, type Author } from './audit-log.ts';
import type { Database } from './database.ts';
import { forgetFact, keepFact } from './facts.ts';
import { refuseMadeUpPlan } from './own-traffic.ts';
import type { Tables } from './tables.ts';

/** Adds to the log within the transaction of a change. */
type Enter = (db: Kysely<Tables>, note: AuditNote) => Promise<void>;

type PlanPart = Pick<
  Store,
  | 'overrules'
  | 'addOverrule'
  | 'removeOverrule'
  | 'savePlan'
  | 'plan'
  | 'planWorld'
  | 'planOfWeek'
  | 'plans'
  | 'namePlan'
  | 'removePlan'
  | 'cached'
  | 'cache'
>;

/** Room for a hotline's results that can be computed again; the oldest go first beyond it. */
const cacheBytes = 256 * 1024 * 1024;

/** Plans, the planner's changes to forecasts, and results worth keeping. */
export const createPlanStore = (database: Database, hotline: string, author: Author): PlanPart => {
  const { db } = database.reads;
  const write = <Answer>(work: (trx: Kysely<Tables>) => Promise<Answer>): Promise<Answer> =>
    database.write(hotline, (writing) => work(writing.db));
  const enter: Enter = (trx, note) => enterAudit(trx, hotline, author, note);
  return {
    ...overruleStore(db, write, hotline, enter),
    ...planReads(db, hotline),
    namePlan: (id, name) => write((trx) => namePlan(trx, hotline, id, name, enter)),
    removePlan: (id) => write((trx) => removePlan(trx, hotline, id, enter)),
    savePlan: (plan, world) =>
      write(async (trx) => {
        await savePlan(trx, hotline, plan, world);
        const after = { week: plan.week };
        await enter(trx, { action: 'plan-made', subject: plan.id, before: null, after });
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
  };
};

const overruleStore = (
  db: Kysely<Tables>,
  write: <Answer>(work: (trx: Kysely<Tables>) => Promise<Answer>) => Promise<Answer>,
  hotline: string,
  enter: Enter,
): Pick<PlanPart, 'overrules' | 'addOverrule' | 'removeOverrule'> => ({
  overrules: () =>
    db
      .selectFrom('overrules')
      .select(['id', 'queue', 'date', 'from', 'to', 'factor', 'calls', 'reason', 'author'])
      .where('hotlineKey', '=', hotline)
      .orderBy('id')
      .execute(),
  addOverrule: ({ queue, date, from, to, factor, calls, reason, author }: Overrule) =>
    write(async (trx) => {
      const id = await nextNumber(trx, hotline, 'lastOverrule');
      const row = { hotlineKey: hotline, id, queue, date, from, to, factor, calls, reason, author };
      await trx.insertInto('overrules').values(row).execute();
      const after = overruleSide(row);
      await enter(trx, { action: 'overrule-added', subject: String(id), before: null, after });
      return id;
    }),
  removeOverrule: (id) =>
    write(async (trx) => {
      const gone = await trx
        .deleteFrom('overrules')
        .where('hotlineKey', '=', hotline)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (gone === undefined) return false;
      const before = overruleSide(gone);
      await enter(trx, { action: 'overrule-removed', subject: String(id), before, after: null });
      return true;
    }),
});

/** An overrule without its reason, which is free text. */
const overruleSide = ({ queue, date, from, to, factor, calls }: Tables['overrules']): AuditSide => ({
  queue,
  date,
  from,
  to,
  factor,
  calls,
});

const planReads = (
  db: Kysely<Tables>,
  hotline: string,
): Pick<PlanPart, 'plan' | 'planOfWeek' | 'plans' | 'planWorld'> => {
  const own = db.selectFrom('plans').where('hotlineKey', '=', hotline);
  const plans = async () => {
    const rows = await own.select(['id', 'week', 'createdAt']).orderBy('saved', 'desc').execute();
    const names = await planNames(db, hotline);
    return latestFirst(
      rows.map((row) => {
        const name = names.get(row.id);
        return name === undefined ? row : { ...row, name };
      }),
    );
  };
  const planOfId = async (id: string | undefined): Promise<PlanDocument | undefined> =>
    id === undefined
      ? undefined
      : parsePlan((await own.select('document').where('id', '=', id).executeTakeFirst())?.document);
  return {
    planWorld: async (id) =>
      (await own.select('world').where('id', '=', id).executeTakeFirst())?.world ?? undefined,
    plan: async (id) => planOfId(id ?? (await plans())[0]?.id),
    planOfWeek: async (week) => planOfId((await plans()).find((plan) => plan.week === week)?.id),
    plans,
  };
};

/** Stands before a plan's id in the name of the fact that holds what it is called. */
const nameFact = 'plan-name/';

const planNames = async (db: Kysely<Tables>, hotline: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom('facts')
    .select(['fact', 'value'])
    .where('hotlineKey', '=', hotline)
    .where('fact', 'like', `${nameFact}%`)
    .execute();
  return new Map(rows.map(({ fact, value }) => [fact.slice(nameFact.length), value]));
};

const namePlan = async (
  db: Kysely<Tables>,
  hotline: string,
  id: string,
  name: string | null,
  enter: Enter,
): Promise<boolean> => {
  const found = await db
    .selectFrom('plans')
    .select('id')
    .where('hotlineKey', '=', hotline)
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) return false;
  const before = (await planNames(db, hotline)).get(id) ?? null;
  await enter(db, { action: 'plan-named', subject: id, before: { name: before }, after: { name } });
  if (name === null) await forgetFact(db, hotline, nameFact + id);
  else await keepFact(db, hotline, nameFact + id, name);
  return true;
};

const removePlan = async (
  db: Kysely<Tables>,
  hotline: string,
  id: string,
  enter: Enter,
): Promise<boolean> => {
  const gone = await db
    .deleteFrom('plans')
    .where('hotlineKey', '=', hotline)
    .where('id', '=', id)
    .returning('week')
    .executeTakeFirst();
  await forgetFact(db, hotline, nameFact + id);
  if (gone === undefined) return false;
  await enter(db, { action: 'plan-removed', subject: id, before: { week: gone.week }, after: null });
  return true;
};

const parsePlan = (document: string | undefined): PlanDocument | undefined =>
  document === undefined ? undefined : (JSON.parse(document) as PlanDocument);

const savePlan = async (
  db: Kysely<Tables>,
  hotline: string,
  plan: PlanDocument,
  world?: Uint8Array,
): Promise<void> => {
  if (plan.hotline.madeUp) await refuseMadeUpPlan(db, hotline);
  const row = {
    week: plan.week,
    createdAt: plan.createdAt,
    saved: await nextNumber(db, hotline, 'lastSaved'),
    document: JSON.stringify(plan),
    world: world ?? null,
  };
  await db
    .insertInto('plans')
    .values({ hotlineKey: hotline, id: plan.id, ...row })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'id']).doUpdateSet(row))
    .execute();
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

/** Counts what a hotline saves, since two plans of one second must still have a later one. */
export const nextNumber = async (
  db: Kysely<Tables>,
  hotline: string,
  counter: 'lastOverrule' | 'lastSaved',
): Promise<number> => {
  const row = await db
    .updateTable('lines')
    .set((eb) => ({ [counter]: eb(counter, '+', 1) }))
    .where('hotlineKey', '=', hotline)
    .returning(counter)
    .executeTakeFirstOrThrow();
  return Number(Object.values(row)[0]);
};
