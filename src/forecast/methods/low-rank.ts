import { knownDays, type PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, listOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

const rank = 3;
const days = 182;

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

/** Leading right singular vector by power iteration; the matrix loses it (deflation). Returns [vector, scores]. */
const takeFactor = (matrix: Float64Array, rows: number, a: number): [Float64Array, Float64Array] => {
  let v = new Float64Array(a).map((_, s) => 1 + 0.01 * Math.sin(s + 1));
  const scores = new Float64Array(rows);
  for (let round = 0; round < 60; round += 1) {
    const next = new Float64Array(a);
    for (let i = 0; i < rows; i += 1) {
      let dot = 0;
      for (let slot = 0; slot < a; slot += 1) dot += matrix[i * a + slot]! * v[slot]!;
      scores[i] = dot;
      for (let slot = 0; slot < a; slot += 1) next[slot]! += dot * matrix[i * a + slot]!;
    }
    const length = Math.hypot(...next);
    if (!(length > 0)) break;
    v = next.map((x) => x / length);
  }
  for (let i = 0; i < rows; i += 1) {
    let dot = 0;
    for (let slot = 0; slot < a; slot += 1) dot += matrix[i * a + slot]! * v[slot]!;
    scores[i] = dot;
    for (let slot = 0; slot < a; slot += 1) matrix[i * a + slot]! -= dot * v[slot]!;
  }
  return [v, scores];
};

/** Weekday means of a factor's scores and the memory of what is left: its first-order autocorrelation. */
const describeScores = (history: PreparedHistory, chosen: readonly number[], scores: Float64Array) => {
  const sums = Array.from({ length: 7 }, () => 0);
  const counts = Array.from({ length: 7 }, () => 0);
  chosen.forEach((d, i) => {
    sums[weekdayAt(history, d)]! += scores[i]!;
    counts[weekdayAt(history, d)]! += 1;
  });
  const all = scores.reduce((x, y) => x + y, 0) / Math.max(1, scores.length);
  const means = sums.map((sum, w) => (counts[w]! > 0 ? sum / counts[w]! : all));
  const left = chosen.map((d, i) => scores[i]! - means[weekdayAt(history, d)]!);
  let cross = 0;
  let own = 1e-9;
  for (let i = 1; i < left.length; i += 1) {
    cross += left[i]! * left[i - 1]!;
    own += left[i - 1]! ** 2;
  }
  return { means, memory: Math.max(0, Math.min(0.98, cross / own)), last: left.at(-1) ?? 0 };
};

/**
 * Low-rank factors of days × slots, each factor's scores forecast by weekday mean and autoregression (Shen
 * and Huang 2008, on square roots).
 */
export const lowRank: ForecastMethod = {
  name: 'low-rank',
  fit: (history) => {
    const slots = history.slotOf.length;
    const chosen = knownDays(history).filter((d) => d >= history.days - days);
    const matrix = rootMatrix(history, chosen);
    const vectors: number[] = [];
    const means: number[] = [];
    const memories: number[] = [];
    const lasts: number[] = [];
    for (let k = 0; k < Math.min(rank, slots); k += 1) {
      const [vector, scores] = takeFactor(matrix, chosen.length, slots);
      const described = describeScores(history, chosen, scores);
      vectors.push(...vector);
      means.push(...described.means);
      memories.push(described.memory);
      lasts.push(described.last);
    }
    return { vectors, means, memories, lasts };
  },
  predict: (state, history) => {
    const slots = history.slotOf.length;
    const vectors = listOf(state, 'vectors');
    const means = listOf(state, 'means');
    const memories = listOf(state, 'memories');
    const lasts = listOf(state, 'lasts');
    return fillHorizon(history, (day, slot) => {
      const weekday = weekdayAt(history, day);
      let root = 0;
      memories.forEach((memory, k) => {
        const score =
          (means[7 * k + weekday] ?? 0) + (lasts[k] ?? 0) * Math.pow(memory, day - history.days + 1);
        root += score * (vectors[k * slots + slot] ?? 0);
      });
      return root > 0 ? root * root : 0;
    });
  },
};
