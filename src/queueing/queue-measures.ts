import { normalCdf } from '../kernel/distributions.ts';
import { evaluatePooled, type PooledMeasures } from './pooled-system.ts';
import { evaluateThinned, type WaitOffer } from './thinned-queue.ts';
import type { QueueMeasures, QueueWork, TierState, TierSystem } from './tier-state.ts';

/** What an interval adds to the tiers: lines, and announcements heard before the queue. */
export interface IntervalSetting {
  /** Lines for the exact formula where all queues are one pool; Infinity otherwise. */
  trunks: number;
  /** Chance of no free line, known from all pools together; 0 where `trunks` is used. */
  block: number;
  /** Load that each queue's view is answered at, Erlangs: `viewLoad`, or that with overload carried over. */
  readonly effectiveLoad: Float64Array;
  /** Of a queue's offered calls, the share that heard an announcement played to everyone, and its seconds. */
  readonly heardShare: Float64Array;
  readonly announcementSeconds: Float64Array;
  /** By queue, how arrivals thin out where prompts are offered by wait; undefined where none is. */
  offers: readonly (WaitOffer | undefined)[] | undefined;
  /** False where only losses and waits are asked: shares within thresholds are then 0, and time is saved. */
  withThresholds: boolean;
  /** False where nobody asks for those who hang up within the short threshold: their share is then 0. */
  withShort: boolean;
}

/** Field by field, as loops over names are many times slower here. */
const copyPerCall = (to: PooledMeasures, from: PooledMeasures): void => {
  to.abandon = from.abandon;
  to.answeredWait = from.answeredWait;
  to.meanWait = from.meanWait;
  to.within = from.within;
  to.abandonWithin = from.abandonWithin;
  to.abandonShort = from.abandonShort;
};

/** `level` becomes what it holds beyond `above`, per call of the difference. */
const takeAbove = ({ level, above }: QueueWork, upTo: number, higher: number): void => {
  const own = upTo - higher;
  const rest = (all: number, part: number): number => Math.max(0, (upTo * all - higher * part) / own);
  level.abandon = rest(level.abandon, above.abandon);
  level.answeredWait = rest(level.answeredWait, above.answeredWait);
  level.meanWait = rest(level.meanWait, above.meanWait);
  level.within = rest(level.within, above.within);
  level.abandonWithin = rest(level.abandonWithin, above.abandonWithin);
  level.abandonShort = rest(level.abandonShort, above.abandonShort);
};

/** `level` on the share `contested` of calls, `whole` on the others. */
const mixWithWhole = ({ level, whole }: QueueWork, contested: number): void => {
  const mix = (all: number, own: number): number => all + contested * (own - all);
  level.abandon = mix(whole.abandon, level.abandon);
  level.answeredWait = mix(whole.answeredWait, level.answeredWait);
  level.meanWait = mix(whole.meanWait, level.meanWait);
  level.within = mix(whole.within, level.within);
  level.abandonWithin = mix(whole.abandonWithin, level.abandonWithin);
  level.abandonShort = mix(whole.abandonShort, level.abandonShort);
};

/** Measures of the calls of one priority in a view, as the difference of two cumulative systems. */
const evaluateLevel = (
  state: TierState,
  q: number,
  factor: number,
  offer: WaitOffer | undefined,
): PooledMeasures => {
  const { input, whole, level, above, pooled, thinned } = state.work;
  if (offer === undefined) evaluatePooled(pooled, input, whole);
  else evaluateThinned(thinned, input, offer.thinning, whole, offer.shares);
  const contested = state.viewRivalry[q] ?? 0;
  if (contested <= 0) return whole;
  const all = state.viewLoad[q] ?? 0;
  const upTo = state.viewLevel[q] ?? 0;
  const higher = state.viewAbove[q] ?? 0;
  if (higher <= 1e-9 && upTo >= all * (1 - 1e-12)) return whole;
  const { trunks } = input;
  input.busyGiven = whole.wait;
  input.trunks = Infinity;
  input.load = upTo * factor;
  if (upTo >= all * (1 - 1e-12)) copyPerCall(level, whole);
  else evaluatePooled(pooled, input, level);
  if (higher > 1e-9) {
    input.load = higher * factor;
    evaluatePooled(pooled, input, above);
    takeAbove(state.work, upTo, higher);
  }
  mixWithWhole(state.work, contested);
  input.busyGiven = Number.NaN;
  input.trunks = trunks;
  level.block = whole.block;
  level.wait = whole.wait;
  level.abandon = Math.min(level.abandon, level.wait);
  level.within = Math.min(level.within, 1 - level.block - level.abandon);
  return level;
};

