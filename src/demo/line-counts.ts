import type { LineSetup } from './line-setup.ts';

/** What the switchboard counted for one queue, per interval of arrival. */
export interface QueueCounts {
  readonly offered: Int32Array;
  readonly answered: Int32Array;
  readonly abandoned: Int32Array;
  readonly shortAbandoned: Int32Array;
  readonly blocked: Int32Array;
  readonly answeredInThreshold: Int32Array;
  readonly redials: Int32Array;
  /** Waits of answered and abandoned calls, and handle times of answered ones, summed. */
  readonly waitSeconds: Float64Array;
  readonly handleSeconds: Float64Array;
}

/** One channel's requests that prompts caused, and those that failed, per interval. */
export interface PromptedRequests {
  readonly requests: Int32Array;
  readonly failed: Int32Array;
}

const emptyQueueCounts = (count: number): QueueCounts => ({
  offered: new Int32Array(count),
  answered: new Int32Array(count),
  abandoned: new Int32Array(count),
  shortAbandoned: new Int32Array(count),
  blocked: new Int32Array(count),
  answeredInThreshold: new Int32Array(count),
  redials: new Int32Array(count),
  waitSeconds: new Float64Array(count),
  handleSeconds: new Float64Array(count),
});

const emptyPromptedRequests = (count: number): PromptedRequests => ({
  requests: new Int32Array(count),
  failed: new Int32Array(count),
});

/** What a made-up history of the line yields. */
export interface LineHistory {
  readonly queues: readonly QueueCounts[];
  readonly prompted: readonly PromptedRequests[];
  /** Queue wait of each test call, seconds, announcement included; NaN when it was not connected. */
  readonly testWaits: Float64Array;
  /** Tier that answered each test call; -1 for none. */
  readonly testTiers: Int32Array;
}

export const emptyHistory = ({ settings, count, testCalls }: LineSetup): LineHistory => ({
  queues: settings.queues.map(() => emptyQueueCounts(count)),
  prompted: settings.channels.map(() => emptyPromptedRequests(count)),
  testWaits: new Float64Array(testCalls.length).fill(Number.NaN),
  testTiers: new Int32Array(testCalls.length).fill(-1),
});
