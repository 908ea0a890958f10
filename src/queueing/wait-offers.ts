import { valueAt } from '../kernel/value-at.ts';
import type { FlowPrompt, PromptFlow } from './prompt-flow.ts';
import type { WaitOffer } from './thinned-queue.ts';
import type { QueueMeasures, TierState, TierSystem } from './tier-state.ts';

/** Own shares of a queue's arrivals by calls waiting on arrival. */
interface OwnOffer {
  readonly prompts: readonly number[];
  readonly offered: readonly Float64Array[];
  readonly unheard: Float64Array;
  readonly heard: Float64Array;
  /** Both together. */
  readonly joining: Float64Array;
  readonly announcementSeconds: number;
  readonly inversePatience: number;
}

const nearlyAll = 1 - 1e-9;
const longestTail = 100_000;

/**
 * By calls waiting in all, the chance that at least `ahead` of them are the queue's own, where each is with chance
 * `own`: P(Binomial(j, own) ≥ ahead). It ends where it is nearly 1; its last value goes on.
 */
export const chanceAhead = (ahead: number, rank: number): Float64Array => {
  if (ahead <= 0) return Float64Array.of(1);
  if (rank >= 1 - 1e-12) return Float64Array.from({ length: ahead + 1 }, (_, j) => (j < ahead ? 0 : 1));
  if (ahead / rank > longestTail) return Float64Array.of(0);
  let tail = new Float64Array(Math.max(256, 2 * ahead));
  // Chance that of j waiting exactly one too few are the queue's own; the next one may make them enough.
  let logOneShort = (ahead - 1) * Math.log(rank);
  let oneShort = Math.exp(logOneShort);
  let chance = 0;
  let j = ahead;
  for (; chance < nearlyAll && j < 2 * longestTail; j += 1) {
    chance = Math.min(1, chance + rank * oneShort);
    if (j >= tail.length) tail = withRoom(tail);
    tail[j] = chance;
    const ratio = ((1 - rank) * j) / (j - ahead + 1);
    if (logOneShort > leastLog) oneShort *= ratio;
    else {
      logOneShort += Math.log(ratio);
      oneShort = Math.exp(logOneShort);
    }
  }
  return tail.slice(0, j);
};

/** The same values with as much room again. */
const withRoom = (values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
};

/** Below it an exponential loses digits: there one goes on in logarithms. */
const leastLog = -600;

const at = (values: Float64Array, j: number): number => values[Math.min(j, values.length - 1)] ?? 0;

/** Share of the calls waiting before a queue that are its own: by arrivals, or by waiting time where priorities differ. */
const ownPart = (state: TierState, measures: QueueMeasures, q: number): number => {
  const queues = state.load.length;
  const mix = (r: number): number => state.viewMix[q * queues + r] ?? 0;
  if ((state.viewRivalry[q] ?? 0) === 0) return mix(q);
  let all = 0;
  for (let r = 0; r < queues; r += 1) all += mix(r) * (measures.queuedWait[r] ?? 0);
  return all > 0 ? (mix(q) * (measures.queuedWait[q] ?? 0)) / all : mix(q);
};

const ownOffer = (
  flow: PromptFlow,
  prompts: readonly number[],
  interval: number,
  tails: readonly Float64Array[],
  hearing: number,
): OwnOffer => {
  const length = Math.max(...tails.map((tail) => tail.length));
  const unheard = new Float64Array(length);
  const heard = new Float64Array(length);
  const joining = new Float64Array(length);
  const placements = prompts.map((p) => (flow.prompts[p] as FlowPrompt).placement);
  for (let j = 0; j < length; j += 1) {
    let [not, yes] = [1, 0];
    for (const [k, { response, offPeakTarget }] of placements.entries()) {
      const hears = response.reach * at(tails[k] as Float64Array, j);
      const offPeak = valueAt(offPeakTarget, interval) < 0 ? 0 : response.offPeakShare;
      yes = yes * (1 - hears) + (not + yes) * hears * Math.max(0, 1 - response.onlineShare - offPeak);
      not *= 1 - hears;
    }
    unheard[j] = 1 - hearing + hearing * not;
    heard[j] = hearing * yes;
    joining[j] = 1 - hearing + hearing * (not + yes);
  }
  const reach = placements.reduce((sum, { response }) => sum + response.reach, 0);
  const mean = (of: (k: number) => number): number =>
    reach > 0 ? placements.reduce((sum, { response }, k) => sum + response.reach * of(k), 0) / reach : 0;
  return {
    prompts,
    offered: tails,
    unheard,
    heard,
    joining,
    announcementSeconds: mean((k) => placements[k]?.response.announcementSeconds ?? 0),
    inversePatience: mean((k) => 1 / (placements[k]?.response.patienceFactor ?? 1)),
  };
};

