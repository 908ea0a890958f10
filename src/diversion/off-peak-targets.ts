import type { Demand, Outcome } from '../kernel/hotline.ts';
import type { PromptEntry, PromptStretch } from './place-prompt.ts';

/** How busy the line is and which intervals callers may be sent to; `work` grows as callers are sent there. */
export interface QuietTimes {
  readonly work: Float64Array;
  readonly staffed: Float64Array;
  readonly mayCall: Uint8Array;
  /** Fewest intervals between the prompt and the hour that it names. */
  readonly leastGap: number;
}

/** Operator seconds of work and of staffing per interval of an outcome, all tiers. */
export const quietTimesOf = (outcome: Outcome, mayCall: Uint8Array, leastGap: number): QuietTimes => {
  const work = new Float64Array(outcome.horizon.count);
  const staffed = new Float64Array(outcome.horizon.count);
  for (const tier of outcome.tiers) {
    for (let i = 0; i < work.length; i += 1) {
      work[i] = (work[i] ?? 0) + (tier.busyOperatorSeconds[i] ?? 0);
      staffed[i] = (staffed[i] ?? 0) + (tier.staffedOperatorSeconds[i] ?? 0);
    }
  }
  return { work, staffed, mayCall, leastGap };
};

const quietestFrom = (times: QuietTimes, from: number): number => {
  let best = -1;
  let least = Infinity;
  for (let j = from; j < times.work.length; j += 1) {
    if (times.mayCall[j] !== 1 || (times.staffed[j] ?? 0) <= 0) continue;
    const busy = (times.work[j] ?? 0) / (times.staffed[j] ?? 1);
    if (busy < least) {
      least = busy;
      best = j;
    }
  }
  return best;
};

/**
 * Cuts a stretch into blocks of at least `block` intervals and gives each the later interval in which the
 * line is least busy, those sent before counted in; −1 where no later interval of the day is left. So one
 * hour is not flooded by everyone whom the peak sent away.
 */
export const sendOffPeak = (
  stretch: { readonly from: number; readonly to: number },
  entry: PromptEntry,
  queue: Demand['queues'][number],
  times: QuietTimes,
  block: number,
): PromptStretch[] => {
  const blocks: PromptStretch[] = [];
  for (let from = stretch.from; from < stretch.to;) {
    const to = stretch.to - from < 2 * block ? stretch.to : from + block;
    const offPeakTarget = quietestFrom(times, to - 1 + times.leastGap);
    if (offPeakTarget >= 0) {
      let sent = 0;
      for (let i = from; i < to; i += 1)
        sent += (queue.freshMean[i] ?? 0) * entry.response.reach * entry.response.offPeakShare;
      const seconds = queue.handleTimeSeconds[offPeakTarget] ?? 0;
      times.work[offPeakTarget] =
        (times.work[offPeakTarget] ?? 0) + sent * entry.response.offPeakReturnShare * seconds;
    }
    blocks.push({ from, to, offPeakTarget });
    from = to;
  }
  return blocks;
};
