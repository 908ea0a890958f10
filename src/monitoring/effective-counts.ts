/** One day's calls of a line, and those among them that met the standard. */
export interface DayCounts {
  readonly calls: number;
  readonly met: number;
}

export interface EffectiveCounts {
  readonly calls: number;
  readonly met: number;
  /** met / calls; NaN without calls. */
  readonly rate: number;
  /** Independent calls that would tell the rate as well as these days do; from 1 to `calls`. */
  readonly effectiveCalls: number;
}

/**
 * How much do many days of calls say about a line's rate? Calls of one day share its staffing and its rush, so a
 * hundred thousand of them are not a hundred thousand independent tests. The rate is the ratio Σmet / Σcalls; its
 * variance is that of a ratio over days as clusters, D/(D − 1) · Σ(met − rate · calls)² / (Σcalls)² (Cochran,
 * Sampling Techniques, 3rd ed., eq. 6.13), and the effective number of calls is the binomial one with that variance.
 * Fewer than two days tell no spread: such a line counts as a single call.
 */
export const effectiveCounts = (days: readonly DayCounts[]): EffectiveCounts => {
  const counted = days.filter((day) => day.calls > 0);
  const calls = counted.reduce((sum, day) => sum + day.calls, 0);
  const met = counted.reduce((sum, day) => sum + day.met, 0);
  const rate = met / calls;
  if (counted.length < 2) return { calls, met, rate, effectiveCalls: Math.min(1, calls) };
  const squares = counted.reduce((sum, day) => sum + (day.met - rate * day.calls) ** 2, 0);
  const variance = ((counted.length / (counted.length - 1)) * squares) / calls ** 2;
  const smooth = (met + 0.5) / (calls + 1);
  const effective = variance > 0 ? (smooth * (1 - smooth)) / variance : calls;
  return { calls, met, rate, effectiveCalls: Math.max(1, Math.min(calls, effective)) };
};
