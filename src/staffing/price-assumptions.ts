import { noRepeats, type Demand } from '../kernel/hotline.ts';
import { asRates, noRatePaths } from '../kernel/sample-paths.ts';
import { drawAttendance } from './draw-attendance.ts';
import { asPriced, hoursMore, pricedHours } from './hours-more.ts';
import { requireOperators, type Requirement, type StaffingRequest } from './require-operators.ts';
import { valueAt } from '../kernel/value-at.ts';

export type AssumptionVariant = 'certain-demand' | 'certain-absences' | 'no-redials' | 'erlang-c';

const withQueues = (
  request: StaffingRequest,
  change: (queue: Demand['queues'][number]) => Demand['queues'][number],
): StaffingRequest => ({
  ...request,
  demand: { ...request.demand, queues: request.demand.queues.map(change) },
});

/** Every path is the mean, with callers as usual: what is left uncertain, such as who is absent, stays on its paths. */
const alwaysMean = (queue: Demand['queues'][number], keepsPaths: boolean): Demand['queues'][number] => {
  const { behaviour: _behaviour, ...own } = queue;
  if (!keepsPaths) return { ...own, ratePaths: noRatePaths, pathCount: 0 };
  const { length } = queue.freshMean;
  const ratePaths = Float64Array.from(queue.ratePaths, (_, i) => valueAt(queue.freshMean, i % length));
  return { ...own, ratePaths: asRates(ratePaths) };
};

/** What is left out, one thing at a time, and the request without it. */
export const assumptionVariants: readonly {
  readonly variant: AssumptionVariant;
  readonly requestOf: (request: StaffingRequest) => StaffingRequest;
}[] = [
  {
    variant: 'certain-demand',
    requestOf: (request) => {
      const keepsPaths = drawsAbsences(request);
      return withQueues(request, (queue) => alwaysMean(queue, keepsPaths));
    },
  },
  {
    variant: 'certain-absences',
    requestOf: ({ absences: _absences, ...request }) => request,
  },
  {
    variant: 'no-redials',
    requestOf: (request) => withQueues(request, (queue) => ({ ...queue, repeats: noRepeats })),
  },
  {
    variant: 'erlang-c',
    requestOf: (request) => withQueues(request, (queue) => ({ ...queue, patienceSeconds: Infinity })),
  },
];

const allTiers = ({ tiers }: Requirement): number[] =>
  Array.from(tiers[0]?.operators ?? [], (_, i) =>
    tiers.reduce((sum, { operators }) => sum + valueAt(operators, i), 0),
  );

/** Does anybody of the request's tiers stay away by chance? */
const drawsAbsences = ({ absences, tiers, demand }: StaffingRequest): boolean =>
  drawAttendance(tiers, demand.horizon, absences) !== undefined;

/** What an assumption costs: hours more than the request as it is, or who would be needed without it. */
export type AssumptionPrice =
  | { readonly variant: Exclude<AssumptionVariant, 'certain-demand'>; readonly moreHours: number }
  | {
      readonly variant: 'certain-demand';
      /** Operators of all tiers by interval. */
      readonly operators: readonly number[];
    };

export interface AssumptionPrices {
  /** Operator-hours of the request as it is, judged as prices are: what others compare with as well. */
  readonly asIsHours: number;
  readonly prices: readonly AssumptionPrice[];
}

/**
 * What each assumption costs: the same request if demand were certain (its mean), if absences were, if nobody called
 * again, and if nobody hung up (Erlang C). Each differs from the request in that one thing only.
 */
export const priceAssumptions = (request: StaffingRequest): AssumptionPrices => {
  const asIsHours = pricedHours(request);
  const more = hoursMore(request, asIsHours);
  const prices = assumptionVariants.map(({ variant, requestOf }, i): AssumptionPrice => {
    const price =
      variant === 'certain-demand'
        ? { variant, operators: allTiers(requireOperators(requestOf(asPriced(request)))) }
        : { variant, moreHours: more(requestOf) };
    request.progress?.((i + 1) / assumptionVariants.length);
    return price;
  });
  return { asIsHours, prices };
};
