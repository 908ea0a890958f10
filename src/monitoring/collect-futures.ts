import type { MonitorModel } from '../contract/models/monitor-model.ts';
import type { Horizon, Outcome } from '../kernel/hotline.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { MonitoringInput } from './monitoring-input.ts';
import { figuresAtTestTimes, testTimesOf } from './test-times.ts';

export interface FuturesCollector {
  /** Takes in the outcome of one equally likely demand future. */
  readonly visit: (outcome: Outcome) => void;
  /** What the futures seen so far mean for the monitor; spread into `MonitoringInput`. */
  readonly futures: () => Required<
    Pick<MonitoringInput, 'rateFutures' | 'secondsFutures' | 'dayRateFutures'>
  >;
}

/**
 * Gathers what each demand future looks like at the monitor's test times, for the whole horizon and for each
 * of `dates`; `open` has 1 while the line is. Test times are worked out once, since all futures share the horizon.
 */
export const collectFutures = (
  horizon: Horizon,
  monitor: MonitorModel,
  greetingSeconds: number,
  dates: readonly PlainDate[] = [],
  open?: Uint8Array,
): FuturesCollector => {
  const all = testTimesOf(horizon, monitor, undefined, open);
  const perDay = dates.map((date) => ({
    date,
    weights: testTimesOf(horizon, monitor, date, open),
    rates: [] as number[],
  }));
  const rates: number[] = [];
  const seconds: number[] = [];
  return {
    visit: (outcome) => {
      const week = figuresAtTestTimes(outcome, monitor, { greetingSeconds, weights: all });
      rates.push(week.connectionRate);
      seconds.push(week.secondsToOperator);
      for (const day of perDay) {
        day.rates.push(
          figuresAtTestTimes(outcome, monitor, { greetingSeconds, weights: day.weights }).connectionRate,
        );
      }
    },
    futures: () => ({
      rateFutures: Float64Array.from(rates),
      secondsFutures: Float64Array.from(seconds),
      dayRateFutures: Object.fromEntries(perDay.map((day) => [day.date, Float64Array.from(day.rates)])),
    }),
  };
};
