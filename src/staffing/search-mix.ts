import { addAt, valueAt } from '../kernel/value-at.ts';
import type { Judgement, MissesTooMuch } from '../queueing/judge-interval.ts';

/** Targets of one interval; null or 0 where nothing is asked. */
export interface IntervalTargets {
  /** By queue. */
  readonly connection: Float64Array;
  readonly within: Float64Array;
  /** By tier. */
  readonly tierConnection: Float64Array;
  readonly occupancyMax: number;
  /** Fewest operators over all tiers. */
  readonly minimumOperators: number;
}

export interface MixSearch {
  /** What a mix does; less exactly where `misses` says on the way that it misses too much to be of use. */
  readonly judge: (operators: Int32Array, misses?: MissesTooMuch) => Judgement;
  readonly targets: IntervalTargets;
  /** Cost of one operator by tier, > 0. */
  readonly cost: Float64Array;
  /** Fewest operators by tier. */
  readonly least: Int32Array;
  /** Most operators of a tier: more cannot be busy at once; no bound where left out. */
  readonly most?: number;
  /** By tier, whether another does all that it does, no later and no dearer: nobody is then sought there. */
  readonly outdone?: readonly boolean[];
  /** Where to start: a good guess saves time, any is right. */
  readonly start: Int32Array;
  /** Offered load of the interval, Erlangs: sets the first step. */
  readonly load: number;
}

/**
 * How far a mix is from its targets: 0 when all hold, else the sum of what is missing. Where that is more than `allowed`
 * only this is known: then the sum is any that is above it, and found with less work.
 */
export const shortfall = (search: MixSearch, operators: Int32Array, allowed = Infinity): number => {
  const { targets } = search;
  let staffed = 0;
  for (const n of operators) staffed += n;
  const absent = Math.max(0, targets.minimumOperators - staffed);
  if (absent > allowed) return absent;
  const misses: MissesTooMuch = (found, off) => missingOfCalls(found, targets, absent) > allowed + off;
  const found = search.judge(operators, allowed < Infinity ? misses : undefined);
  let missing = missingOfCalls(found, targets, absent);
  for (let k = 0; k < targets.tierConnection.length; k += 1)
    missing += missingOf(found.tierConnection[k], targets.tierConnection[k]);
  return missing + Math.max(0, found.occupancy - targets.occupancyMax - 1e-9);
};

const missingOfCalls = (found: Judgement, targets: IntervalTargets, absent: number): number => {
  let missing = absent;
  for (let q = 0; q < targets.connection.length; q += 1) {
    missing += missingOf(found.connection[q], targets.connection[q]);
    missing += missingOf(found.within[q], targets.within[q]);
  }
  return missing;
};

/** Nothing is missing where nobody calls (NaN). */
const missingOf = (value = Number.NaN, target = Number.NaN): number => {
  const missing = target - value - 1e-9;
  return missing > 0 ? missing : 0;
};

/**
 * Adds operators where they mend most for their cost until all targets hold; false when nothing helps. Cheap tiers are
 * tried first: a dear one need not be judged where all it could mend is worth less.
 */
const climb = (search: MixSearch, operators: Int32Array, firstStep: number): boolean => {
  const { cost, outdone } = search;
  const cheapest = [...operators.keys()]
    .filter((k) => outdone?.[k] !== true)
    .sort((a, b) => valueAt(cost, a) - valueAt(cost, b));
  let missing = shortfall(search, operators);
  let added = 0;
  let step = firstStep;
  const enough = 4 * search.load + 60;
  const room = (k: number): number => Math.max(0, (search.most ?? Infinity) - valueAt(operators, k));
  while (missing > 0 && added <= enough) {
    let best = -1;
    let bestGain = -Infinity;
    let left = missing;
    for (const k of cheapest) {
      // Of equals the first tier is taken.
      const beats = (gain: number): boolean => gain > bestGain || (gain === bestGain && k < best);
      const more = Math.min(step, room(k));
      if (more === 0 || !beats(missing / valueAt(cost, k))) continue;
      addAt(operators, k, more);
      const tried = shortfall(search, operators, missing - bestGain * valueAt(cost, k));
      addAt(operators, k, -more);
      const gain = (missing - tried) / valueAt(cost, k);
      if (!beats(gain)) continue;
      bestGain = gain;
      best = k;
      left = tried;
    }
    if (best < 0) break;
    const more = Math.min(step, room(best));
    addAt(operators, best, more);
    added += more;
    missing = left;
    if (bestGain <= 1e-12) step = Math.min(step * 2, Math.ceil(enough / 4));
  }
  return missing <= 0;
};

