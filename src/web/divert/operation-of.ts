import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { Operation } from '../../kernel/hotline.ts';
import { noRatePaths } from '../../kernel/sample-paths.ts';

/** The operation that a plan plans, on its mean demand and with no prompt playing, from what the server says of it. */
export const operationOf = (world: PlanWorldDocument): Operation => ({
  demand: {
    horizon: world.horizon,
    queues: world.queues.map((queue) => ({
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
    trunks: world.trunks ?? Infinity,
    tiers: world.tiers.map(({ tier, operators }) => ({ tier, operators: Float64Array.from(operators) })),
  },
  policy: {
    queues: world.queues.map((queue) => ({
      queue: queue.queue,
      routes: queue.routes,
      priority: queue.priority,
      answerTimeThresholdSeconds: world.answerTimeThresholdSeconds,
      shortAbandonSeconds: world.shortAbandonSeconds,
      smartVoiceShare: queue.smartVoiceShare,
      ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
    })),
    prompts: [],
    channels: world.catalogue.channels.map(
      ({ channel, capacityPerInterval, operatorSeconds, failureShare }) => ({
        channel,
        capacityPerInterval,
        operatorSeconds,
        failureShare,
      }),
    ),
  },
});
