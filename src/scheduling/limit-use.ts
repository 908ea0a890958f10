import type { CoverProblem, StartLimit, Tour } from './cover-problem.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

/** How far a plan has used up the limits of its problem, kept up to date shift by shift. */
export interface LimitUse {
  /** True when one more shift of this type and start keeps every limit. Always true without limits. */
  allows(type: number, start: number): boolean;
  /** Counts a shift in (`by` 1) or out (`by` −1). */
  count(type: number, start: number, by: 1 | -1): void;
}

/** Hours are sums of fractions: a hair above a limit is still within it. */
export const limitSlack = 1e-6;

export const createLimitUse = (problem: CoverProblem): LimitUse => {
  const limits = problem.limits ?? [];
  const used = new Float64Array(limits.length);
  const at = Array.from({ length: limits.length === 0 ? 0 : problem.slots }, (_, slot) =>
    limits.flatMap(({ from, to }, index) => (slot >= from && slot < to ? [index] : [])),
  );
  const weightOf = (index: number, type: number): number => limits[index]?.weights[type] ?? 0;
  return {
    allows: (type, start) =>
      at[start]?.every(
        (index) =>
          valueAt(used, index) + weightOf(index, type) <= (limits[index]?.most ?? Infinity) + limitSlack,
      ) ?? true,
    count: (type, start, by) => {
      for (const index of at[start] ?? []) addAt(used, index, by * weightOf(index, type));
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
