import { knownDays, type PreparedHistory } from '../history/prepare-history.ts';
import { autocorrelation } from '../../kernel/statistics.ts';
import { fillHorizon, forecastMethod, weekdayAt } from './forecast-method.ts';

/** Factors kept: further ones follow single days. */
const rank = 3;
/** Half a year: older days say little of the day's shape. */
const learntDays = 182;

/** One pattern of the day, and the scores that the days have on it. */
interface Factor {
  /** Weight per active slot, of length one. */
  readonly vector: readonly number[];
  /** Mean score per weekday. */
  readonly means: readonly number[];
  /** First-order autocorrelation of what the weekday means leave, 0–0.98, and the last day's. */
  readonly memory: number;
  readonly last: number;
}

interface LowRankFit {
  readonly factors: readonly Factor[];
}

/** Days × slots of square roots; gaps take the slot's mean so that they carry no pattern of their own. */
const rootMatrix = (history: PreparedHistory, chosen: readonly number[]): Float64Array => {
  const slots = history.slotOf.length;
  const matrix = new Float64Array(chosen.length * slots);
  for (let slot = 0; slot < slots; slot += 1) {
    let sum = 0;
    let count = 0;
    chosen.forEach((d) => {
      const calls = history.values[d * slots + slot]!;
      if (Number.isNaN(calls)) return;
      sum += Math.sqrt(calls);
      count += 1;
    });
    chosen.forEach((d, i) => {
      const calls = history.values[d * slots + slot]!;
      matrix[i * slots + slot] = Number.isNaN(calls) ? (count > 0 ? sum / count : 0) : Math.sqrt(calls);
    });
  }
  return matrix;
};

/** Each row's score on a vector: their dot product. */
const scoresOn = (matrix: Float64Array, vector: Float64Array, scores: Float64Array): void => {
  const slots = vector.length;
  for (let row = 0; row < scores.length; row += 1) {
    let dot = 0;
    for (let slot = 0; slot < slots; slot += 1) dot += matrix[row * slots + slot]! * vector[slot]!;
    scores[row] = dot;
  }
};

/** Rounds of power iteration: far past convergence for a few factors. */
const rounds = 60;

/** Leading right singular vector by power iteration; the matrix loses it (deflation). Returns [vector, scores]. */
const takeFactor = (matrix: Float64Array, rows: number, slots: number): [Float64Array, Float64Array] => {
  let vector = new Float64Array(slots).map((_, slot) => 1 + 0.01 * Math.sin(slot + 1));
  const scores = new Float64Array(rows);
  for (let round = 0; round < rounds; round += 1) {
    scoresOn(matrix, vector, scores);
    const next = new Float64Array(slots);
    for (let row = 0; row < rows; row += 1) {
      for (let slot = 0; slot < slots; slot += 1) next[slot]! += scores[row]! * matrix[row * slots + slot]!;
    }
    const length = Math.hypot(...next);
    if (!(length > 0)) break;
    vector = next.map((x) => x / length);
  }
  scoresOn(matrix, vector, scores);
  for (let row = 0; row < rows; row += 1) {
    for (let slot = 0; slot < slots; slot += 1) matrix[row * slots + slot]! -= scores[row]! * vector[slot]!;
  }
  return [vector, scores];
};

/** Weekday means of a factor's scores, and how long what they leave lasts. */
const factorOf = (
  history: PreparedHistory,
  chosen: readonly number[],
  vector: Float64Array,
  scores: Float64Array,
): Factor => {
  const sums = Array.from({ length: 7 }, () => 0);
  const counts = Array.from({ length: 7 }, () => 0);
  chosen.forEach((day, i) => {
    sums[weekdayAt(history, day)]! += scores[i]!;
    counts[weekdayAt(history, day)]! += 1;
  });
  const all = scores.reduce((x, y) => x + y, 0) / Math.max(1, scores.length);
  const means = sums.map((sum, weekday) => (counts[weekday]! > 0 ? sum / counts[weekday]! : all));
  const left = chosen.map((day, i) => scores[i]! - means[weekdayAt(history, day)]!);
  return { vector: Array.from(vector), means, memory: autocorrelation(left), last: left.at(-1) ?? 0 };
};

/**
 * Low-rank factors of days × slots, each factor's scores forecast by weekday mean and autoregression (Shen
 * and Huang 2008, on square roots).
 */
export const lowRank = forecastMethod<LowRankFit>(
  (history) => {
    const slots = history.slotOf.length;
    const chosen = knownDays(history).filter((day) => day >= history.days - learntDays);
    const matrix = rootMatrix(history, chosen);
    const factors = Array.from({ length: Math.min(rank, slots) }, () => {
      const [vector, scores] = takeFactor(matrix, chosen.length, slots);
      return factorOf(history, chosen, vector, scores);
    });
    return { factors };
  },
  ({ factors }, ahead) =>
    fillHorizon(ahead, (day, slot) => {
      const weekday = weekdayAt(ahead, day);
      let root = 0;
      for (const { vector, means, memory, last } of factors) {
        const score = (means[weekday] ?? 0) + last * Math.pow(memory, day - ahead.days + 1);
        root += score * (vector[slot] ?? 0);
      }
      return root > 0 ? root * root : 0;
    }),
);
