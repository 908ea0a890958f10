import { knownDays, type PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, listOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

const rank = 3;
const days = 182;

/** Days × slots of square roots; gaps take the slot's mean so that they carry no pattern of their own. */
const rootMatrix = (h: PreparedHistory, chosen: readonly number[]): Float64Array => {
  const a = h.slotOf.length;
  const matrix = new Float64Array(chosen.length * a);
  for (let s = 0; s < a; s += 1) {
    let sum = 0;
    let n = 0;
    chosen.forEach((d) => {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v)) return;
      sum += Math.sqrt(v);
      n += 1;
    });
    chosen.forEach((d, i) => {
      const v = h.values[d * a + s]!;
      matrix[i * a + s] = Number.isNaN(v) ? (n > 0 ? sum / n : 0) : Math.sqrt(v);
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
      for (let s = 0; s < a; s += 1) dot += matrix[i * a + s]! * v[s]!;
      scores[i] = dot;
      for (let s = 0; s < a; s += 1) next[s]! += dot * matrix[i * a + s]!;
    }
    const length = Math.hypot(...next);
    if (!(length > 0)) break;
    v = next.map((x) => x / length);
  }
  for (let i = 0; i < rows; i += 1) {
    let dot = 0;
    for (let s = 0; s < a; s += 1) dot += matrix[i * a + s]! * v[s]!;
    scores[i] = dot;
    for (let s = 0; s < a; s += 1) matrix[i * a + s]! -= dot * v[s]!;
  }
  return [v, scores];
};

/** Weekday means of a factor's scores and the memory of what is left: its first-order autocorrelation. */
const describeScores = (h: PreparedHistory, chosen: readonly number[], scores: Float64Array) => {
  const sums = Array.from({ length: 7 }, () => 0);
  const counts = Array.from({ length: 7 }, () => 0);
  chosen.forEach((d, i) => {
    sums[weekdayAt(h, d)]! += scores[i]!;
    counts[weekdayAt(h, d)]! += 1;
  });
  const all = scores.reduce((x, y) => x + y, 0) / Math.max(1, scores.length);
  const means = sums.map((sum, w) => (counts[w]! > 0 ? sum / counts[w]! : all));
  const left = chosen.map((d, i) => scores[i]! - means[weekdayAt(h, d)]!);
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
  fit: (h) => {
    const a = h.slotOf.length;
    const chosen = knownDays(h).filter((d) => d >= h.days - days);
    const matrix = rootMatrix(h, chosen);
    const vectors: number[] = [];
    const means: number[] = [];
    const memories: number[] = [];
    const lasts: number[] = [];
    for (let k = 0; k < Math.min(rank, a); k += 1) {
      const [vector, scores] = takeFactor(matrix, chosen.length, a);
      const described = describeScores(h, chosen, scores);
      vectors.push(...vector);
      means.push(...described.means);
      memories.push(described.memory);
      lasts.push(described.last);
    }
    return { vectors, means, memories, lasts };
  },
  predict: (state, h) => {
    const a = h.slotOf.length;
    const vectors = listOf(state, 'vectors');
    const means = listOf(state, 'means');
    const memories = listOf(state, 'memories');
    const lasts = listOf(state, 'lasts');
    return fillHorizon(h, (day, slot) => {
      const w = weekdayAt(h, day);
      let root = 0;
      memories.forEach((memory, k) => {
        const score = (means[7 * k + w] ?? 0) + (lasts[k] ?? 0) * Math.pow(memory, day - h.days + 1);
        root += score * (vectors[k * a + slot] ?? 0);
      });
      return root > 0 ? root * root : 0;
    });
  },
};
