import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import { absenceChance, type AbsenceLaw, assumedOnTheDay, shrinkageByInterval } from '../kernel/shrinkage.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Capacity, Horizon } from '../kernel/hotline.ts';
import { sumOf, valueOfRank } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import type { Judgement, MissesTooMuch } from '../queueing/judge-interval.ts';
import { openStaffingRun } from '../queueing/staffing-run.ts';
import {
  attendanceOfRequired,
  behaviourSpreadOf,
  drawAttendance,
  loadFor,
  minimumByInterval,
  pathsUsed,
  type StaffingRequest,
  dominatedTiers,
} from './staffing-request.ts';
import { type IntervalTargets, type PathJudge, quickError, searchMix, settleMix } from './search-mix.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';

export type { StaffingRequest } from './staffing-request.ts';

export interface Requirement {
  /** Operators ready for calls, by tier and interval. */
  readonly tiers: readonly { readonly tier: string; readonly operators: Int32Array }[];
  readonly capacity: Capacity;
  readonly reasons: readonly Sayable[];
  /** Targets that no number of operators meets, or that were eased, with where. */
  readonly relaxed: readonly Sayable[];
  /** Connection rate that every interval was raised to for the rolling target; 0 where none was. */
  readonly connectionFloor: number;
}

/** Operator-hours ready for calls of a requirement, over its horizon. */
export const operatorHours = (requirement: Pick<Requirement, 'tiers'>, intervalMinutes: number): number => {
  let operators = 0;
  for (const tier of requirement.tiers) for (const n of tier.operators) operators += n;
  return (operators * intervalMinutes) / 60;
};

interface Pass {
  readonly operators: readonly Int32Array[];
  readonly unmet: readonly number[];
  readonly floors: FloorsHeld;
  /** How far the worst 24 hours fall short of the rolling target; 0 or less where it holds or none is asked. */
  readonly rollingShortfall: number;
  /** From where in the horizon it may be gone on under another floor, and the interval after its last. */
  readonly marks: readonly Mark[];
  readonly end: number;
}

/** What a pass has with it when it comes to an interval. */
interface Mark {
  readonly interval: number;
  readonly standing: readonly Float64Array[];
  readonly last: Int32Array<ArrayBuffer>;
  readonly lastLoad: number;
}

const targetsOf = (request: StaffingRequest, connectionFloor: number): IntervalTargets => {
  const { targets, demand, tiers } = request;
  const line = Math.max(targets.connectionRate, connectionFloor);
  const ofQueues = demand.queues.map((queue) => targets.queues[queue.queue]);
  return {
    connection: Float64Array.from(ofQueues, (queue) =>
      Math.max(queue?.connectionRate ?? line, connectionFloor),
    ),
    within: Float64Array.from(ofQueues, (queue) =>
      queue?.serviceLevel === undefined ? (targets.serviceLevel ?? 0) : (queue.serviceLevel ?? 0),
    ),
    tierConnection: Float64Array.from(tiers, (tier) => tier.connectionTarget ?? 0),
    occupancyMax: targets.occupancyMax,
    minimumOperators: targets.minimumOperators,
  };
};

/** Share of its own queues' work that a tier is staffed for where its model does not say. */
const usualOwnShare = 0.6;

/** By tier, the queues (by index) whose first choice it is. */
const ownQueues = (request: StaffingRequest): readonly (readonly number[])[] => {
  const firstOf = request.demand.queues.map(({ queue }) => {
    const routes = request.policy.queues.find((q) => q.queue === queue)?.routes ?? [];
    const best = Math.min(...routes.map((route) => route.preference));
    return routes.filter((route) => route.preference === best).map((route) => route.tier);
  });
  return request.tiers.map(({ tier }) =>
    firstOf.flatMap((tiers, q) => (tiers.length === 1 && tiers[0] === tier ? [q] : [])),
  );
};

/** Fewest operators by tier: a share of the work of the queues that the tier is for. */
const leastByTier = (
  request: StaffingRequest,
  byTier: readonly (readonly number[])[],
  load: Float64Array,
): Int32Array =>
  Int32Array.from(request.tiers, (tier, k) => {
    const work = (byTier[k] ?? []).reduce((sum, q) => sum + valueAt(load, q), 0);
    return Math.min(request.trunks, Math.floor((tier.leastOwnShare ?? usualOwnShare) * work + 1e-9));
  });

