import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { otherPlan, planBefore } from '../contract/plan-states.ts';
import { inputsChangedSince } from './history/effective-models.ts';
import type { Ports, Store } from './ports.ts';
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

/** What a page for who decides says beside the plan: the week's own plans before and beside it, and what has changed since. */
export const besidePlan = async (ports: Pick<Ports, 'store' | 'models'>, plan: PlanDocument) => {
  const plans = await ports.store.plans();
  const earlier = planBefore(plans, plan.id);
  return {
    earlier: earlier === undefined ? undefined : await ports.store.plan(earlier),
    other: otherPlan(plans, plan.id),
    since: await inputsChangedSince(ports, plan),
  };
};

type PlanStanding = z.output<typeof planStandingSchema>;

const standingOf = ({ state, steps }: Pick<PlanLife, 'state' | 'steps'>, createdAt: string): PlanStanding => {
  const last = steps.at(-1);
  return { state, at: last?.at ?? createdAt, by: last?.by ?? '' };
};
