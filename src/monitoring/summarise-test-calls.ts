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

/** First day of a period and of the next one: 2019, 2026-Q3 or 2026-11. Undefined for anything else. */
export const daysOfPeriod = (
  period: string,
): { readonly from: string; readonly before: string } | undefined => {
  const match = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(period);
  if (match === null) return undefined;
  const [, year, quarter, month] = match;
  const first = quarter !== undefined ? 3 * Number(quarter) - 2 : month !== undefined ? Number(month) : 1;
  const months = quarter !== undefined ? 3 : month !== undefined ? 1 : 12;
  const next = Number(year) * 12 + first - 1 + months;
  const day = (y: number, m: number): string =>
    `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-01`;
  return { from: day(Number(year), first), before: day(Math.floor(next / 12), (next % 12) + 1) };
};
