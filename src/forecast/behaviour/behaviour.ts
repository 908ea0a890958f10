import type { Sayable } from '../../kernel/finding.ts';
import { type BehaviourPaths, type Horizon, instantAt, type RepeatBehaviour } from '../../kernel/hotline.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import type { Random } from '../../kernel/random.ts';
import { dayMillis, dayNumber, localClock, weekdayOfDay } from '../../kernel/time.ts';
import { median, robustScale } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { forecastFinding } from '../forecast-findings.ts';

/** The columns that the estimates read; NaN where a value is not known. */
interface BehaviourColumns {
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
    const [weekday, hour] = place(instantAt(horizon, i));
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

interface FreshDemand {
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
  if (redials?.values.some((n) => n > 0) === true) {
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

/** Standard deviations on the log scale of what a coming week's behaviour may differ from its estimate by. */
interface BehaviourSpread {
  readonly handleTime: number;
  readonly patience: number;
  readonly repeats: number;
}

/** Weeks below which nothing is said of how weeks differ. */
const leastWeeks = 4;
/** A behaviour that doubles or halves is the most that is believed of a coming week. */
const mostSpread = 0.35;
const weekMillis = 7 * dayMillis;

/**
 * How far may next week's ratio lie from the ratio of all weeks? `above` and `below` are sums per interval,
 * `below` a count of events that each carry about their own size of noise (exponential: log variance one
 * over the count). The answer is the spread between weeks beyond that noise, with the estimate's own error;
 * that error alone where fewer than four weeks are known; 0 where nothing is.
 */
export const weeklySpread = (startMillis: Float64Array, above: Float64Array, below: Float64Array): number => {
  const last = startMillis.at(-1) ?? 0;
  const weeks = new Map<number, [number, number]>();
  startMillis.forEach((millis, i) => {
    const [a, b] = [valueAt(above, i), valueAt(below, i)];
    if (!(a >= 0) || !(b >= 0)) return;
    const week = Math.floor((last - millis) / weekMillis);
    const sum = weeks.get(week) ?? [0, 0];
    weeks.set(week, [sum[0] + a, sum[1] + b]);
  });
  const known = [...weeks.values()].filter(([a, b]) => a > 0 && b >= 5);
  const events = known.reduce((sum, [, b]) => sum + b, 0);
  if (events === 0) return 0;
  const size = known.length;
  const chance = known.reduce((sum, [, b]) => sum + 1 / b, 0) / size;
  const logs = known.map(([a, b]) => Math.log(a / b));
  const middle = median(logs);
  const all = robustScale(logs.map((v) => v - middle)) ** 2;
  const between = size < leastWeeks ? 0 : Math.max(0, all - chance);
  return Math.min(mostSpread, Math.sqrt(between * (1 + 1 / size) + 1 / events));
};

/** The spread of handle time, patience and redials that a queue's own past shows; 0 for what it does not tell. */
export const behaviourSpread = (
  traffic: BehaviourColumns & { readonly redials: Float64Array },
): BehaviourSpread => {
  const { startMillis, answered, abandoned } = traffic;
  const failed = traffic.offered.map((offered, i) => offered - valueAt(answered, i));
  return {
    handleTime: weeklySpread(startMillis, traffic.handleSecondsTotal, answered),
    patience: weeklySpread(startMillis, traffic.waitSecondsTotal, abandoned),
    repeats: weeklySpread(startMillis, failed, traffic.redials),
  };
};

/** Failed calls that the assumed chance of a redial counts for as much as; real ones outweigh it soon. */
const assumedCalls = 50;

/**
 * Chances of calling again after an abandoned or blocked call, from the redials counted: the assumed chances,
 * both scaled so that they explain the redials seen (the assumption counting for 50 failed calls). Undefined
 * where redials are not counted, no call was ever repeated, or fewer failed than the assumption counts for.
 */
export const estimateRepeats = (
  traffic: BehaviourColumns & { readonly redials: Float64Array },
  assumed: RepeatBehaviour,
): RepeatBehaviour | undefined => {
  let failed = 0;
  let redials = 0;
  for (let i = 0; i < traffic.redials.length; i += 1) {
    const lost = valueAt(traffic.offered, i) - valueAt(traffic.answered, i);
    if (!(valueAt(traffic.redials, i) >= 0) || !(lost >= 0)) continue;
    failed += lost;
    redials += valueAt(traffic.redials, i);
  }
  // Where nobody is ever counted as calling again, callers are not told apart.
  if (failed < assumedCalls || redials === 0) return undefined;
  const prior = assumed.afterAbandon > 0 ? assumed.afterAbandon : 0.5;
  const chance = Math.min(0.95, (redials + prior * assumedCalls) / (failed + assumedCalls));
  const ratio = assumed.afterAbandon > 0 ? assumed.afterBlock / assumed.afterAbandon : 1;
  return { ...assumed, afterAbandon: chance, afterBlock: Math.min(0.95, chance * ratio) };
};

/** One factor of mean 1 per sample path for each behaviour, log-normal. */
export const drawBehaviour = (spread: BehaviourSpread, pathCount: number, random: Random): BehaviourPaths => {
  const draw = (sd: number): Float64Array =>
    Float64Array.from({ length: pathCount }, () => Math.exp(sd * random.normal() - (sd * sd) / 2));
  return {
    handleTime: draw(spread.handleTime),
    patience: draw(spread.patience),
    repeats: draw(spread.repeats),
  };
};
