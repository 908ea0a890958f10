import { seededRandom, type Random } from '../../kernel/random.ts';
import { solveUpper } from '../numbers/linear-algebra.ts';
import { factored, inverseOf, residualPower, type Effects, type Products } from './posterior.ts';

/** Widths of the belief about an effect that are averaged over: log of calls for a usual move of the cause. */
const widths = [0.01, 0.03, 0.1, 0.3];
/** Turns of the sampler that settle it, and that are averaged over. */
const settling = 30;
const turns = 150;

/** A number of `weights` drawn in proportion to their exponentials. */
const drawOf = (logWeights: readonly number[], random: Random): number => {
  const most = Math.max(...logWeights);
  const weights = logWeights.map((log) => Math.exp(log - most));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = weights.findIndex((weight) => (left -= weight) < 0);
  return drawn < 0 ? weights.length - 1 : drawn;
};

/** Draws the width of each effect in turn, given those of the others: exact, by what one entry of the diagonal changes. */
const redrawWidths = (
  products: Products,
  noise: number,
  prior: Float64Array,
  scales: Float64Array,
  random: Random,
): void => {
  const { size } = products;
  const { factor, beta } = factored(products, noise, prior);
  const inverse = inverseOf(factor, size);
  for (let i = 0; i < size; i += 1) {
    const now = noise / prior[i]!;
    const own = inverse[i * size + i]!;
    const wanted = widths.map((width) => (width / Math.max(1e-12, scales[i]!)) ** 2);
    const logs = wanted.map((variance) => {
      const step = noise / variance - now;
      return (
        (-(step * beta[i]! ** 2) / (1 + step * own) / noise -
          Math.log1p(step * own) +
          Math.log(noise / variance)) /
        2
      );
    });
    prior[i] = wanted[drawOf(logs, random)]!;
    const step = noise / prior[i]! - now;
    if (step === 0) continue;
    const part = step / (1 + step * own);
    const column = inverse.slice(i * size, (i + 1) * size);
    const was = beta[i]!;
    for (let j = 0; j < size; j += 1) {
      beta[j]! -= part * column[j]! * was;
      for (let k = 0; k < size; k += 1) inverse[j * size + k]! -= part * column[j]! * column[k]!;
    }
  }
};

/**
 * Effects averaged over all widths of belief, lag by lag, and over what the noise may be, as far as the days speak for
 * each (a Gibbs sampler): one set of widths alone would pass for surer than it is.
 */
export const averageBeliefs = (
  products: Products,
  startNoise: number,
  free: number,
  scales: Float64Array,
  startPrior: Float64Array,
): Effects => {
  const { size } = products;
  const random = seededRandom(1);
  const prior = startPrior.slice();
  const mean = new Float64Array(size);
  const square = new Float64Array(size * size);
  let noise = startNoise;
  for (let turn = -settling; turn < turns; turn += 1) {
    redrawWidths(products, noise, prior, scales, random);
    const { factor, beta } = factored(products, noise, prior);
    if (turn >= 0) {
      const inverse = inverseOf(factor, size);
      for (let i = 0; i < size; i += 1) {
        mean[i]! += beta[i]! / turns;
        for (let j = 0; j < size; j += 1)
          square[i * size + j]! += (noise * inverse[i * size + j]! + beta[i]! * beta[j]!) / turns;
      }
    }
    const normals = Float64Array.from({ length: size }, () => random.normal() * Math.sqrt(noise));
    const drawn = solveUpper(factor, normals, size).map((value, i) => value + beta[i]!);
    noise = Math.max(1e-9, residualPower(products, drawn) / (2 * random.gamma(Math.max(1, free) / 2)));
  }
  return {
    beta: mean,
    covariance: square.map((value, at) => value - mean[Math.floor(at / size)]! * mean[at % size]!),
  };
};
