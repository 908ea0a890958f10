import type { PresenceRecord } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import { type RecordRules, startOfInterval } from './feed-records.ts';
import type { RecordWriter, StoredFeed } from '../planning/ports.ts';
import type { Touched } from './call-book.ts';
import type { FeedState } from './feed-adapter.ts';
import { presenceOf } from './queue-log.ts';

/** An operator of whom nothing was heard for so long has gone without saying so. */
const goneMillis = 16 * 3_600_000;

type Does = NonNullable<ReturnType<typeof presenceOf>>;

/** States that a switchboard says as a whole, where others say what changes. */
const states: Readonly<Record<string, readonly Does[]>> = {
  ready: ['comes', 'resumes'],
  away: ['comes', 'pauses'],
  gone: ['goes', 'resumes'],
};

const doesOf = (event: string): readonly Does[] => {
  const does = presenceOf(event);
  return does === undefined ? (states[event.split('|')[1] ?? ''] ?? []) : [does];
};

interface Happened {
  readonly at: number;
  readonly does: Does;
  /** Of a queue; empty: of all. */
  readonly queue: string;
}

const happenedOf = (events: readonly string[]): Happened[] =>
  events
    .flatMap((event): Happened[] => {
      const [at = '', name = '', queue = ''] = event.split('|');
      const of = /^AGENT|ALL$/.test(name) || queue === 'NONE' ? '' : queue;
      return doesOf(event).flatMap((does) =>
        does === 'nothing' ? [] : [{ at: Number(at), does, queue: of }],
      );
    })
    .sort((a, b) => a.at - b.at || compareText(a.does, b.does));

/**
 * When an operator could be rung, by their events: from coming to going, in one queue at least, without their pauses. Of one
 * who is never said to come or go, from the first event on.
 */
const presentSpans = (events: readonly string[], until: number): (readonly [from: number, to: number])[] => {
  const all = happenedOf(events);
  const isMember = all.some(({ does }) => does === 'comes' || does === 'goes');
  const there = new Set<string>(isMember ? [] : ['']);
  const paused = new Set<string>();
  const spans: [number, number][] = [];
  let since: number | undefined;
  const look = (at: number): void => {
    const canBeRung =
      !paused.has('') && [...there].some((queue) => (queue === '' ? paused.size === 0 : !paused.has(queue)));
    if (canBeRung) since ??= at;
    else if (since !== undefined) {
      if (at > since) spans.push([since, at]);
      since = undefined;
    }
  };
  for (let i = 0; i < all.length;) {
    const at = all[i]?.at ?? 0;
    for (; all[i]?.at === at; i += 1) {
      const { does, queue } = all[i] as Happened;
      if (does === 'comes') there.add(queue);
      else if (does === 'goes') there.delete(queue);
      else if (does === 'pauses') paused.add(queue);
      else if (queue === '') paused.clear();
      else paused.delete(queue);
    }
    look(at);
  }
  const last = Math.min(until, (all.at(-1)?.at ?? 0) + goneMillis);
  if (since !== undefined && last > since) spans.push([since, last]);
  return spans;
};

/**
 * Operators there on the mean of each interval of a span, by tier: what each was there of it, added up. Whole intervals
 * alone. Operators whom the hotline does not list are of the tier `all`.
 */
export const presenceRecords = (
  operators: Iterable<readonly [operator: string, events: readonly string[]]>,
  { from, to }: { readonly from: number; readonly to: number },
  tierOf: (operator: string) => string | undefined,
  rules: RecordRules,
): PresenceRecord[] => {
  const startOf = startOfInterval(rules);
  const { intervalMinutes } = rules.hotline;
  const step = intervalMinutes * 60_000;
  const millis = new Map<string, Map<number, number>>();
  for (const [operator, events] of operators) {
    const tier = tierOf(operator) ?? 'all';
    const ofTier = millis.get(tier) ?? new Map<number, number>();
    millis.set(tier, ofTier);
    for (const [begins, ends] of presentSpans(events, to))
      for (let at = Math.max(begins, from); at < Math.min(ends, to);) {
        const start = startOf(at);
        const next = Math.min(ends, to, start + step);
        ofTier.set(start, (ofTier.get(start) ?? 0) + next - at);
        at = next;
      }
  }
  const records: PresenceRecord[] = [];
  for (const [tier, own] of millis)
    for (let start = startOf(from); start + step <= to; start = startOf(start + step + step / 2))
      records.push({ tier, startMillis: start, intervalMinutes, operators: (own.get(start) ?? 0) / step });
  return records;
};

