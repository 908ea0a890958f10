import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { planBefore } from '../contract/plan-states.ts';
import type { Store } from './ports.ts';
import type { z } from 'zod';
import type { PlanLife, planStandingSchema } from '../contract/plan-life.ts';

type PlanReads = Pick<Store, 'plan' | 'planLife'>;

/** A plan as it is shown: with what it is by now. */
export const withStanding = async (
  store: Pick<Store, 'planLife'>,
  plan: PlanDocument,
): Promise<PlanDocument> => {
  const life = await store.planLife(plan.id);
  return life === undefined ? plan : { ...plan, standing: standingOf(life, plan.createdAt) };
};

/** A stored plan as it is shown; without an id the one in force for the week of the latest. */
export const shownPlan = async (store: PlanReads, id?: string): Promise<PlanDocument | undefined> => {
  const plan = await store.plan(id);
  return plan === undefined ? undefined : withStanding(store, plan);
};

/** The week's own plan that was made before this one; undefined where there is none. */
export const earlierPlan = async (
  store: Pick<Store, 'plan' | 'plans'>,
  id: string,
): Promise<PlanDocument | undefined> => {
  const earlier = planBefore(await store.plans(), id);
  return earlier === undefined ? undefined : store.plan(earlier);
};

type PlanStanding = z.output<typeof planStandingSchema>;

const standingOf = ({ state, steps }: Pick<PlanLife, 'state' | 'steps'>, createdAt: string): PlanStanding => {
  const last = steps.at(-1);
  return { state, at: last?.at ?? createdAt, by: last?.by ?? '' };
};