/**
 * Most operators of a tier that are tried: no more can be on the phone than there are lines, but some stay away, some are
 * to be free (more than 15 % where the greatest occupancy asks for it), and so many may have to be there anyhow.
 */
const mostOfTier = (trunks: number, { occupancyMax }: TargetsModel, least: number): number =>
  Math.ceil(Math.max(1.25 * trunks * Math.max(1, 0.85 / occupancyMax), least));

/** Sees whether 24 hours on end miss the rolling target; 0 for ever where none is asked. */
const rollingOf = ({ targets, demand }: StaffingRequest): ReturnType<typeof watchRolling> =>
  targets.rollingConnectionRate === null
    ? () => 0
    : watchRolling(demand.horizon, targets.rollingConnectionRate, targets.confidence);

/** Intervals of 24 hours, at most the horizon. */
const dayOf = ({ count, intervalMinutes }: Horizon): number =>
  Math.min(count, Math.round(1440 / intervalMinutes));

/**
 * Decides the intervals one after another; each starts from the mix of the one before, scaled to its load. With
 * `holding` it is broken off as soon as 24 hours on end miss the rolling target: such a pass is of no use. Begins at a
 * mark of another pass where one is given.
 */
const decide = (
  request: StaffingRequest,
  connectionFloor: number,
  from: number,
  to: number,
  holding: boolean,
  begin?: Mark,
): Pass => {
  const { demand, tiers, trunks } = request;
  const { count } = demand.horizon;
  const operatorsPresent = drawAttendance(tiers, demand.horizon, request.absences);
  const run = openStaffingRun({
    demand,
    policy: request.policy,
    tierNames: tiers.map((tier) => tier.tier),
    trunks,
    confidence: request.targets.confidence,
    pathLimit: request.pathLimit ?? Infinity,
    load: loadFor(request),
    ...(operatorsPresent === undefined ? {} : { operatorsPresent }),
    ...(request.estimate === true ? { pathsWithin: roughly } : {}),
  });
  const targets = targetsOf(request, connectionFloor);
  const ready = tiers.map((tier) =>
    shrinkageByInterval(tier.shrinkage, demand.horizon).map((part) => 1 - part),
  );
  const own = ownQueues(request);
  const minimum = minimumByInterval(request.targets, demand.horizon);
  const operators = tiers.map(() => new Int32Array(count));
  // A certain demand is one path, which the quick judgement sees whole.
  const near = pathsUsed(request) > 0 ? quickError(behaviourSpreadOf(request)) : 0;
  const quickly = memoiseJudge((tried, misses) => run.judge(tried, misses));
  const byPath = memoiseJudge((tried) => run.judgePaths(tried));
  const judges: PathJudge = {
    judge: byPath.judge,
    holds: (tried, wanted) => run.holdsOnPaths(tried, wanted),
  };
  const unmet: number[] = [];
  const floors: FloorsHeld = { byTier: new Int32Array(tiers.length), byPresence: 0 };
  const watch = rollingOf(request);
  let rollingShortfall = 0;
  let last = begin?.last ?? new Int32Array(tiers.length);
  let lastLoad = begin?.lastLoad ?? 0;
  if (begin !== undefined) run.resume(begin.standing);
  const marks: Mark[] = [];
  const mayMark = holding && (request.policy.callBacks ?? []).length + request.policy.prompts.length === 0;
  const markEvery = Math.ceil(dayOf(demand.horizon) / 2);
  let end = begin?.interval ?? 0;
  for (let i = end; i < count; i += 1) {
    if (request.shouldStop?.() === true) throw new CancelledError();
    if (mayMark && i % markEvery === 0) marks.push({ interval: i, standing: run.standing(), last, lastLoad });
    end = i + 1;
    run.enter(i);
    quickly.forget();
    byPath.forget();
    const load = sumOf(run.meanLoad);
    let mix = new Int32Array(tiers.length);
    if (request.open[i] === 1) {
      const scale = lastLoad > 0 ? Math.min(2, load / lastLoad) : 0;
      const start = last.map((n) => Math.floor(n * scale));
      const cost = Float64Array.from(tiers, (tier, k) => tier.costPerHour / (ready[k]?.[i] ?? 1));
      const search = {
        judge: quickly.judge,
        targets: { ...targets, minimumOperators: valueAt(minimum, i) },
        cost,
        least: leastByTier(request, own, run.meanLoad),
        most: mostOfTier(trunks, request.targets, valueAt(minimum, i)),
        outdone: dominatedTiers(tiers, cost),
        start,
        load,
      };
      const quick = searchMix(search);
      const found =
        request.estimate === true
          ? { ...quick, heldByOwnShare: [], heldByPresence: false }
          : settleMix(search, quick, judges, near);
      mix = Int32Array.from(found.operators);
      if (!found.met) unmet.push(i);
      for (const k of found.heldByOwnShare) addAt(floors.byTier, k, 1);
      if (found.heldByPresence) floors.byPresence += 1;
      // Hours that more must be present than the calls need say nothing of the next ones' mix.
      const staffed = sumOf(mix);
      if (staffed > valueAt(minimum, i) || staffed <= request.targets.minimumOperators) {
        last = mix;
        lastLoad = load;
      }
    }
    for (const [k, row] of operators.entries()) row[i] = valueAt(mix, k);
    const settled = run.settle(mix);
    rollingShortfall = watch(settled.offered, settled.answered);
    if (holding && rollingShortfall > 0) break;
    request.progress?.(from + ((to - from) * (i + 1)) / count);
  }
  return { operators, unmet, floors, rollingShortfall, marks, end };
};

