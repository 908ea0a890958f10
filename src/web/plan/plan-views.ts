import { isWhatIf } from '../../contract/documents/plan-id.ts';
/** What of a plan is looked at; the first is what opens. */
export const planViews = [
  'answer',
  'forecast',
  'requirement',
  'shifts',
  'prompts',
  'projection',
  'assumptions',
] as const;
export type PlanViewName = (typeof planViews)[number];

/** The view that an address names; the first where it names none. */
export const planViewOf = (params: URLSearchParams): PlanViewName =>
  planViews.find((view) => view === params.get('view')) ?? 'answer';

/**
 * The week's own plan that was made before this one: a what-if is beside the week's plans, not one in their row. `plans`
 * are as the store lists them, the latest first.
 */
export const planBefore = (
  plans: readonly { readonly id: string; readonly week: string; readonly createdAt: string }[],
  id: string,
): string | undefined => {
  const own = plans.find((plan) => plan.id === id);
  if (own === undefined) return undefined;
  return plans
    .filter((plan) => plan.week === own.week && plan.createdAt < own.createdAt && !isWhatIf(plan.id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.id;
};

/** Where in the app a decision is taken, by the finding that asks for it. */
export const placeOfDecision: Readonly<Record<string, PlanViewName | 'data'>> = {
  'decide-unusual': 'data',
  'decide-assumed-shape': 'data',
  'decide-far-data': 'data',
  'decide-learnt-hours': 'assumptions',
  'decide-assumed-handle-time': 'assumptions',
  'decide-short': 'requirement',
  'decide-not-proved': 'projection',
  'decide-prompts': 'prompts',
};
