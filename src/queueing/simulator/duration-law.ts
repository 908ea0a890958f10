import { logGamma } from '../../kernel/distributions.ts';
import type { Random } from '../../kernel/random.ts';

/**
 * Laws of durations, all scaled to a given mean. `lognormal` and `hyperexp2` (balanced means) take the
 * coefficient of variation, `weibull` and `gamma` the shape, `erlang` the number of phases. `inf` never ends.
 */
export const durationLawNames = [
  'exp',
  'lognormal',
  'weibull',
  'gamma',
  'erlang',
  'hyperexp2',
  'det',
  'inf',
] as const;

export interface DurationLaw {
  readonly law: (typeof durationLawNames)[number];
  readonly parameter: number;
}

/** Draws a duration of mean 1 (Infinity for `inf`). */
export type UnitDraw = (random: Random) => number;

const makers: Readonly<Record<DurationLaw['law'], (parameter: number) => UnitDraw>> = {
  exp: () => (random) => random.exponential(),
  lognormal: (variation) => lognormalDraw(variation),
  weibull: (shape) => {
    const scale = Math.exp(-logGamma(1 + 1 / shape));
    return (random) => scale * Math.pow(random.exponential(), 1 / shape);
  },
  gamma: (shape) => (random) => random.gamma(shape) / shape,
  erlang: (phases) => erlangDraw(phases),
  hyperexp2: (variation) => hyperexponentialDraw(variation),
  det: () => () => 1,
  inf: () => () => Infinity,
};

/** Draws of a law, of mean 1; `parameter` is what the law takes, see `durationLawNames`. */
export const unitDraw = ({ law, parameter }: DurationLaw): UnitDraw => makers[law](parameter);

const lognormalDraw = (variation: number): UnitDraw => {
  const variance = Math.log1p(variation * variation);
  const deviation = Math.sqrt(variance);
  return (random) => Math.exp(deviation * random.normal() - variance / 2);
};

const erlangDraw = (phases: number): UnitDraw => {
  return (random) => {
    let sum = 0;
    for (let i = 0; i < phases; i += 1) sum += random.exponential();
    return sum / phases;
  };
};

/** Two phases with balanced means: p₁/µ₁ = p₂/µ₂ (Whitt 1982). */
const hyperexponentialDraw = (variation: number): UnitDraw => {
  const squared = variation * variation;
  const first = 0.5 * (1 + Math.sqrt((squared - 1) / (squared + 1)));
  return (random) => random.exponential() / (2 * (random.uniform() < first ? first : 1 - first));
};
