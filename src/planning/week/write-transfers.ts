import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import { totalTransfers } from '../../kernel/measures.ts';
import { text, type Text } from '../../kernel/text.ts';
import { rateOrNull } from '../diversion/measure-effect.ts';

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
    hotline.queues.find((own) => own.queue === queue)?.name ?? text(queue, queue);
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
export const sayTransfers = (rows: PlanTransfers | undefined): Text[] => {
  if (rows === undefined) return [];
  const calls = Math.round(rows.reduce((sum, row) => sum + row.calls, 0));
  return [
    text(
      `全周约有 ${calls} 通电话由座席转到其他队列：来电与接通率只按外线首次接听计一次，转接的电话单独列出；接收队列的需求人数已计入这些电话。`,
      `About ${calls} calls of the week are handed on by operators to another queue: calls and the connection rate count a caller's call from outside once, those handed on are listed apart; the requirement of the receiving queues includes them.`,
    ),
  ];
};
