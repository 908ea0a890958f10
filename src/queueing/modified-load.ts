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
export const startKept = (intervalSeconds: number, handleSeconds: number): number => {
  const x = intervalSeconds / handleSeconds;
  return -Math.expm1(-x) / x;
};

/** What the queue left over does to an interval. */
export interface CarriedOverload {
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
