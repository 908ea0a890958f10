import { noRepeats, type Demand } from '../kernel/hotline.ts';
import { asRates, noRatePaths } from '../kernel/sample-paths.ts';
import { valueAt } from '../kernel/value-at.ts';
import { drawAttendance } from './draw-attendance.ts';
import { dedicatedRequests, pooledRequest, type BoundVariant } from './price-bounds.ts';
import { requireOperators, type StaffingRequest } from './require-operators.ts';
import { pathsUsed } from './staffing-request.ts';

export type AssumptionVariant = 'certain-demand' | 'certain-absences' | 'no-redials' | 'erlang-c';

type Ground = 'handle-time' | 'patience' | 'redials';

export type VariantPrices = readonly {
  readonly variant: AssumptionVariant | BoundVariant;
  readonly operatorHours: number;
  /** Of all tiers by interval, where demand is certain. */
  readonly operators?: readonly number[];
}[];

type Queue = Demand['queues'][number];

const withQueues = (request: StaffingRequest, change: (queue: Queue) => Queue): StaffingRequest => ({
  ...request,
  demand: { ...request.demand, queues: request.demand.queues.map(change) },
});

/** Every path is the mean, with callers as usual: what is left uncertain, such as who is absent, stays on its paths. */
const alwaysMean = (queue: Queue, keepsPaths: boolean): Queue => {
  const { behaviour: _behaviour, ...own } = queue;
  if (!keepsPaths) return { ...own, ratePaths: noRatePaths, pathCount: 0 };
  const { length } = queue.freshMean;
  const ratePaths = Float64Array.from(queue.ratePaths, (_, i) => valueAt(queue.freshMean, i % length));
  return { ...own, ratePaths: asRates(ratePaths) };
};

/** Does anybody of the request's tiers stay away by chance? */
const drawsAbsences = ({ absences, tiers, demand }: StaffingRequest): boolean =>
  drawAttendance(tiers, demand.horizon, absences) !== undefined;

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

const aTenthMore = 1.1;

/** What is made a tenth larger, one thing at a time. */
const aTenthMoreOf: Readonly<Record<Ground, (queue: Queue) => Queue>> = {
  'handle-time': (queue) => ({
    ...queue,
    handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * aTenthMore),
  }),
  patience: (queue) => ({ ...queue, patienceSeconds: queue.patienceSeconds * aTenthMore }),
  redials: (queue) => ({
    ...queue,
    repeats: {
      ...queue.repeats,
      afterAbandon: Math.min(1, queue.repeats.afterAbandon * aTenthMore),
      afterBlock: Math.min(1, queue.repeats.afterBlock * aTenthMore),
    },
  }),
};

const grounds = ['handle-time', 'patience', 'redials'] as const;

/**
 * Sample paths that differences are judged on. On the demo's week two requests on the same 30, 40, 50, 60 or 100 paths
 * differ by the same within half a percent of the requirement.
 */
const pathsCompared = 40;

/** The request as prices ask it: judged quickly, on so many paths, and without those that are not looked at. */
const asPriced = (request: StaffingRequest): StaffingRequest => {
  const pathLimit = Math.min(request.pathLimit ?? Infinity, pathsCompared);
  const paths = pathsUsed({ ...request, pathLimit });
  const { count } = request.demand.horizon;
  return withQueues({ ...request, pathLimit, estimate: true }, (queue) => ({
    ...queue,
    pathCount: paths,
    ratePaths: asRates(queue.ratePaths.slice(0, paths * count)),
  }));
};

/**
 * A request whose rolling target is held by the floor that it has raised intervals to: the floor is found in steps, and one
 * step more or fewer between two runs would stand in their difference as a price.
 */
const heldByFloor = (request: StaffingRequest, floor: number): StaffingRequest => {
  const { targets } = request;
  const raised = <Own extends { readonly connectionRate?: number | undefined }>(own: Own): Own =>
    own.connectionRate === undefined ? own : { ...own, connectionRate: Math.max(own.connectionRate, floor) };
  const queues = Object.fromEntries(
    Object.entries(targets.queues).map(([queue, own]) => [queue, raised(own)]),
  );
  return { ...request, targets: { ...raised(targets), queues, rollingConnectionRate: null } };
};

const bounds = ['pooled', 'dedicated'] as const;

/** A requirement that prices are worked out from; where lines stand apart, there is one for each. */
interface PricedRun {
  readonly of: 'as-is' | AssumptionVariant | Ground | BoundVariant;
  readonly request: StaffingRequest;
  /** Whether the answer is told as it is, and not as a difference from the request as it is. */
  readonly whole: boolean;
}

const toldWhole: readonly PricedRun['of'][] = ['certain-demand', ...bounds];

