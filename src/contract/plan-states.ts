/** What a plan can be: made, put forward, agreed, in force and locked, replaced by a later one. */
export const planStates = ['draft', 'proposed', 'approved', 'published', 'superseded'] as const;
export type PlanState = (typeof planStates)[number];

export const planStepNames = ['propose', 'return', 'approve', 'publish', 'supersede'] as const;
export type PlanStepName = (typeof planStepNames)[number];

type PlanRole = 'team-leader' | 'planner' | 'administrator';

/** A way from one state to another: from where, to where, who may go it, and whether it takes a reason. */
interface PlanStepRule {
  readonly from: readonly PlanState[];
  readonly to: PlanState;
  readonly roles: readonly PlanRole[];
  readonly wantsReason: boolean;
}

/**
 * Every way that a plan's state can change; there is no other. What is published is never changed again: it can only be
 * superseded, with a reason, and that for good.
 */
export const planSteps: Readonly<Record<PlanStepName, PlanStepRule>> = {
  propose: {
    from: ['draft'],
    to: 'proposed',
    roles: ['team-leader', 'planner', 'administrator'],
    wantsReason: false,
  },
  return: {
    from: ['proposed', 'approved'],
    to: 'draft',
    roles: ['planner', 'administrator'],
    wantsReason: true,
  },
  approve: { from: ['proposed'], to: 'approved', roles: ['planner', 'administrator'], wantsReason: false },
  publish: { from: ['approved'], to: 'published', roles: ['planner', 'administrator'], wantsReason: false },
  supersede: {
    from: ['published'],
    to: 'superseded',
    roles: ['planner', 'administrator'],
    wantsReason: true,
  },
};

/** The steps that a plan in a state can take. */
export const stepsFrom = (state: PlanState): readonly PlanStepName[] =>
  planStepNames.filter((step) => planSteps[step].from.includes(state));

/** Whether anyone who has this role may take the step. */
export const mayStep = (step: PlanStepName, role: string | null | undefined): boolean =>
  planSteps[step].roles.some((each) => each === role);

/** Whether nothing of the plan may change any more. */
export const isLocked = (state: PlanState): boolean => state === 'published' || state === 'superseded';

const standing: Readonly<Record<PlanState, number>> = {
  published: 0,
  approved: 1,
  proposed: 2,
  draft: 2,
  superseded: 3,
};

/** The plan that stands for a week: the published one, else the approved, else the first of those given. */
export const standingPlan = <Plan extends { readonly week: string; readonly state: PlanState }>(
  latestFirst: readonly Plan[],
  week: string,
): Plan | undefined =>
  latestFirst
    .filter((plan) => plan.week === week)
    .toSorted((one, other) => standing[one.state] - standing[other.state])[0];
