import {
  endlessPatience,
  longestWalk,
  newQueueSums,
  type QueueSums,
  type ThresholdSums,
  walkQueue,
  walkThreshold,
  weightBelow,
} from './erlang-kernel.ts';

/** One stationary interval of one queue and one group of equal operators (M/M/n/K+M). */
export interface ErlangInput {
  /** Calls per second × mean handle time; ≥ 0. */
  readonly loadErlangs: number;
  /** Operators, a whole number ≥ 0. */
  readonly operators: number;
  /** Mean handle time, seconds, > 0 (exponential). */
  readonly handleTimeSeconds: number;
  /** Mean patience, seconds, ≥ 0 (exponential); Infinity: nobody hangs up. */
  readonly patienceSeconds: number;
  /** Lines: most calls in service plus queue, ≥ 0; Infinity: enough. */
  readonly trunks: number;
  /** Answer-time threshold, seconds, ≥ 0. */
  readonly thresholdSeconds: number;
}

/** Measures of a stable interval; probabilities are per offered call, blocked ones included, unless named otherwise. */
export interface ErlangMeasures {
  readonly stable: true;
  /** Finds no free line. */
  readonly pBlock: number;
  /** Finds a free operator. */
  readonly pImmediate: number;
  /** Has to wait. */
  readonly pWait: number;
  readonly pAbandon: number;
  /** 1 − pBlock − pAbandon, computed without that difference. */
  readonly pConnect: number;
  readonly meanQueueLength: number;
  /** Over all admitted calls, those who hang up included. */
  readonly meanWaitAdmittedSeconds: number;
  /** Over answered calls only. */
  readonly asaAnsweredSeconds: number;
  readonly occupancy: number;
  /** Would wait longer than the threshold if endlessly patient. */
  readonly pVirtualWaitOver: number;
  /** Does wait longer than the threshold. */
  readonly pWaitOver: number;
  readonly pAnsweredWithin: number;
  readonly pAbandonWithin: number;
  /** Answered within the threshold / offered. */
  readonly slOffered: number;
  /** The same base without calls abandoned within the threshold. */
  readonly slExcludingShortAbandons: number;
  /** Answered within the threshold / admitted (not blocked). */
  readonly slAdmitted: number;
  readonly slAdmittedExcludingShortAbandons: number;
}

const checkInput = (input: ErlangInput): void => {
  const { operators, handleTimeSeconds, trunks } = input;
  const whole = Number.isInteger(operators) && (Number.isInteger(trunks) || trunks === Infinity);
  const values = [input.loadErlangs, operators, input.patienceSeconds, trunks, input.thresholdSeconds];
  if (!whole || values.some((v) => !(v >= 0)) || !(handleTimeSeconds > 0) || input.loadErlangs === Infinity) {
    throw new RangeError(`not an interval that a queue can have: ${JSON.stringify(input)}`);
  }
};

/** True when calls without patience and without a limit on lines outrun the operators: no stationary answer. */
const isUnstable = ({ loadErlangs, operators, patienceSeconds, trunks }: ErlangInput): boolean =>
  patienceSeconds === Infinity && trunks === Infinity && loadErlangs > 0 && loadErlangs >= operators;

interface Probabilities {
  readonly block: number;
  readonly immediate: number;
  readonly wait: number;
  readonly abandon: number;
  readonly connect: number;
  readonly queueLength: number;
  /** Mean wait of answered calls, handle times. */
  readonly answeredWait: number;
  readonly busy: number;
  readonly virtualOver: number;
  readonly waitOver: number;
  readonly answeredWithin: number;
}

/** What a call would meet on an empty line (load 0), or on a line that can hold none. */
const edgeProbabilities = (blocked: boolean, waits: boolean, input: ErlangInput): Probabilities => {
  const { patienceSeconds, thresholdSeconds } = input;
  const stays = waits ? 1 : 0;
  const over = waits && thresholdSeconds !== Infinity ? Math.exp(-thresholdSeconds / patienceSeconds) : 0;
  return {
    block: blocked ? 1 : 0,
    immediate: blocked || waits ? 0 : 1,
    wait: stays,
    abandon: waits && patienceSeconds < Infinity ? 1 : 0,
    connect: blocked || waits ? 0 : 1,
    queueLength: 0,
    answeredWait: 0,
    busy: 0,
    virtualOver: stays,
    waitOver: patienceSeconds === 0 ? 0 : over,
    answeredWithin: blocked || waits ? 0 : 1,
  };
};

