import { endlessPatience, walkQueue, weightBelow } from './erlang-kernel.ts';
import { evaluatePooled, leastLoad, nearlyFull, type PooledWork, weightOfChain } from './pooled-system.ts';
import {
  refreshViews,
  type TierState,
  type QueueWork,
  type TierRoute,
  type TierSystem,
} from './tier-state.ts';

/** Load of all other queues on a tier, Erlangs. */
const othersOn = (state: TierState, tiers: number, tier: number, queue: number): number => {
  let sum = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    if (q !== queue) sum += state.load[q]! * state.share[q * tiers + tier]!;
  }
  return sum;
};

/** Share of waiting calls of a queue that are still there when `delaySeconds` have passed. */
const reachAfter = (state: TierState, queue: number, delaySeconds: number): number => {
  const { reaching: input, reached: measures, pooled } = state.work;
  const handle = state.viewHandle[queue]!;
  input.load = state.viewLoad[queue]!;
  input.operators = state.viewOperators[queue]!;
  input.theta = state.viewTheta[queue]!;
  input.threshold = delaySeconds / handle;
  input.short = -1;
  evaluatePooled(pooled, input, measures);
  const gone = measures.within - (1 - measures.wait) + measures.abandonWithin;
  return measures.wait > 1e-12 ? Math.min(1, Math.max(0, 1 - gone / measures.wait)) : 0;
};

/** Load of other queues that tries a tier, Erlangs. */
const rivalsTrying = (state: TierState, tiers: number, tier: number, queue: number): number => {
  let sum = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    if (q !== queue) sum += state.tried[q * tiers + tier]!;
  }
  return sum;
};

const lookAtQueues = (system: TierSystem, state: TierState): void => {
  const tiers = system.tierNames.length;
  const { pooled, chances, allBusy, queued, waiting, waitingAt } = state.work;
  const { ways, waysFrom } = system;
  waitingAt.fill(1e-12);
  for (let q = 0; q < state.load.length; q += 1) {
    const [busy, free] = [state.viewLoadBusy[q]!, state.viewLoadFree[q]!];
    busyChances(pooled, busy, free, state.viewOperators[q]!, state.viewTheta[q]!, chances);
    allBusy[q] = chances.busy;
    state.viewBusy[q] = chances.busy;
    queued[q] = chances.queued;
    waiting[q] = (state.load[q]! / state.handleSeconds[q]!) * chances.busy + 1e-12;
    for (let way = waysFrom[q]!; way < waysFrom[q + 1]!; way += 1) {
      const tier = ways[way]!;
      waitingAt[tier] = waitingAt[tier]! + waiting[q]! * state.reach[q * tiers + tier]!;
    }
  }
};

/** Tiers of one preference take what they find free in proportion to their operators. */
const evenOut = (routes: readonly TierRoute[], operators: Float64Array, fresh: Float64Array): void => {
  for (let from = 0; from < routes.length;) {
    let to = from;
    let found = 0;
    let staffed = 0;
    while (to < routes.length && sameRank(routes[from], routes[to])) {
      found += fresh[to]!;
      staffed += operators[routes[to]!.tier]!;
      to += 1;
    }
    for (let i = from; i < to; i += 1) {
      if (staffed > 0) fresh[i] = (found * operators[routes[i]!.tier]!) / staffed;
    }
    from = to;
  }
};

const sameRank = (a: TierRoute | undefined, b: TierRoute | undefined): boolean =>
  a?.preference === b?.preference && a?.delaySeconds === b?.delaySeconds;

/**
 * Chance that the next call a tier takes from those waiting is this queue's. After a delay only the calls that
 * are still there count, and by then the tier's own load says better who is next.
 */
const waitingPart = (
  { waiting, waitingAt }: QueueWork,
  queue: number,
  { tier, delaySeconds }: TierRoute,
  own: number,
  others: number,
): number => (delaySeconds > 0 ? (own + 1e-9) / (own + others + 1e-9) : waiting[queue]! / waitingAt[tier]!);

