import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../../kernel/linear-algebra.ts';
import { autocorrelation } from '../../kernel/statistics.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, forecastMethod, weekdayAt } from './forecast-method.ts';

/** Half a year: older days say little of the day's shape. */
const learntDays = 182;
/** Harmonics of the day: the sixth has a period of four hours. */
const daily = 6;

/** What is learnt: coefficients, and how the days' residuals last. */
interface HarmonicFit {
  readonly beta: readonly number[];
  /** First-order autocorrelation of the days' mean residuals, 0–0.98. */
  readonly memory: number;
  /** Mean residual of the last day, on the scale of square roots. */
  readonly last: number;
}

/** Weekday dummies, the day's harmonics, and the same harmonics apart for Saturday and Sunday. */
const features = (history: PreparedHistory, day: number, slot: number, out: Float64Array): void => {
  const weekday = weekdayAt(history, day);
  out.fill(0);
  out[weekday] = 1;
  const turn = (2 * Math.PI * (history.slotOf[slot]! + 0.5)) / history.slotsPerDay;
  for (let k = 1; k <= daily; k += 1) {
    const sine = Math.sin(k * turn);
    const cosine = Math.cos(k * turn);
    out[5 + 2 * k] = sine;
    out[6 + 2 * k] = cosine;
    if (weekday >= 5) {
      out[5 + 2 * daily + 2 * k] = sine;
      out[6 + 2 * daily + 2 * k] = cosine;
    }
  }
};
const size = 7 + 4 * daily;

const solveRidge = (gram: Float64Array, right: Float64Array): Float64Array => {
  for (let i = 0; i < size; i += 1) gram[rowStart(i) + i]! += 1e-3;
  const factor = choleskyInPlace(gram, size);
  return solveUpper(factor, solveLower(factor, right, size), size);
};

/** Mean residual of each day with data, latest last. */
const dayResiduals = (history: PreparedHistory, beta: Float64Array): number[] => {
  const slots = history.slotOf.length;
  const x = new Float64Array(size);
  const residuals: number[] = [];
  for (let day = Math.max(0, history.days - learntDays); day < history.days; day += 1) {
    let sum = 0;
    let count = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls)) continue;
      features(history, day, slot, x);
      let fit = 0;
      for (let i = 0; i < size; i += 1) fit += x[i]! * beta[i]!;
      sum += Math.sqrt(calls + 0.375) - fit;
      count += 1;
    }
    if (count > 0) residuals.push(sum / count);
  }
  return residuals;
};

/** Normal equations of the least-squares fit over the days learnt from. */
const normalEquations = (history: PreparedHistory): { gram: Float64Array; right: Float64Array } => {
  const slots = history.slotOf.length;
  const gram = new Float64Array(rowStart(size));
  const right = new Float64Array(size);
  const x = new Float64Array(size);
  for (let day = Math.max(0, history.days - learntDays); day < history.days; day += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls) || history.open[day * slots + slot] === 0) continue;
      features(history, day, slot, x);
      const y = Math.sqrt(calls + 0.375);
      for (let i = 0; i < size; i += 1) {
        if (x[i] === 0) continue;
        right[i]! += x[i]! * y;
        for (let j = 0; j <= i; j += 1) gram[rowStart(i) + j]! += x[i]! * x[j]!;
      }
    }
  }
  return { gram, right };
};

/**
 * Dynamic harmonic regression: square roots of counts on weekday and Fourier terms of the day by least
 * squares, with first-order autocorrelation of the days' residuals (Hyndman and Athanasopoulos 2021, 10.5).
 */
export const harmonicRegression = forecastMethod<HarmonicFit>(
  (history) => {
    const { gram, right } = normalEquations(history);
    const beta = solveRidge(gram, right);
    const residuals = dayResiduals(history, beta);
    return { beta: Array.from(beta), memory: autocorrelation(residuals), last: residuals.at(-1) ?? 0 };
  },
  ({ beta, memory, last }, ahead) => {
    const x = new Float64Array(size);
    return fillHorizon(ahead, (day, slot) => {
      features(ahead, day, slot, x);
      let root = last * Math.pow(memory, day - ahead.days + 1);
      for (let i = 0; i < size; i += 1) root += x[i]! * (beta[i] ?? 0);
      return root <= 0 ? 0 : root * root - 0.375;
    });
  },
);
