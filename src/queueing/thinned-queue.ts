import { weightBelow } from './erlang-kernel.ts';
import {
  newPooledMeasures,
  measureWithoutOperators,
  type PooledInput,
  type PooledMeasures,
} from './pooled-system.ts';

/**
 * Arrivals that thin out as the queue grows: callers who are offered another way when they would wait long. By calls
 * waiting on arrival (index j, the last value goes on): of all the pool's arrivals the share that joins, and of one
 * queue's own arrivals the shares that join without having heard an announcement and after it. Who finds an operator
 * free always joins.
 */
interface Thinning {
  readonly places: number;
  readonly pool: Float64Array;
  readonly unheard: Float64Array;
  readonly heard: Float64Array;
  /** Arrivals per call that joins, over the pool: the load given is of calls that join. */
  readonly perJoined: number;
  /** Announcement, in handle times. */
  readonly announcement: number;
  /** By prompt: share of the queue's callers that it is offered to, by calls waiting on arrival. */
  readonly offered: readonly Float64Array[];
}

/** What a thinned queue's own callers meet, beside the measures of those who join. */
interface OfferedShares {
  /** By prompt: share of the queue's arrivals that it is offered to. */
  readonly audience: Float64Array;
  /** Of the calls that join, those who heard; of the time that they wait, the part of those who heard. */
  heardShare: number;
  heardWaiting: number;
}

/** A queue's view of its tiers where prompts depend on the wait: how arrivals thin out, and what was found of it. */
export interface WaitOffer {
  readonly thinning: Thinning;
  readonly shares: OfferedShares;
  /** Prompts of the flow that are offered to this queue, in the order of `shares.audience`. */
  readonly prompts: readonly number[];
  readonly announcementSeconds: number;
  /** Mean of 1 / patience factor over those who hear. */
  readonly inversePatience: number;
}

/** What a thinned queue is worked out in: one for all that are asked one after another. */
export interface ThinnedWork {
  /** Weights of the states n + j, against that of state n (`scale`). */
  weights: Float64Array;
  scale: number;
  /** By state that a caller joins in: the chance of waiting over a threshold, and of being served within it. */
  over: Float64Array;
  inTime: Float64Array;
  readonly upper: PooledMeasures;
}

export const newThinnedWork = (): ThinnedWork => ({
  weights: new Float64Array(256),
  scale: 1,
  over: new Float64Array(256),
  inTime: new Float64Array(256),
  upper: newPooledMeasures(),
});

/** Twice the room, with the weights there are. */
const makeRoom = (work: ThinnedWork): Float64Array => {
  const larger = new Float64Array(2 * work.weights.length);
  larger.set(work.weights);
  work.weights = larger;
  work.over = new Float64Array(larger.length);
  work.inTime = new Float64Array(larger.length);
  return larger;
};

const longestQueue = 200_000;

const at = (values: Float64Array, j: number): number => values[Math.min(j, values.length - 1)] ?? 0;

/**
 * Walks the queue's states against state n, where arrivals grow by the share `more` for each who waits; returns how
 * many there are. `scale` becomes the weight of state n.
 */
const walk = (
  work: ThinnedWork,
  load: number,
  servers: number,
  theta: number,
  places: number,
  thinning: Thinning,
  more: number,
): number => {
  let { weights } = work;
  weights[0] = 1;
  work.scale = 1;
  let sum = 1;
  for (let j = 1; ; j += 1) {
    if (j > places || j > longestQueue) return j;
    if (j >= weights.length) weights = makeRoom(work);
    const ratio = (load * (1 + more * (j - 1)) * at(thinning.pool, j - 1)) / (servers + j * theta);
    const weight = (weights[j - 1] as number) * ratio;
    weights[j] = weight;
    sum += weight;
    if (weight > 1e250) {
      for (let i = 0; i <= j; i += 1) weights[i] = (weights[i] as number) * 1e-250;
      work.scale *= 1e-250;
      sum *= 1e-250;
    }
    const isThinned = j >= thinning.places;
    if (isThinned && ratio < 1 && weight * (j + 1 / (1 - ratio)) < 1e-15 * sum * (1 - ratio)) return j + 1;
  }
};

