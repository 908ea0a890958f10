/**
 * Exact transient M(t)/M/s(t)+M by the forward equations (RK4), as an oracle: share answered within the
 * threshold of the calls that arrive in each step, with arrivals and staff piecewise constant per step.
 */
export interface TransientInput {
  readonly ratesPerSecond: readonly number[];
  readonly operators: readonly number[];
  readonly stepSeconds: number;
  readonly handleTimeSeconds: number;
  readonly patienceSeconds: number;
  readonly thresholdSeconds: number;
}

/** P(answered within T | j ahead in queue, all n busy), j = 0 … most, for constant n. */
const answeredWithin = (n: number, mu: number, theta: number, threshold: number, most: number): number[] => {
  const c = (n * mu) / theta;
  const x = 1 - Math.exp(-theta * threshold);
  // 1 − I_x(j + 1, c + 1) as the sum of negative binomial terms.
  let term = Math.exp(-(c + 1) * theta * threshold);
  let sum = term;
  return Array.from({ length: most + 1 }, (_, j) => {
    const answer = (c / (c + j + 1)) * (1 - sum);
    term *= ((c + 1 + j) / (j + 1)) * x;
    sum += term;
    return answer;
  });
};

/** One RK4 step of the forward equations, in place. */
const advance = (p: Float64Array, lambda: number, n: number, mu: number, theta: number, h: number): void => {
  const most = p.length - 1;
  const flow = (state: Float64Array): Float64Array => {
    const change = new Float64Array(most + 1);
    for (let k = 0; k < most; k += 1) {
      const down = Math.min(k + 1, n) * mu + Math.max(0, k + 1 - n) * theta;
      const net = lambda * (state[k] ?? 0) - down * (state[k + 1] ?? 0);
      change[k] = (change[k] ?? 0) - net;
      change[k + 1] = (change[k + 1] ?? 0) + net;
    }
    return change;
  };
  const moved = (change: Float64Array, by: number): Float64Array => {
    const next = p.slice();
    for (let k = 0; k <= most; k += 1) next[k] = (next[k] ?? 0) + by * (change[k] ?? 0);
    return next;
  };
  const k1 = flow(p);
  const k2 = flow(moved(k1, h / 2));
  const k3 = flow(moved(k2, h / 2));
  const k4 = flow(moved(k3, h));
  for (let k = 0; k <= most; k += 1) {
    const slope = (k1[k] ?? 0) + 2 * (k2[k] ?? 0) + 2 * (k3[k] ?? 0) + (k4[k] ?? 0);
    p[k] = (p[k] ?? 0) + (h / 6) * slope;
  }
};

export const transientServiceLevel = (input: TransientInput): { readonly within: number[] } => {
  const mu = 1 / input.handleTimeSeconds;
  const theta = 1 / input.patienceSeconds;
  const most = Math.ceil(Math.max(...input.operators) * 1.05 + 60);
  const p = new Float64Array(most + 1);
  p[0] = 1;
  const within = input.ratesPerSecond.map((lambda, i) => {
    const n = input.operators[i] ?? 0;
    const fastest = lambda + n * mu + (most - n) * theta;
    const parts = Math.max(100, Math.ceil(input.stepSeconds * fastest));
    const chance = answeredWithin(n, mu, theta, input.thresholdSeconds, most);
    let level = 0;
    for (let part = 0; part < parts; part += 1) {
      advance(p, lambda, n, mu, theta, input.stepSeconds / parts);
      for (let k = 0; k <= most; k += 1) level += ((k < n ? 1 : (chance[k - n] ?? 0)) * (p[k] ?? 0)) / parts;
    }
    return level;
  });
  return { within };
};
