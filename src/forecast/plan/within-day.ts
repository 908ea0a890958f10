import type { PastDay } from '../calibration/replay-plan.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { SlotSpread } from '../shape/slot-spread.ts';
import type { Memory, PredictiveModel } from './predictive-model.ts';
import { choleskyInPlace, rowStart, solveLower } from '../numbers/linear-algebra.ts';

/**
 * The rest of a day from its calls so far. Relative surprises of the day's blocks (hours) are taken as a
 * shared part for the whole day plus a part that fades with the hours between them; their sizes are learnt
 * from past days, so a morning's surprise is carried on only as far as mornings have foretold afternoons.
 */
export interface DayUpdate {
  /** Factor on each active slot's mean; 1 for slots that are known. */
  readonly factor: Float64Array;
  /** Variance left in each active slot's level, relative (replaces the day's). */
  readonly variance: Float64Array;
  /** Known counts per active slot; NaN where not known. */
  readonly known: Float64Array;
}

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

const likelihood = (memory: Memory, days: readonly (readonly Surprise[])[]): number => {
  let sum = 0;
  for (const day of days) {
    const size = day.length;
    const factor = factorOf(memory, day);
    const z = solveLower(
      factor,
      Float64Array.from(day, (s) => s.value),
      size,
    );
    let quadratic = 0;
    for (let i = 0; i < size; i += 1) {
      quadratic += z[i]! * z[i]!;
      sum -= Math.log(factor[rowStart(i) + i]!);
    }
    sum -= 0.5 * (freedom + size) * Math.log1p(quadratic / freedom);
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

/**
 * Updates day `j` of a plan from its known counts (per active slot, NaN where not known). Blocks that are
 * over tell of those to come; factors stay between 0.2 and 5.
 */
export const updateDay = (
  plan: PredictiveModel,
  dayMean: number,
  j: number,
  known: Float64Array,
): DayUpdate => {
  const { history } = plan;
  const slots = known.length;
  const expected = Float64Array.from(
    { length: slots },
    (_, slot) => dayMean * plan.shares[j * slots + slot]!,
  );
  const seen = surprisesOf(history, plan.spread, expected, known);
  const memory = plan.memory();
  const factor = factorOf(memory, seen);
  const whitened = solveLower(
    factor,
    Float64Array.from(seen, ({ value }) => value),
    seen.length,
  );
  const update = {
    factor: new Float64Array(slots).fill(1),
    variance: new Float64Array(slots),
    known,
  };
  const byBlock = new Map<number, { readonly factor: number; readonly variance: number }>();
  for (let slot = 0; slot < slots; slot += 1) {
    if (!Number.isNaN(known[slot]!)) continue;
    const block = blockOf(history, slot);
    const foretold = byBlock.get(block) ?? foretellBlock(memory, seen, factor, whitened, block);
    byBlock.set(block, foretold);
    update.factor[slot] = foretold.factor;
    update.variance[slot] = foretold.variance;
  }
  return update;
};
