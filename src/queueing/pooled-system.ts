import {
  endlessPatience,
  newQueueSums,
  stayFor,
  walkQueue,
  walkThreshold,
  weightBelow,
} from './erlang-kernel.ts';

/** Measures of nobody, to be overwritten. */
export const newPooledMeasures = () => ({
  block: 0,
  /** All operators are busy on arrival (and a line is free). */
  wait: 0,
  abandon: 0,
  /** E[wait; answered] and E[wait], per offered call. */
  answeredWait: 0,
  meanWait: 0,
  /** Answered within the first threshold, those who need not wait included. */
  within: 0,
  abandonWithin: 0,
  /** Abandoned within the second threshold. */
  abandonShort: 0,
});

/** What one offered call meets in a pooled system; waits in handle times. Overwritten by every evaluation. */
export type PooledMeasures = ReturnType<typeof newPooledMeasures>;

/** An input without load, operators or limits, to be filled in. */
export const newPooledInput = () => ({
  /** Offered load, Erlangs: while all are busy, where it differs from that while one is free. */
  load: 0,
  /** Offered load while an operator is free; NaN: the same. */
  loadFree: Number.NaN,
  /** Operators; a fraction stands between the two whole numbers (measures are interpolated in a line). */
  operators: 0,
  /** Mean handle time / mean patience; 0: nobody hangs up. */
  theta: 0,
  /**
   * Calls more a handle time for each who waits, below theta: callers who hang up and are back while it is still as
   * full. They come on top of `load`, and count among the offered calls.
   */
  rise: 0,
  /** Lines; Infinity: enough. */
  trunks: Infinity,
  /** Thresholds in handle times; a negative one is never met. */
  threshold: 0,
  short: -1,
  /**
   * Chance that all operators are busy where it is known from a wider system: then only the queue given that
   * all are busy is taken from `load` (calls of higher or equal priority). NaN: from this system.
   */
  busyGiven: Number.NaN,
});

export type PooledInput = ReturnType<typeof newPooledInput>;

export const newPooledWork = () => ({
  sums: newQueueSums(coarseTruncation),
  inTime: { virtualOver: 0, answeredWithin: 0 },
  upper: newPooledMeasures(),
  below: { load: Number.NaN, operators: 0, weight: 0 },
  /** Asked last, and its answer: queues of one pool ask the same one after another. */
  asked: newPooledInput(),
  answered: newPooledMeasures(),
});

/** What evaluations are worked out in, and what was asked last: one for all that are asked one after another. */
export type PooledWork = Readonly<ReturnType<typeof newPooledWork>>;

const nothingMet = newPooledMeasures();

/** Load at which an unlimited queue of endless patience is cut off: beyond it no stationary answer exists. */
export const nearlyFull = 1 - 1e-4;
export const leastLoad = 1e-9;

/** What a call meets where nobody answers. */
export const measureWithoutOperators = (input: PooledInput, out: PooledMeasures): void => {
  Object.assign(out, nothingMet);
  if (input.trunks === 0) {
    out.block = 1;
    return;
  }
  out.wait = 1;
  out.abandon = 1;
  out.meanWait = input.theta > 0 ? 1 / input.theta : 0;
  out.abandonWithin = input.threshold >= 0 ? -Math.expm1(-input.theta * input.threshold) : 0;
  out.abandonShort = input.short >= 0 ? -Math.expm1(-input.theta * input.short) : 0;
};

const addThreshold = (
  { sums, inTime }: PooledWork,
  load: number,
  servers: number,
  theta: number,
  places: number,
  threshold: number,
  rise: number,
): void => {
  if (theta === 0 && places === Infinity) {
    const gap = servers - load;
    inTime.virtualOver = sums.all * Math.exp(-gap * threshold);
    inTime.answeredWithin = sums.moved * -Math.expm1(-gap * threshold);
  } else walkThreshold(servers, theta, places, threshold, sums, inTime, rise / load);
};

/** What the chain below the queue weighs: one operator more than asked last is one step from there. */
export const weightOfChain = ({ below }: PooledWork, load: number, operators: number): number => {
  if (load !== below.load || (operators !== below.operators && operators !== below.operators + 1))
    below.weight = weightBelow(load, operators);
  else if (operators !== below.operators) below.weight = (operators / load) * (1 + below.weight);
  below.load = load;
  below.operators = operators;
  return below.weight;
};

