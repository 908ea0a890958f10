import { coverageScale, type PastForecast, slotVariance } from '../calibration/calibrate.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { SlotSpread } from '../shape/day-shape.ts';
import type { Memory, PredictiveModel, PastDay, DayUpdate } from './predictive-model.ts';
import { choleskyInPlace, rowStart, solveLower } from '../../kernel/linear-algebra.ts';
import { median } from '../../kernel/statistics.ts';

/**
 * Relative surprises of the day's blocks (hours) are taken as a shared part for the whole day plus a part that fades
 * with the hours between them; their sizes are learnt from past days, so a morning's surprise is carried on only as
 * far as mornings have predicted afternoons.
 */
interface Surprise {
  /** Block number, relative surprise and its noise variance. */
  readonly block: number;
  readonly value: number;
  readonly noise: number;
}

const blockMinutes = 60;
/** Relative variance of a block's surprise that is neither counting nor the slots' own scatter. */
const fixedNoise = 0.0004;
/** Degrees of freedom of the Student likelihood: one wild day must not set the memory. */
const freedom = 5;

const blockOf = (history: PreparedHistory, slot: number): number =>
  Math.floor((history.slotOf[slot]! * history.intervalMinutes) / blockMinutes);

/** Fewest expected calls of a block whose surprise says anything. */
const leastExpected = 0.2;

const surprisesOf = (
  history: PreparedHistory,
  spread: SlotSpread,
  expected: Float64Array,
  actual: Float64Array,
): Surprise[] => {
  const sums = new Map<number, [number, number]>();
  for (let slot = 0; slot < expected.length; slot += 1) {
    if (Number.isNaN(actual[slot]!) || expected[slot]! <= 0) continue;
    const block = blockOf(history, slot);
    const sum = sums.get(block) ?? [0, 0];
    sum[0] += expected[slot]!;
    sum[1] += actual[slot]!;
    sums.set(block, sum);
  }
  return [...sums]
    .filter(([, [calls]]) => calls > leastExpected)
    .map(([block, [calls, came]]) => ({
      block,
      value: came / calls - 1,
      noise: spread.count / calls + spread.relative / 2 + fixedNoise,
    }));
};

const covariance = (memory: Memory, apart: number): number =>
  memory.shared + memory.fading * Math.exp(-Math.abs(apart) / memory.hours);

const factorOf = (memory: Memory, day: readonly Surprise[]): Float64Array => {
  const size = day.length;
  const matrix = new Float64Array(rowStart(size));
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      matrix[rowStart(i) + j] =
        covariance(memory, day[i]!.block - day[j]!.block) + (i === j ? day[i]!.noise : 0);
    }
  }
  return choleskyInPlace(matrix, size);
};

/**
 * Log likelihood of days under a memory, block after block (Kalman 1960): what blocks share stays, what fades goes to its
 * mean, and each block is held against what those before it predict. The same as by the factor of a day's covariance.
 */
const likelihood = (memory: Memory, days: readonly (readonly Surprise[])[]): number => {
  const { shared, fading, hours } = memory;
  const kept = Float64Array.from({ length: 25 }, (_, apart) => Math.exp(-apart / hours));
  let sum = 0;
  for (const day of days) {
    let [level, drift, ofLevel, ofBoth, ofDrift] = [0, 0, shared, 0, fading];
    let quadratic = 0;
    let before = day[0]?.block ?? 0;
    for (const { block, value, noise } of day) {
      const stays = kept[block - before] ?? 0;
      before = block;
      drift *= stays;
      ofBoth *= stays;
      ofDrift = stays * stays * ofDrift + (1 - stays * stays) * fading;
      const [toLevel, toDrift] = [ofLevel + ofBoth, ofBoth + ofDrift];
      const variance = toLevel + toDrift + noise;
      const surprise = value - level - drift;
      quadratic += (surprise * surprise) / variance;
      sum -= 0.5 * Math.log(variance);
      level += (toLevel / variance) * surprise;
      drift += (toDrift / variance) * surprise;
      ofLevel -= (toLevel * toLevel) / variance;
      ofBoth -= (toLevel * toDrift) / variance;
      ofDrift -= (toDrift * toDrift) / variance;
    }
    sum -= 0.5 * (freedom + day.length) * Math.log1p(quadratic / freedom);
  }
  return sum;
};

/** Variances and memories (hours) that are tried. */
const sizes = [0.00005, 0.0003, 0.0008, 0.0018, 0.004, 0.01, 0.03];
const spans = [1.5, 4, 10];

/** What is taken where fewer days than this show surprises: a morning's surprise carries on a little. */
const fewestDays = 10;
const usualMemory: Memory = { shared: 0.0008, fading: 0.0003, hours: 4 };
/** Blocks that a past day must have to show how surprises last. */
const fewestBlocks = 4;

