import type { QueuePolicy } from '../kernel/hotline.ts';

/** One way on from a queue to another, by index. */
export interface TransferRoute {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly holding: boolean;
  /** Mean seconds of the first operator before it; undefined: the queue's handle time. */
  readonly beforeSeconds: number | undefined;
}

/** Ways on that lead to a known queue and take a share, in the order of the policy. */
export const compileTransfers = (
  queueNames: readonly string[],
  policies: readonly QueuePolicy[],
): readonly TransferRoute[] =>
  policies.flatMap(({ queue, transfers }) =>
    (transfers ?? []).flatMap(({ toQueue, share, holding, beforeSeconds }): TransferRoute[] => {
      const from = queueNames.indexOf(queue);
      const to = queueNames.indexOf(toQueue);
      return from < 0 || to < 0 || share <= 0 ? [] : [{ from, to, share, holding, beforeSeconds }];
    }),
  );
