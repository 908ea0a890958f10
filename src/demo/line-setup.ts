import type { DemoSettings, PastPromptSettings } from './demo-settings.ts';

/** A prompt that was played in the intervals of `on`. */
export interface PlayedPrompt {
  readonly settings: PastPromptSettings;
  readonly queue: number;
  /** Index of the channel it points to; -1: none. */
  readonly channel: number;
  readonly on: Uint8Array;
}

/** A monitor's call: seconds since the first interval. */
export interface PlacedTestCall {
  readonly atSeconds: number;
}

/** All that the event simulation of the line needs, with queues, tiers and channels by index. */
export interface LineSetup {
  readonly settings: DemoSettings;
  readonly count: number;
  /** Fresh calls per queue and interval. */
  readonly fresh: readonly Int32Array[];
  /** Operators per tier and interval. */
  readonly operators: readonly Int32Array[];
  /** 1 where the switchboard was down. */
  readonly down: Uint8Array;
  readonly prompts: readonly PlayedPrompt[];
  readonly testCalls: readonly PlacedTestCall[];
}

/** Tiers that a queue's calls try, in order. */
export const tiersOfQueues = (settings: DemoSettings): number[][] =>
  settings.queues.map(({ queue }) =>
    settings.tiers
      .map((tier, t) => ({ t, preference: tier.queues[queue] }))
      .filter((route): route is { t: number; preference: number } => route.preference !== undefined)
      .sort((a, b) => a.preference - b.preference)
      .map((route) => route.t),
  );

/** Queues that a tier answers. */
export const queuesOfTiers = (settings: DemoSettings): number[][] =>
  settings.tiers.map((tier) =>
    settings.queues.flatMap(({ queue }, q) => (tier.queues[queue] === undefined ? [] : [q])),
  );
