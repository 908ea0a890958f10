import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { Policy, PromptPlacement } from '../../kernel/hotline.ts';

/** Routing, priorities and thresholds of the models as a policy, with the prompts that play. */
export const buildPolicy = (
  hotline: HotlineModel,
  tiers: TiersModel,
  prompts: PromptsModel,
  placements: readonly PromptPlacement[] = [],
): Policy => ({
  queues: hotline.queues.map((queue) => ({
    queue: queue.queue,
    routes: tiers.tiers.flatMap((tier) =>
      tier.queues
        .filter((route) => route.queue === queue.queue)
        .map((route) => ({
          tier: tier.tier,
          preference: route.preference,
          overflowDelaySeconds: route.overflowDelaySeconds,
        })),
    ),
    priority: queue.priority,
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    smartVoiceShare: queue.smartVoiceShare,
    ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
  })),
  prompts: placements,
  channels: prompts.channels.map((channel) => ({
    channel: channel.channel,
    capacityPerInterval: channel.capacityPerInterval,
    operatorSeconds: channel.operatorSeconds,
    failureShare: channel.failureShare,
  })),
});
