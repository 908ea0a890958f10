import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { planBefore } from '../contract/plan-states.ts';
import { standingOf } from '../contract/plan-life.ts';
import type { Store } from './ports.ts';

type PlanReads = Pick<Store, 'plan' | 'planLife'>;

/** A plan as it is shown: with what it is by now. */
export const withStanding = async (
  store: Pick<Store, 'planLife'>,
  plan: PlanDocument,
): Promise<PlanDocument> => {
  const life = await store.planLife(plan.id);
  return life === undefined ? plan : { ...plan, standing: standingOf(life, plan.createdAt) };
};

/** A stored plan as it is shown; without an id the one that stands for the week of the latest. */
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
