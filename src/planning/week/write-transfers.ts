import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import { totalTransfers } from '../../kernel/measures.ts';
import { type Text, untranslated } from '../../kernel/text.ts';
import { rateOrNull } from '../operation/measure-effect.ts';

export type PlanTransfers = NonNullable<PlanDocument['transfers']>;

/**
 * The calls that operators hand on in a plan: a row for each way from queue to queue. Waits and hang-ups are those
 * of the queue that receives, over all that come to it this way or another way. Undefined where none are.
 */
export const writeTransfers = (hotline: HotlineModel, outcome: Outcome): PlanTransfers | undefined => {
  const { count } = outcome.horizon;
  const totalsOf = (queue: string) => totalTransfers(outcome, 0, count, (name) => name === queue);
  const known = (queue: string): boolean => outcome.queues.some((own) => own.queue === queue);
  const nameOf = (queue: string): Text =>
    hotline.queues.find((own) => own.queue === queue)?.name ?? untranslated(queue);
  const rows = hotline.queues.flatMap(({ queue, transfers }): PlanTransfers => {
    const ways = (transfers ?? []).filter(({ toQueue, share }) => share > 0 && known(toQueue));
    const all = ways.reduce((sum, { share }) => sum + share, 0);
    const { sent } = totalsOf(queue);
    return ways.map(({ toQueue, share, holding }) => {
      const met = totalsOf(toQueue);
      return {
        from: queue,
        fromName: nameOf(queue),
        to: toQueue,
        toName: nameOf(toQueue),
        share,
        holding,
        calls: (sent * share) / all,
        averageWaitSeconds: rateOrNull(met.waitSeconds / met.received),
        abandonedShare: rateOrNull(met.abandoned / met.received),
      };
    });
  });
  return rows.length === 0 ? undefined : rows;
};

/** What is counted where calls are handed on, said once in a plan. */
export const sayTransfers = (rows: PlanTransfers | undefined): Sayable[] => {
  if (rows === undefined) return [];
  const calls = Math.round(rows.reduce((sum, row) => sum + row.calls, 0));
  return [planningFinding('calls-handed-on', { calls })];
};