/**
 * Share of calls made again to which paths are solved for prices: on the demo's week differences stay the same within
 * an operator-hour, where other sample paths would move them by ten.
 */
const roughly = 2e-3;

/** The floor is sought at so many steps between the line's own rate and the rolling one. */
const floorSteps = 8;

/** Share of the work that is done when the last floor is tried. */
const lastPassFrom = 0.85;

/**
 * Where higher floors are tried first after a pass that failed late in the horizon: a day before the 24 hours in which it
 * did. What a floor does to hours before those is forgotten by then; the floor that is found is carried through the
 * whole horizon in the end.
 */
const markBefore = ({ marks, end }: Pass, horizon: Horizon): Mark | undefined =>
  marks.findLast(({ interval }) => interval <= end - 2 * dayOf(horizon) && interval >= horizon.count / 2);

/**
 * Raises the floor under every interval's connection rate until the rolling target holds. A floor that fails is left
 * where it does, one that holds is carried through the whole horizon: so the search comes from below, in steps that
 * double, and then halves what is left. The whole rolling rate comes last, where nothing below it will do.
 */
const decideRolling = (request: StaffingRequest): { pass: Pass; floor: number } => {
  const wanted = request.targets.rollingConnectionRate;
  const first = decide(request, 0, 0, wanted === null ? 1 : 0.4, wanted !== null);
  if (wanted === null || first.rollingShortfall <= 0) return { pass: first, floor: 0 };
  // Where targets are out of reach the highest floor most likely is too: no lower one need be tried then.
  if (first.unmet.length > 0) {
    const pass = decide(request, wanted, 0.4, lastPassFrom, false);
    if (pass.rollingShortfall > 0) return { pass, floor: wanted };
  }
  const line = Math.min(request.targets.connectionRate, wanted);
  const floorAt = (step: number): number => line + ((wanted - line) * step) / floorSteps;
  let begin = markBefore(first, request.demand.horizon);
  let failed = 0;
  let holds = floorSteps;
  let held: Pass | undefined;
  // How many passes there will be is not known: each takes half of what is left of the way.
  let done = 0.4;
  for (;;) {
    const isFound = holds - failed <= 1;
    if (isFound && holds === floorSteps)
      return { pass: decide(request, wanted, lastPassFrom, 1, false), floor: wanted };
    if (isFound && held !== undefined) return { pass: held, floor: floorAt(holds) };
    if (isFound) begin = undefined;
    const between =
      holds === floorSteps ? Math.min(Math.max(1, 2 * failed), floorSteps - 1) : (failed + holds) >> 1;
    const step = isFound ? holds : between;
    const next = (done + lastPassFrom) / 2;
    const pass = decide(request, floorAt(step), done, next, true, begin);
    done = next;
    if (pass.rollingShortfall <= 0) {
      holds = step;
      held = begin === undefined ? pass : undefined;
    } else {
      failed = step;
      if (isFound) holds = floorSteps;
    }
  }
};

