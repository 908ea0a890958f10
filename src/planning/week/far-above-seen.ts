import { text, type Text } from '../../kernel/text.ts';
import type { History } from '../read-history.ts';

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
): readonly Text[] => {
  const busy = new Map<number, number>();
  for (const queue of history.queues) {
    const seconds = queue.intervalMinutes * 60;
    queue.startMillis.forEach((at, i) => {
      const handle = queue.handleSecondsTotal[i] ?? Number.NaN;
      const own = Number.isNaN(handle) ? (queue.offered[i] ?? 0) * assumedHandleSeconds(queue.queue) : handle;
      if (own > 0) busy.set(at, (busy.get(at) ?? 0) + own / seconds);
    });
  }
  let seen = 0;
  for (const erlangs of busy.values()) seen = Math.max(seen, erlangs);
  let most = 0;
  for (let i = 0; i < (required[0]?.length ?? 0); i += 1)
    most = Math.max(
      most,
      required.reduce((sum, tier) => sum + (tier[i] ?? 0), 0),
    );
  if (most < leastQuestioned || !(most > timesSeen * seen)) return [];
  const [need, ever] = [Math.round(most).toLocaleString('en-US'), seen.toFixed(1)];
  return [
    text(
      `最多需要 ${need} 名座席，是以往最忙时段（${ever} 名座席在通话）的十倍以上：请核对人工调整和目标`,
      `up to ${need} operators are required, over ten times the busiest interval so far (${ever} operators on calls): check the changes made by hand and the targets`,
    ),
  ];
};
