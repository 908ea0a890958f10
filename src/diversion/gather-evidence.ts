import { valueAt } from '../kernel/value-at.ts';
import { evidenceFromCalls, evidenceFromChannel, usualDispersion } from './learn-take-up.ts';
import type { PromptedInterval, TakeUpEvidence } from './learn-take-up.ts';
import type { PromptEntry } from './place-prompt.ts';

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
export interface PromptEvidence {
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
    let [own, theirs] = [0, 0];
    for (let s = 0; s < until; s += 1) {
      const [i, j] = [day * slotsPerDay + s, other * slotsPerDay + s];
      const [a, b] = [valueAt(series, i), valueAt(series, j)];
      if (busy[i] === 1 || busy[j] === 1 || Number.isNaN(a) || Number.isNaN(b)) continue;
      own += a;
      theirs += b;
    }
    if (own < leastLevel || theirs < leastLevel) continue;
    usual.push((count * own) / theirs);
    level = Math.max(level, own);
  }
  return { usual, level };
};

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Share of the days that two days are compared with that they have in common. */
const commonDays = (a: number, b: number): number =>
  Math.max(0, 1 - Math.abs(a - b) / (2 * comparedDays + 1));

/** Evidence of all intervals, the noise of usual counts and of the day's level in it. */
const weigh = (
  compared: readonly Compared[],
  evidenceOf: (interval: PromptedInterval, dispersion: number) => TakeUpEvidence | undefined,
): TakeUpEvidence[] => {
  const dispersion = usualDispersion(compared.map(({ interval }) => interval));
  return compared.flatMap(({ interval, day, slot, sameDay, level, movedShare }) => {
    const found = evidenceOf(interval, dispersion);
    if (found === undefined || !(found.heard > 0)) return [];
    const usual = meanOf(interval.usual);
    const days = interval.usual.length;
    // What is usual is told by the same few days for every interval of a slot, and a day's level by the same
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
  if (entry.offeredTo !== undefined && entry.offeredTo !== 'all' && entry.offeredTo.waitAboveSeconds > 0)
    return undefined;
  const own = seen.played.filter(({ prompt }) => prompt === entry.prompt);
  const requests = entry.channel === undefined ? undefined : seen.requests.get(entry.channel);
  const compared =
    requests !== undefined && entry.response.onlineShare > 0
      ? compareRequests(entry, catalogue, seen, requests, own, fromDay, toDay)
      : own.flatMap((played) => compareCalls(entry, seen, played, fromDay, toDay));
  const from = requests !== undefined && entry.response.onlineShare > 0 ? 'channel' : 'calls';
  const evidence = weigh(compared, from === 'channel' ? evidenceFromChannel : evidenceFromCalls);
  return evidence.length === 0 ? undefined : { from, evidence };
};

type Played = SeenTraffic['played'][number];

const compareRequests = (
  entry: PromptEntry,
  catalogue: readonly PromptEntry[],
  seen: SeenTraffic,
  requests: Float64Array,
  own: readonly Played[],
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
    own.map(({ on }) => on),
    requests.length,
  );
  const busy = unionOf([mine, others], requests.length);
  const found: Compared[] = [];
  for (let i = fromDay * slotsPerDay; i < toDay * slotsPerDay; i += 1) {
    const count = valueAt(requests, i);
    if (mine[i] !== 1 || others[i] === 1 || Number.isNaN(count)) continue;
    const day = Math.floor(i / slotsPerDay);
    const { usual, level } = usualCounts(requests, busy, seen, day, i % slotsPerDay, slotsPerDay);
    if (usual.length === 0) continue;
    const stayed = own
      .filter(({ on }) => on[i] === 1)
      .reduce((sum, { queue }) => sum + (seen.attempts.get(queue)?.[i] ?? Number.NaN), 0);
    const moved = Math.max(0, count - meanOf(usual));
    const callers = stayed + moved * (1 - entry.response.onlineFailureShare);
    if (Number.isNaN(callers)) continue;
    const sameDay = mine
      .subarray(day * slotsPerDay, (day + 1) * slotsPerDay)
      .reduce((sum, on) => sum + on, 0);
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
      sameDay: ofDay.reduce((sum, playing) => sum + playing, 0),
      level,
      movedShare: 1 - failed,
    });
  }
  return found;
};