const probabilities = (input: ErlangInput, sums: QueueSums): Probabilities => {
  const { loadErlangs: load, operators, handleTimeSeconds, patienceSeconds, trunks } = input;
  const servers = Math.min(operators, trunks);
  const places = trunks - servers;
  const endless = patienceSeconds === Infinity;
  // Nobody answers and nobody leaves: a limited line fills up and stays full.
  if (trunks === 0 || (operators === 0 && endless && load > 0)) return edgeProbabilities(true, false, input);
  if (load === 0) return edgeProbabilities(false, operators === 0, input);
  const theta = handleTimeSeconds / patienceSeconds;
  const threshold = input.thresholdSeconds / handleTimeSeconds;
  const within: ThresholdSums = { virtualOver: 0, answeredWithin: 0 };
  const below = weightBelow(load, servers);
  const geometric = theta === 0 && places === Infinity;
  const long = theta === 0 && places > longestWalk && places < Infinity;
  if (geometric) endlessPatience(load, servers, sums);
  else if (long) limitedPatientQueue(load, servers, places, sums);
  else walkQueue(load, servers, theta, theta === Infinity ? Math.min(places, 1) : places, sums);
  const total = below * sums.scale + sums.all;
  if (geometric) {
    const gap = servers - load;
    within.virtualOver = sums.all * Math.exp(-gap * threshold);
    within.answeredWithin = sums.moved * -Math.expm1(-gap * threshold);
  } else if (long && threshold > 0 && threshold < Infinity)
    limitedPatientThreshold(load, servers, places, threshold, sums, within);
  else walkThreshold(servers, theta, places, threshold, sums, within);
  const full = theta === Infinity && places > 0 ? 0 : sums.full;
  const wait = (sums.all - full) / total;
  const immediate = below === Infinity ? 1 : (below * sums.scale) / total;
  const served = ((servers / load) * sums.moved) / total;
  const virtualOver = within.virtualOver / total;
  return {
    block: full / total,
    immediate,
    wait,
    abandon: theta === Infinity ? wait : (theta * sums.length) / total / load,
    connect: immediate + served,
    queueLength: theta === Infinity ? 0 : sums.length / total,
    answeredWait:
      sums.moved === 0 ? 0 : ((servers / load) * sums.answeredWait) / total / (immediate + served),
    busy: operators === 0 ? 0 : (load * (immediate + served)) / operators,
    virtualOver: theta === Infinity ? wait * (threshold === Infinity ? 0 : 1) : virtualOver,
    waitOver: theta === Infinity ? 0 : virtualOver * Math.exp(-theta * threshold),
    answeredWithin: immediate + ((servers / load) * within.answeredWithin) / total,
  };
};

const share = (part: number, base: number): number => (base > 0 ? part / base : 0);

/**
 * All measures of one stationary interval: Erlang B (no queue places), C (endless patience), A (patience) and
 * their forms with finite lines, from one birth–death chain; exact to double rounding up to 10,000 Erlangs.
 * With load 0 the probabilities are those of a lone test call. With no operators everybody waits until
 * patience ends. `{ stable: false }` where no stationary answer exists (endless patience, endless lines and
 * load ≥ operators). `sums` are what it is worked out in, where many are asked for one after another. Throws RangeError for values outside the ranges of `ErlangInput`.
 */
export const erlang = (
  input: ErlangInput,
  sums: QueueSums = newQueueSums(),
): ErlangMeasures | { readonly stable: false } => {
  checkInput(input);
  if (isUnstable(input)) return { stable: false };
  const p = probabilities(input, sums);
  const admitted = 1 - p.block;
  const queued = p.answeredWithin - p.immediate;
  const abandonWithin = Math.max(0, p.wait - p.waitOver - queued);
  const rate = input.loadErlangs / input.handleTimeSeconds;
  return {
    stable: true,
    pBlock: p.block,
    pImmediate: p.immediate,
    pWait: p.wait,
    pAbandon: p.abandon,
    pConnect: p.connect,
    meanQueueLength: p.queueLength,
    meanWaitAdmittedSeconds:
      rate > 0 ? share(p.queueLength / rate, admitted) : p.wait > 0 ? p.wait * input.patienceSeconds : 0,
    asaAnsweredSeconds: p.answeredWait * input.handleTimeSeconds,
    occupancy: p.busy,
    pVirtualWaitOver: p.virtualOver,
    pWaitOver: p.waitOver,
    pAnsweredWithin: p.answeredWithin,
    pAbandonWithin: abandonWithin,
    slOffered: p.answeredWithin,
    slExcludingShortAbandons: share(p.answeredWithin, 1 - abandonWithin),
    slAdmitted: share(p.answeredWithin, admitted),
    slAdmittedExcludingShortAbandons: share(p.answeredWithin, admitted - abandonWithin),
  };
};

interface LeastOperators {
  readonly operators: number;
  readonly serviceLevel: number;
  readonly serviceLevelWithOneLess: number;
}

/**
 * The fewest operators (from 1) that answer the share `target` of offered calls within the threshold;
 * undefined where no number does (too few lines, or a target of 1 against a chance). With abandonment fewer
 * operators than Erlangs often suffice. More operators never lower the level, so a gallop and a bisection
 * find the least.
 */
export const leastOperators = (
  input: Omit<ErlangInput, 'operators'>,
  target: number,
  sums: QueueSums = newQueueSums(),
): LeastOperators | undefined => {
  const level = (operators: number): number => {
    if (operators === 0) return 0;
    const measures = erlang({ ...input, operators }, sums);
    return measures.stable ? measures.slOffered : 0;
  };
  let low = 0;
  let high = Math.max(1, Math.ceil(input.loadErlangs));
  let step = Math.max(1, Math.ceil(Math.sqrt(input.loadErlangs)));
  while (level(high) < target) {
    if (high > 4 * input.loadErlangs + 1000) return undefined;
    low = high;
    high += step;
    step *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (level(middle) >= target) high = middle;
    else low = middle;
  }
  return { operators: high, serviceLevel: level(high), serviceLevelWithOneLess: level(high - 1) };
};

