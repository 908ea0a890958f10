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
 * Every way that a plan's state can change; there is no other. Whoever may publish may agree as well: they need not first
 * put a plan forward to themselves. What is published is never changed again: it can only be
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
  publish: {
    from: ['draft', 'proposed', 'approved'],
    to: 'published',
    roles: ['planner', 'administrator'],
    wantsReason: false,
  },
  supersede: {
    from: ['published'],
    to: 'superseded',
    roles: ['planner', 'administrator'],
    wantsReason: true,
  },
};

/** Whether a step brings a plan nearer to being in force: no way for a plan that only asks what if. */
export const isOnward = (step: PlanStepName): boolean =>
  step === 'propose' || step === 'approve' || step === 'publish';

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

/** The plan in force for a week: the published one, else the approved, else the first of those given. */
export const standingPlan = <Plan extends { readonly week: string; readonly state: PlanState }>(
  latestFirst: readonly Plan[],
  week: string,
): Plan | undefined =>
  latestFirst
    .filter((plan) => plan.week === week)
    .toSorted((one, other) => standing[one.state] - standing[other.state])[0];

/** The plan that whatever names none rests on: the one in force for the week whose plan was saved last. */
export const planInForce = <Plan extends { readonly week: string; readonly state: PlanState }>(
  latestFirst: readonly Plan[],
): Plan | undefined => standingPlan(latestFirst, latestFirst[0]?.week ?? '');

/**
 * The plan of the week that may be meant beside this one: the one in force, and beside that the latest of the week's own
 * that was made since and may still come to be in force; undefined where there is none.
 */
export const otherPlan = <
  Plan extends {
    readonly id: string;
    readonly week: string;
    readonly state: PlanState;
    readonly createdAt: string;
  },
>(
  latestFirst: readonly Plan[],
  id: string,
): { readonly plan: Plan; readonly isInForce: boolean } | undefined => {
  const asked = latestFirst.find((plan) => plan.id === id);
  const inForce = asked && standingPlan(latestFirst, asked.week);
  const isInForce = inForce !== asked;
  const plan = isInForce
    ? inForce
    : latestFirst.find(
        ({ id: other, week, createdAt, state }) =>
          asked !== undefined &&
          week === asked.week &&
          createdAt > asked.createdAt &&
          state !== 'superseded' &&
          !isWhatIf(other),
      );
  return plan && { plan, isInForce };
};

/**
 * Bands that a week can be staffed for, in the terminal, over HTTP and on the page alike. A cold or dead line is nothing
 * to staff for: fewer operators always reach it, and the fewest is none at all.
 */
export const bandsToPlan = ['hot', 'warm'] as const;
export type BandToPlan = (typeof bandsToPlan)[number];

/** Stands in the id of a plan for other targets than the line's own. */
const whatIfMark = '-what-if-';

/** Id of a plan: its week, whether it only asks what if, and a hash of everything it depends on. */
export const planId = (week: string, hash: string, whatIf: boolean): string =>
  `${week}${whatIf ? whatIfMark : '-'}${hash}`;

/** True for a plan that asks what other targets, or a band, would take. */
export const isWhatIf = (id: string): boolean => id.includes(whatIfMark);

/**
 * Plans from the last saved back, so that what comes first is the latest: of one week, those that only ask what if
 * come after those for the line's own targets. A week stands where its last saved plan puts it.
 */
export const latestFirst = <Plan extends { readonly id: string; readonly week: string }>(
  lastSavedFirst: readonly Plan[],
): readonly Plan[] =>
  [...Map.groupBy(lastSavedFirst, ({ week }) => week).values()].flatMap((plans) => [
    ...plans.filter(({ id }) => !isWhatIf(id)),
    ...plans.filter(({ id }) => isWhatIf(id)),
  ]);

/**
 * The week's own plan that was made before this one: a what-if is beside the week's plans, not one in their row. `plans`
 * are as the store lists them, the latest first.
 */
export const planBefore = (
  plans: readonly { readonly id: string; readonly week: string; readonly createdAt: string }[],
  id: string,
): string | undefined => {
  const asked = plans.find((plan) => plan.id === id);
  if (asked === undefined) return undefined;
  return plans
    .filter((plan) => plan.week === asked.week && plan.createdAt < asked.createdAt && !isWhatIf(plan.id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.id;
};

/** Published rosters that have days in a span, the last published first; of one time as they are listed, the newest first. */
export const publishedIn = <
  Roster extends { readonly from: string; readonly to: string; readonly publishedAt: string | null },
>(
  rosters: readonly Roster[],
  from: string,
  to: string,
): Roster[] =>
  rosters
    .filter((one) => one.publishedAt !== null && one.from <= to && one.to >= from)
    .toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''));
