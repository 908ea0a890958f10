import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { noRatePaths } from '../../kernel/sample-paths.ts';

/** The operation that a plan plans, on its mean demand and with no prompt playing, from what the server says of it. */
export const operationOf = (plannedOperation: PlannedOperationDocument): Operation => ({
  demand: {
    horizon: plannedOperation.horizon,
    queues: plannedOperation.queues.map((queue) => ({
      queue: queue.queue,
      freshMean: Float64Array.from(queue.freshMean),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: Float64Array.from(queue.handleTimeSeconds),
      patienceSeconds: queue.patienceSeconds ?? Infinity,
      repeats: queue.repeats,
    })),
  },
  capacity: {
    trunks: plannedOperation.trunks ?? Infinity,
    tiers: plannedOperation.tiers.map(({ tier, operators }) => ({
      tier,
      operators: Float64Array.from(operators),
    })),
  },
  policy: {
    queues: plannedOperation.queues.map((queue) => ({
      queue: queue.queue,
      routes: queue.routes,
      priority: queue.priority,
      answerTimeThresholdSeconds: plannedOperation.answerTimeThresholdSeconds,
      shortAbandonSeconds: plannedOperation.shortAbandonSeconds,
      smartVoiceShare: queue.smartVoiceShare,
      ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
    })),
    prompts: [],
    channels: plannedOperation.catalogue.channels.map(
      ({ channel, capacityPerInterval, operatorSeconds, failureShare }) => ({
        channel,
        capacityPerInterval,
        operatorSeconds,
        failureShare,
      }),
    ),
  },
});
