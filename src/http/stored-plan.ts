import { standingPlan } from '../contract/plan-states.ts';
import type { PlanSummary } from '../contract/http/workspace-document.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

export const noPlan = (id: string): HttpError =>
  new HttpError(404, httpFinding('no-plan', { id: id === 'latest' ? null : id }));

/** Which plan a path means, with a name for it as it is stored now. */
export const storedPlan = async (
  services: Services,
  id: string,
): Promise<PlanSummary & { readonly key: string }> => {
  const plans = await services.store.plans();
  const found =
    id === 'latest' ? standingPlan(plans, plans[0]?.week ?? '') : plans.find((plan) => plan.id === id);
  if (found === undefined) throw noPlan(id);
  return { ...found, key: `${found.id}/${found.createdAt}` };
};
