import { normalCdf } from '../kernel/distributions.ts';

/**
 * The birth–death chain behind Erlang B, C and A, in units of the mean handle time (µ = 1): up rate `load`, and `rise`
 * more for each who waits (callers who hang up and call again while it is still as full); down rate
 * min(k, n) + max(k − n, 0)·theta. States above n are weighed against state n, so that nothing
 * overflows or cancels; sums stop where the rest cannot matter relative to the sum itself.
 *
 * Virtual wait with j queued ahead: a sum of j + 1 exponentials of rates n + i·theta, so that
 * P(V > T | j) = P(negative binomial(n/theta, 1 − e^(−theta·T)) ≤ j), a Poisson tail where theta = 0
 * (Riordan 1962; Whitt 1999).
 */

/** Sums over the queue's states relative to state n (times `scale`). Overwritten by every call. */
export interface QueueSums {
  /** Share of a sum that may be left out at its far end. */
  readonly leftOut: number;
  /** Weight of state n in the units of the sums: 1, or tiny after rescaling. */
  scale: number;
  /** Σ weights of states n … K. */
  all: number;
  /** Weight of state K, 0 without a limit. */
  full: number;
  /** Σ j·weight(n + j): queue length. */
  length: number;
  /** Σ weight over j ≥ 1: proportional to those answered after a wait. */
  moved: number;
  /** Σ over j ≥ 1 of weight × mean wait of one that is answered from there, handle times. */
  answeredWait: number;
  /** Index of the first stored weight, how many are stored, and they themselves: what is beyond them is old. */
  first: number;
  count: number;
  weights: Float64Array;
  /** Who stays for the threshold last asked for, and for the one before: both of a view are asked by turns. */
  stay: Stay;
  stayBefore: Stay;
}

/** Hang-ups a handle time and a threshold, with the share of callers who stay that long and of those who do not. */
interface Stay {
  theta: number;
  threshold: number;
  share: number;
  gone: number;
}

/** Threshold sums: virtual wait over T, and answered within T after a wait. */
export interface ThresholdSums {
  virtualOver: number;
  answeredWithin: number;
}

/** What doubles can tell apart. */
const exactly = 1e-17;

/** Sums of an empty queue, to be overwritten; room for weights grows as they need it. */
export const newQueueSums = (leftOut = exactly): QueueSums => ({
  leftOut,
  scale: 1,
  all: 0,
  full: 0,
  length: 0,
  moved: 0,
  answeredWait: 0,
  first: 0,
  count: 0,
  weights: new Float64Array(256),
  stay: { theta: Number.NaN, threshold: 0, share: 1, gone: 0 },
  stayBefore: { theta: Number.NaN, threshold: 0, share: 1, gone: 0 },
});

/** Share of callers who would stay for so long: queues and levels of one view ask the same one after another. */
export const stayFor = (sums: QueueSums, theta: number, threshold: number): number => {
  if (theta !== sums.stay.theta || threshold !== sums.stay.threshold) {
    const { stay, stayBefore: other } = sums;
    sums.stay = other;
    sums.stayBefore = stay;
    if (theta !== other.theta || threshold !== other.threshold) {
      other.theta = theta;
      other.threshold = threshold;
      other.share = Math.exp(-theta * threshold);
      other.gone = -Math.expm1(-theta * threshold);
    }
  }
  return sums.stay.share;
};

/** Twice the room for weights, with those there are. */
const grow = (sums: QueueSums): Float64Array => {
  const larger = new Float64Array(sums.weights.length * 2);
  larger.set(sums.weights);
  sums.weights = larger;
  return larger;
};

/** Σ over states 0 … n−1 relative to state n; Infinity when state n is out of double range. load > 0. */
export const weightBelow = (load: number, operators: number): number => {
  let term = 1;
  let sum = 0;
  const perErlang = 1 / load;
  for (let k = operators; k >= 1; k -= 1) {
    term *= k * perErlang;
    sum += term;
    // Beyond double range every further term only adds to it: far more operators than load cost no more.
    if (sum === Infinity) return sum;
    if (k < load && term < sum * exactly) break;
  }
  return sum;
};

const rescaleAbove = 1e250;
/** Longest run from the queue's start that is walked in full before the start is skipped. */
export const longestWalk = 50_000;

/** Where to start the walk: 0, or just below the bulk of a queue that is always very long. theta > 0. */
const firstPlace = (load: number, operators: number, theta: number, places: number): number => {
  if (load <= operators) return 0;
  const mode = Math.min(places, (load - operators) / theta);
  const byAbandoning = 14 * Math.sqrt(load / theta);
  const byOverload = 100 / Math.log(load / operators);
  const bulk = mode < places ? byAbandoning : Math.min(byAbandoning, byOverload);
  const start = Math.floor(mode - bulk - 100);
  return start > longestWalk ? start : 0;
};

/**
 * Walks the queue's states. `places` is the most that may queue (Infinity: no limit). With theta = 0 at most
 * `longestWalk` places, else the closed forms: `endlessPatience`, `limitedPatientQueue`. theta may be Infinity: nobody
 * stays in the queue. `rise` is below theta.
 */
