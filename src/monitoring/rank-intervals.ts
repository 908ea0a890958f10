import { valueAt } from '../kernel/value-at.ts';
import type { Random } from '../kernel/random.ts';
import type { RatePosterior } from './rates.ts';

export interface RankInterval {
  readonly low: number;
  readonly high: number;
}

const drawRate = ({ zeroMass, a, b }: RatePosterior, random: Random): number => {
  if (zeroMass > 0 && random.uniform() < zeroMass) return 0;
  const x = random.gamma(a);
  return x / (x + random.gamma(b));
};

const usualDraws = 400;
const usualLevel = 0.95;

/**
 * Between which ranks does each hotline really stand? Draws every true rate from its posterior, ranks them (1
 * for the greatest, equal rates share the better rank) and takes the equal-tailed interval of the ranks drawn.
 */
export const rankIntervals = (
  posteriors: readonly RatePosterior[],
  random: Random,
  draws = usualDraws,
  level = usualLevel,
): readonly RankInterval[] => {
  const count = posteriors.length;
  const ranks = new Uint16Array(count * draws);
  const rates = new Float64Array(count);
  for (let draw = 0; draw < draws; draw += 1) {
    drawRates(posteriors, random, rates);
    const descending = rates.toSorted().toReversed();
    for (let i = 0; i < count; i += 1)
      ranks[i * draws + draw] = 1 + countAbove(descending, valueAt(rates, i));
  }
  return posteriors.map((_, i) => intervalOf(ranks.subarray(i * draws, (i + 1) * draws), level));
};

/** The interval of one of the hotlines, the same as `rankIntervals` gives it from the same random numbers. */
export const rankIntervalOf = (
  which: number,
  posteriors: readonly RatePosterior[],
  random: Random,
  draws = usualDraws,
  level = usualLevel,
): RankInterval => {
  const ranks = new Uint16Array(draws);
  const rates = new Float64Array(posteriors.length);
  for (let draw = 0; draw < draws; draw += 1) {
    drawRates(posteriors, random, rates);
    const own = valueAt(rates, which);
    let rank = 1;
    for (const rate of rates) if (rate > own) rank += 1;
    ranks[draw] = rank;
  }
  return intervalOf(ranks, level);
};

const drawRates = (posteriors: readonly RatePosterior[], random: Random, into: Float64Array): void => {
  for (const [i, posterior] of posteriors.entries()) into[i] = drawRate(posterior, random);
};

const intervalOf = (ranks: Uint16Array, level: number): RankInterval => {
  const own = ranks.toSorted();
  const draws = own.length;
  const at = (p: number): number => own[Math.min(draws - 1, Math.max(0, Math.ceil(p * draws) - 1))] ?? 1;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
};

/** How many values of a descending array are greater than `value`. */
const countAbove = (descending: Float64Array, value: number): number => {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(descending, middle) > value) low = middle + 1;
    else high = middle;
  }
  return low;
};