/**
 * The least cost of operators per tier and interval under which every queue meets its connection rate and
 * service level, every tier the connection rate of its share of calls, and all tiers together the cap on
 * occupancy, in each open interval, given that earlier intervals' load, overload and repeat callers carry
 * over. Confidence c means: per interval and measure, its mean holds in at least the share c of demand
 * sample paths. A rolling 24-hour target holds for every 24 hours on the same share of paths. Costs count
 * shrinkage: an operator ready for calls costs costPerHour / (1 − shrinkage of the interval). A tier that is some queue's one
 * first choice is staffed for a share of that queue's work (`leastOwnShare`), so that callers meet the people
 * who know their matter. In no open interval can one operator be taken away without breaking a target on more paths
 * than the confidence allows, counted path by path, or that share or the least presence, which are then named in
 * `reasons`. Operators who stay away by chance (`absences`) are drawn on the same paths. Targets that no number
 * reaches are named in `relaxed`. A tier that another one outdoes (`dominatedTiers`) has none.
 */
export const requireOperators = (request: StaffingRequest): Requirement => {
  const { pass, floor } = decideRolling(request);
  request.progress?.(1);
  const tiers = request.tiers.map((tier, k) => ({
    tier: tier.tier,
    operators: pass.operators[k] ?? new Int32Array(request.demand.horizon.count),
  }));
  const { demand, absences } = request;
  const attendances = attendanceOfRequired(
    request.tiers,
    demand.horizon,
    absences,
    pathsUsed(request),
    tiers.map(({ operators }) => operators),
  );
  return {
    tiers,
    capacity: {
      trunks: request.trunks,
      tiers: tiers.map(({ tier, operators }, k) => ({
        tier,
        operators: Float64Array.from(operators),
        ...(attendances[k] === undefined ? {} : { attendance: attendances[k] }),
      })),
    },
    reasons: explainRequired(request, floor, pass.floors),
    relaxed: explainUnmet(request, pass.unmet.length),
    connectionFloor: floor,
  };
};

/** In how many intervals floors keep operators whom no target needs: by tier its own queues' share, and presence. */
interface FloorsHeld {
  readonly byTier: Int32Array;
  byPresence: number;
}

/** Why a requirement is not the least that its targets need, where it is not. */
const explainFloors = ({ byTier, byPresence }: FloorsHeld, tiers: TiersModel['tiers']): StaffingFinding[] => {
  const reserved = tiers.flatMap(({ name }, k) => {
    const intervals = valueAt(byTier, k);
    return intervals === 0 ? [] : [{ tier: name, intervals }];
  });
  return [
    ...(reserved.length === 0 ? [] : [staffingFinding('operators-reserved-for-queues', { tiers: reserved })]),
    ...(byPresence === 0 ? [] : [staffingFinding('least-presence-decides', { intervals: byPresence })]),
  ];
};

/** How the operators were worked out: confidence, what raised them, who stays away, which floors hold. */
const explainRequired = (request: StaffingRequest, floor: number, floors: FloorsHeld): StaffingFinding[] => {
  const { confidence } = request.targets;
  const samplePaths = pathsUsed(request);
  return [
    samplePaths > 0
      ? staffingFinding('targets-held-on-sample-paths', { confidence, samplePaths })
      : staffingFinding('mean-demand-taken-as-certain'),
    ...(loadFor(request) === 'high' ? [staffingFinding('load-of-long-calls')] : []),
    ...(floor > 0 ? [staffingFinding('connection-floor-raised', { floor })] : []),
    ...explainAbsences(request.tiers, request.demand.horizon, request.absences),
    ...explainFloors(floors, request.tiers),
  ];
};

/** Targets that no number of operators meets, with how many intervals they are in. */
const explainUnmet = ({ trunks }: StaffingRequest, intervals: number): StaffingFinding[] =>
  intervals === 0
    ? []
    : [staffingFinding('targets-out-of-reach', { intervals, trunks: trunks < Infinity ? trunks : null })];

type ShrinkingTier = TiersModel['tiers'][number];