export const walkQueue = (
  load: number,
  operators: number,
  theta: number,
  places: number,
  sums: QueueSums,
  rise = 0,
): void => {
  const first = firstPlace(load, operators, theta - rise, places);
  const farRatio = rise > 0 ? rise / theta : 0;
  const { leftOut } = sums;
  let { weights } = sums;
  let weight = first > 0 ? 1e-200 : 1;
  let meanWait = first > 0 ? Math.log1p((first * theta) / (operators + theta / 2)) / theta : 0;
  let scale = first > 0 ? 0 : 1;
  let all = weight;
  let length = first * weight;
  let moved = first > 0 ? weight : 0;
  let answeredWait = weight * meanWait;
  weights[0] = weight;
  let j = first + 1;
  let ended = false;
  // What is rare stands outside the inner loop: within it, it would cost a third more.
  while (!ended && j <= places) {
    const room = Math.min(places, first + weights.length - 1);
    let large = false;
    for (; j <= room; j += 1) {
      const rate = 1 / (operators + j * theta);
      const ratio = (load + rise * (j - 1)) * rate;
      weight *= ratio;
      meanWait += rate;
      weights[j - first] = weight;
      all += weight;
      moved += weight;
      length += j * weight;
      answeredWait += weight * meanWait;
      if (ratio < 1) {
        // The first comparison is the second one's cheap half.
        if (weight < leftOut * length) {
          const left = 1 - Math.max(ratio, farRatio);
          if (weight * (j * left + 1) < leftOut * length * left * left) {
            ended = true;
            break;
          }
        }
      } else if (weight > rescaleAbove) {
        large = true;
        break;
      }
    }
    if (ended) weight = 0;
    if (large) {
      const factor = 1 / rescaleAbove;
      for (let i = 0; i <= j - first; i += 1) weights[i] = (weights[i] as number) * factor;
      weight *= factor;
      scale *= factor;
      all *= factor;
      moved *= factor;
      length *= factor;
      answeredWait *= factor;
    }
    if (ended || large) j += 1;
    else if (j <= places) weights = grow(sums);
  }
  sums.scale = scale;
  sums.all = all;
  sums.full = places === Infinity ? 0 : weight;
  sums.length = length;
  sums.moved = moved;
  sums.answeredWait = answeredWait;
  sums.first = first;
  sums.count = j - first;
};

/** The same sums in closed form for theta = 0, no limit, load < operators (geometric queue). */
export const endlessPatience = (load: number, operators: number, sums: QueueSums): void => {
  const rho = load / operators;
  const left = (operators - load) / operators;
  sums.scale = 1;
  sums.all = 1 / left;
  sums.full = 0;
  sums.length = rho / (left * left);
  sums.moved = rho / left;
  sums.answeredWait = sums.length / operators;
  sums.first = 0;
  sums.count = 0;
};

/**
 * The same sums where the queue is always tens of thousands long: the wait from place j is then a sum of so
 * many stages that it is normal.
 */
const walkFarThreshold = (
  operators: number,
  theta: number,
  threshold: number,
  sums: QueueSums,
  out: ThresholdSums,
): void => {
  const { weights } = sums;
  out.virtualOver = 0;
  out.answeredWithin = 0;
  for (let i = 0; i < sums.count; i += 1) {
    const stages = sums.first + i + 1;
    const last = operators + stages * theta;
    const mean = Math.log(last / operators) / theta;
    const variance = stages / operators / last;
    const within = normalCdf((threshold - mean) / Math.sqrt(variance));
    out.virtualOver += (weights[i] ?? 0) * (1 - within);
    out.answeredWithin += (weights[i + 1] ?? 0) * (i + 1 < sums.count ? within : 0);
  }
};

/**
 * Threshold sums for T (handle times, ≥ 0, Infinity allowed) over the weights that the last `walkQueue` left in `sums`;
 * arrivals grow by the share `arrivalsRise` for each who waits.
 * e^(−nT) underflows beyond nT = 745: the term runs as a mantissa with its own exponent.
 */
export const walkThreshold = (
  operators: number,
  theta: number,
  places: number,
  threshold: number,
  sums: QueueSums,
  out: ThresholdSums,
  arrivalsRise = 0,
): void => {
  const { first, count, weights } = sums;
  const waiting =
    sums.all - sums.full + arrivalsRise * (sums.length - sums.full * (sums.full > 0 ? places : 0));
  if (threshold === Infinity || threshold === 0 || theta === Infinity || operators === 0) {
    out.virtualOver = threshold === 0 || operators === 0 ? waiting : 0;
    out.answeredWithin = threshold === Infinity ? sums.moved : 0;
    return;
  }
  if (first > 0) {
    walkFarThreshold(operators, theta, threshold, sums, out);
    return;
  }
  const stay = stayFor(sums, theta, threshold) / operators;
  const growth = theta > 0 ? sums.stay.gone / theta : threshold;
  const start = -operators * threshold;
  let exponent = start > -700 ? 0 : start;
  let factor = exponent < 0 ? Math.exp(exponent) : 1;
  let term = start > -700 ? Math.exp(start) : 1;
  let over = term;
  let answeredOver = term * stay * operators;
  let virtualOver = 0;
  let answeredWithin = 0;
  let passed = 0;
  let rate = operators;
  for (let j = 0; ; j += 1) {
    const weight = weights[j] ?? 0;
    const arriving = weight * (1 + arrivalsRise * j);
    passed += arriving;
    if (j < places) virtualOver += arriving * (over * factor);
    if (j + 1 >= count) break;
    answeredWithin += (weights[j + 1] ?? 0) * Math.max(0, 1 - answeredOver * factor);
    term *= (rate * growth) / (j + 1);
    rate = operators + (j + 1) * theta;
    over += term;
    answeredOver += term * stay * rate;
    if (over > 1e200 && exponent < 0) {
      term *= 1e-200;
      over *= 1e-200;
      answeredOver *= 1e-200;
      exponent += 200 * Math.LN10;
      factor = Math.exp(exponent);
    }
    if (term * factor < 1e-18 && over * factor > 0.5 && rate * growth < j + 1) {
      virtualOver += Math.max(0, waiting - passed);
      break;
    }
  }
  out.virtualOver = virtualOver;
  out.answeredWithin = answeredWithin;
};
