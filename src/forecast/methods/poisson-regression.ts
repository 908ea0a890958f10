import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, forecastMethod, weekdayAt } from './forecast-method.ts';

/** Half a year: older days say little of the weekday's pattern. */
const learntDays = 182;

interface PoissonFit {
  /** Growth per week on the log scale. */
  readonly slope: number;
  /** Calls per weekday × slot at the end of the history. */
  readonly rates: readonly number[];
}

interface Cells {
  readonly calls: Float64Array;
  readonly exposure: Float64Array;
}

/** Calls and exposure (Σ exp(slope·t)) of every weekday × slot over the last half year. */
const cellsOf = (history: PreparedHistory, slope: number): Cells => {
  const slots = history.slotOf.length;
  const calls = new Float64Array(7 * slots);
  const exposure = new Float64Array(7 * slots);
  for (let day = Math.max(0, history.days - learntDays); day < history.days; day += 1) {
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
  for (let day = Math.max(0, history.days - learntDays); day < history.days; day += 1) {
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

const poissonMethod = (slopeOf: (history: PreparedHistory) => number) =>
  forecastMethod<PoissonFit>(
    (history) => {
      const slope = slopeOf(history);
      const { calls, exposure } = cellsOf(history, slope);
      return { slope, rates: Array.from(calls, (c, i) => (exposure[i]! > 0 ? c / exposure[i]! : 0)) };
    },
    ({ slope, rates }, ahead) =>
      fillHorizon(
        ahead,
        (day, slot) =>
          (rates[weekdayAt(ahead, day) * ahead.slotOf.length + slot] ?? 0) *
          Math.exp((slope * (day - ahead.days)) / 7),
      ),
  );

/** Poisson regression on weekday × time of day: its maximum-likelihood fit is the mean of each cell. */
export const poissonRegression = poissonMethod(() => 0);

/** The same with a log-linear trend, whose slope solves the profile likelihood. */
export const poissonTrend = poissonMethod(fitSlope);
