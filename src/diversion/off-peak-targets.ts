import { addAt, valueAt } from '../kernel/value-at.ts';
import type { Demand, Outcome } from '../kernel/hotline.ts';
import { visitHours } from '../kernel/off-peak-return.ts';
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
      addAt(work, i, valueAt(tier.busyOperatorSeconds, i));
      addAt(staffed, i, valueAt(tier.staffedOperatorSeconds, i));
    }
  }
  return { work, staffed, mayCall, leastGap };
};

/** Hours in which one kind of prompt has its callers call: from an interval named to before `until`, by `weights`. */
interface SuggestedHours {
  readonly from: number;
  readonly until: number;
}

/** Callers asked to call after an hour need some time left to do so: this many times the least gap, where there is. */
const leastGapsSuggested = 2;

/**
 * Usual calls of a queue where callers may be sent: who is asked to call after some hour calls then as people usually
 * do. Callbacks are the line's own to place, evenly over the hour promised.
 */
export const usualCalls = (
  entry: Pick<PromptEntry, 'kind'>,
  { freshMean }: Pick<Demand['queues'][number], 'freshMean'>,
  { mayCall, staffed }: Pick<QuietTimes, 'mayCall' | 'staffed'>,
): Float64Array =>
  Float64Array.from(freshMean, (calls, i) => {
    if (mayCall[i] !== 1 || valueAt(staffed, i) <= 0) return 0;
    return entry.kind === 'callback' ? 1 : calls;
  });

/** The hours after `earliest` in which `sent` seconds of work leave the line least busy, on the average of the callers. */
const quietestHours = (
  times: QuietTimes,
  entry: Pick<PromptEntry, 'kind'>,
  weights: Float64Array,
  earliest: number,
  sent: (at: number) => number,
): SuggestedHours | undefined => {
  const end = times.mayCall.lastIndexOf(1) + 1;
  const isCallback = entry.kind === 'callback';
  const latest = isCallback ? end : Math.max(earliest + 1, end - leastGapsSuggested * times.leastGap + 1);
  let best: (SuggestedHours & { readonly busy: number }) | undefined;
  for (let from = earliest; from < latest; from += 1) {
    if (times.mayCall[from] !== 1 || valueAt(times.staffed, from) <= 0) continue;
    const until = isCallback ? Math.min(end, from + times.leastGap) : end;
    const busy = meanBusy(times, weights, { from, until }, sent);
    if (best === undefined || busy < best.busy) best = { from, until, busy };
  }
  return best;
};

const meanBusy = (
  times: QuietTimes,
  weights: Float64Array,
  hours: SuggestedHours,
  sent: (at: number) => number,
): number => {
  let busy = 0;
  visitHours(hours.from, hours.until, weights, (at, share) => {
    busy += (share * (valueAt(times.work, at) + share * sent(at))) / Math.max(1, times.staffed[at] ?? 1);
  });
  return busy;
};

/**
 * Cuts a stretch into blocks of at least `block` intervals and gives each the later hours in which the line is least
 * busy, those sent before and those sent now counted in; −1 where no later interval of the day is left. Who is asked to
 * call after an hour calls from then to the end of the hours in which people may be asked to call, in proportion to the
 * usual calls (`weights`, see `usualCalls`); who is called back, within the hour promised. So nobody's half-hour is
 * flooded by everyone whom the peak sent away.
 */
export const sendOffPeak = (
  stretch: { readonly from: number; readonly to: number },
  entry: PromptEntry,
  queue: Demand['queues'][number],
  times: QuietTimes,
  block: number,
  weights: Float64Array,
): PromptStretch[] => {
  const { reach, offPeakShare, offPeakReturnShare } = entry.response;
  const blocks: PromptStretch[] = [];
  for (let from = stretch.from; from < stretch.to;) {
    const to = stretch.to - from < 2 * block ? stretch.to : from + block;
    let calls = 0;
    for (let i = from; i < to; i += 1) calls += valueAt(queue.freshMean, i) * reach * offPeakShare;
    const sent = (at: number): number => calls * offPeakReturnShare * valueAt(queue.handleTimeSeconds, at);
    const hours = quietestHours(times, entry, weights, to - 1 + times.leastGap, sent);
    const [offPeakTarget, offPeakUntil] = [hours?.from ?? -1, hours?.until ?? 0];
    if (hours !== undefined) {
      visitHours(hours.from, hours.until, weights, (at, share) => {
        addAt(times.work, at, share * sent(at));
      });
    }
    blocks.push({ from, to, offPeakTarget, offPeakUntil });
    from = to;
  }
  return blocks;
};
