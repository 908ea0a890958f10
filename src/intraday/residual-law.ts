import { choleskyInPlace, rowStart, solveLower } from '../kernel/linear-algebra.ts';
import { valueAt } from '../kernel/value-at.ts';

/**
 * How a measure (calls, handle time) of an ordinary day differs from what was expected of it: relative residuals r of
 * its intervals, with variance count / expected + relative of each by itself, a part shared by the whole day and one that
 * fades with the hours between two intervals. Intervals hang together: a chart that took them for independent (Shewhart,
 * p) would call every busy day an alarm, one that widens them evenly by the spread between subgroups (Laney's p′) would
 * not see how many in a row say the same. `weight` of an interval is what its noise shrinks with: expected calls, or
 * answered ones for a mean handle time.
 */
export interface ResidualLaw {
  readonly count: number;
  readonly relative: number;
  readonly shared: number;
  readonly fading: number;
  readonly hours: number;
}

/** Residuals of one day: NaN where there is none. */
export interface ResidualDay {
  readonly residual: Float64Array;
  readonly weight: Float64Array;
}

/** Memories (hours) that are tried. */
const spans = [0.75, 1.5, 3, 6, 12];
/** Beyond so many robust standard deviations a residual is taken for that many: one wild day must not set the law. */
const mostDeviations = 4;
const leastVariance = 1e-6;
/** Fewest days that tell a law. */
const fewestDays = 8;

/** What is taken of calls, or of handle times, where the past is too short to tell. */
export const usualLaw = (count: number): ResidualLaw => ({
  count,
  relative: 0.002,
  shared: 0.003,
  fading: 0.001,
  hours: 3,
});

/**
 * The law of past days by moments: covariances of residuals so many intervals apart, to which a shared and a fading part
 * are fitted by least squares (neither below 0), and what variance is left, split into a part that shrinks with the
 * weight and one that does not. `count` is the usual first part: 1 of calls, squared variation of a call's handle time.
 */
export const fitLaw = (days: readonly ResidualDay[], intervalMinutes: number, count: number): ResidualLaw => {
  const usual = usualLaw(count);
  if (days.length < fewestDays) return usual;
  const size = Math.max(...days.map(({ residual }) => residual.length));
  const limit = mostDeviations * robustDeviation(days, count);
  const far = Math.min(size - 1, Math.ceil((12 * 60) / intervalMinutes));
  const sums = new Float64Array(far + 1);
  const weights = new Float64Array(far + 1);
  const variances: [weight: number, variance: number][] = [];
  for (const { residual, weight } of days) {
    for (let i = 0; i < residual.length; i += 1) {
      const clamped = clamp(valueAt(residual, i), limit);
      if (Number.isNaN(clamped)) continue;
      variances.push([valueAt(weight, i), clamped * clamped]);
      for (let apart = 1; apart <= far && i + apart < residual.length; apart += 1) {
        const other = clamp(valueAt(residual, i + apart), limit);
        if (Number.isNaN(other)) continue;
        const both = Math.sqrt(valueAt(weight, i) * valueAt(weight, i + apart));
        sums[apart] = valueAt(sums, apart) + both * clamped * other;
        weights[apart] = valueAt(weights, apart) + both;
      }
    }
  }
  const memory = fitMemory(sums, weights, intervalMinutes);
  return { ...memory, ...splitVariance(variances, memory.shared + memory.fading, count) };
};

const clamp = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));

/** Deviation of residuals by their median, in all days together. */
const robustDeviation = (days: readonly ResidualDay[], count: number): number => {
  const all = days
    .flatMap(({ residual, weight }) =>
      [...residual].map((value, i) => Math.abs(value) / Math.sqrt(1 + count / valueAt(weight, i))),
    )
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  return all.length === 0 ? 0.1 : Math.max(0.01, 1.4826 * valueAt(all, Math.floor(all.length / 2)));
};

