import { isCovered } from '../kernel/time-window.ts';

/** A forecast of some intervals or days; quantiles may be left out. All arrays have one length. */
interface ForecastValues {
  readonly mean: ArrayLike<number>;
  readonly q10?: ArrayLike<number>;
  readonly q90?: ArrayLike<number>;
  readonly q025?: ArrayLike<number>;
  readonly q975?: ArrayLike<number>;
}

/** How well a forecast held. Fractions; null where nothing could be scored. */
interface ForecastAccuracy {
  /** Sum of |forecast − actual| / sum of actual. */
  readonly wape: number | null;
  /** (Sum of forecast − sum of actual) / sum of actual: above 0 is too high. */
  readonly bias: number | null;
  /** Share of values within q10–q90: 0.8 is right. */
  readonly coverage80: number | null;
  /** Share of values within q025–q975: 0.95 is right. */
  readonly coverage95: number | null;
  /** Values that had an actual. */
  readonly scored: number;
}

/**
 * Forecast against actual, over the values that count in. Values without an actual (null, NaN) or without a forecast are
 * left out. A count on an end of its range is inside (`isCovered`). With nothing but zeros to compare with, the two ratios
 * are null.
 */
export const forecastAccuracy = (
  forecast: ForecastValues,
  actual: ArrayLike<number | null>,
  countsIn: (i: number) => boolean = () => true,
): ForecastAccuracy => {
  let absolute = 0;
  let difference = 0;
  let total = 0;
  let scored = 0;
  const within80 = coverage(forecast.q10, forecast.q90);
  const within95 = coverage(forecast.q025, forecast.q975);
  for (let i = 0; i < actual.length; i += 1) {
    const seen = actual[i];
    const mean = forecast.mean[i];
    if (!countsIn(i)) continue;
    if (seen === null || seen === undefined || Number.isNaN(seen)) continue;
    if (mean === undefined || Number.isNaN(mean)) continue;
    absolute += Math.abs(mean - seen);
    difference += mean - seen;
    total += seen;
    scored += 1;
    within80.add(i, seen);
    within95.add(i, seen);
  }
  return {
    wape: total > 0 ? absolute / total : null,
    bias: total > 0 ? difference / total : null,
    coverage80: within80.share(),
    coverage95: within95.share(),
    scored,
  };
};

const coverage = (
  low: ArrayLike<number> | undefined,
  high: ArrayLike<number> | undefined,
): { readonly add: (i: number, seen: number) => void; readonly share: () => number | null } => {
  let inside = 0;
  let all = 0;
  return {
    add: (i, seen) => {
      const [from, to] = [low?.[i], high?.[i]];
      if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return;
      all += 1;
      if (isCovered(seen, from, to)) inside += 1;
    },
    share: () => (all > 0 ? inside / all : null),
  };
};