/**
 * The whole intervals that are new, or in which it came to be otherwise who was there by what was heard of operators;
 * undefined where the feed says nothing of them: then those count who had a call.
 */
export const presentSpan = (
  state: Pick<FeedState, 'presentSince' | 'presentUntil'>,
  heardFrom: number,
  watermark: number,
  settledBefore: number,
  rules: RecordRules,
): Touched | undefined => {
  const since = Math.min(state.presentSince ?? Infinity, heardFrom);
  if (!Number.isFinite(since)) return undefined;
  const startOf = startOfInterval(rules);
  const to = startOf(watermark);
  const from = Math.max(startOf(Math.min(state.presentUntil ?? since, heardFrom)), settledBefore);
  state.presentSince = since;
  state.presentUntil = Math.max(to, state.presentUntil ?? to);
  return { from, to };
};

/** Events of an operator without those before an instant that later ones, also before it, have overtaken. */
export const withoutOvertaken = (events: readonly string[], before: number): string[] => {
  const last = new Map<string, string>();
  const kept = new Set<string>();
  for (const event of events.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))) {
    if (Number.parseInt(event, 10) >= before) kept.add(event);
    else {
      const [, name = '', queue = ''] = event.split('|');
      for (const does of doesOf(event)) {
        const of = does === 'comes' || does === 'goes' ? 'there' : does === 'nothing' ? 'nothing' : 'pause';
        last.set(`${of} ${name.endsWith('ALL') ? '' : queue}`, event);
      }
    }
  }
  return [...new Set(last.values()), ...kept];
};

/** Tiers whose presence a feed brings. */
const tiersOf = ({ settings, state }: Pick<StoredFeed, 'settings' | 'state'>): readonly string[] =>
  settings.presence ? (((state ?? {}) as Partial<FeedState>).tiers ?? []) : [];

/** Whether a feed brought presence of these tiers before. */
export const hasTiers = ({ tiers = [] }: FeedState, presence: readonly PresenceRecord[]): boolean =>
  presence.every(({ tier }) => tiers.includes(tier));

/**
 * The presence that a feed stores, of what it has: that of the tiers that no other feed brings, none where it is set up to
 * bring none. What is left out is noted with the feed that has it.
 */
export const noteTiers = (
  state: FeedState,
  presence: readonly PresenceRecord[],
  feeds: readonly StoredFeed[],
  name: string,
): PresenceRecord[] => {
  const settled = feeds.find((feed) => feed.name === name);
  if (presence.length === 0 || settled === undefined) return [...presence];
  const had = new Set(state.tiers);
  const owner = new Map(
    feeds.flatMap((feed) =>
      feed.name === name ? [] : tiersOf(feed).map((tier) => [tier, feed.name] as const),
    ),
  );
  const met = new Set(presence.map(({ tier }) => tier));
  const taken = new Set(
    [...met].filter((tier) => settled.settings.presence && (had.has(tier) || !owner.has(tier))),
  );
  if (taken.size > 0) state.tiers = [...had.union(taken)].sort();
  const left = Object.entries(state.presenceLeft ?? {}).filter(([tier]) => !met.has(tier));
  for (const tier of met.difference(taken)) {
    const other = owner.get(tier);
    if (settled.settings.presence && other !== undefined) left.push([tier, other]);
  }
  state.presenceLeft = Object.fromEntries(left);
  return presence.filter(({ tier }) => taken.has(tier));
};

/** A writer that takes of presence what it is told to. */
export const takingTiers = (
  into: RecordWriter,
  take: (presence: readonly PresenceRecord[]) => PresenceRecord[],
): RecordWriter => ({
  ...into,
  write: (kind, records) =>
    // records are of the kind that they are given as
    into.write(
      kind,
      kind === 'presence' ? (take([...(records as Iterable<PresenceRecord>)]) as never) : records,
    ),
});
