/**
 * Standard deviation over time of a load that falls or rises within an interval from its start to where its arrivals
 * would have it, as a share of the distance between the two: e^(−t) over `length` handle times.
 */
export const spreadWithin = (length: number): number => {
  const mean = -Math.expm1(-length) / length;
  const square = -Math.expm1(-2 * length) / (2 * length);
  return Math.sqrt(Math.max(0, square - mean * mean));
};

/** Normal density over upper tail: Abramowitz and Stegun 26.2.14 (continued fraction) in the tail, 7.1.26 elsewhere; to 1e-5. */
const hazard = (x: number): number => {
  if (x > 2.5) {
    let rest = x;
    for (let k = 8; k >= 1; k -= 1) rest = x + k / rest;
    return rest;
  }
  const t = 1 / (1 + 0.3275911 * Math.abs(x) * Math.SQRT1_2);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const density = 0.7978845608028654;
  return x >= 0 ? density / series : density / (2 * Math.exp((x * x) / 2) - series);
};

/** How busy a queue is at a load, by Garnett, Mandelbaum and Reiman (2002): the parts of P(wait) and P(hang up). */
const busyAt = (load: number, operators: number, ratio: number) => {
  const spare = (operators - load) / Math.sqrt(load);
  const x = spare / ratio;
  const [leaving, busy] = [hazard(x), hazard(-spare)];
  return {
    spare,
    x,
    leaving,
    busy,
    excess: x > 50 ? 1 / x : leaving - x,
    chance: 1 / (1 + (ratio * leaving) / busy),
  };
};

/**
 * Load, beyond the mean, at which a stationary queue does to its callers what the interval does on average, while the
 * load moves from its start to where its arrivals would have it. Waiting bends upwards in load, so times above the mean
 * cost more than times below it save. `theta` is patience as hang-ups a handle time, `length` the interval in handle
 * times, `moved` the load at the start less the one that arrivals settle at; Erlangs. At least 0.
 *
 * Small movements are taken to second order in P(wait). A large one, as of a hall that opens empty or of a queue that
 * closes, is lived through: the load whose hang-ups are those of the whole way. Against the exact chain, a hall that
 * opens at 80 to 95 % within 15 seconds is then within 1.2 points, and within 0.4 points of its connection rate.
 */
export const loadForMoving = (
  load: number,
  operators: number,
  theta: number,
  moved: number,
  length: number,
): number => {
  const root = Math.sqrt(load);
  if (!(Math.abs(moved) * mostSpread > leastSpread * root) || operators <= 0) return 0;
  const spread = Math.abs(moved) * spreadWithin(length);
  if (!(spread > leastSpread * root)) return 0;
  const ratio = Math.sqrt(Math.max(theta, leastTheta));
  if (spread > largeSpread * root) return loadOfWay(load, operators, ratio, moved, length);
  const { spare, x, leaving, busy, excess, chance } = busyAt(load, operators, ratio);
  if (spare <= 0) return 0;
  const slope = excess / ratio + busy + spare;
  const bend = (x > 50 ? -1 / (x * x) : leaving * excess - 1) / (ratio * ratio) - (busy * (busy + spare) - 1);
  const curvature = (slope * (1 - 2 * chance) - bend / slope) / root;
  return Math.min(spread, Math.max(0, (spread * spread * curvature) / 2));
};

/** Gauss and Legendre's places and weights between 0 and 1. */
const places = [0.0694318442029737, 0.3300094782075719, 0.6699905217924281, 0.9305681557970263];
const weights = [0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269];

/** Log of the chance to hang up, but for what does not depend on the load. */
const hangUpsAt = (load: number, operators: number, ratio: number): number => {
  const { chance, excess } = busyAt(Math.max(load, 1e-9), operators, ratio);
  return Math.log(chance * excess);
};

const loadOfWay = (load: number, operators: number, ratio: number, moved: number, length: number): number => {
  const settled = load + (moved * Math.expm1(-length)) / length;
  let mean = 0;
  for (let k = 0; k < places.length; k += 1) {
    // Closer together at the beginning, where the load moves most.
    const u = places[k] ?? 0;
    const now = settled + moved * Math.exp(-length * u * u);
    mean += 2 * u * (weights[k] ?? 0) * Math.exp(hangUpsAt(now, operators, ratio));
  }
  if (!(mean > 0)) return 0;
  const wanted = Math.log(mean);
  let [low, high] = [load, Math.max(settled, settled + moved)];
  let [under, over] = [hangUpsAt(low, operators, ratio) - wanted, hangUpsAt(high, operators, ratio) - wanted];
  if (!(under < 0)) return 0;
  // By the false position, halving what stands still (Illinois): nearly a line in the logarithm.
  for (let round = 0; round < 8 && over - under > 1e-9; round += 1) {
    const tried = under === -Infinity ? (low + high) / 2 : low + ((high - low) * -under) / (over - under);
    const found = hangUpsAt(tried, operators, ratio) - wanted;
    if (Math.abs(found) < 1e-4) return tried - load;
    if (found < 0) {
      [low, under] = [tried, found];
      over /= 2;
    } else {
      [high, over] = [tried, found];
      under /= 2;
    }
  }
  return (low + high) / 2 - load;
};

