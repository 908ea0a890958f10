import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, listOf, numberOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

const days = 182;

interface Cells {
  readonly calls: Float64Array;
  readonly exposure: Float64Array;
}

/** Calls and exposure (Σ exp(slope·t)) of every weekday × slot over the last half year. */
const cellsOf = (h: PreparedHistory, slope: number): Cells => {
  const a = h.slotOf.length;
  const calls = new Float64Array(7 * a);
  const exposure = new Float64Array(7 * a);
  for (let d = Math.max(0, h.days - days); d < h.days; d += 1) {
    const at = weekdayAt(h, d) * a;
    const weight = Math.exp((slope * (d - h.days)) / 7);
    for (let s = 0; s < a; s += 1) {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
      calls[at + s]! += v;
      exposure[at + s]! += weight;
    }
  }
  return { calls, exposure };
};

/** Derivative of the profile log likelihood in the slope: Σ (y − µ) t, decreasing in the slope. */
const gradient = (h: PreparedHistory, slope: number): number => {
  const a = h.slotOf.length;
  const { calls, exposure } = cellsOf(h, slope);
  let sum = 0;
  for (let d = Math.max(0, h.days - days); d < h.days; d += 1) {
    const at = weekdayAt(h, d) * a;
    const t = (d - h.days) / 7;
    const weight = Math.exp(slope * t);
    for (let s = 0; s < a; s += 1) {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
      sum += (v - (calls[at + s]! / exposure[at + s]!) * weight) * t;
    }
  }
  return sum;
};

const fitSlope = (h: PreparedHistory): number => {
  let low = -0.1;
  let high = 0.1;
  for (let i = 0; i < 14; i += 1) {
    const middle = (low + high) / 2;
    if (gradient(h, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

const method = (name: string, slopeOf: (h: PreparedHistory) => number): ForecastMethod => ({
  name,
  fit: (h) => {
    const slope = slopeOf(h);
    const { calls, exposure } = cellsOf(h, slope);
    return { slope, rates: Array.from(calls, (c, i) => (exposure[i]! > 0 ? c / exposure[i]! : 0)) };
  },
  predict: (state, h) => {
    const rates = listOf(state, 'rates');
    const a = h.slotOf.length;
    return fillHorizon(
      h,
      (day, slot) =>
        (rates[weekdayAt(h, day) * a + slot] ?? 0) *
        Math.exp((numberOf(state, 'slope') * (day - h.days)) / 7),
    );
  },
});

/** Poisson regression on weekday × time of day: its maximum-likelihood fit is the mean of each cell. */
export const poissonRegression = method('poisson-regression', () => 0);

/** The same with a log-linear trend, whose slope solves the profile likelihood. */
export const poissonTrend = method('poisson-trend', fitSlope);