/** Shared and fading part whose sum comes nearest to the covariances. */
const fitMemory = (
  sums: Float64Array,
  weights: Float64Array,
  intervalMinutes: number,
): Pick<ResidualLaw, 'shared' | 'fading' | 'hours'> => {
  let best = { shared: 0, fading: 0, hours: spans[0] ?? 1 };
  let least = Infinity;
  for (const hours of spans) {
    const fade = (apart: number): number => Math.exp((-apart * intervalMinutes) / 60 / hours);
    let [ww, wf, ff, wy, fy] = [0, 0, 0, 0, 0];
    for (let apart = 1; apart < sums.length; apart += 1) {
      const w = valueAt(weights, apart);
      if (!(w > 0)) continue;
      const [f, y] = [fade(apart), valueAt(sums, apart) / w];
      ww += w;
      wf += w * f;
      ff += w * f * f;
      wy += w * y;
      fy += w * f * y;
    }
    if (!(ww > 0)) continue;
    const determinant = ww * ff - wf * wf;
    const both =
      determinant > 1e-9 * ww * ff
        ? [(wy * ff - fy * wf) / determinant, (fy * ww - wy * wf) / determinant]
        : [-1, -1];
    const tried = [both, [Math.max(0, wy / ww), 0], [0, Math.max(0, fy / ff)]];
    for (const [shared = 0, fading = 0] of tried) {
      if (shared < 0 || fading < 0) continue;
      const error =
        shared * shared * ww +
        2 * shared * fading * wf +
        fading * fading * ff -
        2 * (shared * wy + fading * fy);
      if (error < least) [least, best] = [error, { shared, fading, hours }];
    }
  }
  return best;
};

/** Variance beyond what intervals have in common: a part that shrinks with the weight, and one that stays. */
const splitVariance = (
  variances: readonly (readonly [weight: number, variance: number])[],
  common: number,
  usualCount: number,
): Pick<ResidualLaw, 'count' | 'relative'> => {
  let [n, x, xx, y, xy] = [0, 0, 0, 0, 0];
  for (const [weight, variance] of variances) {
    const inverse = 1 / Math.max(weight, 1e-9);
    // Quiet intervals tell little of either part, loudly.
    const trust = weight / (weight + 20);
    n += trust;
    x += trust * inverse;
    xx += trust * inverse * inverse;
    y += trust * (variance - common);
    xy += trust * inverse * (variance - common);
  }
  const determinant = n * xx - x * x;
  const count = determinant > 1e-12 * n * xx ? (n * xy - x * y) / determinant : usualCount;
  const kept = Math.min(10 * usualCount, Math.max(usualCount * 0.8, count));
  return { count: kept, relative: Math.max(leastVariance, (y - kept * x) / Math.max(n, 1e-9)) };
};

/** Variance of an interval's own noise. */
const ownNoise = (law: ResidualLaw, weight: number): number =>
  law.count / Math.max(weight, 1e-9) + law.relative;

/** Covariance of the common part of two intervals so many hours apart. */
const commonPart = (law: ResidualLaw, hoursApart: number): number =>
  law.shared + law.fading * Math.exp(-Math.abs(hoursApart) / law.hours);

/**
 * Lower factor L of the covariance of some intervals' residuals, packed row after row: residuals are L times independent
 * standard normals, and the first k rows are the factor of the first k intervals alone, so that a day can be followed
 * interval by interval.
 */
export const factorOf = (
  law: ResidualLaw,
  at: readonly number[],
  weight: ArrayLike<number>,
  intervalMinutes: number,
): Float64Array => {
  const lower = new Float64Array(rowStart(at.length));
  at.forEach((interval, i) => {
    for (let j = 0; j <= i; j += 1) {
      const apart = ((interval - valueAt(at, j)) * intervalMinutes) / 60;
      lower[rowStart(i) + j] =
        commonPart(law, apart) + (i === j ? ownNoise(law, valueAt(weight, interval)) : 0);
    }
  });
  return choleskyInPlace(lower, at.length);
};

/** Solves L x = b. */
export const solveFactor = (lower: Float64Array, b: ArrayLike<number>): Float64Array =>
  solveLower(lower, Float64Array.from(b), b.length);

/**
 * What a day's residuals so far foretell of an interval: mean and variance of its common part. The further off and the
 * noisier what came, the nearer to 0: a morning's surprise is carried on only as far as mornings have foretold afternoons.
 */
export const foretell = (
  law: ResidualLaw,
  { residual, weight }: ResidualDay,
  intervalMinutes: number,
): ((interval: number) => { readonly mean: number; readonly variance: number }) => {
  const at = [...residual.keys()].filter((i) => Number.isFinite(valueAt(residual, i)));
  const lower = factorOf(law, at, weight, intervalMinutes);
  const whitened = solveFactor(
    lower,
    at.map((i) => valueAt(residual, i)),
  );
  return (interval) => {
    const column = solveFactor(
      lower,
      at.map((i) => commonPart(law, ((interval - i) * intervalMinutes) / 60)),
    );
    let mean = 0;
    let variance = commonPart(law, 0);
    for (let k = 0; k < at.length; k += 1) {
      mean += valueAt(column, k) * valueAt(whitened, k);
      variance -= valueAt(column, k) ** 2;
    }
    return { mean, variance: Math.max(variance, 1e-9) };
  };
};
