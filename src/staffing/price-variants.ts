import type { TiersModel } from '../contract/models/tiers-model.ts';
import { asRates, type Demand, noRatePaths, noRepeats, type Policy, type Route } from '../kernel/hotline.ts';
import { shrinkageKinds } from '../kernel/shrinkage.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { drawAttendance, pathsUsed } from './staffing-request.ts';
import { type Requirement, requireOperators, type StaffingRequest } from './require-operators.ts';

type AssumptionVariant = 'certain-demand' | 'certain-absences' | 'no-redials' | 'erlang-c';

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
      (sum, operators) => sum + (sumOf(operators) * intervalMinutes) / 60,
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

type Tier = TiersModel['tiers'][number];

type BoundVariant = 'pooled' | 'dedicated';

const bareTier = (tier: string, queues: readonly string[], shrinkage: Tier['shrinkage']): Tier => ({
  tier,
  name: { 'zh-CN': tier, en: tier },
  queues: queues.map((queue) => ({ queue, preference: 1, overflowDelaySeconds: 0 })),
  leastOwnShare: 0,
  connectionTarget: null,
  costPerHour: 1,
  shrinkage,
});

/** What the tiers' operators are away for, on average over them: the bounds keep their absences. */
const shrinkageOfAll = ({ tiers, absences }: StaffingRequest): Tier['shrinkage'] => {
  if (absences === undefined) return 0;
  return tiers.flatMap(({ shrinkage }) =>
    shrinkageKinds(shrinkage).map((kind, i) => ({
      ...kind,
      kind: String(i),
      name: { 'zh-CN': '', en: '' },
      share: kind.share / tiers.length,
      weekdays: kind.weekdays === undefined ? undefined : [...kind.weekdays],
    })),
  );
};

const withTiers = (
  request: StaffingRequest,
  tiers: TiersModel['tiers'],
  routeOf: (queue: string) => Route,
): StaffingRequest => {
  const policy: Policy = {
    ...request.policy,
    queues: request.policy.queues.map((queue) => ({ ...queue, priority: 1, routes: [routeOf(queue.queue)] })),
  };
  return { ...request, tiers, policy };
};

const to = (tier: string): Route => ({ tier, preference: 1, overflowDelaySeconds: 0 });

/** The same line with one tier that answers every queue, first come first served: full pooling. */
export const pooledRequest = (request: StaffingRequest): StaffingRequest => {
  const queues = request.demand.queues.map(({ queue }) => queue);
  return withTiers(request, [bareTier('pooled', queues, shrinkageOfAll(request))], () => to('pooled'));
};

/**
 * Queues that share calls, together: those between which calls are handed on cannot be planned apart. A queue that
 * neither hands on nor receives any stands alone.
 */
const groupsOfQueues = ({ demand, policy }: StaffingRequest): readonly (readonly string[])[] => {
  const names = demand.queues.map(({ queue }) => queue);
  const group = names.map((_, q) => q);
  for (const { queue, transfers } of policy.queues)
    for (const { toQueue, share } of transfers ?? []) {
      const [kept, joined] = [group[names.indexOf(queue)], group[names.indexOf(toQueue)]];
      if (kept === undefined || joined === undefined || share <= 0) continue;
      group.forEach((own, q) => {
        if (own === joined) group[q] = kept;
      });
    }
  return [...new Set(group)].map((own) => names.filter((_, q) => group[q] === own));
};

/**
 * Each queue with operators of its own and nobody's help: no pooling at all. Queues are lines apart, but for those
 * between which calls are handed on, which are one request with a tier each. The least presence is one operator
 * per queue where any is asked for.
 */
export const dedicatedRequests = (request: StaffingRequest): readonly StaffingRequest[] =>
  groupsOfQueues(request).map((queues) => {
    const tiers = queues.map((queue) => bareTier(queue, [queue], shrinkageOfAll(request)));
    const alone = withTiers(request, tiers, to);
    return {
      ...alone,
      demand: {
        ...request.demand,
        queues: request.demand.queues.filter(({ queue }) => queues.includes(queue)),
      },
      policy: {
        ...alone.policy,
        queues: alone.policy.queues.filter(({ queue }) => queues.includes(queue)),
      },
      targets: {
        ...request.targets,
        minimumOperators: Math.min(queues.length, request.targets.minimumOperators),
        minimumPresence: (request.targets.minimumPresence ?? []).map((window) => ({
          ...window,
          operators: Math.min(queues.length, window.operators),
        })),
      },
    };
  });

/** What no pooling at all needs under the same targets, queue by queue in the order of the demand. */
export const requireDedicated = (request: StaffingRequest): readonly Requirement[] => {
  const groups = dedicatedRequests({ ...request, estimate: true }).map(requireOperators);
  return request.demand.queues.flatMap(({ queue }) =>
    groups.flatMap((requirement) => {
      const tiers = requirement.tiers.filter(({ tier }) => tier === queue);
      const capacity = {
        ...requirement.capacity,
        tiers: requirement.capacity.tiers.filter(({ tier }) => tier === queue),
      };
      return tiers.length === 0 ? [] : [{ ...requirement, tiers, capacity }];
    }),
  );
};
