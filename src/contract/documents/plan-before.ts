import { isWhatIf } from './plan-id.ts';

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
