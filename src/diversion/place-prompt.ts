import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Horizon, PromptPlacement, PromptResponse } from '../kernel/hotline.ts';
import type { Text } from '../kernel/text.ts';
import { wallClockOf } from '../kernel/time.ts';

/** One announcement of the catalogue. */
export type PromptEntry = PromptsModel['prompts'][number];

/** A stretch of intervals in which a prompt plays: `from` to before `to`, both interval indices. */
export interface PromptStretch {
  readonly from: number;
  readonly to: number;
  /** Interval to which off-peak callers are asked to move; −1: none. */
  readonly offPeakTarget: number;
  /** End of the hours suggested (exclusive); left out: that interval alone. */
  readonly offPeakUntil?: number;
}

/**
 * A catalogue's prompt played to a queue in some stretches of a horizon of `count` intervals. Stretches are
 * cut to the horizon. `takeUpFactor` scales the believed take-up (1 when left out); `usualCalls` per interval say when in
 * the hours suggested off-peak callers call (left out: all in the interval named).
 */
export const placePrompt = (
  entry: PromptEntry,
  queue: string,
  stretches: readonly PromptStretch[],
  count: number,
  takeUpFactor = 1,
  usualCalls?: Float64Array,
): PromptPlacement => {
  const on = new Uint8Array(count);
  const offPeakTarget = new Int32Array(count).fill(-1);
  const until = new Int32Array(count);
  for (const { from, to, offPeakTarget: target, offPeakUntil } of stretches) {
    on.fill(1, Math.max(0, from), Math.min(count, to));
    offPeakTarget.fill(target, Math.max(0, from), Math.min(count, to));
    until.fill(offPeakUntil ?? target + 1, Math.max(0, from), Math.min(count, to));
  }
  return {
    prompt: entry.prompt,
    kind: entry.kind,
    queue,
    on,
    offPeakTarget,
    ...(usualCalls === undefined ? {} : { offPeakReturn: { until, weights: usualCalls } }),
    ...(entry.offeredTo === undefined ? {} : { offeredTo: entry.offeredTo }),
    response: takeUpFactor === 1 ? entry.response : scaleResponse(entry.response, takeUpFactor),
    ...(entry.channel === undefined ? {} : { channel: entry.channel }),
  };
};

/** Words of an announcement with the off-peak hour filled in: the local clock time of the target interval. */
export const fillAnnouncement = (announcement: Text, horizon: Horizon, target: number): Text => {
  if (target < 0) return announcement;
  const clock = wallClockOf(horizon.startMillis + target * horizon.intervalMinutes * 60_000, horizon.zone);
  const hour = clock.slice(11, 16);
  return {
    'zh-CN': announcement['zh-CN'].replaceAll('{hour}', hour),
    en: announcement.en.replaceAll('{hour}', hour),
  };
};

/**
 * A response when callers take the prompt up `factor` times as often (0.5: half, 2: double). The two shares
 * keep their proportion and together never exceed everyone who hears it; reach, returns and seconds stay.
 */
export const scaleResponse = (response: PromptResponse, factor: number): PromptResponse => {
  const wanted = (response.onlineShare + response.offPeakShare) * factor;
  const kept = wanted > 1 ? factor / wanted : factor;
  return {
    ...response,
    onlineShare: response.onlineShare * kept,
    offPeakShare: response.offPeakShare * kept,
  };
};

/** The same prompts at the same times, taken up `factor` times as often. */
export const scaleTakeUp = (placements: readonly PromptPlacement[], factor: number): PromptPlacement[] =>
  placements.map((placement) => ({ ...placement, response: scaleResponse(placement.response, factor) }));
