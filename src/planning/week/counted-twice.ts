import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';

/**
 * Where operators hand calls on to a queue that has traffic of its own: its report may hold those calls already, and
 * then they are planned for twice. One finding for each such queue.
 */
export const countedTwice = (
  { queues }: HotlineModel,
  queuesWithTraffic: readonly string[],
): readonly PlanningFinding[] => {
  const rung = new Set(queuesWithTraffic);
  return queues.flatMap((to) => {
    if (!rung.has(to.queue)) return [];
    const from = queues.filter(
      ({ queue, transfers }) =>
        rung.has(queue) &&
        transfers?.some(({ toQueue, share }) => toQueue === to.queue && share > 0) === true,
    );
    if (from.length === 0) return [];
    return [
      planningFinding('handed-on-calls-counted-twice', { to: to.name, from: from.map(({ name }) => name) }),
    ];
  });
};
