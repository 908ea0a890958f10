import type { Kysely } from 'kysely';
import type { Overrule } from '../contract/documents.ts';
import type { PlanDocument } from '../contract/plan-document.ts';
import type { Store } from '../planning/ports.ts';
import type { Tables } from './tables.ts';

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
  | 'cached'
  | 'cache'
>;

/** Room for results that can be computed again; the oldest go first beyond it. */
const cacheBytes = 256 * 1024 * 1024;

/** Plans, the planner's changes to forecasts, and results worth keeping. */
export const createPlanStore = (db: Kysely<Tables>): PlanPart => ({
  overrules: async () => db.selectFrom('overrules').selectAll().orderBy('id').execute(),
  addOverrule: async (overrule: Overrule) => {
    const { queue, date, from, to, factor, calls, reason, author } = overrule;
    const row = { queue, date, from, to, factor, calls, reason, author };
    const { insertId } = await db.insertInto('overrules').values(row).executeTakeFirstOrThrow();
    return Number(insertId);
  },
  removeOverrule: async (id) => {
    const { numDeletedRows } = await db
      .deleteFrom('overrules')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  },
  savePlan: (plan, world) => db.transaction().execute((trx) => savePlan(trx, plan, world)),
  planWorld: async (id) =>
    (await db.selectFrom('plans').select('world').where('id', '=', id).executeTakeFirst())?.world ??
    undefined,
  plan: async (id) => {
    const all = db.selectFrom('plans').select('document').orderBy('saved', 'desc').limit(1);
    const row = await (id === undefined ? all : all.where('id', '=', id)).executeTakeFirst();
    return parsePlan(row?.document);
  },
  planOfWeek: async (week) => {
    const latest = db.selectFrom('plans').select('document').orderBy('saved', 'desc').limit(1);
    return parsePlan((await latest.where('week', '=', week).executeTakeFirst())?.document);
  },
  plans: async () =>
    db.selectFrom('plans').select(['id', 'week', 'createdAt']).orderBy('saved', 'desc').execute(),
  cached: async (key) =>
    (await db.selectFrom('results').select('value').where('key', '=', key).executeTakeFirst())?.value,
  cache: (key, value) => db.transaction().execute((trx) => keepResult(trx, key, value)),
});

const parsePlan = (document: string | undefined): PlanDocument | undefined =>
  document === undefined ? undefined : (JSON.parse(document) as PlanDocument);

const savePlan = async (db: Kysely<Tables>, plan: PlanDocument, world?: Uint8Array): Promise<void> => {
  const row = {
    week: plan.week,
    createdAt: plan.createdAt,
    saved: await nextSaved(db, 'plans'),
    document: JSON.stringify(plan),
    world: world ?? null,
  };
  await db
    .insertInto('plans')
    .values({ id: plan.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
};

const keepResult = async (db: Kysely<Tables>, key: string, value: Uint8Array): Promise<void> => {
  const row = { value, bytes: value.byteLength, saved: await nextSaved(db, 'results') };
  await db
    .insertInto('results')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
  const kept = await db.selectFrom('results').select(['saved', 'bytes']).orderBy('saved', 'desc').execute();
  let bytes = 0;
  const beyond = kept.find((result) => (bytes += result.bytes) > cacheBytes && result.saved !== row.saved);
  if (beyond !== undefined) await db.deleteFrom('results').where('saved', '<=', beyond.saved).execute();
};

/** Counts saves, since two plans of one second must still have a later one. */
const nextSaved = async (db: Kysely<Tables>, table: 'plans' | 'results'): Promise<number> => {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.max('saved').as('last'))
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
};
