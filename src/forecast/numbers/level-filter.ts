/**
 * Whitening by a Kalman filter: errors that are a random walk plus a first-order autoregression plus noise, as a state
 * of two numbers (Harvey 1989, 3.2 and 3.4). Series and regressors go through the same filter; what comes out is free
 * of autocorrelation, so that ordinary least squares on it is generalised least squares.
 */
export interface ErrorProcess {
  /** Standard deviation of the walk's daily step over that of the noise. */
  readonly walk: number;
  /** Standard deviation of the autoregression's daily shock over that of the noise. */
  readonly fading: number;
  /** What is left of the autoregression after a day, 0–1. */
  readonly memory: number;
}

/** Gains and variances of every day, in units of the noise variance. */
export interface LevelFilter {
  readonly dynamics: ErrorProcess;
  readonly walkGain: Float64Array;
  readonly fadingGain: Float64Array;
  /** Standard deviation of each day's innovation; 0 on days that are not known. */
  readonly deviation: Float64Array;
  /** Covariance of the state before each day and at the end: walk, both, fading. */
  readonly states: Float64Array;
}

/** As good as no knowledge of the level, in units of the noise variance. */
const diffuse = 1e6;

/**
 * Filters days whose noise variances are given (in units of the usual one); NaN marks a day that is not known. `jumps`
 * are variances by which the walk may step further on a day.
 */
export const levelFilter = (
  dynamics: ErrorProcess,
  noise: Float64Array,
  jumps: Float64Array,
): LevelFilter => {
  const days = noise.length;
  const walkGain = new Float64Array(days);
  const fadingGain = new Float64Array(days);
  const deviation = new Float64Array(days);
  const states = new Float64Array(3 * (days + 1));
  const step = dynamics.walk ** 2;
  const shock = dynamics.fading ** 2;
  let walk = diffuse;
  let both = 0;
  let fading = shock / (1 - dynamics.memory ** 2);
  for (let day = 0; day < days; day += 1) {
    walk += jumps[day]!;
    states[3 * day] = walk;
    states[3 * day + 1] = both;
    states[3 * day + 2] = fading;
    if (!Number.isNaN(noise[day]!)) {
      const variance = walk + 2 * both + fading + noise[day]!;
      const a = (walk + both) / variance;
      const b = (both + fading) / variance;
      walkGain[day] = a;
      fadingGain[day] = b;
      deviation[day] = Math.sqrt(variance);
      walk -= a * a * variance;
      both -= a * b * variance;
      fading -= b * b * variance;
    }
    walk += step;
    both *= dynamics.memory;
    fading = dynamics.memory ** 2 * fading + shock;
  }
  states.set([walk, both, fading], 3 * days);
  return { dynamics, walkGain, fadingGain, deviation, states };
};

/** A series through the filter. */
export interface Whitened {
  /** Standardised innovation per day; 0 on days that are not known. */
  readonly innovation: Float64Array;
  /** The state expected before each day and at the end: walk and fading, two numbers a day. */
  readonly state: Float64Array;
}

/** Takes a series (NaN never read where a day is not known) through a filter. */
export const whiten = (filter: LevelFilter, values: Float64Array): Whitened => {
  const days = values.length;
  const innovation = new Float64Array(days);
  const state = new Float64Array(2 * (days + 1));
  const { walkGain, fadingGain, deviation } = filter;
  const { memory } = filter.dynamics;
  let walk = 0;
  let fading = 0;
  for (let day = 0; day < days; day += 1) {
    state[2 * day] = walk;
    state[2 * day + 1] = fading;
    if (deviation[day]! > 0) {
      const error = values[day]! - walk - fading;
      walk += walkGain[day]! * error;
      fading += fadingGain[day]! * error;
      innovation[day] = error / deviation[day]!;
    }
    fading *= memory;
  }
  state[2 * days] = walk;
  state[2 * days + 1] = fading;
  return { innovation, state };
};
