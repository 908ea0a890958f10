/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey, PractRand), seeded through splitmix32. The same seed
 * and stream give the same numbers on every machine.
 */
export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Gamma with shape > 0 and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number;
  /** Poisson with mean ≥ 0 (inversion below 12, PTRS of Hörmann 1993 from there). */
  poisson(mean: number): number;
}

const splitmix = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
};

/** Random numbers for a seed; `stream` tells apart independent sequences under one seed. */
export const seededRandom = (seed: number, stream = 0): Random => {
  const fill = splitmix((Math.imul(seed | 0, 0x85ebca6b) ^ Math.imul((stream + 1) | 0, 0xc2b2ae35)) >>> 0);
  let a = fill() | 0;
  let b = fill() | 0;
  let c = fill() | 0;
  let d = fill() | 0;
  const uniform = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) uniform();

  let spare = Number.NaN;
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
  const exponential = (): number => -Math.log(1 - uniform());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * Math.pow(1 - uniform(), 1 / shape);
    const k = shape - 1 / 3;
    const s = 1 / Math.sqrt(9 * k);
    for (;;) {
      const x = normal();
      const v = (1 + s * x) ** 3;
      if (v <= 0) continue;
      const u = 1 - uniform();
      if (Math.log(u) < 0.5 * x * x + k - k * v + k * Math.log(v)) return k * v;
    }
  };
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    if (mean < 12) {
      const limit = Math.exp(-mean);
      let k = 0;
      let product = 1 - uniform();
      while (product > limit) {
        k += 1;
        product *= 1 - uniform();
      }
      return k;
    }
    const logMean = Math.log(mean);
    const slope = 0.931 + 2.53 * Math.sqrt(mean);
    const shift = -0.059 + 0.02483 * slope;
    const inverseAlpha = 1.1239 + 1.1328 / (slope - 3.4);
    const quick = 0.9277 - 3.6224 / (slope - 2);
    for (;;) {
      const u = uniform() - 0.5;
      const v = 1 - uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * shift) / us + slope) * u + mean + 0.43);
      if (us >= 0.07 && v <= quick) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const left = Math.log(v) + Math.log(inverseAlpha) - Math.log(shift / (us * us) + slope);
      if (left <= -mean + k * logMean - logGammaOfCount(k)) return k;
    }
  };
  return { uniform, normal, exponential, gamma, poisson };
};

/** ln(k!) by Stirling's series with three terms; exact to 1e-12 from k = 10 on, a table below. */
const smallLogFactorials = Array.from({ length: 10 }, (_, k) => {
  let sum = 0;
  for (let i = 2; i <= k; i += 1) sum += Math.log(i);
  return sum;
});
const logGammaOfCount = (k: number): number => {
  const small = smallLogFactorials[k];
  if (small !== undefined) return small;
  const n = k + 1;
  return (
    (n - 0.5) * Math.log(n) -
    n +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * n) -
    1 / (360 * n ** 3) +
    1 / (1260 * n ** 5)
  );
};
