import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { isWhatIf } from '../contract/documents/plan-id.ts';
import { packOperation } from './operation/planned-operation.ts';
import type { Ports } from './ports.ts';
import { makePlan } from './week/make-plan.ts';
import type { PlanRequest } from '../contract/http/job-requests.ts';
import { planKey, rememberPlan, takeUpPlan } from './week/remembered-plan.ts';

/**
 * Plans a week: forecast → requirement → shifts → prompts on that roster → projection → what the monitor will
 * see. The plan is stored together with the demand it was made for. Where nothing has changed since a plan was
 * made, that plan is the answer: the same comes out of the same.
 */
export const planWeek = async (ports: Ports, request: PlanRequest): Promise<PlanDocument> => {
  const key = await planKey(ports, request);
  const known = key === undefined ? undefined : await takeUpPlan(ports, key);
  if (known !== undefined) {
    ports.progress(1, 'done');
    return known;
  }
  const { plan, planned, freeze } = await makePlan(ports, request);
  const frozen = isWhatIf(plan.id) ? undefined : await freeze();
  ports.finishing?.();
  await ports.store.savePlan(plan, packOperation(planned), frozen);
  if (key !== undefined) await rememberPlan(ports, key, plan);
  return plan;
};
