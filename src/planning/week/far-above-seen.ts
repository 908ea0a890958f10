import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { History } from '../history/read-history.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Times of the busiest that was ever seen from which a requirement is questioned. */
const timesSeen = 10;

/** Operators below which no requirement is questioned: a quiet line may well need ten times one operator. */
const leastQuestioned = 20;

/**
 * Questions a requirement of ten times what was ever seen: busy operators at the history's busiest interval, by calls
 * and handle times. `assumedHandleSeconds` stands in where the data has no handle time.
 */
export const sayFarAboveSeen = (
  required: readonly ArrayLike<number>[],
  history: History,
  assumedHandleSeconds: (queue: string) => number,
): readonly PlanningFinding[] => {
  const busy = new Map<number, number>();
  for (const queue of history.queues) {
    const seconds = queue.intervalMinutes * 60;
    queue.startMillis.forEach((at, i) => {
      const handle = valueAt(queue.handleSecondsTotal, i);
      const own = Number.isNaN(handle)
        ? valueAt(queue.offered, i) * assumedHandleSeconds(queue.queue)
        : handle;
      if (own > 0) busy.set(at, (busy.get(at) ?? 0) + own / seconds);
    });
  }
  let seen = 0;
  for (const erlangs of busy.values()) seen = Math.max(seen, erlangs);
  let most = 0;
  for (let i = 0; i < (required[0]?.length ?? 0); i += 1)
    most = Math.max(
      most,
      required.reduce((sum, tier) => sum + valueAt(tier, i), 0),
    );
  if (most < leastQuestioned || !(most > timesSeen * seen)) return [];
  return [
    planningFinding('requirement-far-above-seen', { operators: most, busiest: seen, times: timesSeen }),
  ];
};