/** Sizes and memory of surprises within the day, by likelihood over the past days that were replayed. */
export const learnMemory = (
  history: PreparedHistory,
  spread: SlotSpread,
  past: readonly PastDay[],
): Memory => {
  const slots = history.slotOf.length;
  const days = past
    .map(({ day, expected }) =>
      surprisesOf(history, spread, expected, history.values.subarray(day * slots, (day + 1) * slots)),
    )
    .filter((blocks) => blocks.length >= fewestBlocks);
  if (days.length < fewestDays) return usualMemory;
  let best = usualMemory;
  let top = Number.NEGATIVE_INFINITY;
  for (const shared of sizes) {
    for (const fading of sizes) {
      for (const hours of spans) {
        const memory = { shared, fading, hours };
        const found = likelihood(memory, days);
        if (found > top) {
          top = found;
          best = memory;
        }
      }
    }
  }
  return best;
};

/** Factor and variance left of a block, from the blocks that are over. */
const foretellBlock = (
  memory: Memory,
  seen: readonly Surprise[],
  factor: Float64Array,
  whitened: Float64Array,
  block: number,
): { readonly factor: number; readonly variance: number } => {
  const column = solveLower(
    factor,
    Float64Array.from(seen, (over) => covariance(memory, over.block - block)),
    seen.length,
  );
  let mean = 0;
  let left = covariance(memory, 0);
  for (let i = 0; i < seen.length; i += 1) {
    mean += column[i]! * whitened[i]!;
    left -= column[i]! * column[i]!;
  }
  return { factor: Math.min(mostFactor, Math.max(leastFactor, 1 + mean)), variance: Math.max(left, 1e-6) };
};

/** No morning makes the rest of the day more than five times as busy or quiet as expected. */
const mostFactor = 5;
const leastFactor = 0.2;

/** Factor and variance left per active slot that is not known; 1 and 0 where it is. */
const foretellDay = (
  history: PreparedHistory,
  spread: SlotSpread,
  memory: Memory,
  expected: Float64Array,
  known: Float64Array,
): Pick<DayUpdate, 'factor' | 'variance'> => {
  const seen = surprisesOf(history, spread, expected, known);
  const lower = factorOf(memory, seen);
  const whitened = solveLower(
    lower,
    Float64Array.from(seen, ({ value }) => value),
    seen.length,
  );
  const factor = new Float64Array(known.length).fill(1);
  const variance = new Float64Array(known.length);
  const byBlock = new Map<number, { readonly factor: number; readonly variance: number }>();
  for (let slot = 0; slot < known.length; slot += 1) {
    if (!Number.isNaN(known[slot]!)) continue;
    const block = blockOf(history, slot);
    const foretold = byBlock.get(block) ?? foretellBlock(memory, seen, lower, whitened, block);
    byBlock.set(block, foretold);
    factor[slot] = foretold.factor;
    variance[slot] = foretold.variance;
  }
  return { factor, variance };
};

/** A past day at the same time of day: what was predicted of its rest, and what came. */
interface PastRest {
  /** Relative surprise of the rest as it came, and as it was predicted; the same of its calls so far, unweighted. */
  readonly came: number;
  readonly foretold: number;
  readonly soFar: number;
  readonly expected: Float64Array;
  readonly factor: Float64Array;
  readonly variance: Float64Array;
  readonly left: readonly number[];
  readonly actual: Float64Array;
}

/** Past days of which the same slots were known, and enough of the rest came to be compared. */
const restsBefore = (plan: PredictiveModel, until: number): PastRest[] => {
  const { history, spread } = plan;
  const { memory, past } = plan.withinDay();
  const slots = history.slotOf.length;
  return past.flatMap(({ day, expected }): PastRest[] => {
    const actual = history.values.subarray(day * slots, (day + 1) * slots);
    const isOpen = (slot: number): boolean =>
      history.open[day * slots + slot] === 1 && !Number.isNaN(actual[slot]!) && expected[slot]! > 0;
    const known = actual.map((calls, slot) => (slot < until && isOpen(slot) ? calls : Number.NaN));
    const left = Array.from(known.keys()).filter((slot) => slot >= until && isOpen(slot));
    const sum = (values: ArrayLike<number>, of: readonly number[]): number =>
      of.reduce((total, slot) => total + values[slot]!, 0);
    const over = Array.from(known.keys()).filter((slot) => !Number.isNaN(known[slot]!));
    const [due, dueLeft] = [sum(expected, over), sum(expected, left)];
    if (!(due > 0) || !(dueLeft > 0)) return [];
    const told = foretellDay(history, spread, memory, expected, known);
    const foretold = left.reduce((total, slot) => total + expected[slot]! * told.factor[slot]!, 0);
    return [
      {
        came: sum(actual, left) / dueLeft - 1,
        foretold: foretold / dueLeft - 1,
        soFar: sum(actual, over) / due - 1,
        expected,
        ...told,
        left,
        actual,
      },
    ];
  });
};

