import type { AutoPlan } from './auto-plan.ts';
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

export interface Memory {
  readonly shared: number;
  readonly fading: number;
  readonly hours: number;
}

const blockMinutes = 60;
const fixedNoise = 0.0004;
/** Degrees of freedom of the Student likelihood: one wild day must not set the memory. */
const freedom = 5;

const blockOf = (plan: AutoPlan, active: number): number =>
  Math.floor((plan.history.slotOf[active]! * plan.history.intervalMinutes) / blockMinutes);

const surprisesOf = (plan: AutoPlan, expected: Float64Array, actual: Float64Array): Surprise[] => {
  const sums = new Map<number, [number, number]>();
  for (let slot = 0; slot < expected.length; slot += 1) {
    if (Number.isNaN(actual[slot]!) || expected[slot]! <= 0) continue;
    const block = blockOf(plan, slot);
    const sum = sums.get(block) ?? [0, 0];
    sum[0] += expected[slot]!;
    sum[1] += actual[slot]!;
    sums.set(block, sum);
  }
  return [...sums]
    .filter(([, [f]]) => f > 0.2)
    .map(([block, [f, y]]) => ({
      block,
      value: y / f - 1,
      noise: plan.spread.count / f + plan.spread.relative / 2 + fixedNoise,
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

const sizes = [0.00005, 0.0003, 0.0008, 0.0018, 0.004, 0.01, 0.03];
const spans = [1.5, 4, 10];

/** Sizes and memory of surprises within the day, by likelihood over the past days that were replayed. */
export const learnMemory = (plan: AutoPlan): Memory => {
  const history = plan.history;
  const slots = history.slotOf.length;
  const days = plan.past
    .map((p) => surprisesOf(plan, p.expected, history.values.subarray(p.day * slots, (p.day + 1) * slots)))
    .filter((day) => day.length >= 4);
  let best: Memory = { shared: 0.0008, fading: 0.0003, hours: 4 };
  if (days.length < 10) return best;
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

/**
 * Updates day `j` of a plan from its known counts (per active slot, NaN where not known). Blocks that are
 * over tell of those to come; factors stay between 0.2 and 5.
 */
export const updateDay = (plan: AutoPlan, dayMean: number, j: number, known: Float64Array): DayUpdate => {
  const slots = known.length;
  const expected = Float64Array.from({ length: slots }, (_, s) => dayMean * plan.shares[j * slots + s]!);
  const seen = surprisesOf(plan, expected, known);
  const memory = plan.memory();
  const size = seen.length;
  const factor = factorOf(memory, seen);
  const z = solveLower(
    factor,
    Float64Array.from(seen, (s) => s.value),
    size,
  );
  const update = {
    factor: new Float64Array(slots).fill(1),
    variance: new Float64Array(slots),
    known,
  };
  const byBlock = new Map<number, [number, number]>();
  for (let slot = 0; slot < slots; slot += 1) {
    const block = blockOf(plan, slot);
    let found = byBlock.get(block);
    if (found === undefined) {
      const column = solveLower(
        factor,
        Float64Array.from(seen, (k) => covariance(memory, k.block - block)),
        size,
      );
      let mean = 0;
      let left = covariance(memory, 0);
      for (let i = 0; i < size; i += 1) {
        mean += column[i]! * z[i]!;
        left -= column[i]! * column[i]!;
      }
      found = [Math.min(5, Math.max(0.2, 1 + mean)), Math.max(left, 1e-6)];
      byBlock.set(block, found);
    }
    if (!Number.isNaN(known[slot]!)) continue;
    update.factor[slot] = found[0];
    update.variance[slot] = found[1];
  }
  return update;
};
