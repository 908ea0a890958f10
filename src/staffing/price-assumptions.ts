import { noRepeats, type Demand } from '../kernel/hotline.ts';
import { noRatePaths } from '../kernel/sample-paths.ts';
import { requireOperators, type Requirement, type StaffingRequest } from './require-operators.ts';

export type AssumptionVariant = 'certain-demand' | 'no-redials' | 'erlang-c';

/** Operator-hours ready for calls of a requirement, over its horizon. */
export const operatorHours = (requirement: Requirement, intervalMinutes: number): number => {
  let operators = 0;
  for (const tier of requirement.tiers) for (const n of tier.operators) operators += n;
  return (operators * intervalMinutes) / 60;
};

const withQueues = (
  demand: Demand,
  change: (queue: Demand['queues'][number]) => Demand['queues'][number],
): Demand => ({ ...demand, queues: demand.queues.map(change) });

/** What is left out, one thing at a time, and the demand without it. */
export const assumptionVariants: readonly {
  readonly variant: AssumptionVariant;
  readonly demandOf: (demand: Demand) => Demand;
}[] = [
  {
    variant: 'certain-demand',
    demandOf: (demand) => withQueues(demand, (queue) => ({ ...queue, ratePaths: noRatePaths, pathCount: 0 })),
  },
  {
    variant: 'no-redials',
    demandOf: (demand) => withQueues(demand, (queue) => ({ ...queue, repeats: noRepeats })),
  },
  {
    variant: 'erlang-c',
    demandOf: (demand) => withQueues(demand, (queue) => ({ ...queue, patienceSeconds: Infinity })),
  },
];

/**
 * What each assumption costs: operator-hours of the same request if demand were certain (its mean), if nobody
 * called again, and if nobody hung up (Erlang C). Each differs from the request in that one thing only.
 */
export const priceAssumptions = (
  request: StaffingRequest,
): readonly { readonly variant: AssumptionVariant; readonly operatorHours: number }[] =>
  assumptionVariants.map(({ variant, demandOf }, i) => {
    const { progress, ...rest } = request;
    const requirement = requireOperators({ ...rest, demand: demandOf(request.demand) });
    progress?.((i + 1) / assumptionVariants.length);
    return {
      variant,
      operatorHours: operatorHours(requirement, request.demand.horizon.intervalMinutes),
    };
  });