/**
 * How many of those who wait hang up, by queue: callers of one pool wait alike but differ in patience. With
 * a the pool's share, one with kappa times the mean rate of hanging up loses 1 − (1 − a)^kappa, scaled so
 * that the pool's total stays what it is.
 */
const ownAbandon = (state: TierState, q: number, pool: PooledMeasures): number => {
  const queues = state.load.length;
  const rate = (state.viewTheta[q] ?? 0) / (state.viewHandle[q] ?? 1);
  const a = pool.wait > 0 ? Math.min(1, pool.abandon / pool.wait) : 0;
  if (a === 0 || a === 1 || rate === 0 || rate === Infinity) return pool.abandon;
  const patienceOfQueue = state.patienceSeconds[q] ?? Infinity;
  if (Math.abs(patienceOfQueue * rate - 1) < 1e-9) return pool.abandon;
  const stay = Math.log1p(-a);
  const mine = -Math.expm1(stay / (patienceOfQueue * rate));
  let mean = 0;
  for (let r = 0; r < queues; r += 1) {
    const mix = state.viewMix[q * queues + r] ?? 0;
    const patience = state.patienceSeconds[r] ?? Infinity;
    if (mix > 0) mean += mix * (patience === patienceOfQueue ? mine : -Math.expm1(stay / (patience * rate)));
  }
  return mean > 0 ? Math.min(pool.wait, (pool.wait * mine * a) / mean) : pool.abandon;
};

const setThresholds = (
  system: TierSystem,
  state: TierState,
  setting: IntervalSetting,
  q: number,
  later: number,
): void => {
  const { input } = state.work;
  if (!setting.withThresholds) {
    input.threshold = -1;
    input.short = -1;
    return;
  }
  const queue = system.queues[q];
  const handle = state.viewHandle[q] ?? 1;
  const before = (queue?.baseDelaySeconds ?? 0) + later;
  input.threshold = ((queue?.thresholdSeconds ?? 0) - before) / handle;
  input.short = setting.withShort ? ((queue?.shortSeconds ?? 0) - before) / handle : -1;
};

const evaluateQueue = (
  system: TierSystem,
  state: TierState,
  setting: IntervalSetting,
  q: number,
  out: QueueMeasures,
): void => {
  const { input, whole } = state.work;
  const handle = state.viewHandle[q] ?? 1;
  const seen = state.viewLoad[q] ?? 0;
  const theta = state.viewTheta[q] ?? 0;
  const rise = state.viewRise[q] ?? 0;
  const alone = rise > 0 && theta < Infinity ? 1 - (rise / theta) * (out.viewAbandon[q] ?? 0) : 1;
  const others = alone * (out.viewUnblocked[q] ?? 1);
  const factor = seen > 0 ? ((setting.effectiveLoad[q] ?? 0) / seen) * (1 - setting.block) * others : 1;
  const busy = state.viewLoadBusy[q] ?? 0;
  const split = busy !== seen;
  input.load = busy * factor;
  input.loadFree = split ? (state.viewLoadFree[q] ?? 0) * factor : Number.NaN;
  input.operators = state.viewOperators[q] ?? 0;
  input.theta = theta;
  input.rise = rise;
  input.trunks = setting.trunks;
  setThresholds(system, state, setting, q, 0);
  const offer = setting.offers?.[q];
  const pool = evaluateLevel(state, q, split ? (factor * busy) / seen : factor, offer);
  out.viewAbandon[q] = whole.abandon;
  out.viewBusy[q] = whole.wait + whole.block;
  // Those who are back while all lines are still taken find none again, beside what the others find.
  const taken = setting.block + (1 - setting.block) * pool.block;
  const back = state.viewSoonBlocked[q] ?? 0;
  const apart = (1 - back) / (1 - back + back * taken);
  const admitted = (1 - setting.block) * apart;
  const abandon = ownAbandon(state, q, pool);
  const turn = pool.abandon > 0 ? abandon / pool.abandon : 1;
  const waitAnswered = pool.wait - pool.abandon;
  const keep = waitAnswered > 0 ? Math.max(0, pool.wait - abandon) / waitAnswered : 1;
  const immediate = 1 - pool.block - pool.wait;
  out.block[q] = 1 - apart + apart * taken;
  out.wait[q] = admitted * pool.wait;
  out.abandon[q] = admitted * abandon;
  out.answer[q] = admitted * Math.max(0, 1 - pool.block - abandon);
  const heard = setting.heardShare[q] ?? 0;
  const byWait = (offer?.shares.heardShare ?? 0) * (offer?.announcementSeconds ?? 0);
  const announced = heard * (setting.announcementSeconds[q] ?? 0) + byWait;
  const delay = (system.queues[q]?.baseDelaySeconds ?? 0) + announced;
  out.answeredWait[q] = admitted * pool.answeredWait * keep * handle + delay * (out.answer[q] ?? 0);
  const abandonedWait = Math.max(0, pool.meanWait - pool.answeredWait) * turn;
  out.queuedWait[q] = admitted * (pool.answeredWait * keep + abandonedWait) * handle;
  out.allWait[q] = out.queuedWait[q] + delay * (1 - (out.block[q] ?? 0));
  const without = 1 - heard;
  const inTime = input.threshold >= 0 ? immediate + Math.max(0, pool.within - immediate) * keep : 0;
  out.within[q] = admitted * without * inTime;
  out.abandonWithin[q] = admitted * without * pool.abandonWithin * turn;
  out.abandonShort[q] = admitted * without * pool.abandonShort * turn;
  if (heard <= 0 || !setting.withThresholds) return;
  setThresholds(system, state, setting, q, setting.announcementSeconds[q] ?? 0);
  input.load = busy * factor;
  const late = evaluateLevel(state, q, split ? (factor * busy) / seen : factor, offer);
  const lateInTime = input.threshold >= 0 ? immediate + Math.max(0, late.within - immediate) * keep : 0;
  out.within[q] = (out.within[q] ?? 0) + admitted * heard * lateInTime;
  out.abandonWithin[q] = (out.abandonWithin[q] ?? 0) + admitted * heard * late.abandonWithin * turn;
  out.abandonShort[q] = (out.abandonShort[q] ?? 0) + admitted * heard * late.abandonShort * turn;
};

