import type { Judgement } from '../queueing/project.ts';
import { searchMix, shortfall, type FoundMix, type MixSearch } from './search-mix.ts';

export interface SettledMix extends FoundMix {
  /** Tiers (by index) that keep an operator whom no target needs: the share of their own queues' work asks for it. */
  readonly heldByOwnShare: readonly number[];
  /** Nobody may go though no target needs all: so many must be present. */
  readonly heldByPresence: boolean;
}

/**
 * How near to a target the quick judgement may be off: what it says within this of one is looked at path by path. On
 * the demo’s week it is off by 0.005 at most, by 0.015 where callers and operators differ much from path to path.
 */
const near = 0.015;

/**
 * Settles a mix path by path: where the quick judgement is near a target, every sample path is asked, operators whom
 * no target needs are taken away and those who are missing are added. Nobody can then be taken away without breaking
 * a target at the asked confidence, except those whom a floor holds, and these are named.
 */
export const settleMix = (
  search: MixSearch,
  found: FoundMix,
  judgePaths: (operators: Int32Array) => Judgement,
): SettledMix => {
  if (!found.met) return { ...found, heldByOwnShare: [], heldByPresence: false };
  const exact: MixSearch = { ...search, judge: judgePaths, start: found.operators };
  const amended = isNear(search, found.operators) && shortfall(exact, found.operators) > 0;
  const { operators, met } = amended ? searchMix(exact) : found;
  for (let k = 0; k < operators.length; k += 1)
    while (canGo(search, exact, operators, k)) operators[k] = (operators[k] ?? 0) - 1;
  const { minimumOperators } = search.targets;
  const staffed = operators.reduce((sum, n) => sum + n, 0);
  const targets = { ...search.targets, minimumOperators: 0 };
  const [freeQuick, freeExact] = [
    { ...search, targets },
    { ...exact, targets },
  ];
  const spare = [...operators.keys()].filter((k) => isSpare(freeQuick, freeExact, operators, k));
  const atMinimum = staffed <= minimumOperators;
  return {
    operators,
    met,
    heldByOwnShare: atMinimum ? [] : spare.filter((k) => (operators[k] ?? 0) <= (search.least[k] ?? 0)),
    heldByPresence: atMinimum && spare.length > 0,
  };
};

/** Whether the targets hold, but not by much. */
const isNear = (search: MixSearch, operators: Int32Array): boolean => {
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

/** What is missing from the targets with one operator of a tier fewer. */
const without = (search: MixSearch, operators: Int32Array, k: number): number => {
  operators[k] = (operators[k] ?? 0) - 1;
  const missing = shortfall(search, operators);
  operators[k] = (operators[k] ?? 0) + 1;
  return missing;
};

/** Whether targets hold with one operator of a tier fewer; path by path where the quick judgement is not sure. */
const isSpare = (quick: MixSearch, exact: MixSearch, operators: Int32Array, k: number): boolean => {
  if ((operators[k] ?? 0) <= 0) return false;
  const missing = without(quick, operators, k);
  return missing <= 0 || (missing < near && without(exact, operators, k) <= 0);
};

const canGo = (quick: MixSearch, exact: MixSearch, operators: Int32Array, k: number): boolean =>
  (operators[k] ?? 0) > (quick.least[k] ?? 0) &&
  without(quick, operators, k) < near &&
  without(exact, operators, k) <= 0;
