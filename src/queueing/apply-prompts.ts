import type { Horizon, Policy, PromptPlacement } from '../kernel/hotline.ts';

/** What prompts make of first calls. Arrays per queue are in the order of the queues given. */
export interface PromptEffect {
  /** First calls that go on to ask for an operator, in the interval in which they do. */
  readonly calls: readonly Float64Array[];
  readonly divertedOnline: readonly Float64Array[];
  readonly deferred: readonly Float64Array[];
  /** Share of the interval's calls that hears an announcement, and its seconds. */
  readonly heardShare: readonly Float64Array[];
  readonly announcementSeconds: readonly Float64Array[];
  /** Callers whose online request failed and who call after all, in the interval of that call. */
  readonly failedOnline: readonly Float64Array[];
  /** Callers who call again in the quieter interval, in that interval. */
  readonly returned: readonly Float64Array[];
  readonly channels: readonly {
    readonly channel: string;
    readonly requests: Float64Array;
    /** Work that the requests cost operators, in the interval in which they arrive. */
    readonly operatorSeconds: Float64Array;
  }[];
}

/** Mean seconds until a caller whose online request failed calls after all. */
const onlineFailureDelaySeconds = 600;

const noChannel = '';

interface Diversion {
  readonly remaining: Float64Array[];
  readonly online: Float64Array[];
  readonly deferred: Float64Array[];
  readonly heard: Float64Array[];
  readonly seconds: Float64Array[];
  readonly failed: Float64Array[];
  readonly returned: Float64Array[];
  readonly requests: Map<string, { requests: Float64Array; operatorSeconds: Float64Array }>;
}

const emptyDiversion = (calls: readonly Float64Array[]): Diversion => {
  const zeros = (): Float64Array[] => calls.map((c) => new Float64Array(c.length));
  return {
    remaining: calls.map((c) => c.slice()),
    online: zeros(),
    deferred: zeros(),
    heard: zeros(),
    seconds: zeros(),
    failed: zeros(),
    returned: zeros(),
    requests: new Map(),
  };
};

const addAt = (values: Float64Array | undefined, index: number, amount: number): void => {
  if (values !== undefined && index < values.length) values[index] = (values[index] ?? 0) + amount;
};

/** Spreads online failures over the interval itself and the following ones; the last takes what is left. */
const returnFailures = (
  failed: Float64Array | undefined,
  at: number,
  calls: number,
  seconds: number,
): void => {
  if (failed === undefined || calls <= 0) return;
  const keep = Math.exp(-seconds / onlineFailureDelaySeconds);
  let left = calls;
  const same = left * (1 - (onlineFailureDelaySeconds / seconds) * (1 - keep));
  const last = failed.length - 1;
  addAt(failed, at, at === last ? left : same);
  left = at === last ? 0 : left - same;
  for (let i = at + 1; left > 0; i += 1) {
    const now = i >= last || left < 1e-9 * calls ? left : left * (1 - keep);
    addAt(failed, Math.min(i, last), now);
    left -= now;
  }
};

/** Online requests that a channel still takes in an interval. */
const roomIn = (channels: Policy['channels'], placement: PromptPlacement, used: number): number => {
  const channel = channels.find((c) => c.channel === placement.channel);
  return channel === undefined ? Infinity : Math.max(0, channel.capacityPerInterval - used);
};

const playAt = (
  state: Diversion,
  policy: Policy,
  placement: PromptPlacement,
  queue: number,
  interval: number,
  seconds: number,
): void => {
  const { response } = placement;
  const channel = policy.channels.find((c) => c.channel === placement.channel);
  const key = placement.channel ?? noChannel;
  const length = placement.on.length;
  const requests = state.requests.get(key) ?? {
    requests: new Float64Array(length),
    operatorSeconds: new Float64Array(length),
  };
  state.requests.set(key, requests);
  const calls = state.remaining[queue]?.[interval] ?? 0;
  const heard = calls * response.reach;
  const room = roomIn(policy.channels, placement, requests.requests[interval] ?? 0);
  const online = Math.min(heard * response.onlineShare, room);
  const target = placement.offPeakTarget[interval] ?? -1;
  const deferred = target < 0 ? 0 : heard * response.offPeakShare;
  const gone = Math.min(calls, online + deferred);
  const failing = online * (channel?.failureShare ?? response.onlineFailureShare);
  addAt(state.remaining[queue], interval, -gone);
  addAt(state.online[queue], interval, online);
  addAt(state.deferred[queue], interval, deferred);
  addAt(requests.requests, interval, online);
  addAt(
    requests.operatorSeconds,
    interval,
    online * (channel?.operatorSeconds ?? response.onlineHandleSeconds),
  );
  returnFailures(state.failed[queue], interval, failing, seconds);
  if (deferred > 0) addAt(state.returned[queue], target, deferred * response.offPeakReturnShare);
  const heardBefore = state.heard[queue]?.[interval] ?? 0;
  const secondsBefore = state.seconds[queue]?.[interval] ?? 0;
  const both = 1 - (1 - heardBefore) * (1 - response.reach);
  if (both > 0) {
    const sum = heardBefore * secondsBefore + response.reach * response.announcementSeconds;
    addAt(state.heard[queue], interval, both - heardBefore);
    addAt(state.seconds[queue], interval, sum / both - secondsBefore);
  }
};

/**
 * Applies a policy's prompts to first calls per queue (`calls[q][interval]`, in the order of `queues`).
 * Several prompts on one queue work one after another on those who are left. A channel takes no more than
 * its capacity in an interval, over all queues; who finds it full stays on the phone. A channel's own
 * failure share and operator seconds, where it is listed, replace the prompt's assumed ones. Callers who
 * fail online call about ten minutes later; off-peak callers in the target interval, where prompts do not
 * reach them again; a target of −1 moves nobody. Nobody is lost: calls = first calls − online + failed
 * online − deferred + returned. Where no prompt plays the calls come back unchanged.
 */
export const applyPrompts = (
  calls: readonly Float64Array[],
  queues: readonly string[],
  horizon: Horizon,
  policy: Policy,
): PromptEffect => {
  const state = emptyDiversion(calls);
  for (const placement of policy.prompts) {
    const queue = queues.indexOf(placement.queue);
    if (queue < 0) continue;
    for (let i = 0; i < horizon.count; i += 1) {
      if (placement.on[i] === 1) playAt(state, policy, placement, queue, i, horizon.intervalMinutes * 60);
    }
  }
  const arriving = state.remaining.map((left, q) =>
    left.map((value, i) => value + (state.failed[q]?.[i] ?? 0) + (state.returned[q]?.[i] ?? 0)),
  );
  return {
    calls: arriving,
    divertedOnline: state.online,
    deferred: state.deferred,
    heardShare: state.heard,
    announcementSeconds: state.seconds,
    failedOnline: state.failed,
    returned: state.returned,
    channels: [...state.requests].map(([channel, work]) => ({ channel, ...work })),
  };
};
