import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Outcome, PromptPlacement, QueueOutcome } from '../kernel/hotline.ts';

/**
 * What prompts are chosen for. `fewest-diverted`: bring every queue and interval to its targets, diverting
 * as few callers as will do. `best-for-roster`: lose the fewest calls that this roster can, whatever the
 * targets.
 */
export type DiversionAim = 'fewest-diverted' | 'best-for-roster';

/**
 * Prices of the aims, in calls. Asking a caller to go elsewhere is no gain in itself: it must save a tenth
 * of a call. Each stretch of a prompt must save one call, so that nobody switches an announcement for nothing.
 * An answer beyond the threshold counts a quarter of a lost call.
 */
export const diversionPrices = { diverted: 0.1, stretch: 1, answeredLate: 0.25 } as const;

/**
 * Calls that a queue lacks in an interval: answered ones to its connection target, and answered in time to its service
 * level. Both together: what the aims count.
 */
export const callsShort = (queue: QueueOutcome, i: number, targets: TargetsModel): number => {
  const target = targets.queues[queue.queue];
  const offered = valueAt(queue.offered, i);
  const connection = target?.connectionRate ?? targets.connectionRate;
  const level = target?.serviceLevel === undefined ? targets.serviceLevel : target.serviceLevel;
  return (
    Math.max(0, connection * offered - valueAt(queue.answered, i)) +
    (level === null ? 0 : Math.max(0, level * offered - valueAt(queue.answeredWithinThreshold, i)))
  );
};

/** Calls short of the connection and service-level targets, over all queues and intervals. */
export const shortOfTargets = (outcome: Outcome, targets: TargetsModel): number =>
  outcome.queues.reduce(
    (sum, queue) => sum + sumOf(queue.offered.map((_, i) => callsShort(queue, i, targets))),
    0,
  );

/** Share of those whom a queue's prompt sent off-peak in an interval that never calls again. */
export const lostAfterDeferral = (
  placements: readonly PromptPlacement[],
  queue: string,
  i: number,
): number => {
  for (const placement of placements)
    if (placement.queue === queue && placement.on[i] === 1 && placement.response.offPeakShare > 0)
      return 1 - placement.response.offPeakReturnShare;
  return 0;
};

/** Cost of each interval under an aim, in calls, all queues; `placements` are those of the outcome. */
export const aimCosts = (
  outcome: Outcome,
  placements: readonly PromptPlacement[],
  targets: TargetsModel,
  aim: DiversionAim,
): Float64Array => {
  const costs = new Float64Array(outcome.horizon.count);
  for (const queue of outcome.queues) {
    for (let i = 0; i < costs.length; i += 1) {
      const diverted = valueAt(queue.divertedOnline, i) + valueAt(queue.deferred, i);
      const failed =
        aim === 'fewest-diverted'
          ? callsShort(queue, i, targets)
          : valueAt(queue.abandoned, i) +
            valueAt(queue.blocked, i) +
            diversionPrices.answeredLate *
              Math.max(0, valueAt(queue.answered, i) - valueAt(queue.answeredWithinThreshold, i)) +
            valueAt(queue.deferred, i) * lostAfterDeferral(placements, queue.queue, i);
      addAt(costs, i, failed + diversionPrices.diverted * diverted);
    }
  }
  for (const { on } of placements)
    for (let i = 0; i < costs.length; i += 1)
      if (on[i] === 1 && on[i - 1] !== 1) addAt(costs, i, diversionPrices.stretch);
  return costs;
};
