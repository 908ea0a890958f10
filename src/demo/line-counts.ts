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

export const emptyQueueCounts = (count: number): QueueCounts => ({
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

export const emptyPromptedRequests = (count: number): PromptedRequests => ({
  requests: new Int32Array(count),
  failed: new Int32Array(count),
});