/**
 * By calls waiting on arrival: the chance that the virtual wait is over `threshold`, and that of being served within it
 * given that one is served at all; both in handle times (Riordan 1962).
 */
const lookWithin = (
  { over, inTime }: ThinnedWork,
  servers: number,
  theta: number,
  threshold: number,
  count: number,
): void => {
  if (threshold <= 0 || theta === Infinity) {
    over.fill(threshold <= 0 ? 1 : 0, 0, count);
    inTime.fill(0, 0, count);
    return;
  }
  const growth = theta > 0 ? -Math.expm1(-theta * threshold) / theta : threshold;
  const stay = Math.exp(-theta * threshold) / servers;
  let logTerm = -servers * threshold;
  let term = Math.exp(logTerm);
  let sum = term;
  let late = sum * stay * servers;
  let rate = servers;
  for (let j = 0; j < count; j += 1) {
    over[j] = Math.min(1, sum);
    inTime[j] = Math.max(0, 1 - late);
    const ratio = (rate * growth) / (j + 1);
    if (logTerm > leastLog) term *= ratio;
    else {
      logTerm += Math.log(ratio);
      term = Math.exp(logTerm);
    }
    rate = servers + (j + 1) * theta;
    sum += term;
    late += term * stay * rate;
  }
};

/** Below it an exponential loses digits: there one goes on in logarithms. */
const leastLog = -600;

/** Adds what joiners of one kind meet within the thresholds, of whom `announcement` handle times have passed. */
const addWithin = (
  work: ThinnedWork,
  input: PooledInput,
  servers: number,
  joining: Float64Array,
  announcement: number,
  limits: { readonly count: number; readonly room: number; readonly perState: number },
  out: PooledMeasures,
): void => {
  const { theta } = input;
  const { count, room, perState } = limits;
  const { weights, over, inTime } = work;
  for (const kind of ['threshold', 'short'] as const) {
    const threshold = input[kind] - announcement;
    if (threshold < 0 || (kind === 'short' && threshold === 0)) continue;
    lookWithin(work, servers, theta, threshold, count);
    const stay = theta === 0 ? 1 : Math.exp(-theta * threshold);
    let [within, gone] = [0, 0];
    for (let j = 0; j < Math.min(count, room); j += 1) {
      const joined = at(joining, j) * (weights[j] as number);
      const served = (servers / (servers + (j + 1) * theta)) * (inTime[j] as number);
      within += joined * served;
      gone += joined * (1 - stay * (over[j] as number) - served);
    }
    if (kind === 'threshold') {
      out.within += perState * within;
      out.abandonWithin += theta === 0 ? 0 : perState * Math.max(0, gone);
    } else out.abandonShort += theta === 0 ? 0 : perState * Math.max(0, gone);
  }
};

/** Endless patience without spare operators has no stationary answer: it is taken as nearly full. */
const nearlyFull = 1 - 1e-3;

const evaluateWhole = (
  work: ThinnedWork,
  input: PooledInput,
  operators: number,
  thinning: Thinning,
  out: PooledMeasures,
  shares: OfferedShares,
): void => {
  const { theta, trunks } = input;
  const servers = Math.min(operators, trunks);
  shares.heardShare = 0;
  shares.heardWaiting = 0;
  if (servers <= 0) {
    measureWithoutOperators(input, out);
    for (const p of thinning.offered.keys()) shares.audience[p] = 1;
    return;
  }
  const room = trunks - servers;
  const last = at(thinning.pool, thinning.pool.length - 1);
  const most = theta === 0 && room === Infinity ? (servers * nearlyFull) / last : Infinity;
  const load = Math.min(Math.max(input.load * thinning.perJoined, 1e-9), most);
  const more = theta < Infinity && input.load > 0 ? input.rise / input.load : 0;
  const count = walk(
    work,
    load,
    servers,
    theta,
    theta === Infinity ? Math.min(room, 1) : room,
    thinning,
    more,
  );
  const { weights, scale } = work;
  // From here on weights are those that arrivals find.
  for (let j = 1; j < count; j += 1) weights[j] = (weights[j] as number) * (1 + more * j);
  const free = Number.isNaN(input.loadFree) ? load : (load * input.loadFree) / input.load;
  const below = weightBelow(free, servers) * scale;
  measureJoined(work, input, servers, thinning, { count, room, below }, out, shares);
};

