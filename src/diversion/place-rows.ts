import type { PromptPlacement } from '../kernel/hotline.ts';
import { stretchesOf, type PromptSchedule } from './best-spans.ts';
import type { DayTask } from './day-task.ts';
import { sendOffPeak, usualCalls, type OffPeakTimes } from './off-peak-targets.ts';
import { placePrompt } from './place-prompt.ts';
import { spanRulesOf } from './playing-rules.ts';

/** Placements of rows: one per queue and prompt that plays; off-peak callers are sent to off-peak intervals. */
export const placeRows = (
  task: Pick<DayTask, 'demand' | 'queues' | 'rules' | 'takeUpFactor'>,
  offPeakTimes: OffPeakTimes,
  rows: readonly PromptSchedule[],
): PromptPlacement[] => {
  const { count, intervalMinutes } = task.demand.horizon;
  const shortest = spanRulesOf(task.rules, intervalMinutes).minimumOn;
  const offPeak = { ...offPeakTimes, work: offPeakTimes.work.slice() };
  return rows.flatMap((row, q) => {
    const offer = task.queues[q];
    const demand = task.demand.queues.find((d) => d.queue === offer?.queue);
    if (offer === undefined || demand === undefined) return [];
    const stretches = stretchesOf(row);
    return offer.entries.flatMap((entry, p) => {
      const weights = entry.response.offPeakShare > 0 ? usualCalls(entry, demand, offPeak) : undefined;
      const own = stretches
        .filter((s) => s.prompt === p)
        .flatMap((s) =>
          weights === undefined
            ? [{ from: s.from, to: s.to, offPeakTarget: -1 }]
            : sendOffPeak(s, entry, demand, offPeak, shortest, weights),
        );
      return own.length === 0
        ? []
        : [placePrompt(entry, offer.queue, own, count, task.takeUpFactor, weights)];
    });
  });
};
