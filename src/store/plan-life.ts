import type { Kysely } from 'kysely';
import { type PlanLife } from '../contract/plan-life.ts';
import { isLocked, planSteps, type PlanStepName } from '../contract/plan-states.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { enterAudit, type Author } from './audit-log.ts';
import { factOf } from './facts.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

/** A hotline of an open transaction, and who writes. */
export interface LifeWriting {
  readonly db: Kysely<Tables>;
  readonly hotline: string;
  readonly author: Author;
}

type Kept = Pick<PlanLife, 'state' | 'version' | 'steps' | 'notes'>;

const untouched: Kept = { state: 'draft', version: 0, steps: [], notes: [] };

/** Stands before a plan's id in the name of the fact that holds what it is called. */
export const nameFact = 'plan-name/';

/** Likewise of the fact that holds what a what-if was asked: JSON. */
export const askedFact = 'plan-asked/';

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

export const readLife = async (
  db: Kysely<Tables>,
  hotline: string,
  id: string,
): Promise<PlanLife | undefined> => {
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
export const lifeToChange = async (
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
export const refuseLocked = ({ plan, state }: PlanLife): void => {
  if (isLocked(state)) throw refused(storeProblem('plan', 'plan-locked', plan, { state }));
};

/** Keeps what became of a plan, as the next version. */
export const keepLife = async (
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
 * Throws `BadInputError`, nothing changed, where the step does not lead on from the plan's state or lacks its reason.
 */
export const stepPlan = async (
  writing: LifeWriting,
  life: PlanLife,
  { step, reason = null }: { readonly step: PlanStepName; readonly reason?: string | null | undefined },
): Promise<PlanLife> => {
  const rule = planSteps[step];
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