/**
 * Takes operators away, dearest tiers first, as long as no more than `allowed` is missing from the targets;
 * ends where no single one can go.
 */
const prune = (search: MixSearch, operators: Int32Array, firstStep: number, allowed = 0): void => {
  const dearest = [...operators.keys()].sort((a, b) => valueAt(search.cost, b) - valueAt(search.cost, a));
  for (let step = firstStep; step >= 1; step = Math.floor(step / 2)) {
    for (let moved = true; moved;) {
      moved = false;
      for (const k of dearest) {
        const before = valueAt(operators, k);
        if (before - step < valueAt(search.least, k)) continue;
        operators[k] = before - step;
        if (shortfall(search, operators, allowed) <= allowed) moved = true;
        else operators[k] = before;
      }
    }
  }
};

/**
 * Replaces operators of one tier by one of another where that is cheaper and all targets still hold: one by a cheaper
 * one, or as few as cost more than a dearer one. True when a swap was found.
 */
const swap = (search: MixSearch, operators: Int32Array): boolean => {
  for (let from = 0; from < operators.length; from += 1) {
    for (let to = 0; to < operators.length; to += 1) {
      const fewest = Math.floor(valueAt(search.cost, to) / valueAt(search.cost, from) + 1e-9) + 1;
      if (search.outdone?.[to] === true || valueAt(operators, from) - fewest < valueAt(search.least, from))
        continue;
      addAt(operators, from, -fewest);
      addAt(operators, to, 1);
      if (shortfall(search, operators, 0) <= 0) return true;
      addAt(operators, from, fewest);
      addAt(operators, to, -1);
    }
  }
  return false;
};

interface FoundMix {
  readonly operators: Int32Array;
  /** False when no number of operators, up to several times the load, meets the targets. */
  readonly met: boolean;
}

/** Out of reach, so much more may be missing than could be: with 60 lines and 62 Erlangs 300 are no better than 90. */
const asNear = 1.01;

/**
 * A least-cost mix of one interval: climb until the targets hold, take away what is not needed, replace dear
 * operators by cheap ones and several by one who costs less than they do. Where nothing meets the targets: the fewest
 * that come as near to them as can be. The result is a local optimum: no operator can be taken away, and none replaced
 * for less, without breaking a target.
 */
export const searchMix = (search: MixSearch): FoundMix => {
  const operators = search.start.map((n, k) =>
    Math.min(Math.max(n, valueAt(search.least, k)), search.most ?? Infinity),
  );
  const step = Math.max(1, Math.floor(search.load / 16));
  const met = climb(search, operators, step);
  if (!met) {
    const present = operators.reduce((sum, n) => sum + n, 0);
    prune(search, operators, Math.max(step, present >> 3), shortfall(search, operators) * asNear + 1e-4);
    return { operators, met };
  }
  prune(search, operators, step);
  while (swap(search, operators)) prune(search, operators, 1);
  return { operators, met };
};

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
  // Just after a peak it was off by three times its usual error: a hall of twelve held in four paths of a hundred too few.
  const amended = isNear(search, found.operators, 3 * near) && shortfall(exact, found.operators) > 0;
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
