import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import { type Demand, type Horizon, instantAt, type LoadWithin, type Policy } from '../kernel/hotline.ts';
import type { Progress, ShouldStop } from '../kernel/ports.ts';
import type { Random } from '../kernel/random.ts';
import {
  absenceChance,
  type AbsenceLaw,
  absenceRandom,
  chanceOn,
  dayFactors,
  shrinkageByInterval,
} from '../kernel/shrinkage.ts';
import { coveredMinutes } from '../kernel/time-window.ts';
import { localClock, weekdayOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { OperatorsPresent } from '../queueing/judge-interval.ts';

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
  const { zone, intervalMinutes, count } = horizon;
  const least = new Int32Array(count).fill(targets.minimumOperators);
  const windows = targets.minimumPresence ?? [];
  if (windows.length === 0) return least;
  const clock = localClock(zone);
  return least.map((usual, i) => {
    const { date, minute } = clock(instantAt(horizon, i));
    const asked = windows
      .filter((window) => coveredMinutes(window, weekdayOf(date), minute, intervalMinutes) > 0)
      .map(({ operators }) => operators);
    return Math.max(usual, ...asked);
  });
};

/** Hours that one duty is taken to last where no shifts are known yet: who is away is away for all of it. */
const dutyHours = 8;

/** Those who turn up among the first of a tier's operators, one after another, as far as anybody asked. */
interface Duty {
  readonly block: number;
  readonly chance: number;
  readonly random: Random;
  readonly present: number[];
}

/**
 * Who of the operators that a requirement asks for turn up, path by path: n operators ready on average are
 * n / (1 − shrinkage) on the roster, of whom each stays away with the chance a for a whole duty, by luck of their own;
 * of the time of the others planned kinds take their share. The same operators are away whatever the number asked for,
 * so that one more never makes fewer. Undefined where nobody ever stays away.
 */
export const drawAttendance = (
  tiers: TiersModel['tiers'],
  horizon: Horizon,
  law: AbsenceLaw | undefined,
): OperatorsPresent | undefined => {
  if (law === undefined) return undefined;
  const chances = tiers.map(({ shrinkage }) => absenceChance(shrinkage, horizon));
  if (!chances.some((row) => row.some((chance) => chance > 0))) return undefined;
  const onCalls = tiers.map(({ shrinkage }, k) =>
    shrinkageByInterval(shrinkage, horizon).map((away, i) => (1 - away) / (1 - (chances[k]?.[i] ?? 0))),
  );
  const perDuty = Math.max(1, Math.round((dutyHours * 60) / horizon.intervalMinutes));
  const perDay = Math.max(1, Math.round(1440 / horizon.intervalMinutes));
  const days = Math.ceil(horizon.count / perDay);
  const duties = tiers.map((): Duty[] => []);
  const factors = tiers.map((): number[][] => []);
  const dutyOf = (k: number, path: number, interval: number): Duty => {
    const [kept, own] = [duties[k] as Duty[], factors[k] as number[][]];
    const block = Math.floor(interval / perDuty);
    const usual = chances[k]?.[interval] ?? 0;
    const byDay = (own[path] ??= dayFactors(law, tiers[k]?.tier ?? '', k, path, days));
    const chance = chanceOn(usual, valueAt(byDay, Math.floor(interval / perDay)));
    const found = kept[path];
    if (found?.block === block && found.chance === chance) return found;
    return (kept[path] = { block, chance, random: absenceRandom(law, k, path, block), present: [0] });
  };
  return (k, operators, path, interval) => {
    const usual = chances[k]?.[interval] ?? 0;
    if (!(usual > 0) || !(operators > 0)) return operators;
    const share = onCalls[k]?.[interval] ?? 1;
    return share * firstPresent(dutyOf(k, path, interval), operators / (share * (1 - usual)));
  };
};

/** Present of the first `heads` of a duty; the part of a head counts as that part. */
const firstPresent = ({ present, random, chance }: Duty, heads: number): number => {
  const whole = Math.floor(heads);
  while (present.length <= whole + 1)
    present.push((present.at(-1) ?? 0) + (random.uniform() < chance ? 0 : 1));
  const below = valueAt(present, whole);
  return below + (heads - whole) * ((present[whole + 1] ?? below) - below);
};

/** Share of a tier's required operators who turn up, by path and interval; undefined where all do. */
export const attendanceOfRequired = (
  tiers: TiersModel['tiers'],
  horizon: Horizon,
  law: AbsenceLaw | undefined,
  paths: number,
  operators: readonly Int32Array[],
): (Float64Array | undefined)[] => {
  const operatorsPresent = drawAttendance(tiers, horizon, law);
  if (operatorsPresent === undefined || paths === 0) return tiers.map(() => undefined);
  return operators.map((row, k) => {
    const attendance = new Float64Array(paths * horizon.count).fill(1);
    for (let path = 0; path < paths; path += 1)
      for (const [i, n] of row.entries())
        if (n > 0) attendance[path * horizon.count + i] = operatorsPresent(k, n, path, i) / n;
    return attendance;
  });
};

type Tier = StaffingRequest['tiers'][number];

/** Whether `other` answers every queue that a tier answers, in no later a turn, and is held to no more. */
const doesAllOf = (tier: Tier, other: Tier): boolean =>
  (other.connectionTarget ?? 0) <= (tier.connectionTarget ?? 0) &&
  tier.queues.every(({ queue, preference, overflowDelaySeconds }) =>
    other.queues.some(
      (own) =>
        own.queue === queue &&
        own.preference <= preference &&
        own.overflowDelaySeconds <= overflowDelaySeconds,
    ),
  );

/**
 * By tier, whether another one does all that it does at no more cost (the first of equals stays): its operators can be
 * exchanged one for one, and a requirement has none there. Else the luck of the draws of who stays away would choose.
 */
export const dominatedTiers = (tiers: readonly Tier[], cost: ArrayLike<number>): boolean[] =>
  tiers.map((tier, k) =>
    tiers.some((other, j) => {
      const dearer = (cost[k] ?? 0) - (cost[j] ?? 0);
      return (
        j !== k &&
        doesAllOf(tier, other) &&
        (dearer > 0 || (dearer === 0 && (j < k || !doesAllOf(other, tier))))
      );
    }),
  );