/** More than a load can be spread within any interval, as a share of its movement: see `spreadWithin`. */
const mostSpread = 0.258;
/** Movements of less than this share of the load's own scatter move no figure. */
const leastSpread = 0.05;
/** Beyond it the second order says little: it would have a hall of 100 that opens empty answer 54 in time where 85 are. */
const largeSpread = 0.35;
const leastTheta = 1e-4;

/**
 * Load through time. The modified offered load is the mean number of calls in service if operators were
 * endless: m(t + h) = m·e^(−µh) + (λ/µ)(1 − e^(−µh)) (Jennings, Mandelbaum, Massey and Whitt 1996).
 */

/** Load at the end of an interval that starts with `start` Erlangs; `steady` = calls a second × handle time. */
export const loadAtEnd = (
  start: number,
  steady: number,
  intervalSeconds: number,
  handleSeconds: number,
): number => steady + (start - steady) * Math.exp(-intervalSeconds / handleSeconds);

/** Share of the load at an interval's start that is left of it in the mean over the interval. */
export const remainingStartShare = (intervalSeconds: number, handleSeconds: number): number => {
  const x = intervalSeconds / handleSeconds;
  return -Math.expm1(-x) / x;
};

/** What the queue left over does to an interval. */
interface CarriedOverload {
  /** Load at which a stationary queue is as long as the one that passes through the interval, Erlangs. */
  load: number;
  /** Calls left in the queue at the end beyond what operators keep up with. */
  left: number;
}

/**
 * Carries overload from interval to interval by a fluid: while `left` calls wait, f' = (load − operators) −
 * theta·f in handle times. A stationary queue under load n + theta·f is f long, so the interval is answered
 * with the time average of n + theta·f while the fluid stands and of `load` while it does not. A growing
 * overload is so milder than its stationary end, and the intervals after a peak still feel it. With endless
 * patience (theta = 0) the load is set so that n operators hold a queue as long as the fluid and what chance
 * can build up within the interval. Where lines run out before the queue would stop growing (`places`: most
 * that may queue), it is at its stationary end at once and the load stays what it is.
 */
export const carryOverload = (
  load: number,
  operators: number,
  theta: number,
  left: number,
  lengthInHandleTimes: number,
  places: number,
  out: CarriedOverload,
): void => {
  const gain = load - operators;
  if (gain > 0 && places < gain / theta) {
    out.load = load;
    out.left = places;
    return;
  }
  if (left <= 1e-9 && gain <= 0 && theta > 0) {
    out.load = load;
    out.left = 0;
    return;
  }
  if (theta === 0) {
    carryEndless(load, operators, left, lengthInHandleTimes, out);
    return;
  }
  const rest = gain / theta;
  const x = lengthInHandleTimes;
  // Time until the fluid is gone: rest + (left − rest)·e^(−theta·t) = 0.
  const until = rest >= 0 ? x : Math.min(x, Math.log1p(-left / rest) / theta);
  const decay = -Math.expm1(-theta * until);
  const area = rest * until + ((left - rest) * decay) / theta;
  out.left = until < x ? 0 : Math.max(0, rest + (left - rest) * (1 - decay));
  out.load = (operators * until + theta * area + load * (x - until)) / x;
};

const carryEndless = (
  load: number,
  operators: number,
  left: number,
  length: number,
  out: CarriedOverload,
): void => {
  const gain = load - operators;
  const end = Math.max(0, left + gain * length);
  const until = gain < 0 ? Math.min(length, left / -gain) : length;
  const mean = ((left + Math.max(0, left + gain * until)) / 2) * (until / length);
  // From an empty queue at the critical load chance alone builds about sqrt(2·n·t)·0.8.
  const longest = mean + 0.8 * Math.sqrt(2 * Math.max(operators, 1) * length);
  const fullest = operators * (longest / (1 + longest));
  const carried = operators * (mean / (1 + mean));
  out.left = end;
  out.load = Math.min(Math.max(load, carried), fullest);
};
