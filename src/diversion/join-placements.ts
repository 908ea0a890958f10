import { valueAt } from '../kernel/value-at.ts';
import type { OffPeakReturn, PromptPlacement } from '../kernel/hotline.ts';

/** Stretches of one prompt for one queue as one placement: lengths are judged over all of a day's stretches. */
export const joinPlacements = (placements: readonly PromptPlacement[]): PromptPlacement[] => {
  const joined = new Map<string, PromptPlacement>();
  for (const placement of placements) {
    const key = JSON.stringify([placement.prompt, placement.queue]);
    const whole = joined.get(key);
    joined.set(key, whole === undefined ? placement : joinTwo(whole, placement));
  }
  return [...joined.values()];
};

const joinTwo = (one: PromptPlacement, other: PromptPlacement): PromptPlacement => {
  const offPeakReturn = joinReturns(one.offPeakReturn, other.offPeakReturn, other.on);
  return {
    ...one,
    on: one.on.map((on, i) => (other.on[i] === 1 ? 1 : on)),
    offPeakTarget: one.offPeakTarget.map((target, i) =>
      other.on[i] === 1 ? (other.offPeakTarget[i] ?? -1) : target,
    ),
    ...(offPeakReturn === undefined ? {} : { offPeakReturn }),
  };
};

/** Usual calls are the same in both where both know them. */
const joinReturns = (
  one: OffPeakReturn | undefined,
  other: OffPeakReturn | undefined,
  on: Uint8Array,
): OffPeakReturn | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : {
        until: one.until.map((until, i) => (on[i] === 1 ? (other.until[i] ?? until) : until)),
        weights: one.weights.map((calls, i) => Math.max(calls, valueAt(other.weights, i))),
      };
