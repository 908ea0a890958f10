import type { Horizon, OnlineChannel, Policy, PromptPlacement } from '../kernel/hotline.ts';
import { visitOffPeakReturns } from '../kernel/off-peak-return.ts';
import { servedOf } from '../kernel/distributions.ts';
import { valueAt } from '../kernel/value-at.ts';

/** What prompts made of first calls so far. Arrays per queue are in the order of the queues given. */
export interface PromptEffect {
  readonly divertedOnline: readonly Float64Array[];
  readonly deferred: readonly Float64Array[];
  /** Callers whose online request failed and who call after all, in the interval of that call. */
  readonly failedOnline: readonly Float64Array[];
  /** Callers who call again in the off-peak interval, in that interval. */
  readonly returned: readonly Float64Array[];
  readonly channels: readonly {
    readonly channel: string;
    readonly requests: Float64Array;
    /** Work that the requests cost operators, in the interval in which they arrive. */
    readonly operatorSeconds: Float64Array;
  }[];
}

/** A prompt on its queue (by index), as the flow plays it. */
export interface FlowPrompt {
  readonly placement: PromptPlacement;
  readonly queue: number;
  readonly channel: number;
  /** Offered above this estimated wait; 0: to everyone. */
  readonly aboveSeconds: number;
}

/** Callers of one queue in the present interval. */
export interface QueueNow {
  /** Calls that ask for an operator: first ones that stay, and those who come back. */
  arriving: number;
  /** First calls that prompts offered to everyone leave: whom prompts by wait are offered. */
  staying: number;
  /** Those who left by a prompt that depends on the wait. */
  leftByWait: number;
  /** Of those who stay: who heard a prompt offered to everyone, the seconds of it, and the sum of 1 / patience factor. */
  heard: number;
  heardSeconds: number;
  inversePatience: number;
  /** Online requests that fail. */
  failing: number;
}

/** What one prompt moves in the present interval. */
interface Moved {
  online: number;
  deferred: number;
}

/**
 * First calls on their way past the prompts, interval by interval. Nobody is lost: calls = first calls − online +
 * failed online − deferred + returned.
 */
export interface PromptFlow {
  readonly calls: readonly Float64Array[];
  readonly prompts: readonly FlowPrompt[];
  readonly effect: PromptEffect;
  readonly now: readonly QueueNow[];
  readonly moved: readonly Moved[];
  /** Callers who failed online and have not called yet, by queue. */
  readonly failedWaiting: Float64Array;
  readonly channels: readonly (OnlineChannel | undefined)[];
  readonly count: number;
  /** Whether any prompt changes the patience of those who hear it. */
  readonly changesPatience: boolean;
  /** Share of those who failed that calls within an interval that it waits through, and in that of the failure. */
  readonly release: number;
  readonly same: number;
}

/** Mean seconds until a caller whose online request failed calls after all. */
export const onlineFailureDelaySeconds = 600;

const noChannel = '';

/** A flow at the start of the horizon. `calls[q][interval]` are first calls, in the order of `queues`. */
export const openPromptFlow = (
  calls: readonly Float64Array[],
  queues: readonly string[],
  horizon: Horizon,
  policy: Policy,
): PromptFlow => {
  const zeros = (): Float64Array => new Float64Array(horizon.count);
  const playable = inPlayingOrder(policy.prompts.filter(({ queue }) => queues.includes(queue)));
  const names = [...new Set(playable.map(({ channel }) => channel ?? noChannel))];
  const seconds = horizon.intervalMinutes * 60;
  const release = -Math.expm1(-seconds / onlineFailureDelaySeconds);
  return {
    calls,
    prompts: playable.map((placement) => ({
      placement,
      queue: queues.indexOf(placement.queue),
      channel: names.indexOf(placement.channel ?? noChannel),
      aboveSeconds: offeredAboveSeconds(placement),
    })),
    effect: {
      divertedOnline: calls.map(zeros),
      deferred: calls.map(zeros),
      failedOnline: calls.map(zeros),
      returned: calls.map(zeros),
      channels: names.map((channel) => ({ channel, requests: zeros(), operatorSeconds: zeros() })),
    },
    now: calls.map(() => ({
      arriving: 0,
      staying: 0,
      leftByWait: 0,
      heard: 0,
      heardSeconds: 0,
      inversePatience: 0,
      failing: 0,
    })),
    moved: playable.map(() => ({ online: 0, deferred: 0 })),
    failedWaiting: new Float64Array(calls.length),
    channels: names.map((name) => policy.channels.find(({ channel }) => channel === name)),
    count: horizon.count,
    changesPatience: playable.some(({ response }) => (response.patienceFactor ?? 1) !== 1),
    release,
    same: 1 - (onlineFailureDelaySeconds / seconds) * release,
  };
};

