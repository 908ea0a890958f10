import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import type { Demand, Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { visitHours, visitOffPeakReturns } from '../kernel/off-peak-return.ts';
import type { PromptEntry, PromptStretch } from './prompt-spans.ts';

/** How busy the line is and which intervals callers may be sent to; `work` grows as callers are sent there. */
export interface OffPeakTimes {
  readonly work: Float64Array;
  readonly staffed: Float64Array;
  readonly mayCall: Uint8Array;
  /** Fewest intervals between the prompt and the hour that it names. */
  readonly leastGap: number;
}

/** Operator seconds of work and of staffing per interval of an outcome, all tiers. */
export const offPeakTimesOf = (outcome: Outcome, mayCall: Uint8Array, leastGap: number): OffPeakTimes => {
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
 * do. Callbacks are the line's own to place: in proportion to the operators' seconds that an interval has free until it
 * is as busy as those hours are on the average, evenly where all are as busy.
 */
export const usualCalls = (
  entry: Pick<PromptEntry, 'kind'>,
  { freshMean }: Pick<Demand['queues'][number], 'freshMean'>,
  { mayCall, staffed, work }: Pick<OffPeakTimes, 'mayCall' | 'staffed' | 'work'>,
): Float64Array => {
  const whereCalled = (of: (i: number) => number): Float64Array =>
    Float64Array.from(freshMean, (_, i) => (mayCall[i] === 1 && valueAt(staffed, i) > 0 ? of(i) : 0));
  if (entry.kind !== 'callback') return whereCalled((i) => valueAt(freshMean, i));
  const usuallyBusy =
    sumOf(whereCalled((i) => valueAt(work, i))) / sumOf(whereCalled((i) => valueAt(staffed, i)));
  const free = whereCalled((i) => Math.max(0, usuallyBusy * valueAt(staffed, i) - valueAt(work, i)));
  return free.some((seconds) => seconds > 0) ? free : whereCalled(() => 1);
};

/**
 * The hours from `earliest` on in which callers call later: those after which `sent` seconds of work leave the line least
 * busy, on the average of the callers; for callbacks all that have room, whatever hour is the quietest.
 */
const suggestHours = (
  times: OffPeakTimes,
  entry: Pick<PromptEntry, 'kind'>,
  weights: Float64Array,
  earliest: number,
  sent: (at: number) => number,
): SuggestedHours | undefined => {
  const end = times.mayCall.lastIndexOf(1) + 1;
  if (entry.kind === 'callback') {
    const first = weights.findIndex((weight, i) => i >= earliest && weight > 0);
    if (first >= 0) return { from: first, until: end };
  }
  const latest = Math.max(earliest + 1, end - leastGapsSuggested * times.leastGap + 1);
  let best: (SuggestedHours & { readonly busy: number }) | undefined;
  for (let from = earliest; from < latest; from += 1) {
    if (times.mayCall[from] !== 1 || valueAt(times.staffed, from) <= 0) continue;
    const busy = meanBusy(times, weights, { from, until: end }, sent);
    if (best === undefined || busy < best.busy) best = { from, until: end, busy };
  }
  return best;
};

const meanBusy = (
  times: OffPeakTimes,
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
 * usual calls; who is called back, after the hour promised where the line has room (`weights`, see `usualCalls`). So
 * nobody's half-hour is flooded by everyone whom the peak sent away.
 */
export const sendOffPeak = (
  stretch: { readonly from: number; readonly to: number },
  entry: PromptEntry,
  queue: Demand['queues'][number],
  times: OffPeakTimes,
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
    const hours = suggestHours(times, entry, weights, to - 1 + times.leastGap, sent);
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

/** Callers whom prompts send into each later interval: as many as would call there if all heard them. */
export const callsSentLater = (demand: Demand, placements: readonly PromptPlacement[]): Float64Array => {
  const sent = new Float64Array(demand.horizon.count);
  for (const placement of placements) {
    const { reach, offPeakShare, offPeakReturnShare } = placement.response;
    const calls = demand.queues.find(({ queue }) => queue === placement.queue)?.freshMean;
    if (calls === undefined) continue;
    placement.on.forEach((playing, i) => {
      const back = valueAt(calls, i) * reach * offPeakShare * offPeakReturnShare;
      if (playing === 1)
        visitOffPeakReturns(placement, i, (at, share) => {
          if (at < sent.length) addAt(sent, at, share * back);
        });
    });
  }
  return sent;
};
