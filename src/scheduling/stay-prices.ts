import { addAt, valueAt } from '../kernel/value-at.ts';
import type { CoverProblem, StartLimit, Tour } from './cover-problem.ts';

/** Price of a shift that is not where it was before, and of a break that is not, while a plan is being changed. */
export interface StayPrices {
  readonly shift: number;
  readonly pause: number;
}

/** Earlier shifts that a search starts from: what each shift was, and the price of changing it. */
export interface Staying {
  readonly homes: readonly (Tour | undefined)[];
  readonly prices: StayPrices;
}

/** Price of a shift of this type, start and breaks where `home` is what it was before; undefined: a new one. */
export const changePenalty = (
  home: Tour | undefined,
  type: number,
  start: number,
  breaks: ArrayLike<number>,
  prices: StayPrices,
): number => {
  if (home === undefined || home.type !== type || home.start !== start) return prices.shift;
  let moved = 0;
  for (const [k, offset] of home.breakOffsets.entries()) if (breaks[k] !== offset) moved += 1;
  return moved * prices.pause;
};

/**
 * What each shift was before: the same one where there is one, else one of the same type and start, one that starts at
 * about the same time, or any that is left over, in order of start; undefined for shifts beyond those.
 */
export const homesOf = (tours: readonly Tour[], before: readonly Tour[]): (Tour | undefined)[] => {
  const homes: (Tour | undefined)[] = tours.map(() => undefined);
  const inOrder = [...tours.keys()].sort((a, b) => (tours[a]?.start ?? 0) - (tours[b]?.start ?? 0));
  let open: readonly Tour[] = before.toSorted((a, b) => a.start - b.start);
  for (const key of [wholeKey, startKey, nearKey, () => '']) {
    const free = Map.groupBy(open, key);
    for (const i of inOrder) homes[i] ??= free.get(key(tours[i] as Tour))?.shift();
    open = [...free.values()].flat();
  }
  return homes;
};

const startKey = ({ type, start }: Tour): string => `${type} ${start}`;
/** Sixteen slots: four hours of quarters. */
const nearKey = ({ start }: Tour): string => String(start >> 4);
const wholeKey = (tour: Tour): string => `${startKey(tour)} ${tour.breakOffsets.join()}`;

/** Price of all that is elsewhere than before, in shifts and breaks. */
export const stayCost = (tours: readonly Tour[], before: readonly Tour[], prices: StayPrices): number => {
  const homes = homesOf(tours, before);
  const gone = before.length - homes.filter((home) => home !== undefined).length;
  return tours.reduce(
    (sum, { type, start, breakOffsets }, i) =>
      sum + changePenalty(homes[i], type, start, breakOffsets, prices),
    gone * prices.shift,
  );
};

/** A shift is moved only where that saves more than an hour's missing operator does, a break a fifth of it. */
export const stayPricesOf = ({ underPrice }: CoverProblem, slotMinutes: number): StayPrices => {
  const hour = (underPrice * 60) / slotMinutes;
  return { shift: hour, pause: hour / 5 };
};

/** How far a plan has used up the limits of its problem, kept up to date shift by shift. */
export interface LimitUse {
  /** True when one more shift of this type and start keeps every limit. Always true without limits. */
  allows(type: number, start: number): boolean;
  /** True when a shift of this type and start may become one of another type or start. */
  allowsInstead(type: number, start: number, toType: number, toStart: number): boolean;
  /** Counts a shift in (`by` 1) or out (`by` −1). */
  count(type: number, start: number, by: 1 | -1): void;
}

/** Hours are sums of fractions: a hair above a limit is still within it. */
export const limitSlack = 1e-6;

export const createLimitUse = (problem: CoverProblem): LimitUse => {
  const limits = problem.limits ?? [];
  const used = new Float64Array(limits.length);
  // Slots under the same limits share one list of them.
  const lists = new Map<string, readonly number[]>();
  const at = Array.from({ length: limits.length === 0 ? 0 : problem.slots }, (_, slot) => {
    const own = limits.flatMap(({ from, to }, index) => (slot >= from && slot < to ? [index] : []));
    const known = lists.get(own.join()) ?? own;
    lists.set(own.join(), known);
    return known;
  });
  const weightOf = (index: number, type: number): number => limits[index]?.weights[type] ?? 0;
  const allows = (type: number, start: number): boolean =>
    at[start]?.every(
      (index) =>
        valueAt(used, index) + weightOf(index, type) <= (limits[index]?.most ?? Infinity) + limitSlack,
    ) ?? true;
  const count = (type: number, start: number, by: 1 | -1): void => {
    for (const index of at[start] ?? []) addAt(used, index, by * weightOf(index, type));
  };
  return {
    allows,
    count,
    allowsInstead: (type, start, toType, toStart) => {
      if (type === toType && at[start] === at[toStart]) return true;
      count(type, start, -1);
      const isAllowed = allows(toType, toStart);
      count(type, start, 1);
      return isAllowed;
    },
  };
};

/** What a plan uses of one limit. */
export const useOfLimit = (limit: StartLimit, tours: readonly Tour[]): number => {
  let used = 0;
  for (const { type, start } of tours) {
    if (start >= limit.from && start < limit.to) used += valueAt(limit.weights, type);
  }
  return used;
};