/** How far from what memory says (1 of what it predicts, nothing of the plain surprise so far) past days may lead. */
const [trustInMemory, trustInSoFar] = [0.35, 0.2];
/** Robust deviations beyond which a past rest counts as that. */
const mostDeviations = 3;

/** Weights on what memory predicts and on the plain surprise so far: ridge regression of past rests. */
interface Damping {
  readonly foretold: number;
  readonly soFar: number;
}

const asRemembered: Damping = { foretold: 1, soFar: 0 };

const learnDamping = (past: readonly PastRest[]): Damping => {
  if (past.length < fewestDays) return asRemembered;
  const errors = past.map(({ came, foretold }) => came - foretold);
  const scale = 1.4826 * median(errors.map(Math.abs));
  const variance = Math.max(scale * scale, 1e-6);
  const limit = mostDeviations * scale;
  let [aa, ab, bb] = [variance / trustInMemory ** 2, 0, variance / trustInSoFar ** 2];
  let [ay, by] = [0, 0];
  past.forEach(({ foretold, soFar }, d) => {
    const error = Math.max(-limit, Math.min(limit, errors[d]!));
    const calm = Math.max(-0.5, Math.min(0.5, soFar));
    aa += foretold * foretold;
    ab += foretold * calm;
    bb += calm * calm;
    ay += foretold * error;
    by += calm * error;
  });
  const determinant = aa * bb - ab * ab;
  return {
    foretold: Math.max(0, 1 + (ay * bb - by * ab) / determinant),
    soFar: (by * aa - ay * ab) / determinant,
  };
};

const damped = ({ foretold, soFar }: Damping, factor: number, surprise: number): number =>
  Math.min(
    mostFactor,
    Math.max(leastFactor, 1 + foretold * (factor - 1) + soFar * Math.max(-0.5, Math.min(0.5, surprise))),
  );

/** Past days that count as a week's evidence of coverage: each tells many intervals at just this time of day. */
const daysAsWeek = 3.5;

/** Factors under which the rests of past days, predicted at the same time of day, were covered as often as promised. */
const scalesOfRest = (
  plan: PredictiveModel,
  past: readonly PastRest[],
  damping: Damping,
): DayUpdate['scales'] => {
  const { spread } = plan;
  const slots: PastForecast[] = [];
  const rests: PastForecast[] = [];
  for (const { expected, factor, variance, left, actual, soFar } of past) {
    let [mean, shared, scatter, came] = [0, 0, 0, 0];
    for (const slot of left) {
      const left = expected[slot]! * damped(damping, factor[slot]!, soFar);
      slots.push({
        mean: left,
        variance: slotVariance(spread, left, variance[slot]!),
        actual: actual[slot]!,
      });
      mean += left;
      shared += Math.sqrt(Math.expm1(variance[slot]!)) * left;
      scatter += spread.count * left + spread.relative * left * left;
      came += actual[slot]!;
    }
    rests.push({ mean, variance: scatter + shared * shared, actual: came });
  }
  const weeks = past.length / daysAsWeek;
  return {
    slot80: coverageScale(slots, weeks, 80),
    slot95: coverageScale(slots, weeks, 95),
    rest: coverageScale(rests, weeks, 80),
  };
};

/**
 * Updates day `j` of a plan from its known counts (per active slot, NaN where not known). Blocks that are over tell of
 * those to come, as far as past days at the same time of day bear it out: what memory predicts is weighted by a
 * regression of their rests, and ranges are those that covered them. Factors stay between 0.2 and 5. A gap before the
 * last known slot says nothing.
 */
export const updateDay = (
  plan: PredictiveModel,
  dayMean: number,
  j: number,
  known: Float64Array,
): DayUpdate => {
  const { history, spread } = plan;
  const slots = known.length;
  const expected = Float64Array.from(
    { length: slots },
    (_, slot) => dayMean * plan.shares[j * slots + slot]!,
  );
  const { memory } = plan.withinDay();
  const { factor, variance } = foretellDay(history, spread, memory, expected, known);
  const until = known.findLastIndex((calls) => !Number.isNaN(calls)) + 1;
  const past = restsBefore(plan, until);
  const damping = until === 0 ? asRemembered : learnDamping(past);
  let [seen, due] = [0, 0];
  known.forEach((calls, slot) => {
    if (Number.isNaN(calls) || !(expected[slot]! > 0)) return;
    seen += calls;
    due += expected[slot]!;
  });
  const surprise = due > 0 ? seen / due - 1 : 0;
  return {
    factor: factor.map((own, slot) => (Number.isNaN(known[slot]!) ? damped(damping, own, surprise) : 1)),
    variance,
    known,
    scales: scalesOfRest(plan, past, damping),
  };
};