/** What joiners meet, summed over the states that they find. */
const measureJoined = (
  work: ThinnedWork,
  input: PooledInput,
  servers: number,
  thinning: Thinning,
  { count, room, below }: { readonly count: number; readonly room: number; readonly below: number },
  out: PooledMeasures,
  shares: OfferedShares,
): void => {
  const { theta } = input;
  const { weights } = work;
  let [all, waiting, full, abandoned, served] = [0, 0, 0, 0, 0];
  let [answeredWait, meanWait, heard, heardWait] = [0, 0, 0, 0];
  shares.audience.fill(0);
  for (let j = 0; j < count; j += 1) {
    const weight = weights[j] as number;
    all += weight;
    for (let p = 0; p < thinning.offered.length; p += 1)
      shares.audience[p] =
        (shares.audience[p] as number) + at(thinning.offered[p] as Float64Array, j) * weight;
    const listening = at(thinning.heard, j) * weight;
    const joined = at(thinning.unheard, j) * weight + listening;
    if (j >= room) {
      full += joined;
      continue;
    }
    waiting += joined;
    heard += listening;
    if (theta === Infinity) {
      abandoned += joined;
      continue;
    }
    const rate = servers + (j + 1) * theta;
    const wait = (j + 1) / rate;
    // Mean wait of one who is served from here: a stage for everyone ahead and for the own turn.
    served += 1 / rate;
    abandoned += joined * theta * wait;
    answeredWait += joined * (servers / rate) * served;
    meanWait += joined * wait;
    heardWait += listening * wait;
  }
  for (let p = 0; p < thinning.offered.length; p += 1)
    shares.audience[p] = (shares.audience[p] as number) / (below + all);
  const perState = 1 / (below + waiting + full);
  const immediate = below === Infinity ? 1 : below * perState;
  out.block = full * perState;
  out.wait = waiting * perState;
  out.abandon = abandoned * perState;
  out.answeredWait = answeredWait * perState;
  out.meanWait = meanWait * perState;
  out.within = input.threshold >= 0 ? immediate : 0;
  out.abandonWithin = 0;
  out.abandonShort = 0;
  shares.heardShare = heard * perState;
  shares.heardWaiting = meanWait > 0 ? heardWait / meanWait : 0;
  addWithin(work, input, servers, thinning.unheard, 0, { count, room, perState }, out);
  addWithin(work, input, servers, thinning.heard, thinning.announcement, { count, room, perState }, out);
};

/**
 * What a caller of one queue meets who joins a pooled system whose arrivals thin out: the birth-death chain of Erlang A
 * with finite lines, births times the share that joins. Exact for whole numbers of operators and exponential patience;
 * a fraction lies on the line between its neighbours. `input.load` is of the calls that join.
 */
export const evaluateThinned = (
  work: ThinnedWork,
  input: PooledInput,
  thinning: Thinning,
  out: PooledMeasures,
  shares: OfferedShares,
): void => {
  const floor = Math.floor(input.operators + 1e-9);
  evaluateWhole(work, input, floor, thinning, out, shares);
  const part = input.operators - floor;
  if (part < 1e-9) return;
  const lower = { audience: shares.audience.slice(), ...heardOf(shares) };
  const { upper } = work;
  evaluateWhole(work, input, floor + 1, thinning, upper, shares);
  for (const key of Object.keys(upper) as (keyof PooledMeasures)[])
    out[key] += part * (upper[key] - out[key]);
  shares.audience.forEach((value, p) => {
    const low = lower.audience[p] ?? 0;
    shares.audience[p] = low + part * (value - low);
  });
  shares.heardShare = lower.heardShare + part * (shares.heardShare - lower.heardShare);
  shares.heardWaiting = lower.heardWaiting + part * (shares.heardWaiting - lower.heardWaiting);
};

const heardOf = ({ heardShare, heardWaiting }: OfferedShares) => ({ heardShare, heardWaiting });
