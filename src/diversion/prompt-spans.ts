import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import {
  type Capacity,
  type Demand,
  type Horizon,
  instantAt,
  type Outcome,
  type Policy,
  type PromptAudience,
  type PromptPlacement,
  type PromptResponse,
} from '../kernel/hotline.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { localClock, wallClockOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { DiversionAim } from './diversion-aim.ts';

/** A stretch in which one prompt plays to one queue: intervals `from` to before `to` of the horizon. */
export interface PromptSpanChoice {
  readonly prompt: string;
  readonly queue: string;
  /** Index of the local day, from 0. */
  readonly day: number;
  readonly from: number;
  readonly to: number;
  /** Interval to which off-peak callers are sent; −1: none. */
  readonly offPeakTarget: number;
  readonly announcement: Text;
  readonly announcementSeconds: number;
  /** Only callers whose estimated wait is above this hear it; 0: everyone. */
  readonly waitAboveSeconds: number;
  /** Callers expected to go online or to call off-peak. */
  readonly callersDiverted: number;
}

/** Seconds of estimated wait above which a prompt is offered; 0: to everyone. */
export const waitAbove = ({ offeredTo }: { readonly offeredTo?: PromptAudience | undefined }): number =>
  offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds;

const dayIndexes = (outcome: Outcome): Int32Array => {
  const { horizon } = outcome;
  const clock = localClock(horizon.zone);
  let last = '';
  let day = -1;
  return Int32Array.from({ length: horizon.count }, (_, i) => {
    const { date } = clock(instantAt(horizon, i));
    if (date !== last) day += 1;
    last = date;
    return day;
  });
};

/** Stretches of placements in time order, cut at midnight and where the off-peak hour changes. */
export const spansOf = (
  placements: readonly PromptPlacement[],
  outcome: Outcome,
  catalogue: PromptsModel,
): PromptSpanChoice[] => {
  const days = dayIndexes(outcome);
  const spans = placements.flatMap((placement) => {
    const entry = catalogue.prompts.find((p) => p.prompt === placement.prompt);
    const words = entry?.announcement ?? untranslated(placement.prompt);
    const counted = outcome.queues.find((q) => q.queue === placement.queue);
    const spans: PromptSpanChoice[] = [];
    for (let from = 0; from < placement.on.length;) {
      let to = from;
      const target = valueAt(placement.offPeakTarget, from);
      while (placement.on[to] === 1 && days[to] === days[from] && placement.offPeakTarget[to] === target)
        to += 1;
      if (to === from) {
        from += 1;
        continue;
      }
      let callersDiverted = 0;
      for (let i = from; i < to; i += 1)
        callersDiverted += (counted?.divertedOnline[i] ?? 0) + (counted?.deferred[i] ?? 0);
      spans.push({
        prompt: placement.prompt,
        queue: placement.queue,
        day: valueAt(days, from),
        from,
        to,
        offPeakTarget: target,
        announcement: fillAnnouncement(words, outcome.horizon, target),
        announcementSeconds: placement.response.announcementSeconds,
        waitAboveSeconds: waitAbove(placement),
        callersDiverted,
      });
      from = to;
    }
    return spans;
  });
  return spans.sort((a, b) => a.from - b.from || a.queue.localeCompare(b.queue));
};

/** What prompts are chosen for. */
export interface PromptRequest {
  readonly demand: Demand;
  readonly capacity: Capacity;
  /** Routing and channels; prompts already in it are left aside. */
  readonly policy: Policy;
  readonly catalogue: PromptsModel;
  readonly targets: TargetsModel;
  /** 1 in the intervals in which the line is open. */
  readonly open: Uint8Array;
  /** Queues that may never be diverted. */
  readonly neverDivert: readonly string[];
  /** Factor on the believed take-up (1 when left out). */
  readonly takeUpFactor?: number;
  readonly aim?: DiversionAim;
  /** First interval in which a prompt may play: for advice in the course of a day. */
  readonly from?: number;
  /** What has played before it, by interval: it counts in the rules of its day. */
  readonly heard?: readonly Pick<PromptPlacement, 'prompt' | 'queue' | 'on'>[];
  /** Most projections to spend per day (120 when left out): repeatable on any machine. */
  readonly evaluationsPerDay?: number;
  readonly shouldStop?: ShouldStop;
}

/** First interval of a day and the one after its last. */
export type DaySpan = readonly [from: number, to: number];

/** The days of a horizon, from each interval's local day. */
export const daySpans = (day: Int32Array): DaySpan[] => {
  const spans: DaySpan[] = [];
  for (let from = 0; from < day.length;) {
    let to = from;
    while (day[to] === day[from]) to += 1;
    spans.push([from, to]);
    from = to;
  }
  return spans;
};

/** What a queue hears of its placements on a day; each prompt by its place among them, the first where two play at once. */
export const queueDay = (
  placements: readonly Pick<PromptPlacement, 'on'>[],
  [from, to]: DaySpan,
  mayPlay: Uint8Array,
  intervalMinutes: number,
) => ({
  row: Int8Array.from({ length: to - from }, (_, i) => placements.findIndex(({ on }) => on[from + i] === 1)),
  mayPlay: mayPlay.subarray(from, to),
  intervalMinutes,
});

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
    on.fill(1, Math.max(0, from), to);
    offPeakTarget.fill(target, Math.max(0, from), to);
    until.fill(offPeakUntil ?? target + 1, Math.max(0, from), to);
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
  const clock = wallClockOf(instantAt(horizon, target), horizon.zone);
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
const scaleResponse = (response: PromptResponse, factor: number): PromptResponse => {
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
