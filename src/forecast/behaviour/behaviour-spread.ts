import type { BehaviourPaths, RepeatBehaviour } from '../../kernel/hotline.ts';
import type { Random } from '../../kernel/random.ts';
import type { BehaviourColumns } from './behaviour.ts';
import { median, robustScale } from '../numbers/robust.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Standard deviations on the log scale of what a coming week's behaviour may differ from its estimate by. */
export interface BehaviourSpread {
  readonly handleTime: number;
  readonly patience: number;
  readonly repeats: number;
}

/** Weeks below which nothing is said of how weeks differ. */
const leastWeeks = 4;
/** A behaviour that doubles or halves is the most that is believed of a coming week. */
const mostSpread = 0.35;
const weekMillis = 7 * 86_400_000;

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
 * where redials are not counted, or no call failed.
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
  if (failed === 0) return undefined;
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
