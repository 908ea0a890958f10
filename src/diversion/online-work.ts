import { servedOf } from '../queueing/project.ts';
import type { OnlineChannel, Outcome, PromptPlacement } from '../kernel/hotline.ts';

/** Online requests of a channel (undefined: of prompts without one) in one interval, and what it serves of them. */
export interface ChannelInterval {
  readonly channel: OnlineChannel | undefined;
  readonly interval: number;
  readonly requests: number;
  readonly served: number;
  readonly operatorSeconds: number;
}

/**
 * What the prompts of an outcome ask of online channels, interval by interval. A queue's requests are those of the
 * prompt that plays to it: one prompt per queue at a time.
 */
export const onlineWork = (
  outcome: Outcome,
  placements: readonly PromptPlacement[],
  channels: readonly OnlineChannel[],
): ChannelInterval[] => {
  const found: ChannelInterval[] = [];
  for (let i = 0; i < outcome.horizon.count; i += 1) {
    const sums = new Map<string, { requests: number; seconds: number }>();
    for (const { queue, on, channel = '', response } of placements) {
      if (on[i] !== 1) continue;
      const requests = outcome.queues.find((own) => own.queue === queue)?.divertedOnline[i] ?? 0;
      const sum = sums.get(channel) ?? { requests: 0, seconds: 0 };
      sum.requests += requests;
      sum.seconds += requests * response.onlineHandleSeconds;
      sums.set(channel, sum);
    }
    for (const [name, { requests, seconds }] of sums) {
      if (requests <= 0) continue;
      const channel = channels.find((own) => own.channel === name);
      const served = servedOf(requests, channel?.capacityPerInterval ?? Infinity);
      found.push({
        channel,
        interval: i,
        requests,
        served,
        operatorSeconds: channel === undefined ? seconds : served * channel.operatorSeconds,
      });
    }
  }
  return found;
};