/**
 * The queue's sums where nobody hangs up and lines are limited (M/M/n/K): weights r^j with r = load / operators, in
 * closed form, so that ten lines and a thousand million cost the same.
 */

/** Beyond e^−this the last place is never reached. */
const neverReached = 60;

/** Σ r^j over j = from … to for r = e^x, relative to the larger of its two ends' weights in units of `unit`. */
const geometricSum = (x: number, from: number, to: number, unit: number): number => {
  if (to < from) return 0;
  const places = to - from + 1;
  if (x === 0) return places;
  const end = x < 0 ? from : to;
  const decay = -Math.abs(x);
  return Math.exp(x * end - unit) * (Math.expm1(places * decay) / Math.expm1(decay));
};

/** coth(u) − 1/u, 0 ≤ u ≤ 1, without that difference (series of the Langevin function). */
const langevin = (u: number): number => {
  const square = u * u;
  const series = [2 / 945, -1 / 4725, 2 / 93_555, -1382 / 638_512_875, 4 / 18_243_225];
  const rest = series.reduceRight((sum, factor) => factor + sum * square, -3617 / 162_820_783_125);
  return u * (1 / 3 + square * (-1 / 45 + square * rest));
};

/** Mean of j over 0 … places with weights e^(xj), x ≤ 0. */
const meanPlace = (x: number, places: number): number => {
  const states = places + 1;
  if (states * -x > 1) return -1 / Math.expm1(x) - 1 - states / Math.expm1(-states * x);
  return places / 2 - (states * langevin((states * -x) / 2) - langevin(-x / 2)) / 2;
};

/** Sums of `QueueSums` for `places` in the queue (0 < places < Infinity), load > 0, operators > 0, endless patience. */
export const limitedPatientQueue = (
  load: number,
  operators: number,
  places: number,
  sums: QueueSums,
): void => {
  const x = Math.log1p((load - operators) / operators);
  if (x * places < -neverReached) {
    endlessPatience(load, operators, sums);
    sums.full = Math.exp(x * places);
    return;
  }
  const unit = Math.max(0, x * places);
  const below = meanPlace(-Math.abs(x), places);
  sums.scale = Math.exp(-unit);
  sums.all = geometricSum(x, 0, places, unit);
  sums.full = Math.exp(x * places - unit);
  sums.length = sums.all * (x > 0 ? places - below : below);
  sums.moved = geometricSum(x, 1, places, unit);
  sums.answeredWait = sums.length / operators;
  sums.first = 0;
  sums.count = 0;
};

/**
 * The threshold's sums over the same queue: who finds j ahead waits longer than T where a Poisson count of mean nT is
 * at most j, which is never so far below nT and always so far above it; between, the states are walked.
 */
export const limitedPatientThreshold = (
  load: number,
  operators: number,
  places: number,
  threshold: number,
  sums: QueueSums,
  out: ThresholdSums,
): void => {
  const x = Math.log1p((load - operators) / operators);
  const mean = operators * threshold;
  if (x * places < -neverReached) {
    const rate = operators - load;
    out.virtualOver = sums.all * Math.exp(-rate * threshold);
    out.answeredWithin = sums.moved * -Math.expm1(-rate * threshold);
    return;
  }
  const unit = Math.max(0, x * places);
  const spread = 12 * Math.sqrt(mean) + 60;
  const first = Math.max(0, Math.floor(mean - spread));
  if (first >= places) {
    out.answeredWithin = sums.moved;
    out.virtualOver = 0;
    return;
  }
  const chances = poissonAround(mean, first, Math.ceil(mean + spread));
  const last = Math.min(places, first + chances.length) - 1;
  out.answeredWithin = geometricSum(x, 1, first, unit);
  out.virtualOver = geometricSum(x, last + 1, places - 1, unit);
  let atMost = 0;
  let above = 1;
  for (let j = first; j <= last; j += 1) {
    const chance = chances[j - first] ?? 0;
    atMost += chance;
    above -= chance;
    out.virtualOver += Math.exp(x * j - unit) * atMost;
    out.answeredWithin += Math.exp(x * (j + 1) - unit) * Math.max(0, above);
  }
};

/** Chances of a Poisson count from `first` to `last`, which hold all that can be distinguished from 1. */
const poissonAround = (mean: number, first: number, last: number): Float64Array => {
  const chances = new Float64Array(last - first + 1);
  const mode = Math.floor(mean);
  let sum = 1;
  chances[mode - first] = 1;
  for (let k = mode + 1, chance = 1; k <= last; k += 1) {
    chance *= mean / k;
    chances[k - first] = chance;
    sum += chance;
  }
  for (let k = mode, chance = 1; k > first; k -= 1) {
    chance *= k / mean;
    chances[k - 1 - first] = chance;
    sum += chance;
  }
  return chances.map((chance) => chance / sum);
};