const evaluateWhole = (
  work: PooledWork,
  input: PooledInput,
  operators: number,
  out: PooledMeasures,
): void => {
  const { theta, trunks } = input;
  const { sums, inTime } = work;
  const servers = Math.min(operators, trunks);
  if (servers <= 0) {
    measureWithoutOperators(input, out);
    return;
  }
  const rise = theta < Infinity ? input.rise : 0;
  const places = trunks - servers;
  const unlimited = theta === 0 && places === Infinity;
  const most = unlimited ? servers * nearlyFull : Infinity;
  const load = Math.min(Math.max(input.load, leastLoad), most);
  if (unlimited) endlessPatience(load, servers, sums);
  else walkQueue(load, servers, theta, theta === Infinity ? Math.min(places, 1) : places, sums, rise);
  const known = !Number.isNaN(input.busyGiven);
  const free = Number.isNaN(input.loadFree) ? load : Math.max(input.loadFree, leastLoad);
  const under = known ? 0 : weightOfChain(work, free, servers) * sums.scale;
  const more = rise / load;
  const full = theta === Infinity && places > 0 ? 0 : sums.full * (sums.full > 0 ? 1 + more * places : 1);
  const busy = sums.all + more * sums.length;
  const total = known ? busy / Math.max(input.busyGiven, 1e-300) : under + busy;
  const immediate = known ? 1 - input.busyGiven : under === Infinity ? 1 : under / total;
  const perAnswer = servers / load / total;
  out.block = full / total;
  out.wait = (busy - full) / total;
  out.abandon = theta === Infinity ? out.wait : (theta * sums.length) / total / load;
  out.answeredWait = perAnswer * sums.answeredWait;
  out.meanWait = theta === Infinity ? 0 : sums.length / total / load;
  out.within = 0;
  out.abandonWithin = 0;
  if (input.threshold >= 0) {
    addThreshold(work, load, servers, theta, places, input.threshold, rise);
    const queued = perAnswer * inTime.answeredWithin;
    const stay = theta === 0 ? 1 : stayFor(sums, theta, input.threshold);
    out.within = immediate + queued;
    out.abandonWithin =
      theta === 0 ? 0 : Math.max(0, out.wait - (stay * inTime.virtualOver) / total - queued);
  }
  out.abandonShort = 0;
  if (input.short > 0 && theta > 0) {
    addThreshold(work, load, servers, theta, places, input.short, rise);
    const over = (stayFor(sums, theta, input.short) * inTime.virtualOver) / total;
    out.abandonShort = Math.max(0, out.wait - over - perAnswer * inTime.answeredWithin);
  }
};

const isAsked = (asked: PooledInput, input: PooledInput): boolean =>
  input.load === asked.load &&
  input.operators === asked.operators &&
  input.theta === asked.theta &&
  input.rise === asked.rise &&
  Object.is(input.loadFree, asked.loadFree) &&
  input.trunks === asked.trunks &&
  input.threshold === asked.threshold &&
  input.short === asked.short &&
  Object.is(input.busyGiven, asked.busyGiven);

/** Field by field, as loops over names are many times slower here. */
const copyInput = (to: PooledInput, from: PooledInput): void => {
  to.load = from.load;
  to.operators = from.operators;
  to.theta = from.theta;
  to.rise = from.rise;
  to.loadFree = from.loadFree;
  to.trunks = from.trunks;
  to.threshold = from.threshold;
  to.short = from.short;
  to.busyGiven = from.busyGiven;
};

const copyMeasures = (to: PooledMeasures, from: PooledMeasures): void => {
  to.block = from.block;
  to.wait = from.wait;
  to.abandon = from.abandon;
  to.answeredWait = from.answeredWait;
  to.meanWait = from.meanWait;
  to.within = from.within;
  to.abandonWithin = from.abandonWithin;
  to.abandonShort = from.abandonShort;
};

/**
 * What a call meets in a pooled system of equal operators, first come first served. Exact for whole numbers
 * of operators; a fraction (an average over time, or a tier that helps only part of the time) lies on the
 * line between its neighbours. Endless patience without spare operators is answered as nearly full.
 */
export const evaluatePooled = (work: PooledWork, input: PooledInput, out: PooledMeasures): void => {
  if (isAsked(work.asked, input)) {
    copyMeasures(out, work.answered);
    return;
  }
  evaluateAnew(work, input, out);
  copyInput(work.asked, input);
  copyMeasures(work.answered, out);
};

const evaluateAnew = (work: PooledWork, input: PooledInput, out: PooledMeasures): void => {
  const floor = Math.floor(input.operators + 1e-9);
  evaluateWhole(work, input, floor, out);
  const part = input.operators - floor;
  if (part < 1e-9) return;
  const { upper } = work;
  evaluateWhole(work, input, floor + 1, upper);
  out.block += part * (upper.block - out.block);
  out.wait += part * (upper.wait - out.wait);
  out.abandon += part * (upper.abandon - out.abandon);
  out.answeredWait += part * (upper.answeredWait - out.answeredWait);
  out.meanWait += part * (upper.meanWait - out.meanWait);
  out.within += part * (upper.within - out.within);
  out.abandonWithin += part * (upper.abandonWithin - out.abandonWithin);
  out.abandonShort += part * (upper.abandonShort - out.abandonShort);
};

/**
 * Share left out where measures are solved for again and again, to 3e-5 at best: a walk to it takes two thirds of the
 * steps.
 */
const coarseTruncation = 1e-11;