/**
 * Measures of every queue from what it sees of the tiers (`refreshViews`): exact Erlang A where queues and
 * tiers form one pool of one priority or where a tier serves one queue alone; else an approximation between
 * those two. Priorities: the queue given that all operators are busy, taken up to a queue's own priority
 * and minus what is above it. Seconds of an announcement count as wait before the answer.
 */
export const measureQueues = (
  system: TierSystem,
  state: TierState,
  setting: IntervalSetting,
  out: QueueMeasures,
): void => {
  const queues = state.load.length;
  for (let q = 0; q < queues; q += 1) {
    let soon = 0;
    for (let r = 0; r < queues; r += 1)
      soon += (state.viewMix[q * queues + r] ?? 0) * (state.viewSoonBlocked[r] ?? 0) * (out.block[r] ?? 0);
    out.viewUnblocked[q] = 1 - soon;
  }
  for (let q = 0; q < queues; q += 1) evaluateQueue(system, state, setting, q, out);
};

/**
 * Chance that all lines are taken where several pools share them. The calls in the system (in service and
 * queueing) are close to normal; cut off at K, they stand at K with chance φ(z) / (σ·Φ(z)), z = (K + ½ − M)/σ
 * (the heavy-traffic form of Erlang's loss formula). M sums the queues' calls, σ² is their Poisson variance
 * widened by what a long queue adds (load/theta where patience exceeds the handle time). `block` is the
 * chance with which the measures were made; used within a fixed point.
 */
export const blockFromTotals = (
  state: TierState,
  measures: QueueMeasures,
  block: number,
  trunks: number,
): number => {
  let mean = 0;
  let variance = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    const load = state.load[q] ?? 0;
    const waiting = (load * (measures.allWait[q] ?? 0)) / (state.handleSeconds[q] ?? 1);
    const served = load * (measures.answer[q] ?? 0);
    const theta = state.viewTheta[q] ?? 0;
    mean += served + waiting;
    variance += served + waiting * Math.max(1, theta > 0 ? 1 / theta : 1);
  }
  const thinned = Math.max(1e-9, 1 - block);
  mean /= thinned;
  variance /= thinned;
  if (mean <= 0) return trunks === 0 ? 1 : 0;
  const sigma = Math.sqrt(variance);
  const z = (trunks + 0.5 - mean) / sigma;
  if (z > 8) return 0;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const found = Math.min(1, density / (sigma * Math.max(normalCdf(z), 1e-300)));
  return 0.5 * block + 0.5 * found;
};