/**
 * What is asked to price a request: the request as it is; if demand were certain (its mean), if absences were, if nobody
 * called again, if nobody hung up (Erlang C); if handle time, patience or redials were a tenth larger; and the two ends
 * between which every design of tiers lies, everybody answering everything and every queue with operators of its own,
 * both without the tiers' own targets and the shares kept for their queues. Each differs from the request in that one
 * thing only, and is judged on the same paths; those told as differences at the connection rate that the rolling target
 * has raised intervals to (`connectionFloor` of the requirement). Runs can be answered in any order, on any thread; the
 * longest come first.
 */
export const pricedRuns = (
  { progress: _progress, shouldStop: _stop, ...request }: StaffingRequest,
  connectionFloor: number,
): readonly PricedRun[] => {
  const priced = asPriced(request);
  const runs: readonly Omit<PricedRun, 'whole'>[] = [
    ...(isMany(priced) ? boundRuns(priced).slice(0, 1) : []),
    { of: 'as-is', request: priced },
    ...assumptionVariants.map(({ variant, requestOf }) => ({ of: variant, request: requestOf(priced) })),
    ...grounds.map((ground) => ({ of: ground, request: withQueues(priced, aTenthMoreOf[ground]) })),
    ...(isMany(priced) ? boundRuns(priced).slice(1) : []),
  ];
  return runs.map(({ of, request: asked }) => {
    const whole = toldWhole.includes(of);
    return { of, whole, request: whole ? asked : heldByFloor(asked, connectionFloor) };
  });
};

/** Both ends of tier designs; on a line of one queue they would be the same line without its tiers. */
const boundRuns = (priced: StaffingRequest): readonly Omit<PricedRun, 'whole'>[] => [
  { of: 'pooled', request: pooledRequest(priced) },
  ...dedicatedRequests(priced).map((alone) => ({ of: 'dedicated' as const, request: alone })),
];

const isMany = ({ demand }: StaffingRequest): boolean => demand.queues.length > 1;

/** A run's answer: operators of all tiers by interval. */
export const operatorsOfRun = (request: StaffingRequest): number[] => {
  const { tiers } = requireOperators(request);
  return Array.from(request.open, (_, i) =>
    tiers.reduce((sum, { operators }) => sum + valueAt(operators, i), 0),
  );
};

/** The same as a task for threads that otherwise have nothing to do: nobody waits for a price before the plan stands. */
export const operatorsOfRunTask = {
  module: new URL(import.meta.url).href,
  name: operatorsOfRun.name,
  whenIdle: true,
};

export interface RequirementPrices {
  /** Operator-hours of a requirement of so many hours with one thing left out, and of both ends of tier designs. */
  readonly variants: VariantPrices;
  /** The same with one thing a tenth larger. */
  readonly tenths: readonly { readonly ground: Ground; readonly operatorHours: number }[];
}

type PricedOf = Pick<PricedRun, 'of'>;
type RunAnswers = readonly (readonly number[])[];

const answersTo = (runs: readonly PricedOf[], answers: RunAnswers, of: PricedRun['of']): RunAnswers =>
  answers.filter((_, i) => runs[i]?.of === of);

const hoursOfRuns =
  (runs: readonly PricedOf[], answers: RunAnswers, intervalMinutes: number) =>
  (of: PricedRun['of']): number =>
    answersTo(runs, answers, of).reduce(
      (sum, operators) => sum + (operators.reduce((all, n) => all + n, 0) * intervalMinutes) / 60,
      0,
    );

/**
 * The prices that runs' answers come to, for a requirement of `required` operator-hours: a difference between two runs on
 * the same paths is added to it, so that nothing but the change stands in it. Who is needed if demand were certain, and
 * the two ends of designs, are reported as they are.
 */
export const pricesOfRuns = (
  runs: readonly PricedRun[],
  answers: RunAnswers,
  required: number,
  intervalMinutes: number,
): RequirementPrices => {
  const hoursOf = hoursOfRuns(runs, answers, intervalMinutes);
  const asIs = hoursOf('as-is');
  const beside = (of: PricedRun['of']): number => required + (hoursOf(of) - asIs);
  return {
    variants: [
      ...assumptionVariants.map(({ variant }) =>
        variant === 'certain-demand'
          ? {
              variant,
              operatorHours: hoursOf(variant),
              operators: answersTo(runs, answers, variant)[0] ?? [],
            }
          : { variant, operatorHours: beside(variant) },
      ),
      ...bounds
        .filter((variant) => runs.some(({ of }) => of === variant))
        .map((variant) => ({ variant, operatorHours: hoursOf(variant) })),
    ],
    tenths: grounds.map((ground) => ({ ground, operatorHours: beside(ground) })),
  };
};

/** The two ends alone, asked here. */
export const priceBounds = (
  request: StaffingRequest,
): readonly { readonly variant: BoundVariant; readonly operatorHours: number }[] => {
  const { progress: _progress, shouldStop: _stop, ...asked } = request;
  const runs = boundRuns(asPriced(asked));
  const answers = runs.map((run) => operatorsOfRun(run.request));
  const minutes = request.demand.horizon.intervalMinutes;
  return bounds.map((variant) => ({
    variant,
    operatorHours: hoursOfRuns(runs, answers, minutes)(variant),
  }));
};