const startInterval = (flow: PromptFlow, interval: number): void => {
  for (const [q, now] of flow.now.entries()) {
    const calls = flow.calls[q]?.[interval] ?? 0;
    now.arriving = calls;
    now.staying = calls;
    now.leftByWait = 0;
    now.heard = 0;
    now.heardSeconds = 0;
    now.inversePatience = calls;
    now.failing = 0;
  }
  for (const { requests, operatorSeconds } of flow.effect.channels) {
    requests[interval] = 0;
    operatorSeconds[interval] = 0;
  }
};

/** Plays one prompt to the share `audience` of those who are still on the line. */
const playPrompt = (flow: PromptFlow, p: number, interval: number, audience: number): void => {
  const { placement, queue, channel, aboveSeconds } = flow.prompts[p] as FlowPrompt;
  const { response } = placement;
  const now = flow.now[queue] as QueueNow;
  const moved = flow.moved[p] as Moved;
  const hearing = response.reach * audience;
  const heard = now.arriving * hearing;
  moved.online = heard * response.onlineShare;
  moved.deferred = valueAt(placement.offPeakTarget, interval) < 0 ? 0 : heard * response.offPeakShare;
  const leaving = heard > 0 ? Math.min(1, (moved.online + moved.deferred) / heard) : 0;
  const listening = heard * (1 - leaving);
  now.arriving = Math.max(0, now.arriving - moved.online - moved.deferred);
  addAt(valueAt(flow.effect.channels, channel).requests, interval, moved.online);
  if (aboveSeconds > 0) {
    now.leftByWait += moved.online + moved.deferred;
    return;
  }
  now.staying = now.arriving;
  now.heard = now.heard * (1 - hearing) + listening;
  now.heardSeconds = now.heardSeconds * (1 - hearing * leaving) + listening * response.announcementSeconds;
  now.inversePatience *= 1 - hearing + (hearing * (1 - leaving)) / (response.patienceFactor ?? 1);
};

/** Requests beyond a channel's capacity fail, whichever prompt sent them. */
const serveChannels = (flow: PromptFlow, interval: number): void => {
  for (const [p, { placement, queue, channel }] of flow.prompts.entries()) {
    const { online } = flow.moved[p] as Moved;
    if (placement.on[interval] !== 1 || online <= 0) continue;
    const channelServed = flow.channels[channel];
    const work = valueAt(flow.effect.channels, channel);
    const requests = work.requests[interval] ?? 0;
    // What rounds to no request at all finds the channel as it is.
    const served =
      channelServed === undefined || !(requests > 0)
        ? 1
        : servedOf(requests, channelServed.capacityPerInterval) / requests;
    const failure = channelServed?.failureShare ?? placement.response.onlineFailureShare;
    (flow.now[queue] as QueueNow).failing += online * (1 - served * (1 - failure));
    const seconds = channelServed?.operatorSeconds ?? placement.response.onlineHandleSeconds;
    addAt(work.operatorSeconds, interval, online * served * seconds);
  }
};

