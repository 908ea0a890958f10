import type { MonitorModel } from '../contract/models/monitor-model.ts';
import { gammaCdf, invertIncreasing } from '../kernel/distributions.ts';
import { type Horizon, instantAt, type Outcome } from '../kernel/hotline.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { localClock, type PlainDate, weekdayOf } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

/** Minutes that [from, to) and [start, end) share. */
const overlap = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

/** Minutes of an interval inside a window of a day; a window whose end is not after its start wraps past midnight. */
const minutesInside = (from: number, to: number, start: number, end: number): number =>
  to > from ? overlap(from, to, start, end) : overlap(from, 1440, start, end) + overlap(0, to, start, end);

/**
 * Share of the monitor's test calls that falls into each interval of a horizon, summing to 1: spread evenly
 * over each window's minutes, on the horizon's local clock. With `date`, only that day's. Windows that the
 * horizon does not touch give their share to the others; where it touches none, every interval counts alike. With
 * `open` (1 while the line is) closed intervals count only where the monitor tests then as well; 0 throughout where
 * none is left.
 */
export const testTimesOf = (
  horizon: Horizon,
  monitor: MonitorModel,
  date?: PlainDate,
  open?: Uint8Array,
): Float64Array => {
  const clock = localClock(horizon.zone);
  const length = horizon.intervalMinutes;
  const times = Array.from({ length: horizon.count }, (_, i) => clock(instantAt(horizon, i)));
  const isTested = (i: number): boolean => monitor.testsWhileClosed || open?.[i] !== 0;
  const wanted = times.map((t, i) => (date === undefined || t.date === date) && isTested(i));
  const weights = new Float64Array(horizon.count);
  for (const window of monitor.windows) {
    const [from, to] = [minuteOf(window.from), minuteOf(window.to)];
    const minutes = times.map((t, i) =>
      wanted[i] === true && window.weekdays.includes(weekdayOf(t.date) + 1)
        ? minutesInside(from, to, t.minute, t.minute + length)
        : 0,
    );
    const sum = sumOf(minutes);
    if (sum > 0) minutes.forEach((m, i) => addAt(weights, i, (window.share * m) / sum));
  }
  const total = sumOf(weights);
  const count = wanted.filter(Boolean).length;
  return total > 0
    ? weights.map((w) => w / total)
    : Float64Array.from(wanted, (w) => (w && count > 0 ? 1 / count : 0));
};

/** What the outcome does not say about a test: seconds before the queue, and where the tests fall. */
interface TestOptions {
  /** Ringing, greeting and menu before the queue: they count in the wait and in the seconds. */
  readonly greetingSeconds?: number;
  /** Only tests of this local date. */
  readonly date?: PlainDate;
  /** `testTimesOf` computed once, where many outcomes share one horizon. */
  readonly weights?: Float64Array;
}

export interface TestTimeFigures {
  /** Chance that a test is connected, under the monitor's attempts and longest wait; NaN for no test time. */
  readonly connectionRate: number;
  /** Mean seconds from dialling to an operator over connected tests; NaN when none connects. */
  readonly secondsToOperator: number;
}

/**
 * An outcome as the monitor sees it. A test meets the queues in proportion to their calls of the interval; one
 * that finds no calls meets idle operators, or nobody. Attempts of one test fall into one interval and are
 * taken as independent given the interval's load.
 */
export const figuresAtTestTimes = (
  outcome: Outcome,
  monitor: MonitorModel,
  options: TestOptions = {},
): TestTimeFigures => {
  const greeting = options.greetingSeconds ?? 0;
  const weights = options.weights ?? testTimesOf(outcome.horizon, monitor, options.date);
  let connected = 0;
  let seconds = 0;
  let all = 0;
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    const weight = valueAt(weights, i);
    if (weight === 0) continue;
    const attempt = attemptAt(outcome, i, monitor.longestWaitSeconds - greeting);
    const chance = 1 - Math.pow(1 - attempt.connects, monitor.attempts);
    all += weight;
    connected += weight * chance;
    seconds += weight * chance * (greeting + attempt.meanWaitSeconds);
  }
  return {
    connectionRate: all > 0 ? Math.min(1, connected / all) : Number.NaN,
    secondsToOperator: connected > 0 ? seconds / connected : Number.NaN,
  };
};

