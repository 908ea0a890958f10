import type { Sayable } from '../../kernel/finding.ts';
import type { Horizon } from '../../kernel/hotline.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { forecastFinding } from '../forecast-findings.ts';
import { dayNumber, localClock, weekdayOfDay } from '../../kernel/time.ts';

/** The columns that the estimates read; NaN where a value is not known. */
export interface BehaviourColumns {
  readonly startMillis: Float64Array;
  readonly offered: Float64Array;
  readonly answered: Float64Array;
  readonly abandoned: Float64Array;
  readonly waitSecondsTotal: Float64Array;
  readonly handleSecondsTotal: Float64Array;
}

/** Answered calls that pull a weekday or hour halfway from the overall mean to its own. */
const handleShrinkage = 300;

/**
 * Mean handle time of a call that arrives in each interval of the horizon, seconds: the overall mean times a
 * factor of the weekday and one of the hour, each shrunk towards 1 by the calls behind it. Undefined when
 * no answered call with a handle time is known.
 */
export const estimateHandleTime = (traffic: BehaviourColumns, horizon: Horizon): Float64Array | undefined => {
  const clock = localClock(horizon.zone);
  const calls = new Float64Array(31);
  const seconds = new Float64Array(31);
  let allCalls = 0;
  let allSeconds = 0;
  const place = (millis: number): [number, number] => {
    const { day, minute } = clock(millis);
    return [weekdayOfDay(day), 7 + Math.floor(minute / 60)];
  };
  for (let i = 0; i < traffic.startMillis.length; i += 1) {
    const answered = traffic.answered[i]!;
    const handled = traffic.handleSecondsTotal[i]!;
    if (!(answered > 0) || !(handled >= 0)) continue;
    allCalls += answered;
    allSeconds += handled;
    for (const k of place(traffic.startMillis[i]!)) {
      calls[k]! += answered;
      seconds[k]! += handled;
    }
  }
  if (allCalls === 0 || allSeconds <= 0) return undefined;
  const mean = allSeconds / allCalls;
  const factor = calls.map((c, k) => (seconds[k]! + handleShrinkage * mean) / ((c + handleShrinkage) * mean));
  return Float64Array.from({ length: horizon.count }, (_, i) => {
    const [weekday, hour] = place(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
    return mean * factor[weekday]! * factor[hour]!;
  });
};

/**
 * Mean patience, seconds: total waiting time over abandonments, the maximum-likelihood estimate for
 * exponential patience when answered calls are censored (Brown et al. 2005, section 5). Infinity when calls
 * waited and nobody hung up; undefined when no interval has both figures.
 */
export const estimatePatience = (traffic: BehaviourColumns): number | undefined => {
  let waited = 0;
  let abandoned = 0;
  let known = false;
  for (let i = 0; i < traffic.startMillis.length; i += 1) {
    const wait = traffic.waitSecondsTotal[i]!;
    const left = traffic.abandoned[i]!;
    if (Number.isNaN(wait) || Number.isNaN(left)) continue;
    known = true;
    waited += wait;
    abandoned += left;
  }
  if (!known || waited === 0) return undefined;
  return abandoned === 0 ? Number.POSITIVE_INFINITY : waited / abandoned;
};

export interface FreshDemand {
  readonly fresh: DayGrid;
  /** True when redials were inferred from an assumed probability instead of counted. */
  readonly assumed: boolean;
  readonly reasons: readonly Sayable[];
}

const hasValues = (grid: DayGrid | undefined): grid is DayGrid =>
  grid !== undefined && grid.values.some((v) => !Number.isNaN(v));

/**
 * First attempts behind the calls offered. Known redials are taken off; where they are not known, each
 * failed call (offered − answered) is taken to have caused a redial with the probability assumed, soon
 * enough to fall on the same interval. Where answers are not known either, offered is taken as it is.
 * Grids share one layout; a gap in offered stays a gap.
 */
export const freshDemand = (
  offered: DayGrid,
  answered: DayGrid | undefined,
  redials: DayGrid | undefined,
  assumedRedialProbability: number,
): FreshDemand => {
  const aligned = (grid: DayGrid): ((i: number) => number) => {
    const shift = (dayNumber(offered.firstDate) - dayNumber(grid.firstDate)) * offered.slotsPerDay;
    return (i) => grid.values[i + shift] ?? Number.NaN;
  };
  if (hasValues(redials)) {
    const known = aligned(redials);
    const values = offered.values.map((v, i) => Math.max(0, v - (known(i) || 0)));
    return {
      fresh: { ...offered, values },
      assumed: false,
      reasons: [forecastFinding('redials-counted')],
    };
  }
  if (!hasValues(answered) || assumedRedialProbability <= 0) {
    return { fresh: offered, assumed: false, reasons: [] };
  }
  const known = aligned(answered);
  let failed = 0;
  const values = offered.values.map((v, i) => {
    const lost = Math.max(0, v - known(i));
    if (!(lost > 0)) return v;
    failed += lost;
    return Math.max(0, v - assumedRedialProbability * lost);
  });
  if (failed === 0) return { fresh: offered, assumed: false, reasons: [] };
  return {
    fresh: { ...offered, values },
    assumed: true,
    reasons: [forecastFinding('redials-assumed', { probability: assumedRedialProbability })],
  };
};
