import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../kernel/measures.ts';
import { aimCosts, sumOf, type DiversionAim } from './diversion-aim.ts';
import { scaleTakeUp } from './scale-take-up.ts';

/** Intervals with at least five calls whose service level stays below the target; none where no level is asked for. */
export const intervalsBelowTarget = (outcome: Outcome, targets: TargetsModel): number[] => {
  const wanted = targets.serviceLevel;
  if (wanted === null) return [];
  return Array.from({ length: outcome.horizon.count }, (_, i) => i).filter((i) => {
    const totals = totalOutcome(outcome, i, i + 1);
    return totals.offered >= 5 && serviceLevels(totals).ofOffered < wanted;
  });
};

/**
 * Does a recommendation lose its point when half as many callers take it up? It does when it then serves the aim no
 * better than playing nothing, or keeps less than half of the intervals that it brought above target. Without
 * prompts there is nothing to lose.
 */
export const isFragile = (
  prompts: readonly PromptPlacement[],
  outcomes: { readonly before: Outcome; readonly after: Outcome; readonly half: Outcome },
  targets: TargetsModel,
  aim: DiversionAim,
): boolean => {
  if (prompts.length === 0) return false;
  const { before, after, half } = outcomes;
  const gain =
    sumOf(aimCosts(before, [], targets, aim)) -
    sumOf(aimCosts(half, scaleTakeUp(prompts, 0.5), targets, aim));
  if (gain <= 0) return true;
  const below = intervalsBelowTarget(before, targets).length;
  const mended = below - intervalsBelowTarget(after, targets).length;
  return mended > 0 && below - intervalsBelowTarget(half, targets).length < mended / 2;
};