/**
 * Plays an interval's prompts; done again with other shares it replaces what was there. `audience` is, by prompt of the
 * flow, the share of the callers on the line that a prompt by wait is offered to. Several prompts on one queue work one
 * after another on those who are left. A channel serves no more than its capacity in an interval, over all queues:
 * requests beyond it fail (`servedOf`). A channel's own failure share and operator seconds, where it is listed, replace the prompt's
 * assumed ones. Callers who fail online call about ten minutes later; off-peak callers in the hours suggested (at once
 * where those are over), where prompts do not reach them again; a target of −1 moves nobody.
 */
export const playInterval = (flow: PromptFlow, interval: number, audience: ArrayLike<number>): void => {
  const { effect, prompts } = flow;
  startInterval(flow, interval);
  for (const [q] of flow.now.entries()) {
    (effect.divertedOnline[q] as Float64Array)[interval] = 0;
    (effect.deferred[q] as Float64Array)[interval] = 0;
  }
  for (const [p, { placement, queue, aboveSeconds }] of prompts.entries()) {
    if (placement.on[interval] !== 1) continue;
    playPrompt(flow, p, interval, aboveSeconds > 0 ? (audience[p] ?? 0) : 1);
    const { online, deferred } = flow.moved[p] as Moved;
    addAt(valueAt(effect.divertedOnline, queue), interval, online);
    addAt(valueAt(effect.deferred, queue), interval, deferred);
  }
  serveChannels(flow, interval);
  const isLast = interval === flow.count - 1;
  for (const [q, now] of flow.now.entries()) {
    const failed =
      (flow.failedWaiting[q] ?? 0) * (isLast ? 1 : flow.release) + now.failing * (isLast ? 1 : flow.same);
    (effect.failedOnline[q] as Float64Array)[interval] = failed;
    now.arriving += failed + (effect.returned[q]?.[interval] ?? 0) + returningNow(flow, q, interval);
  }
};

/** What lies beyond the horizon is nowhere. */
const addAt = (values: Float64Array, index: number, amount: number): void => {
  values[index] = (values[index] ?? 0) + amount;
};

/** Off-peak callers whose hour is not later than the interval itself. */
const returningNow = (flow: PromptFlow, q: number, interval: number): number => {
  let calls = 0;
  for (const [p, { placement, queue }] of flow.prompts.entries()) {
    if (queue !== q || placement.on[interval] !== 1) continue;
    if (valueAt(placement.offPeakTarget, interval) > interval) continue;
    const back = (flow.moved[p]?.deferred ?? 0) * placement.response.offPeakReturnShare;
    visitOffPeakReturns(placement, interval, (at, share) => {
      if (at <= interval) calls += back * share;
    });
  }
  return calls;
};

/** Leaves the interval: those who failed online or went off-peak are on their way to call later. */
export const leavePrompts = (flow: PromptFlow, interval: number): void => {
  const { effect, failedWaiting } = flow;
  for (const [q, { failing }] of flow.now.entries())
    failedWaiting[q] = (failedWaiting[q] ?? 0) * (1 - flow.release) + failing * (1 - flow.same);
  for (const [p, { placement, queue }] of flow.prompts.entries()) {
    if (placement.on[interval] !== 1) continue;
    const back = (flow.moved[p]?.deferred ?? 0) * placement.response.offPeakReturnShare;
    visitOffPeakReturns(placement, interval, (at, share) =>
      addAt(valueAt(effect.returned, queue), Math.max(at, interval), back * share),
    );
  }
};

/** Seconds of estimated wait above which a prompt is offered; 0 for a prompt offered to everyone. */
export const offeredAboveSeconds = ({ offeredTo }: PromptPlacement): number =>
  offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds;

/**
 * Prompts in the order in which a caller meets them: those offered to everyone come first, then those that depend on the
 * wait, each in the order given. A prompt offered above an endless wait is never played and left out.
 */
export const inPlayingOrder = <Placement extends PromptPlacement>(
  placements: readonly Placement[],
): Placement[] => {
  const heard = placements.filter((placement) => offeredAboveSeconds(placement) < Infinity);
  return [
    ...heard.filter((placement) => offeredAboveSeconds(placement) === 0),
    ...heard.filter((placement) => offeredAboveSeconds(placement) > 0),
  ];
};
