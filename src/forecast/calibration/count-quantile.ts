/**
 * Quantile of whole counts, negative binomial or (where the variance is no larger than the mean) Poisson, as a
 * real number: half of each count's chance lies below it (mid-distribution, Parzen 2004), and between counts it
 * is drawn straight. `p` is in 0–1, the mean above 0; 0 where half the chance of no call at all exceeds `p`.
 */
export const countQuantile = (p: number, mean: number, variance: number): number => {
  const beyond = variance - mean;
  const size = beyond > 1e-6 * mean ? (mean * mean) / beyond : Number.POSITIVE_INFINITY;
  const odds = Number.isFinite(size) ? mean / (mean + size) : 0;
  let chance = Number.isFinite(size) ? Math.exp(-size * Math.log1p(mean / size)) : Math.exp(-mean);
  let below = 0;
  let middle = chance / 2;
  if (p <= middle) return 0;
  for (let k = 1; k < 100_000; k += 1) {
    below += chance;
    chance *= odds > 0 ? (odds * (k - 1 + size)) / k : mean / k;
    const next = below + chance / 2;
    if (next >= p) return k - 1 + (p - middle) / (next - middle);
    middle = next;
  }
  return mean;
};
