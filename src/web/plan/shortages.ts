import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { dayNumber } from '../../kernel/time.ts';

type Tiers = readonly Pick<PlanDocument['tiers'][number], 'tier' | 'required' | 'scheduled'>[];

export interface Shortage {
  /** Operator-hours by which shifts stay below the requirement, tier by tier; surplus elsewhere sets nothing off. */
  readonly hours: number;
  /** Intervals in which some tier is short by half an operator or more. */
  readonly intervals: number;
  readonly worst: { readonly start: string; readonly tier: string; readonly operators: number } | undefined;
}

/** Below this many operators a gap is the dust of shrinkage, not a person. */
export const smallestGap = 0.5;

/** Where the shifts stay below what the targets need: how much, how often, and where most. */
export const shortageOf = (
  plan: Pick<PlanDocument, 'starts' | 'intervalMinutes'> & { readonly tiers: Tiers },
): Shortage => {
  let hours = 0;
  let intervals = 0;
  let worst: Shortage['worst'];
  plan.starts.forEach((start, i) => {
    let short = false;
    for (const { tier, required, scheduled } of plan.tiers) {
      const missing = (required[i] ?? 0) - (scheduled[i] ?? 0);
      if (missing < smallestGap) continue;
      short = true;
      hours += (missing * plan.intervalMinutes) / 60;
      if (worst === undefined || missing > worst.operators) worst = { start, tier, operators: missing };
    }
    if (short) intervals += 1;
  });
  return { hours, intervals, worst };
};

/** Days between the last day of traffic and the first planned day; 0: the plan starts right after it. */
export const daysBeyondData = (plan: Pick<PlanDocument, 'firstDate' | 'history'>): number =>
  Math.max(0, dayNumber(plan.firstDate) - dayNumber(plan.history.lastDate) - 1);
