import { addAt, valueAt } from '../../kernel/value-at.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { Operation, Outcome } from '../../kernel/hotline.ts';
import { callsShort, neverBack, sumOf } from '../diversion-aim.ts';

/** Calls short of the connection and service-level targets, over all queues and intervals. */
export const shortOfTargets = (outcome: Outcome, targets: TargetsModel): number =>
  outcome.queues.reduce(
    (sum, queue) => sum + sumOf(queue.offered.map((_, i) => callsShort(queue, i, targets))),
    0,
  );

/**
 * First callers who are not served in the end: those who give up after hanging up or a busy line, and those who
 * were sent to another time and never call again.
 */
export const callersLost = (outcome: Outcome, { demand, policy }: Operation): number => {
  let lost = 0;
  for (const queue of outcome.queues) {
    const repeats = demand.queues.find((own) => own.queue === queue.queue)?.repeats;
    lost += sumOf(queue.abandoned) * (1 - (repeats?.afterAbandon ?? 0));
    lost += sumOf(queue.blocked) * (1 - (repeats?.afterBlock ?? 0));
    queue.deferred.forEach((sent, i) => (lost += sent * neverBack(policy.prompts, queue.queue, i)));
  }
  return lost;
};

/**
 * Operators that each tier lacks per interval for its own queues to meet their targets: the work of the calls that
 * are short, counted for the tier that a queue is answered by first.
 */
export const operatorsShort = (
  outcome: Outcome,
  { demand, capacity, policy }: Operation,
  targets: TargetsModel,
): Float64Array[] => {
  const { count, intervalMinutes } = demand.horizon;
  const short = capacity.tiers.map(() => new Float64Array(count));
  for (const queue of outcome.queues) {
    const own = demand.queues.find((each) => each.queue === queue.queue);
    const routes = policy.queues.find((each) => each.queue === queue.queue)?.routes ?? [];
    const first = routes.toSorted((a, b) => a.preference - b.preference)[0]?.tier;
    const row = short[capacity.tiers.findIndex(({ tier }) => tier === first)];
    if (own === undefined || row === undefined) continue;
    for (let i = 0; i < count; i += 1) {
      const work = callsShort(queue, i, targets) * valueAt(own.handleTimeSeconds, i);
      addAt(row, i, work / (intervalMinutes * 60));
    }
  }
  return short;
};
