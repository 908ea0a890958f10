import type { MonitorModel } from '../contract/models/monitor-model.ts';
import type { Horizon, Operation, Outcome } from '../kernel/hotline.ts';
import type { PlainDate } from '../kernel/time.ts';
import {
  addWeightedOutcome,
  type PathShare,
  type PathsProjection,
  projectPaths,
} from '../queueing/project.ts';
import type { MonitoringInput } from './project-monitoring.ts';
import { figuresAtTestTimes, testTimesOf } from './test-times.ts';

/** What futures mean for the monitor; spread into `MonitoringInput`. */
type MonitoredFutures = Required<Pick<MonitoringInput, 'rateFutures' | 'secondsFutures' | 'dayRateFutures'>>;

interface FuturesCollector {
  /** Takes in the outcome of one equally likely demand future. */
  readonly visit: (outcome: Outcome) => void;
  /** Of the futures seen so far. */
  readonly futures: () => MonitoredFutures;
}

/** A share of an operation's sample paths, as threads are given it. */
export interface SampledShare {
  readonly operation: Operation;
  readonly monitor: MonitorModel;
  readonly greetingSeconds: number;
  readonly open: Uint8Array;
  readonly dates: readonly PlainDate[];
  /** Most sample paths that are looked at in all, and those of them that are this share. */
  readonly pathLimit: number;
  readonly share: PathShare;
  /** Whether it is asked as well what the same paths come to with no prompt played. */
  readonly withoutPrompts: boolean;
}

/** A share of the outcome over an operation's sample paths, and each path as the monitor's tests meet it. */
export interface ProjectedShare extends Pick<PathsProjection, 'outcome' | 'pathTotals' | 'dayTotals'> {
  readonly futures: MonitoredFutures;
  readonly withoutPrompts: Outcome | undefined;
}

/** Projects the sample paths of a share: the task that threads run. */
export const projectShare = (asked: SampledShare): ProjectedShare => {
  const { operation, monitor, greetingSeconds, open, dates, pathLimit, share } = asked;
  const { visit, futures } = collectSamplePaths(
    operation.demand.horizon,
    monitor,
    greetingSeconds,
    dates,
    open,
  );
  const { policy } = operation;
  const playing = policy.prompts.length > 0 && asked.withoutPrompts;
  const silent = { ...operation, policy: { ...policy, prompts: [] } };
  const { outcome, pathTotals, dayTotals, beside } = projectPaths(operation, pathLimit, {
    visit,
    share,
    beside: playing ? [silent] : [],
  });
  return {
    outcome,
    pathTotals,
    dayTotals,
    futures: futures(),
    withoutPrompts: beside[0],
  };
};

/** Shares put together, in the order of their paths. */
export const joinShares = (shares: readonly [ProjectedShare, ...ProjectedShare[]]): ProjectedShare => {
  const [first, ...others] = shares;
  const joined = <Part>(part: (share: ProjectedShare) => Iterable<Part>): Part[] =>
    shares.flatMap((share) => [...part(share)]);
  for (const share of others) {
    addWeightedOutcome(first.outcome, share.outcome, 1);
    if (first.withoutPrompts !== undefined && share.withoutPrompts !== undefined)
      addWeightedOutcome(first.withoutPrompts, share.withoutPrompts, 1);
  }
  return {
    ...first,
    pathTotals: joined(({ pathTotals }) => pathTotals),
    dayTotals: joined(({ dayTotals }) => dayTotals),
    futures: {
      rateFutures: Float64Array.from(joined(({ futures }) => futures.rateFutures)),
      secondsFutures: Float64Array.from(joined(({ futures }) => futures.secondsFutures)),
      dayRateFutures: Object.fromEntries(
        Object.keys(first.futures.dayRateFutures).map((date) => [
          date,
          Float64Array.from(joined(({ futures }) => futures.dayRateFutures[date] ?? [])),
        ]),
      ),
    },
  };
};

/**
 * Gathers what each demand future looks like at the monitor's test times, for the whole horizon and for each
 * of `dates`; `open` has 1 while the line is. Test times are worked out once, since all futures share the horizon.
 */
export const collectSamplePaths = (
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
