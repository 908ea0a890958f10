import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { StaffingRequest } from '../../staffing/require-operators.ts';
import type { Ports } from '../ports.ts';
import { unpackOperation, type PlannedOperation } from './planned-operation.ts';
import { openIntervals, weekHorizon, type WeekHorizon } from './week-horizon.ts';

/** A plan as it was stored: its document, its week, and the operation that it plans. */
export interface StoredPlan {
  readonly plan: PlanDocument;
  readonly week: WeekHorizon;
  readonly planned: PlannedOperation;
}

/** A stored plan by id; the latest where none is given. Throws `UsageError` where there is none. */
export const loadPlan = async (ports: Pick<Ports, 'store'>, id?: string): Promise<StoredPlan> => {
  const found = await findPlan(ports, id);
  if (found === undefined)
    throw new UsageError(
      id === undefined ? planningFinding('no-plan-yet') : planningFinding('no-such-plan', { id }),
    );
  return found;
};

/** The same; undefined where there is no such plan, or it was stored without its operation. */
export const findPlan = async (
  { store }: Pick<Ports, 'store'>,
  id?: string,
): Promise<StoredPlan | undefined> => {
  const plan = await store.plan(id);
  const bytes = plan === undefined ? undefined : await store.plannedOperation(plan.id);
  if (plan === undefined || bytes === undefined) return undefined;
  const week = weekHorizon(plan.week, plan.hotline.zone, plan.intervalMinutes);
  return { plan, week, planned: unpackOperation(bytes, plan.id) };
};

/** What an answer on a plan says first: the doubted figures that the plan rests on. */
export const unusualOf = ({ unusual = [] }: PlanDocument): Pick<PlanDocument, 'unusual'> =>
  unusual.length === 0 ? {} : { unusual };

/** What an answer on a plan must say of what was assumed: values of causes. */
export const assumedOf = ({ assumedCauses: causes = [] }: Pick<PlanDocument, 'assumedCauses'>): Sayable[] =>
  causes.length === 0 ? [] : [planningFinding('cause-values-assumed', { causes })];

/** The operators that a plan asked for, to be asked for once more. */
export const askedAgain = (
  { models, demand, policy }: PlannedOperation,
  week: WeekHorizon,
): StaffingRequest => ({
  demand,
  policy: { ...policy, prompts: [] },
  tiers: models.tiers.tiers,
  targets: models.targets,
  trunks: models.hotline.trunks ?? Infinity,
  open: openIntervals(models, week, demand),
});
