import { valueAt } from '../kernel/value-at.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { untranslated, type Text } from '../kernel/text.ts';
import { localClock } from '../kernel/time.ts';
import { fillAnnouncement } from './place-prompt.ts';

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

const waitAbove = ({ offeredTo }: PromptPlacement): number =>
  offeredTo === undefined || offeredTo === 'all' ? 0 : offeredTo.waitAboveSeconds;

const dayIndexes = (outcome: Outcome): Int32Array => {
  const { horizon } = outcome;
  const clock = localClock(horizon.zone);
  let last = '';
  let day = -1;
  return Int32Array.from({ length: horizon.count }, (_, i) => {
    const { date } = clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
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
  if (placements.length === 0) return [];
  const days = dayIndexes(outcome);
  const spans = placements.flatMap((placement) => {
    const entry = catalogue.prompts.find((p) => p.prompt === placement.prompt);
    const words = entry?.announcement ?? untranslated(placement.prompt);
    const counted = outcome.queues.find((q) => q.queue === placement.queue);
    const own: PromptSpanChoice[] = [];
    for (let from = 0; from < placement.on.length;) {
      let to = from;
      const target = placement.offPeakTarget[from] ?? -1;
      while (placement.on[to] === 1 && days[to] === days[from] && placement.offPeakTarget[to] === target)
        to += 1;
      if (to === from) {
        from += 1;
        continue;
      }
      let callersDiverted = 0;
      for (let i = from; i < to; i += 1)
        callersDiverted += (counted?.divertedOnline[i] ?? 0) + (counted?.deferred[i] ?? 0);
      own.push({
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
    return own;
  });
  return spans.sort((a, b) => a.from - b.from || a.queue.localeCompare(b.queue));
};