/** Mean chance over the horizon that an operator of a tier who is on the roster stays away. */
const meanChance = ({ shrinkage }: ShrinkingTier, horizon: Horizon): number => {
  const chances = absenceChance(shrinkage, horizon);
  return sumOf(chances) / Math.max(1, chances.length);
};

/** By what law operators are taken to stay away, and where the model could be more precise. */
const explainAbsences = (
  tiers: readonly ShrinkingTier[],
  horizon: Horizon,
  law: AbsenceLaw | undefined,
): StaffingFinding[] => {
  if (law === undefined) return [];
  const drawn = tiers
    .map((tier) => ({ tier, chance: meanChance(tier, horizon) }))
    .filter(({ chance }) => chance > 0);
  if (drawn.length === 0) return [];
  const undivided = drawn.some(({ tier }) => typeof tier.shrinkage === 'number');
  return [
    staffingFinding('absences-drawn', {
      tiers: drawn.map(({ tier, chance }) => ({
        tier: tier.name,
        chance,
        daySpread: law.daySpread[tier.tier] ?? 0,
      })),
      assumedOnTheDay: undivided ? assumedOnTheDay : null,
    }),
  ];
};

/** What operators by tier do to an interval; less exactly where they miss too much. */
type Judge = (operators: Int32Array, misses?: MissesTooMuch) => Judgement;

/**
 * Judges each mix of an interval once: a search comes back to the same mixes, and so do the checks after it. `forget`
 * when the interval is left. The judgement that is returned stays as it is. One that was broken off is made in full when
 * it is asked for by somebody to whom that is not enough.
 */
export const memoiseJudge = (judge: Judge): { readonly judge: Judge; readonly forget: () => void } => {
  const known = new Map<string, Judgement>();
  return {
    judge: (operators, misses) => {
      const mix = operators.join();
      const found = known.get(mix);
      const whole = (found?.unsure ?? 0) === 0;
      if (found !== undefined && (whole || misses?.(found, found.unsure ?? 0) === true)) return found;
      const { connection, within, tierConnection, occupancy, block, unsure = 0 } = judge(operators, misses);
      const kept = {
        connection: connection.slice(),
        within: within.slice(),
        tierConnection: tierConnection.slice(),
        occupancy,
        block,
        unsure,
      };
      known.set(mix, kept);
      return kept;
    },
    forget: () => known.clear(),
  };
};

/** Takes the calls of one interval after another, by path; returns how far the worst 24 hours so far fall short. */
type RollingWatch = (offered: Float64Array, answered: Float64Array) => number;

/**
 * How far the worst 24 hours fall short of a rolling connection rate on the share `confidence` of paths; 0 or
 * less when every window so far holds (−Infinity before the first is whole). A horizon shorter than a day is one
 * window; windows without calls hold.
 */
export const watchRolling = (horizon: Horizon, wanted: number, confidence: number): RollingWatch => {
  const width = dayOf(horizon);
  const counts: { readonly offered: Float64Array[]; readonly answered: Float64Array[] } = {
    offered: [],
    answered: [],
  };
  const sums = { offered: new Float64Array(0), answered: new Float64Array(0) };
  let worst = -Infinity;
  return (newOffered, newAnswered) => {
    const i = counts.offered.length;
    const paths = newOffered.length;
    if (i === 0) {
      sums.offered = new Float64Array(paths);
      sums.answered = new Float64Array(paths);
    }
    counts.offered.push(newOffered);
    counts.answered.push(newAnswered);
    const missing = new Float64Array(paths);
    for (let p = 0; p < paths; p += 1) {
      const offered =
        valueAt(sums.offered, p) + valueAt(newOffered, p) - (counts.offered[i - width]?.[p] ?? 0);
      const answered =
        valueAt(sums.answered, p) + valueAt(newAnswered, p) - (counts.answered[i - width]?.[p] ?? 0);
      sums.offered[p] = offered;
      sums.answered[p] = answered;
      missing[p] = offered > 1e-9 ? wanted - answered / offered : -1;
    }
    if (i < width - 1) return worst;
    const rank = Math.min(paths - 1, Math.max(0, Math.ceil(confidence * paths - 1e-9) - 1));
    worst = Math.max(worst, valueOfRank(missing, rank));
    return worst;
  };
};
