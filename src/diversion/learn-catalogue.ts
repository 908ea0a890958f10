import type { PromptsModel } from '../contract/models/prompts-model.ts';
import { betaQuantile } from '../kernel/distributions.ts';
import type { Text } from '../kernel/text.ts';
import { meanOf, sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { diversionFinding, type DiversionFinding } from './diversion-findings.ts';
import { type PromptEntry, waitAbove } from './prompt-spans.ts';

/** Callers that a catalogue's own belief is worth; data that weighs as much ends its being an assumption. */
const priorCallers = 20;

/** What was learnt of one prompt: the share of those who hear it that takes it up. */
export interface LearntPrompt {
  readonly prompt: string;
  readonly name: Text;
  readonly from: 'channel' | 'calls';
  readonly intervals: number;
  /** The catalogue's share, and the belief's mean with its 80 % interval. */
  readonly before: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** True while data weighs less than the catalogue's own belief. */
  readonly assumed: boolean;
}

/** Share of the hearers whom a prompt moves: online for a prompt to a channel, off-peak for the others. */
export const takeUpOf = ({ kind, response }: PromptEntry): number =>
  kind === 'online-channel' ? response.onlineShare : response.offPeakShare;

const withTakeUp = (entry: PromptEntry, belief: TakeUpBelief): PromptEntry => {
  const mean = belief.a / (belief.a + belief.b);
  const share = entry.kind === 'online-channel' ? { onlineShare: mean } : { offPeakShare: mean };
  return { ...entry, response: { ...entry.response, ...share, assumed: false } };
};

/**
 * A catalogue whose take-up is what records of prompts played say, and what was learnt. A prompt that never
 * played, or whose intervals nothing can be compared with, keeps the catalogue's share.
 */
export const learnCatalogue = (
  catalogue: PromptsModel,
  seen: SeenTraffic,
): { readonly catalogue: PromptsModel; readonly learnt: readonly LearntPrompt[] } => {
  const learnt: LearntPrompt[] = [];
  const prompts = catalogue.prompts.map((entry) => {
    const gathered = gatherEvidence(entry, catalogue.prompts, seen);
    if (gathered === undefined) return entry;
    const before = takeUpOf(entry);
    const belief = learnTakeUp(takeUpPrior(before, priorCallers), gathered.evidence);
    const assumed = belief.a + belief.b < 2 * priorCallers;
    learnt.push({
      prompt: entry.prompt,
      name: entry.name,
      from: gathered.from,
      intervals: gathered.evidence.length,
      before,
      ...takeUpRange(belief),
      assumed,
    });
    return assumed ? entry : withTakeUp(entry, belief);
  });
  return { catalogue: { ...catalogue, prompts }, learnt };
};

/** What was learnt of each prompt. */
export const explainLearnt = (learnt: readonly LearntPrompt[]): DiversionFinding[] =>
  learnt.map(({ name, from, intervals, before, mean, low, high, assumed }) => {
    const seen = { prompt: name, intervals, setting: before, low, high };
    return assumed
      ? diversionFinding('take-up-hardly-seen', seen)
      : diversionFinding('take-up-learnt', { ...seen, mean, from });
  });

/** Counts as days × slots of the local wall clock, day after day; NaN is a gap. All rows share one layout. */
export interface SeenTraffic {
  readonly slotsPerDay: number;
  /** Kind of each day (workday or rest day, say): only days of one kind are compared. */
  readonly dayKind: readonly string[];
  /** First calls by queue. */
  readonly calls: ReadonlyMap<string, Float64Array>;
  /** All calls that asked for an operator, by queue: who calls again hears the prompt again. */
  readonly attempts: ReadonlyMap<string, Float64Array>;
  /** Requests by online channel. */
  readonly requests: ReadonlyMap<string, Float64Array>;
  /** 1 where a prompt played to a queue. */
  readonly played: readonly { readonly prompt: string; readonly queue: string; readonly on: Uint8Array }[];
}

/** Evidence on one prompt: what was counted, interval by interval, and from which counts. */
interface PromptEvidence {
  readonly from: 'channel' | 'calls';
  readonly evidence: readonly TakeUpEvidence[];
}

/** Days before and after that an interval is compared with. */
const comparedDays = 28;
/** Fewest counts in the rest of a day that tell its level. */
const leastLevel = 20;

interface Compared {
  readonly interval: PromptedInterval;
  /** Day and slot of the day, for what intervals have in common. */
  readonly day: number;
  readonly slot: number;
  /** Intervals of the same day whose usual count rests on the same level of the day. */
  readonly sameDay: number;
  /** Counts that told the level of the day. */
  readonly level: number;
  readonly movedShare: number;
}

const unionOf = (rows: readonly Uint8Array[], length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (rows.some((row) => row[i] === 1) ? 1 : 0));

/**
 * What an interval would have counted without prompts: the same slot of days of the same kind within four
 * weeks in which none played, each brought to this day's level by the slots in which none played on either
 * day (`until`: only slots before it, where callers sent off-peak come back later).
 */
const usualCounts = (
  series: Float64Array,
  busy: Uint8Array,
  seen: SeenTraffic,
  day: number,
  slot: number,
  until: number,
): { readonly usual: number[]; readonly level: number } => {
  const { slotsPerDay, dayKind } = seen;
  const usual: number[] = [];
  let level = 0;
  const last = Math.min(dayKind.length - 1, day + comparedDays);
  for (let other = Math.max(0, day - comparedDays); other <= last; other += 1) {
    const there = other * slotsPerDay + slot;
    if (other === day || dayKind[other] !== dayKind[day] || busy[there] === 1) continue;
    const count = valueAt(series, there);
    if (Number.isNaN(count)) continue;
    let [played, theirs] = [0, 0];
    for (let s = 0; s < until; s += 1) {
      const [i, j] = [day * slotsPerDay + s, other * slotsPerDay + s];
      const [a, b] = [valueAt(series, i), valueAt(series, j)];
      if (busy[i] === 1 || busy[j] === 1 || Number.isNaN(a) || Number.isNaN(b)) continue;
      played += a;
      theirs += b;
    }
    if (played < leastLevel || theirs < leastLevel) continue;
    usual.push((count * played) / theirs);
    level = Math.max(level, played);
  }
  return { usual, level };
};

/** Share of the days that two days are compared with that they have in common. */
const commonDays = (a: number, b: number): number =>
  Math.max(0, 1 - Math.abs(a - b) / (2 * comparedDays + 1));

/** Evidence of all intervals, the noise of usual counts and of the day's level in it. */
const weigh = (
  compared: readonly Compared[],
  evidenceOf: (interval: PromptedInterval, dispersion: number) => TakeUpEvidence,
): TakeUpEvidence[] => {
  const dispersion = usualDispersion(compared.map(({ interval }) => interval));
  return compared.flatMap(({ interval, day, slot, sameDay, level, movedShare }) => {
    const found = evidenceOf(interval, dispersion);
    if (!(found.heard > 0)) return [];
    const usual = meanOf(interval.usual);
    const days = interval.usual.length;
    // What is usual is learnt from the same few days for every interval of a slot, and a day's level by the same
    // counts for all of its intervals: these errors do not average out over them.
    const sameSlot = compared.reduce(
      (sum, other) => sum + (other.slot === slot ? commonDays(day, other.day) : 0),
      0,
    );
    const ofUsual = ((sameSlot - 1) * dispersion * usual) / days;
    const ofLevel = (usual ** 2 * (sameDay + ((sameDay - 1) * sameSlot) / days)) / level;
    return [
      {
        heard: found.heard,
        moved: found.moved / movedShare,
        movedVariance: (found.movedVariance + ofUsual + ofLevel) / movedShare ** 2,
      },
    ];
  });
};

/**
 * What records say of a prompt's take-up on the days from `fromDay` to before `toDay`. Requests of its online
 * channel where they were counted (intervals in which another prompt sent callers to the same channel are
 * left out); else the calls that stayed away, those that failed online and came back allowed for. Undefined
 * when it never played, nothing can be compared, or it was offered by wait.
 */
export const gatherEvidence = (
  entry: PromptEntry,
  catalogue: readonly PromptEntry[],
  seen: SeenTraffic,
  fromDay = 0,
  toDay = seen.dayKind.length,
): PromptEvidence | undefined => {
  // Nobody noted who would have waited long enough to hear it.
  if (waitAbove(entry) > 0) return undefined;
  const playedHere = seen.played.filter(({ prompt }) => prompt === entry.prompt);
  const requests = seen.requests.get(entry.channel ?? '');
  const found =
    requests !== undefined && entry.response.onlineShare > 0
      ? {
          from: 'channel' as const,
          evidence: weigh(
            compareRequests(entry, catalogue, seen, requests, playedHere, fromDay, toDay),
            evidenceFromChannel,
          ),
        }
      : {
          from: 'calls' as const,
          evidence: weigh(
            playedHere.flatMap((played) => compareCalls(entry, seen, played, fromDay, toDay)),
            evidenceFromCalls,
          ),
        };
  return found.evidence.length === 0 ? undefined : found;
};

type Played = SeenTraffic['played'][number];

const compareRequests = (
  entry: PromptEntry,
  catalogue: readonly PromptEntry[],
  seen: SeenTraffic,
  requests: Float64Array,
  played: readonly Played[],
  fromDay: number,
  toDay: number,
): Compared[] => {
  const { slotsPerDay } = seen;
  const rivals = new Set(
    catalogue.filter((p) => p.channel === entry.channel && p.prompt !== entry.prompt).map((p) => p.prompt),
  );
  const others = unionOf(
    seen.played.filter(({ prompt }) => rivals.has(prompt)).map(({ on }) => on),
    requests.length,
  );
  const mine = unionOf(
    played.map(({ on }) => on),
    requests.length,
  );
  const busy = unionOf([mine, others], requests.length);
  const found: Compared[] = [];
  for (let i = fromDay * slotsPerDay; i < toDay * slotsPerDay; i += 1) {
    const count = valueAt(requests, i);
    if (mine[i] !== 1 || others[i] === 1 || Number.isNaN(count)) continue;
    const day = Math.floor(i / slotsPerDay);
    const { usual, level } = usualCounts(requests, busy, seen, day, i % slotsPerDay, slotsPerDay);
    const stayed = played
      .filter(({ on }) => on[i] === 1)
      .reduce((sum, { queue }) => sum + (seen.attempts.get(queue)?.[i] ?? Number.NaN), 0);
    const moved = Math.max(0, count - meanOf(usual));
    const callers = stayed + moved * (1 - entry.response.onlineFailureShare);
    // Not known, or with nothing to be compared with.
    if (Number.isNaN(callers)) continue;
    const sameDay = sumOf(mine, day * slotsPerDay, (day + 1) * slotsPerDay);
    found.push({
      interval: { count, usual, callers, reach: entry.response.reach },
      day,
      slot: i % slotsPerDay,
      sameDay,
      level,
      movedShare: 1,
    });
  }
  return found;
};

const compareCalls = (
  entry: PromptEntry,
  seen: SeenTraffic,
  { queue, on }: Played,
  fromDay: number,
  toDay: number,
): Compared[] => {
  const { slotsPerDay } = seen;
  const calls = seen.calls.get(queue);
  if (calls === undefined) return [];
  const toQueue = seen.played.filter((played) => played.queue === queue);
  const busy = unionOf(
    toQueue.map((played) => played.on),
    calls.length,
  );
  const failed = entry.response.onlineShare > 0 ? entry.response.onlineFailureShare : 0;
  const found: Compared[] = [];
  for (let i = fromDay * slotsPerDay; i < toDay * slotsPerDay; i += 1) {
    const count = valueAt(calls, i);
    if (on[i] !== 1 || Number.isNaN(count)) continue;
    // Two prompts to one queue at once: nobody can tell whose callers stayed away.
    if (toQueue.some((played) => played.prompt !== entry.prompt && played.on[i] === 1)) continue;
    const day = Math.floor(i / slotsPerDay);
    const ofDay = on.subarray(day * slotsPerDay, (day + 1) * slotsPerDay);
    const { usual, level } = usualCounts(calls, busy, seen, day, i % slotsPerDay, ofDay.indexOf(1));
    if (usual.length === 0) continue;
    found.push({
      interval: { count, usual, callers: Number.NaN, reach: entry.response.reach },
      day,
      slot: i % slotsPerDay,
      sameDay: sumOf(ofDay),
      level,
      movedShare: 1 - failed,
    });
  }
  return found;
};

/** Belief in a share as a beta distribution. `a + b` is how many callers it is worth. */
interface TakeUpBelief {
  readonly a: number;
  readonly b: number;
}

/** What one interval with the prompt says about the share that takes it up. */
interface TakeUpEvidence {
  /** Callers who heard the prompt. */
  readonly heard: number;
  /** Those that moved, as far as counts show: may be negative by chance. */
  readonly moved: number;
  /** Variance of `moved` as an estimate: count noise and the uncertainty of what is usual. */
  readonly movedVariance: number;
}

/** A belief with a mean strictly between 0 and 1, worth as much as `callers` callers (20: weak). */
export const takeUpPrior = (mean: number, callers = 20): TakeUpBelief => {
  const inside = Math.min(0.999, Math.max(0.001, mean));
  return { a: inside * callers, b: (1 - inside) * callers };
};

/** Mean of a belief and the interval that holds the share with the given probability. */
export const takeUpRange = (
  belief: TakeUpBelief,
  probability = 0.8,
): { readonly mean: number; readonly low: number; readonly high: number } => ({
  mean: belief.a / (belief.a + belief.b),
  low: betaQuantile((1 - probability) / 2, belief.a, belief.b),
  high: betaQuantile((1 + probability) / 2, belief.a, belief.b),
});

/**
 * A belief after evidence. Moved callers are seen only as an excess over what is usual, so each interval is
 * worth less than its callers: the pooled share and its variance are turned into the beta evidence that has
 * that mean and variance (n = p(1 − p)/variance, moment matching), which is then added to the prior. Evidence
 * without callers changes nothing.
 */
export const learnTakeUp = (prior: TakeUpBelief, evidence: readonly TakeUpEvidence[]): TakeUpBelief => {
  const heard = evidence.reduce((sum, e) => sum + e.heard, 0);
  if (heard <= 0) return prior;
  const variance = evidence.reduce((sum, e) => sum + e.movedVariance, 0) / heard ** 2;
  const seen = evidence.reduce((sum, e) => sum + e.moved, 0) / heard;
  const share = Math.min(1 - 1 / (heard + 2), Math.max(1 / (heard + 2), seen));
  const worth = Math.min(heard, (share * (1 - share)) / variance);
  return { a: prior.a + share * worth, b: prior.b + (1 - share) * worth };
};

/** Counts of one interval in which the prompt played, and of intervals like it in which it did not. */
interface PromptedInterval {
  /** Count while the prompt played: channel requests, or first calls that asked for an operator. */
  readonly count: number;
  /** The same count in comparable intervals without the prompt. At least one is needed to learn anything. */
  readonly usual: readonly number[];
  /** First calls of the interval before the prompt moved any; NaN when only those after are known. */
  readonly callers: number;
  readonly reach: number;
}

/**
 * How much wider than Poisson usual counts are (variance / mean), pooled over intervals since a few
 * comparison values cannot tell their own spread; never below 1. 1 where no interval has two values.
 */
export const usualDispersion = (intervals: readonly PromptedInterval[]): number => {
  let squares = 0;
  let expected = 0;
  for (const { usual } of intervals) {
    if (usual.length < 2) continue;
    const mean = meanOf(usual);
    for (const value of usual) squares += (value - mean) ** 2;
    expected += (usual.length - 1) * mean;
  }
  return expected > 0 ? Math.max(1, squares / expected) : 1;
};

/**
 * Evidence from an online channel: requests beyond the usual are those the prompt sent. Noise: of the usual
 * requests (`dispersion` × Poisson), of what is usual, and of those that moved.
 */
export const evidenceFromChannel = (interval: PromptedInterval, dispersion = 1): TakeUpEvidence => {
  const mean = meanOf(interval.usual);
  const moved = interval.count - mean;
  return {
    heard: interval.callers * interval.reach,
    moved,
    movedVariance: dispersion * mean * (1 + 1 / interval.usual.length) + Math.max(0, moved),
  };
};

/** Evidence from calls: those missing against the usual went elsewhere or off-peak. */
export const evidenceFromCalls = (interval: PromptedInterval, dispersion = 1): TakeUpEvidence => {
  const mean = meanOf(interval.usual);
  return {
    heard: mean * interval.reach,
    moved: mean - interval.count,
    movedVariance: dispersion * (interval.count + mean / interval.usual.length),
  };
};
