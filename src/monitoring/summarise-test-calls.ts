import { valueAt } from '../kernel/value-at.ts';
import type { MonitoringResult, TestCallColumns } from '../kernel/records.ts';

/**
 * Single test calls of one period as results, one per hotline: calls placed and connected, and the mean seconds of the
 * connected ones that tell it. Points of indicators are left out. The caller picks the period's calls (`callsWithin`).
 */
export const summariseTestCalls = (
  calls: readonly TestCallColumns[],
  period: string,
): readonly MonitoringResult[] =>
  calls.map((own) => {
    let [connected, sum, told] = [0, 0, 0];
    for (let i = 0; i < own.connected.length; i += 1) {
      if (own.connected[i] !== 1) continue;
      connected += 1;
      const seconds = valueAt(own.secondsToOperator, i);
      if (Number.isNaN(seconds)) continue;
      sum += seconds;
      told += 1;
    }
    return {
      hotline: own.hotline,
      period,
      testCalls: own.connected.length,
      connected,
      ...(told === 0 ? {} : { meanSeconds: sum / told }),
      indicators: {},
    };
  });

/** Those of the calls that were placed from `fromMillis` on and before `toMillis`; hotlines without one are left out. */
export const callsWithin = (
  calls: readonly TestCallColumns[],
  { fromMillis, toMillis }: { readonly fromMillis: number; readonly toMillis: number },
): readonly TestCallColumns[] =>
  calls.flatMap((own) => {
    const [from, to] = [placeOf(own.placedAtMillis, fromMillis), placeOf(own.placedAtMillis, toMillis)];
    if (from >= to) return [];
    return [
      {
        hotline: own.hotline,
        placedAtMillis: own.placedAtMillis.subarray(from, to),
        connected: own.connected.subarray(from, to),
        secondsToOperator: own.secondsToOperator.subarray(from, to),
      },
    ];
  });

/** How many values of a rising array are less than `value`. */
const placeOf = (rising: Float64Array, value: number): number => {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(rising, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
