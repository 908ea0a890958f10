import type { Random } from '../kernel/random.ts';
import { costOfTours, type CoverProblem, type Tour } from './cover-problem.ts';
import { trimTours } from './trim-tours.ts';

/** Cumulative counts of one type: `started[i]` up to its i-th allowed start; per break, per unrolled slot. */
export interface TypeCounts {
  readonly started: Float64Array;
  readonly breakStarted: readonly Float64Array[];
}

/**
 * Whole shifts from a relaxation's cumulative counts: floor(count + θ) with one θ per shift type for its
 * starts and breaks alike. Rounding keeps the order between the counts, so every shift still gets each of
 * its breaks within the window; cover moves by less than one operator per type and break. Shifts beyond a
 * limit are dropped again. Tries `attempts` sets of θ and returns the cheapest.
 */
export const roundCover = (
  problem: CoverProblem,
  counts: readonly TypeCounts[],
  random: Random,
  attempts: number,
): Tour[] => {
  let best: Tour[] = [];
  let bestCost = Infinity;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rounded = counts.flatMap((count, type) => roundType(problem, type, count, random.uniform()));
    const tours = trimTours(problem, rounded);
    const cost = costOfTours(problem, tours);
    if (cost < bestCost) {
      bestCost = cost;
      best = tours;
    }
  }
  return best;
};

// Interior points end a hair below whole numbers.
const slack = 1e-6;

const roundType = (problem: CoverProblem, type: number, counts: TypeCounts, theta: number): Tour[] => {
  const shift = problem.types[type];
  if (shift === undefined) return [];
  const starts = unitsOf(counts.started, theta).map((i) => shift.starts[i] ?? 0);
  const breakStarts = counts.breakStarted.map((started) => unitsOf(started, theta));
  return starts.map((start, n) => ({
    type,
    start,
    breakOffsets: shift.breaks.map(({ earliest, latest }, k) =>
      Math.min(latest, Math.max(earliest, (breakStarts[k]?.[n] ?? start + earliest) - start)),
    ),
  }));
};

/** Positions at which the rounded cumulative count steps up, one entry per unit. */
const unitsOf = (cumulative: Float64Array, theta: number): number[] => {
  const units: number[] = [];
  for (const [i, value] of cumulative.entries()) {
    const count = Math.floor(value + theta + slack * (1 - theta));
    while (units.length < count) units.push(i);
  }
  return units;
};