/** Whether any prompt by wait plays in an interval. */
export const playsByWait = ({ prompts }: PromptFlow, interval: number): boolean =>
  prompts.some(({ placement, aboveSeconds }) => aboveSeconds > 0 && placement.on[interval] === 1);

/** Prompts by wait that play in an interval, by queue. */
const promptsByWait = (flow: PromptFlow, interval: number): number[][] => {
  const found: number[][] = flow.now.map(() => []);
  for (const [p, { placement, queue, aboveSeconds }] of flow.prompts.entries())
    if (aboveSeconds > 0 && placement.on[interval] === 1) found[queue]?.push(p);
  return found;
};

/** How a queue's own arrivals thin out, where prompts by wait play to it. */
const ownOffers = (
  system: TierSystem,
  state: TierState,
  measures: QueueMeasures,
  flow: PromptFlow,
  interval: number,
  offered: Float64Array,
): (OwnOffer | undefined)[] =>
  promptsByWait(flow, interval).map((prompts, q) => {
    if (prompts.length === 0) return undefined;
    const operators = (system.queues[q]?.routes ?? []).reduce(
      (sum, { tier }) => sum + (state.operators[tier] ?? 0),
      0,
    );
    const part = ownPart(state, measures, q);
    const tails = prompts.map((p) =>
      chanceAhead(
        leastCallersWaiting(flow.prompts[p]?.aboveSeconds ?? 0, operators, state.handleSeconds[q] ?? 1),
        part,
      ),
    );
    const { staying = 0, leftByWait = 0 } = flow.now[q] ?? {};
    const arrivals = (offered[q] ?? 0) + leftByWait;
    return ownOffer(flow, prompts, interval, tails, arrivals > 0 ? Math.min(1, staying / arrivals) : 0);
  });

const everyone = Float64Array.of(1);

/** Adds a share of values whose last one goes on. */
const addPart = (to: Float64Array, values: Float64Array, part: number): void => {
  const known = Math.min(to.length, values.length);
  for (let j = 0; j < known; j += 1) to[j] = (to[j] as number) + part * (values[j] as number);
  const rest = part * (values[values.length - 1] ?? 0);
  for (let j = known; j < to.length; j += 1) to[j] = (to[j] as number) + rest;
};

/**
 * By queue, how the arrivals that it sees thin out in the interval; undefined for a queue on whose tiers no prompt hangs
 * on the wait. `offered` are calls that ask for an operator, by queue.
 */
export const waitOffers = (
  system: TierSystem,
  state: TierState,
  measures: QueueMeasures,
  flow: PromptFlow,
  interval: number,
  offered: Float64Array,
): (WaitOffer | undefined)[] => {
  const offers = ownOffers(system, state, measures, flow, interval, offered);
  const queues = offers.length;
  const perJoined = offers.map((_, r) => {
    const { leftByWait = 0 } = flow.now[r] ?? {};
    return (offered[r] ?? 0) > 0 ? 1 + leftByWait / (offered[r] ?? 1) : 1;
  });
  return offers.map((mine, q) => {
    const seen = offers.flatMap((offer, r) =>
      offer !== undefined && (state.viewMix[q * queues + r] ?? 0) > 1e-9 ? [offer] : [],
    );
    if (seen.length === 0) return undefined;
    const pool = new Float64Array(Math.max(...seen.map(({ heard }) => heard.length)));
    let arrivals = 0;
    for (let r = 0; r < queues; r += 1)
      arrivals += (state.viewMix[q * queues + r] ?? 0) * (perJoined[r] ?? 1);
    for (let r = 0; r < queues; r += 1) {
      const part = ((state.viewMix[q * queues + r] ?? 0) * (perJoined[r] ?? 1)) / arrivals;
      addPart(pool, offers[r]?.joining ?? everyone, part);
    }
    return {
      thinning: {
        places: pool.length - 1,
        pool,
        unheard: mine?.unheard ?? Float64Array.of(1),
        heard: mine?.heard ?? Float64Array.of(0),
        perJoined: arrivals,
        announcement: (mine?.announcementSeconds ?? 0) / (state.viewHandle[q] ?? 1),
        offered: mine?.offered ?? [],
      },
      shares: { audience: new Float64Array(mine?.offered.length ?? 0), heardShare: 0, heardWaiting: 0 },
      prompts: mine?.prompts ?? [],
      announcementSeconds: mine?.announcementSeconds ?? 0,
      inversePatience: mine?.inversePatience ?? 1,
    };
  });
};

/**
 * Fewest callers of the own queue that must wait already for the estimated wait of a new one, who finds no operator
 * free, to be above `seconds`: (queue + 1) · handle time / operators > seconds.
 */
const leastCallersWaiting = (seconds: number, operators: number, handleSeconds: number): number =>
  Math.floor((seconds * operators) / handleSeconds);
