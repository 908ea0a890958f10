import type { Range } from '../contract/documents/schema-parts.ts';
import type { QueueDemand } from '../kernel/hotline.ts';
import { normalCdf, normalQuantile } from '../kernel/distributions.ts';
import { seededRandom } from '../kernel/random.ts';
import { meanOf, quantileOf, sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';

/**
 * How alike calls fare that come at about the same time. A rate over so many calls scatters as it would over fewer that had
 * nothing to do with one another: losses by the root of the operators who are busy (a queue moves by the root of their
 * number within the time that a caller is patient), waits by their number. Callers who fail and call again add to what they
 * failed by. The constants are fitted to simulated events: docs/developers/the-day-measured.md.
 */
interface Crowd {
  /** Operators busy where the calls are, Erlangs. */
  readonly load: number;
  /** Mean patience over mean handle time. */
  readonly patience: number;
  /** Chance that a call which fails is made again. */
  readonly again: number;
}

const [ofLosses, ofWaits] = [1.2, 1.2];
/** Chance that one call more, made again by a caller who failed, fails too. */
const failsToo = 0.5;
/** Beyond so many handle times it is the calls before that end a wait; nobody hangs up on some lines, ever. */
const mostPatience = 4;

/** The crowd of a day from now on; `blockedShare` of the calls that fail find no free line. */
export const crowdOf = (
  demand: readonly QueueDemand[],
  now: number,
  intervalSeconds: number,
  blockedShare: number,
): Crowd => {
  let [calls, busy, patience, handled, again] = [0, 0, 0, 0, 0];
  const count = demand[0]?.freshMean.length ?? 0;
  for (let i = now; i < count; i += 1) {
    let [own, seconds] = [0, 0];
    for (const { freshMean, handleTimeSeconds, patienceSeconds, repeats } of demand) {
      const { afterAbandon, afterBlock } = repeats;
      again += valueAt(freshMean, i) * (afterAbandon + blockedShare * (afterBlock - afterAbandon));
      own += valueAt(freshMean, i);
      seconds += valueAt(freshMean, i) * valueAt(handleTimeSeconds, i);
      patience +=
        valueAt(freshMean, i) * Math.min(patienceSeconds, mostPatience * valueAt(handleTimeSeconds, i));
    }
    calls += own;
    handled += seconds;
    busy += (own * seconds) / intervalSeconds;
  }
  return calls > 0 && handled > 0
    ? { load: busy / calls, patience: patience / handled, again: again / calls }
    : { load: 0, patience: 0, again: 0 };
};

/** Standard deviation by the luck of single calls of a share of so many calls: of those answered, or answered in time. */
export const luckOf = (
  kind: 'answered' | 'inTime',
  share: number,
  calls: number,
  { load, patience, again }: Crowd,
): number => {
  if (!(calls > 0) || !(share > 0 && share < 1)) return 0;
  const alike = kind === 'answered' ? ofLosses * Math.sqrt(load) : ofWaits * Math.sqrt(patience) * load;
  return Math.sqrt(((1 + alike) * share * (1 - share)) / calls) / (1 - failsToo * again);
};

/** A figure over the paths, and its standard deviation by the luck of single calls in each. */
export interface Likely {
  readonly values: readonly number[];
  readonly luck: readonly number[];
}

/** Points of luck that a range is read from, over all of its paths. */
const mostPoints = 1100;
const golden = 0.618034;

/** Points of a normal distribution that are equally likely, path by path others: together they tell its tails. */
const pointsOf = (path: number, paths: number): number[] => {
  const each = Math.ceil(mostPoints / paths);
  const first = (golden * (path + 1)) % 1;
  return Array.from({ length: each }, (_, k) => normalQuantile((k + first) / each));
};

/** Mean and 80 % range over the paths and over luck of a figure from 0 to `most`; null without any base. */
export const rangeOf = ({ values, luck }: Likely, most = Infinity): Range => {
  const real = values.filter((value) => Number.isFinite(value));
  if (real.length === 0) return { mean: null, q10: null, q90: null };
  const likely = values
    .flatMap((value, p) =>
      luck.length === 0 ? value : pointsOf(p, values.length).map((point) => value + point * (luck[p] ?? 0)),
    )
    .filter((value) => Number.isFinite(value));
  const at = (share: number): number => Math.min(most, Math.max(0, quantileOf(likely, share)));
  return { mean: meanOf(real), q10: at(0.1), q90: at(0.9) };
};

/** Chance that a figure reaches a target; null where there is none, or nothing to reach it. */
export const chanceOf = ({ values, luck }: Likely, target: number | null): number | null => {
  const known = [...values.keys()].filter((p) => Number.isFinite(values[p]));
  if (target === null || known.length === 0) return null;
  const sum = known.reduce((chances, p) => {
    const [above, deviation] = [valueAt(values, p) - target, luck[p] ?? 0];
    return chances + (deviation > 0 ? normalCdf(above / deviation) : Number(above >= 0));
  }, 0);
  return sum / known.length;
};

/** What single calls add to a queue's expected number in each path: standard normals, the same in every projection, 0 on average. */
export const callLuck = (queue: number, paths: number): number[] => {
  const random = seededRandom(1, 700 + queue);
  const drawn = Array.from({ length: paths }, () => random.normal());
  const mean = sumOf(drawn) / Math.max(1, paths);
  return drawn.map((value) => value - mean);
};

/** Standard deviations on either side that hold 80 of 100. */
const eightyPercent = normalQuantile(0.9);

interface CountedPart {
  /** Left out: exactly the mean is expected. */
  readonly demand: Pick<QueueDemand, 'ratePaths' | 'pathCount' | 'freshMean'> | undefined;
  readonly mean: Float64Array;
}

/**
 * Calls of queues together as they would be counted in 80 of 100 days, by interval: the spread of the paths, on which
 * queues move together as far as they do, and the luck of single calls, around their means.
 */
export const countedRange = (
  parts: readonly CountedPart[],
): { readonly low: Float64Array; readonly high: Float64Array } => {
  const paths = Math.max(0, ...parts.map(({ demand }) => demand?.pathCount ?? 0));
  const count = parts[0]?.mean.length ?? 0;
  const mean = Float64Array.from({ length: count }, (_, i) =>
    parts.reduce((sum, own) => sum + valueAt(own.mean, i), 0),
  );
  const callsOf = ({ demand, mean }: CountedPart, path: number, i: number): number => {
    const fresh = demand?.freshMean[i] ?? 0;
    if (demand === undefined || demand.pathCount === 0 || !(fresh > 0)) return valueAt(mean, i);
    return (valueAt(demand.ratePaths, (path % demand.pathCount) * count + i) * valueAt(mean, i)) / fresh;
  };
  const deviation = mean.map((calls, i) => {
    let [sum, squares] = [0, 0];
    for (let path = 0; path < paths; path += 1) {
      const all = parts.reduce((total, part) => total + callsOf(part, path, i), 0);
      sum += all;
      squares += all * all;
    }
    return Math.sqrt((paths > 1 ? Math.max(0, squares / paths - (sum / paths) ** 2) : 0) + calls);
  });
  return {
    low: mean.map((calls, i) => Math.max(0, calls - eightyPercent * valueAt(deviation, i))),
    high: mean.map((calls, i) => calls + eightyPercent * valueAt(deviation, i)),
  };
};
