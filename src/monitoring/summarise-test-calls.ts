import type { MonitoringResult, TestCall } from '../kernel/records.ts';

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Single test calls of one period as results, one per hotline, in order of first appearance: calls placed and
 * connected, mean seconds of the connected ones that tell it, and the mean of each indicator over the calls
 * that have it (a call that was not connected has none, rather than 0). The caller picks the period's calls.
 */
export const summariseTestCalls = (
  calls: readonly TestCall[],
  period: string,
): readonly MonitoringResult[] => {
  const perHotline = new Map<string, TestCall[]>();
  for (const call of calls) {
    const own = perHotline.get(call.hotline);
    if (own === undefined) perHotline.set(call.hotline, [call]);
    else own.push(call);
  }
  return [...perHotline].map(([hotline, own]) => {
    const connected = own.filter((call) => call.connected);
    const meanSeconds = mean(connected.flatMap((call) => call.secondsToOperator ?? []));
    return {
      hotline,
      period,
      testCalls: own.length,
      connected: connected.length,
      ...(meanSeconds === undefined ? {} : { meanSeconds }),
      indicators: meanIndicators(own),
    };
  });
};

const meanIndicators = (calls: readonly TestCall[]): Record<string, number> => {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { indicators } of calls) {
    for (const [indicator, points] of Object.entries(indicators)) {
      const so = sums.get(indicator) ?? { sum: 0, count: 0 };
      sums.set(indicator, { sum: so.sum + points, count: so.count + 1 });
    }
  }
  return Object.fromEntries([...sums].map(([indicator, { sum, count }]) => [indicator, sum / count]));
};
