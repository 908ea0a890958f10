import type { Judgement } from '../queueing/project.ts';
import { searchMix, shortfall, type FoundMix, type IntervalTargets, type MixSearch } from './search-mix.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

interface SettledMix extends FoundMix {
  /** Tiers (by index) that keep an operator whom no target needs: the share of their own queues' work asks for it. */
  readonly heldByOwnShare: readonly number[];
  /** Nobody may go though no target needs all: so many must be present. */
  readonly heldByPresence: boolean;
}

/** Judges that ask every sample path. */
export interface PathJudge {
  readonly judge: (operators: Int32Array) => Judgement;
  /** Whether all targets but the least presence hold under operators that were judged last. */
  readonly holds: (operators: Int32Array, targets: IntervalTargets) => boolean;
}

/**
 * How far the quick judgement may be off, by how much behaviour differs from path to path (`spread`, a standard
 * deviation of factors around 1): it takes patience and handle times to be as usual. Found on the demo's week, where it
 * is off by 0.005 at most, and on lines whose weeks differ much, by 0.015.
 */
export const quickError = (spread: number): number => Math.min(0.02, 0.006 + 0.1 * spread);

/**
 * Settles a mix path by path: where the quick judgement is near a target, every sample path is asked, operators whom
 * no target needs are taken away and those who are missing are added. Nobody can then be taken away without breaking
 * a target at the asked confidence, except those whom a floor holds, and these are named.
 */
export const settleMix = (
  search: MixSearch,
  found: FoundMix,
  byPath: PathJudge,
  near: number,
): SettledMix => {
  if (!found.met) return { ...found, heldByOwnShare: [], heldByPresence: false };
  const exact: MixSearch = { ...search, judge: byPath.judge, start: found.operators };
  const amended = isNear(search, found.operators, near) && shortfall(exact, found.operators) > 0;
  const { operators, met } = amended ? searchMix(exact) : found;
  for (let k = 0; k < operators.length; k += 1)
    while (canGo(search, byPath, operators, k, near)) addAt(operators, k, -1);
  const { minimumOperators } = search.targets;
  const staffed = operators.reduce((sum, n) => sum + n, 0);
  const targets = { ...search.targets, minimumOperators: 0 };
  const free: MixSearch = { ...search, targets };
  const spare = (k: number): boolean => isSpare(free, byPath, operators, k, near);
  const all = [...operators.keys()];
  const atMinimum = staffed <= minimumOperators;
  return {
    operators,
    met,
    heldByOwnShare: atMinimum
      ? []
      : all.filter((k) => valueAt(operators, k) <= valueAt(search.least, k) && spare(k)),
    heldByPresence: atMinimum && all.some(spare),
  };
};

/** Whether targets hold path by path with one operator of a tier fewer: they were judged quickly just before. */
const holdsWithout = (search: MixSearch, byPath: PathJudge, operators: Int32Array, k: number): boolean => {
  addAt(operators, k, -1);
  const holds = byPath.holds(operators, search.targets);
  addAt(operators, k, 1);
  return holds;
};

/** Whether the targets hold, but not by much. */
const isNear = (search: MixSearch, operators: Int32Array, near: number): boolean => {
  const { targets } = search;
  const raise = (values: Float64Array): Float64Array =>
    values.map((value) => (value > 0 ? value + near : value));
  const stricter: MixSearch = {
    ...search,
    targets: {
      ...targets,
      connection: raise(targets.connection),
      within: raise(targets.within),
      tierConnection: raise(targets.tierConnection),
      occupancyMax: targets.occupancyMax < 1 ? targets.occupancyMax - near : 1,
    },
  };
  return shortfall(stricter, operators) > 0;
};

/** What is missing from the targets with one operator of a tier fewer; above `allowed` any that is. */
const without = (search: MixSearch, operators: Int32Array, k: number, allowed: number): number => {
  addAt(operators, k, -1);
  const missing = shortfall(search, operators, allowed);
  addAt(operators, k, 1);
  return missing;
};

/** Whether targets hold with one operator of a tier fewer; path by path where the quick judgement is not sure. */
const isSpare = (
  quick: MixSearch,
  byPath: PathJudge,
  operators: Int32Array,
  k: number,
  near: number,
): boolean => {
  if (valueAt(operators, k) <= 0) return false;
  const missing = without(quick, operators, k, near);
  return missing <= 0 || (missing < near && holdsWithout(quick, byPath, operators, k));
};

const canGo = (
  quick: MixSearch,
  byPath: PathJudge,
  operators: Int32Array,
  k: number,
  near: number,
): boolean =>
  valueAt(operators, k) > valueAt(quick.least, k) &&
  // With one fewer it may be off by as much again: a hall of thirty was left one too many.
  without(quick, operators, k, 2 * near) < 2 * near &&
  holdsWithout(quick, byPath, operators, k);
