import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, listOf, numberOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

const days = 182;

interface Cells {
  readonly calls: Float64Array;
  readonly exposure: Float64Array;
}

/** Calls and exposure (Σ exp(slope·t)) of every weekday × slot over the last half year. */
const cellsOf = (history: PreparedHistory, slope: number): Cells => {
  const slots = history.slotOf.length;
  const calls = new Float64Array(7 * slots);
  const exposure = new Float64Array(7 * slots);
  for (let day = Math.max(0, history.days - days); day < history.days; day += 1) {
    const at = weekdayAt(history, day) * slots;
    const weight = Math.exp((slope * (day - history.days)) / 7);
    for (let slot = 0; slot < slots; slot += 1) {
      const value = history.values[day * slots + slot]!;
      if (Number.isNaN(value) || history.open[day * slots + slot] === 0) continue;
      calls[at + slot]! += value;
      exposure[at + slot]! += weight;
    }
  }
  return { calls, exposure };
};

/** Derivative of the profile log likelihood in the slope: Σ (y − µ) t, decreasing in the slope. */
const gradient = (history: PreparedHistory, slope: number): number => {
  const slots = history.slotOf.length;
  const { calls, exposure } = cellsOf(history, slope);
  let sum = 0;
  for (let day = Math.max(0, history.days - days); day < history.days; day += 1) {
    const at = weekdayAt(history, day) * slots;
    const t = (day - history.days) / 7;
    const weight = Math.exp(slope * t);
    for (let slot = 0; slot < slots; slot += 1) {
      const value = history.values[day * slots + slot]!;
      if (Number.isNaN(value) || history.open[day * slots + slot] === 0) continue;
      sum += (value - (calls[at + slot]! / exposure[at + slot]!) * weight) * t;
    }
  }
  return sum;
};

const fitSlope = (history: PreparedHistory): number => {
  let low = -0.1;
  let high = 0.1;
  for (let i = 0; i < 14; i += 1) {
    const middle = (low + high) / 2;
    if (gradient(history, middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

const method = (name: string, slopeOf: (history: PreparedHistory) => number): ForecastMethod => ({
  name,
  fit: (history) => {
    const slope = slopeOf(history);
    const { calls, exposure } = cellsOf(history, slope);
    return { slope, rates: Array.from(calls, (c, i) => (exposure[i]! > 0 ? c / exposure[i]! : 0)) };
  },
  predict: (state, history) => {
    const rates = listOf(state, 'rates');
    const slots = history.slotOf.length;
    return fillHorizon(
      history,
      (day, slot) =>
        (rates[weekdayAt(history, day) * slots + slot] ?? 0) *
        Math.exp((numberOf(state, 'slope') * (day - history.days)) / 7),
    );
  },
});

/** Poisson regression on weekday × time of day: its maximum-likelihood fit is the mean of each cell. */
export const poissonRegression = method('poisson-regression', () => 0);

/** The same with a log-linear trend, whose slope solves the profile likelihood. */
export const poissonTrend = method('poisson-trend', fitSlope);
