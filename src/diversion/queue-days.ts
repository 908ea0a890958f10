import type { PromptPlacement } from '../kernel/hotline.ts';
import type { QueueDay } from './playing-rules.ts';

/** First interval of a day and the one after its last. */
export type DaySpan = readonly [from: number, to: number];

/** The days of a horizon, from each interval's local day. */
export const daySpans = (day: Int32Array): DaySpan[] => {
  const spans: DaySpan[] = [];
  for (let from = 0; from < day.length;) {
    let to = from;
    while (to < day.length && day[to] === day[from]) to += 1;
    spans.push([from, to]);
    from = to;
  }
  return spans;
};

/** What a queue hears of its placements on a day; each prompt by its place among them, the first where two play at once. */
export const queueDay = (
  own: readonly Pick<PromptPlacement, 'on'>[],
  [from, to]: DaySpan,
  mayPlay: Uint8Array,
  intervalMinutes: number,
): QueueDay => ({
  row: Int8Array.from({ length: to - from }, (_, i) => own.findIndex(({ on }) => on[from + i] === 1)),
  mayPlay: mayPlay.subarray(from, to),
  intervalMinutes,
});