/** One attempt in interval `i`, over the queues in proportion to their offered calls. */
const attemptAt = (
  outcome: Outcome,
  i: number,
  longestWait: number,
): { readonly connects: number; readonly meanWaitSeconds: number } => {
  let offered = 0;
  let connects = 0;
  let waits = 0;
  for (const queue of outcome.queues) {
    const calls = valueAt(queue.offered, i);
    if (calls <= 0) continue;
    const wait = testCallerWait(
      {
        offered: calls,
        answered: valueAt(queue.answered, i),
        abandoned: valueAt(queue.abandoned, i),
        blocked: valueAt(queue.blocked, i),
        answeredWaitSeconds: valueAt(queue.answeredWaitSeconds, i),
        waitSeconds: valueAt(queue.waitSeconds, i),
      },
      longestWait,
    );
    offered += calls;
    connects += calls * wait.connects;
    waits += calls * wait.connects * wait.meanWaitSeconds;
  }
  if (offered > 0)
    return { connects: connects / offered, meanWaitSeconds: connects > 0 ? waits / connects : 0 };
  const staffed = outcome.tiers.some((tier) => valueAt(tier.operators, i) > 0);
  return { connects: staffed && longestWait >= 0 ? 1 : 0, meanWaitSeconds: 0 };
};

interface QueueCounts {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly blocked: number;
  readonly answeredWaitSeconds: number;
  readonly waitSeconds: number;
}

interface TestCallerWait {
  /** Chance that an attempt reaches an operator within the monitor's longest queue wait. */
  readonly connects: number;
  /** Mean queue wait of the attempts that do, seconds. */
  readonly meanWaitSeconds: number;
}

const never: TestCallerWait = { connects: 0, meanWaitSeconds: 0 };

/**
 * How a monitor's call fares in a queue where ordinary callers fare as `counts` say. A monitor does not hang up
 * as callers do: it waits up to `longestWaitSeconds` in the queue, so its chance is P(offered wait V ≤ limit),
 * not answered / offered.
 *
 * V is rebuilt from the counts, with exponential patience of mean θ = waited seconds / abandoned. Then
 * E[exp(−V/θ)] is the share answered and E[V exp(−V/θ)] the answered calls' wait, which fix two parameters:
 * V = 0 or exponential (light to full load), or gamma where nobody is answered at once (overload). Both match
 * the two moments exactly. Where nobody hung up, V is exponential with the answered calls' mean wait. No
 * answered call: never connects.
 */
export const testCallerWait = (counts: QueueCounts, longestWaitSeconds: number): TestCallerWait => {
  if (!(counts.answered > 0) || longestWaitSeconds < 0) return never;
  const admission = Math.max(0, 1 - counts.blocked / counts.offered);
  const answeredShare = Math.min(1, counts.answered / (counts.answered + counts.abandoned));
  const wait = counts.answeredWaitSeconds / counts.answered;
  const offered = offeredWait(counts, answeredShare, wait);
  const within = offered.within(longestWaitSeconds);
  return {
    connects: admission * within,
    meanWaitSeconds: within > 0 ? offered.partialMean(longestWaitSeconds) / within : 0,
  };
};

interface OfferedWait {
  readonly within: (limit: number) => number;
  /** E[V; V ≤ limit]. */
  readonly partialMean: (limit: number) => number;
}

const zeroOrExponential = (delayed: number, mean: number): OfferedWait => ({
  within: (limit) => (mean > 0 ? 1 - delayed * Math.exp(-limit / mean) : 1),
  partialMean: (limit) => (mean > 0 ? delayed * (mean - (mean + limit) * Math.exp(-limit / mean)) : 0),
});

const gammaWait = (shape: number, scale: number): OfferedWait => ({
  within: (limit) => gammaCdf(limit, shape, scale),
  partialMean: (limit) => shape * scale * gammaCdf(limit, shape + 1, scale),
});

const offeredWait = (counts: QueueCounts, answeredShare: number, wait: number): OfferedWait => {
  const abandonShare = 1 - answeredShare;
  if (abandonShare < 1e-9) return zeroOrExponential(1, wait);
  const patience = counts.waitSeconds / counts.abandoned;
  const abandonedWait = Math.max(1e-9, (counts.waitSeconds - counts.answeredWaitSeconds) / counts.abandoned);
  const delayed = (abandonShare * patience) / abandonedWait;
  if (abandonedWait < patience && delayed <= 1) {
    return zeroOrExponential(delayed, 1 / (1 / abandonedWait - 1 / patience));
  }
  return overloadedWait(answeredShare, wait / patience, patience);
};

/** Gamma with E[exp(−V/θ)] = answered share and tilted mean `q` θ: (1 − q/k)^k = answered share fixes k. */
const overloadedWait = (answeredShare: number, q: number, patience: number): OfferedWait => {
  const largest = 1e4;
  if (!(q > 0)) return zeroOrExponential(1, 0);
  const answered = (k: number): number => (k <= q ? 0 : Math.exp(k * Math.log1p(-q / k)));
  const shape = invertIncreasing(answered, answeredShare, q, largest);
  return gammaWait(shape, (patience * q) / (shape - q));
};