/** New shares of one queue: found free in order of preference, else served by whichever tier is free first. */
const allocateQueue = (system: TierSystem, state: TierState, q: number, damping: number): void => {
  const tiers = system.tierNames.length;
  const { share, reach, operators, load, work } = state;
  const { pooled, chances, fresh, othersBy } = work;
  const ofQueue = load[q]!;
  const all = work.allBusy[q]!;
  const queued = work.queued[q]!;
  let prefixOperators = 0;
  let prefixLoad = 0;
  let busyBefore = 1;
  let waitWeight = 0;
  const { routes } = system.queues[q]!;
  for (let i = 0; i < routes.length; i += 1) {
    const route = routes[i]!;
    const pair = q * tiers + route.tier;
    const n = operators[route.tier]!;
    const others = othersOn(state, tiers, route.tier, q);
    othersBy[i] = others;
    waitWeight += n * reach[pair]! * waitingPart(work, q, route, share[pair]! * ofQueue, others);
    if (n <= 0 || route.delaySeconds > 0) {
      fresh[i] = 0;
      continue;
    }
    prefixOperators += n;
    prefixLoad += busyBefore === 1 ? rivalsTrying(state, tiers, route.tier, q) : others;
    state.tried[pair] = ofQueue * busyBefore;
    const busy = Math.min(
      busyBefore,
      Math.max(all, firstTiersBusy(prefixLoad + ofQueue, prefixOperators, queued)),
    );
    fresh[i] = busyBefore - busy;
    busyBefore = busy;
  }
  evenOut(routes, operators, fresh);
  let total = 0;
  for (let i = 0; i < routes.length; i += 1) {
    const route = routes[i]!;
    const pair = q * tiers + route.tier;
    const n = operators[route.tier]!;
    const others = othersBy[i]!;
    const ownPart = share[pair]! * ofQueue;
    if (route.delaySeconds > 0 && n > 0) {
      const after = reachAfter(state, q, route.delaySeconds);
      reach[pair] = (1 - damping) * reach[pair]! + damping * after;
      busyChances(pooled, ownPart + others, ownPart + others, n, state.viewTheta[q]!, chances);
      fresh[i] = fresh[i]! + busyBefore * after * (1 - chances.busy);
    }
    const part = n * reach[pair]! * waitingPart(work, q, route, ownPart, others);
    if (waitWeight > 0) fresh[i] = fresh[i]! + (busyBefore * part) / waitWeight;
    total += fresh[i]!;
  }
  for (let i = 0; i < routes.length; i += 1) {
    const pair = q * tiers + routes[i]!.tier;
    const wanted = total > 0 ? fresh[i]! / total : 0;
    share[pair] = (1 - damping) * share[pair]! + damping * wanted;
  }
};

/**
 * How much of each queue's load each tier takes: a damped fixed point. Of a queue's calls, those that find
 * somebody free go to the first free tier in order of preference (chance that all tiers up to one are busy,
 * from the pooled system of those tiers); those that wait go to the tiers in proportion to how often each
 * comes free and this queue's calls are next in line for it. After it, `refreshViews` holds what each queue
 * sees.
 */
export const allocateLoad = (system: TierSystem, state: TierState, rounds: number): void => {
  refreshViews(system, state);
  if (system.tierNames.length === 1) return;
  for (let round = 0; round < rounds; round += 1) {
    lookAtQueues(system, state);
    for (let q = 0; q < state.load.length; q += 1) allocateQueue(system, state, q, round === 0 ? 1 : 0.6);
    refreshViews(system, state);
  }
};

/** Chances that all operators are busy, and that somebody waits. */
interface BusyChances {
  busy: number;
  queued: number;
}

const addBusy = (
  work: PooledWork,
  load: number,
  free: number,
  servers: number,
  theta: number,
  weight: number,
  out: BusyChances,
): void => {
  if (servers <= 0) {
    out.busy += weight;
    out.queued += weight;
    return;
  }
  const most = theta === 0 ? servers * nearlyFull : Infinity;
  const { sums } = work;
  const used = Math.min(Math.max(load, leastLoad), most);
  if (theta === 0) endlessPatience(used, servers, sums);
  else walkQueue(used, servers, theta, Infinity, sums);
  const total =
    weightOfChain(work, free === load ? used : Math.max(free, leastLoad), servers) * sums.scale + sums.all;
  out.busy += (weight * sums.all) / total;
  out.queued += (weight * sums.moved) / total;
};

/**
 * Busy and queued chances of a pooled system with enough lines; a fraction of an operator is interpolated. `load` comes
 * while all are busy, `free` while one is free.
 */
const busyChances = (
  work: PooledWork,
  load: number,
  free: number,
  operators: number,
  theta: number,
  out: BusyChances,
): void => {
  const floor = Math.floor(operators + 1e-9);
  const part = Math.max(0, operators - floor);
  out.busy = 0;
  out.queued = 0;
  addBusy(work, load, free, floor, theta, part < 1e-9 ? 1 : 1 - part, out);
  if (part >= 1e-9) addBusy(work, load, free, floor + 1, theta, part, out);
};

/**
 * Chance that the first tiers of a queue are all busy, when its calls go on to others that are free and only
 * wait when all are busy: states below full as in Erlang's loss system, but a tier that comes free while
 * calls wait (chance `queued` over the whole system) is taken again at once. With r the weight of states
 * below full, (1 + r·queued) / (1 + r): Erlang B where nobody ever waits, Erlang A's own chance where these
 * tiers are all there are.
 */
const firstTiersBusy = (load: number, operators: number, queued: number): number => {
  const below = weightBelow(Math.max(load, leastLoad), Math.round(operators));
  return below === Infinity ? queued : (1 + below * queued) / (1 + below);
};
