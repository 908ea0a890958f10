import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { AbsenceLaw } from '../kernel/absence.ts';
import type { Demand, Horizon, Policy } from '../kernel/hotline.ts';
import type { Progress, ShouldStop } from '../kernel/ports.ts';
import { coveredMinutes } from '../kernel/time-window.ts';
import { localClock, weekdayOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { LoadWithin } from '../queueing/project.ts';

/** What is wanted of the operators of a horizon. */
export interface StaffingRequest {
  readonly demand: Demand;
  readonly policy: Policy;
  readonly tiers: TiersModel['tiers'];
  readonly targets: TargetsModel;
  readonly trunks: number;
  /** 1 in the intervals in which the line is open. */
  readonly open: Uint8Array;
  /** Most sample paths to use; all by default. */
  readonly pathLimit?: number;
  /** How load is taken within an interval; by default `high` where calls last over half an interval. */
  readonly load?: LoadWithin;
  /** How operators stay away on the day; left out, absences are taken as certain. */
  readonly absences?: AbsenceLaw;
  /** For prices: the quick judgement is enough, and single operators may be too many or too few. */
  readonly estimate?: boolean;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

/** Calls that outlast half an interval make its end another load than its start: nearly all of it must hold. */
export const loadFor = (request: StaffingRequest): LoadWithin => {
  if (request.load !== undefined) return request.load;
  let calls = 0;
  let work = 0;
  for (const queue of request.demand.queues) {
    queue.freshMean.forEach((value, i) => {
      calls += value;
      work += value * valueAt(queue.handleTimeSeconds, i);
    });
  }
  return work > calls * request.demand.horizon.intervalMinutes * 30 ? 'high' : 'mean';
};

/** Sample paths that a request is judged on; 0 where its demand is taken as certain. */
export const pathsUsed = ({ pathLimit, demand }: StaffingRequest): number => {
  const paths = Math.min(pathLimit ?? Infinity, ...demand.queues.map(({ pathCount }) => pathCount));
  return paths >= 1 && paths < Infinity ? paths : 0;
};

/** How much callers' patience and operators' handle times differ from path to path: standard deviation of the factors. */
export const behaviourSpreadOf = ({ demand }: StaffingRequest): number =>
  Math.max(
    0,
    ...demand.queues.flatMap(({ behaviour }) =>
      behaviour === undefined ? [] : [behaviour.handleTime, behaviour.patience].map(deviation),
    ),
  );

const deviation = (factors: Float64Array): number => {
  const squares = factors.reduce((sum, factor) => sum + (factor - 1) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, factors.length));
};

/** Fewest operators over all tiers in each interval: the line's own, or more where a window asks for them. */
export const minimumByInterval = (targets: TargetsModel, horizon: Horizon): Int32Array => {
  const { zone, startMillis, intervalMinutes, count } = horizon;
  const least = new Int32Array(count).fill(targets.minimumOperators);
  const windows = targets.minimumPresence ?? [];
  if (windows.length === 0) return least;
  const clock = localClock(zone);
  return least.map((usual, i) => {
    const { date, minute } = clock(startMillis + i * intervalMinutes * 60_000);
    const asked = windows
      .filter((window) => coveredMinutes(window, weekdayOf(date), minute, intervalMinutes) > 0)
      .map(({ operators }) => operators);
    return Math.max(usual, ...asked);
  });
};
