/** Exact M/M/n/K+M by its birth-death chain, summed state by state: independent of the product's formulas. */
export interface ChainMeasures {
  readonly blocked: number;
  readonly abandoned: number;
  /** P(wait > 0) of admitted calls. */
  readonly waits: number;
  readonly occupancy: number;
  /** Mean wait of admitted calls, seconds (Little's law on the mean queue). */
  readonly meanWaitSeconds: number;
}

export const birthDeath = (
  callsPerSecond: number,
  handleSeconds: number,
  patienceSeconds: number,
  operators: number,
  trunks: number,
): ChainMeasures => {
  const top = Number.isFinite(trunks) ? trunks : operators + 4000;
  const leave = (k: number): number =>
    Math.min(k, operators) / handleSeconds +
    (patienceSeconds === Infinity ? 0 : Math.max(0, k - operators) / patienceSeconds);
  const logs = [0];
  for (let k = 1; k <= top; k += 1) logs.push((logs[k - 1] ?? 0) + Math.log(callsPerSecond / leave(k)));
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logs.map((l) => Math.exp(l - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  const p = weights.map((w) => w / sum);
  const mean = (of: (k: number) => number): number => p.reduce((total, q, k) => total + q * of(k), 0);
  const blocked = Number.isFinite(trunks) ? (p[top] ?? 0) : 0;
  const queue = mean((k) => Math.max(0, k - operators));
  const admitted = callsPerSecond * (1 - blocked);
  const waiting = p.reduce((total, q, k) => (k >= operators && k < top ? total + q : total), 0);
  return {
    blocked,
    abandoned: patienceSeconds === Infinity ? 0 : queue / patienceSeconds / callsPerSecond,
    waits: waiting / (1 - blocked),
    occupancy: mean((k) => Math.min(k, operators)) / operators,
    meanWaitSeconds: queue / admitted,
  };
};
