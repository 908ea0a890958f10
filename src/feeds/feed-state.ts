import {
  type FeedDocument,
  type FeedSettings,
  isHeardAtOnce,
  sourceOf,
} from '../contract/documents/feed-documents.ts';
import { type Problem, shownValue } from '../kernel/errors.ts';
import { dayMillis, hourMillis } from '../kernel/time.ts';
import type { FeedStep, StoredFeed } from '../planning/ports.ts';
import { type CallBook, silenceMillis, type Touched } from './call-book.ts';
import type { Counts, Difference, FeedState, Gap, SeenFile, Standing } from './feed-adapter.ts';
import { feedProblem, type FeedProblems } from './feed-findings.ts';
import { queuesBrought, quietIntervals, type RecordRules, startOfInterval } from './feed-records.ts';

export const noCounts = (): Counts => ({ read: 0, stored: 0, unknown: 0, refused: 0, repeated: 0 });

/** What a source said so long ago of who waits and who is there is not so now. */
const staleMillis = 5 * 60_000;

export const newState = (): FeedState => ({
  ...noCounts(),
  is: 'new',
  sinceMillis: null,
  earliest: null,
  watermark: null,
  spacing: null,
  carried: { handle: false, callers: false },
  anyQueue: false,
  madeBy: '',
  lookedMillis: null,
  gainsUntil: null,
  lostSince: null,
  gaps: [],
  quiet: {},
  inHand: {},
  isBehind: false,
  presentSince: null,
  presentUntil: null,
  waiting: {},
  differences: [],
  unknownEvents: {},
  unknownQueues: {},
  refusals: {},
  files: {},
});

/** What is kept of a feed, with what is new in this version left as at the beginning. */
export const stateOf = ({ state }: Pick<StoredFeed, 'state'>): FeedState => ({
  ...newState(),
  // written by this room alone
  ...(structuredClone(state) as Partial<FeedState> | undefined),
});

/** Names of a feed that are listed one by one: beyond that they count together. */
const mostNames = 200;

export const countName = (names: Record<string, number>, name: string, by = 1): void => {
  const known = (of: string): number | undefined => (Object.hasOwn(names, of) ? names[of] : undefined);
  const fits = known(name) !== undefined || Object.keys(names).length < mostNames;
  // the one name under which no object keeps a number
  const under = fits && name !== '__proto__' ? name : '…';
  names[under] = (known(under) ?? 0) + by;
  if (names[under] <= 0) delete names[under];
};

/** A word of the switchboard's own is shown as it is; anything else may be somebody's number or name. */
export const shownEvent = (text: string): string =>
  /^[A-Za-z][\w -]{0,39}$/.test(text) && text.replaceAll(/\D/g, '').length < 6 ? text : '…';

export const countNames = (names: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [name, count] of Object.entries(more)) countName(names, name, count);
};

const iso = (millis: number | null): string | null =>
  millis === null ? null : new Date(millis).toISOString();

/** A feed that brought so little for so long is late; never for luck: many times the usual pause, and minutes at least. */
const latestMillis = 10 * 60_000;
const manyPauses = 30;

/** Since when a feed is late by the clock; undefined: it is not. */
const lateSince = ({ is, watermark, spacing }: FeedState, now: number): number | undefined => {
  if (is !== 'live' || watermark === null) return undefined;
  const pause = Math.max(latestMillis, manyPauses * (spacing ?? 0));
  return now - watermark > pause ? watermark : undefined;
};

/** A feed that began or came on faster than the clock so lately is catching up, however old its last event is. */
const gainingMillis = 60_000;

/** For how long nothing came, in the unit in which one would say it. */
const silence = (millis: number): FeedProblems['feed-silent'] => {
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 120) return { count: minutes, unit: 'minutes' };
  return minutes < 2880
    ? { count: Math.floor(minutes / 60), unit: 'hours' }
    : { count: Math.floor(minutes / 1440), unit: 'days' };
};

/** A feed as it is shown, at an instant. */
export const feedDocument = (feed: StoredFeed, now: number): FeedDocument => {
  const state = stateOf(feed);
  const { read, stored, unknown, refused, repeated } = state;
  const late = isHeardAtOnce(feed.settings.kind) ? lateSince(state, now) : undefined;
  const isStale = state.onQueue !== undefined && !(Math.abs(now - (state.observedMillis ?? 0)) < staleMillis);
  const shown =
    late !== undefined && now < (state.gainsUntil ?? -Infinity)
      ? { is: 'mending' as const, since: iso(state.sinceMillis) }
      : late === undefined
        ? {
            is: state.is,
            since: iso(state.sinceMillis),
            ...(state.why === undefined ? {} : { why: state.why }),
          }
        : {
            is: 'late' as const,
            since: iso(late),
            why: feedProblem('feed-silent', silence(now - late)),
          };
  const listed = (names: Readonly<Record<string, number>>) =>
    Object.entries(names).sort(([, a], [, b]) => b - a);
  return {
    name: feed.name,
    ...feed.settings,
    brings: queuesBrought(feed),
    came: [...new Set([...Object.keys(state.quiet), ...(state.brings ?? [])])],
    state: shown,
    countedSince: iso(state.anewMillis ?? null),
    read,
    stored,
    unknown,
    refused,
    repeated,
    lastEvent: iso(state.watermark),
    waiting: Object.entries(isStale ? {} : state.waiting).map(([queue, { calls, since }]) => ({
      queue,
      calls,
      since: iso(since) ?? '',
    })),
    onQueue: Object.entries((isStale ? undefined : state.onQueue) ?? {}).map(([queue, operators]) => ({
      queue,
      operators,
    })),
    gaps: state.gaps.map(({ from, to }) => ({ from: iso(from) ?? '', to: iso(to) ?? '' })),
    differences: state.differences.map(({ startMillis, ...difference }) => ({
      ...difference,
      start: iso(startMillis) ?? '',
    })),
    unknownEvents: listed(state.unknownEvents).map(([event, count]) => ({ event, count })),
    unknownQueues: listed(state.unknownQueues).map(([queue, count]) => ({ queue, count })),
    presenceLeft: Object.entries(state.presenceLeft ?? {}).map(([tier, other]) => ({ tier, feed: other })),
    outdated: (state.outdated ?? []).flatMap(({ queue, from, to, isRight }) =>
      isRight === true ? [] : [{ queue, from: iso(from) ?? '', to: iso(to) ?? '' }],
    ),
    refusals: listed(state.refusals).map(([reason, count]) => ({ reason, count })),
    files: Object.entries(state.files).map(([file, { why }]) => ({
      file: shownValue(file),
      why: (why === undefined ? null : shownWithin(why)) as never,
    })),
  };
};

/** A problem of a file, whose name and text are whatever somebody sent. */
const shownWithin = (said: unknown): unknown => {
  if (typeof said === 'string') return shownValue(said);
  if (typeof said !== 'object' || said === null) return said;
  if (Array.isArray(said)) return said.slice(0, 20).map(shownWithin);
  return Object.fromEntries(Object.entries(said).map(([name, part]) => [name, shownWithin(part)]));
};

/** The first time, and the most, that a source is let be before it is asked for a gap again. */
const [firstAskMillis, mostAskMillis] = [60_000, 6 * hourMillis];

/** The gap that the source is to be asked for again by now; what is settled by then cannot be filled any more. */
export const gapToAsk = ({ gaps }: FeedState, settledBefore: number, now: number): Gap | undefined =>
  gaps.find(({ to, forGood, dueMillis = 0 }) => forGood !== true && to > settledBefore && dueMillis <= now);

/** Notes that a gap was asked for. */
export const noteAsked = (state: FeedState, gap: Gap, now: number): void => {
  const asked = (gap.asked ?? 0) + 1;
  const dueMillis = now + Math.min(mostAskMillis, firstAskMillis * 6 ** asked);
  state.gaps = state.gaps.map((each) =>
    each.from === gap.from && each.to === gap.to ? { ...each, asked, dueMillis } : each,
  );
};

/**
 * Takes out of the gaps what has been read by now; quiet intervals are looked for there anew, since what is not in it is a
 * zero from now on.
 */
export const fillGaps = (state: FeedState, spans: readonly Touched[]): void => {
  for (const span of spans) {
    const touched = state.gaps.filter(
      ({ from, to, forGood }) => forGood !== true && from < span.to && to > span.from,
    );
    if (touched.length === 0) continue;
    state.gaps = state.gaps.flatMap((gap) => {
      if (!touched.includes(gap)) return [gap];
      const left = [
        { ...gap, to: Math.min(gap.to, span.from) },
        { ...gap, from: Math.max(gap.from, span.to) },
      ];
      return left.filter(({ from, to }) => from < to);
    });
    const first = Math.min(...touched.map(({ from }) => from));
    for (const [queue, looked] of Object.entries(state.quiet))
      state.quiet[queue] = { ...looked, to: Math.max(looked.from, Math.min(looked.to, first)) };
  }
};

/** Who waits now, by the switchboard's queue. */
const waitingNow = (book: CallBook): FeedState['waiting'] => {
  const found: FeedState['waiting'] = {};
  for (const { queue, arrivedMillis } of book.waiting()) {
    const before = Object.hasOwn(found, queue) ? found[queue] : undefined;
    const since = Math.min(before?.since ?? Infinity, arrivedMillis);
    found[queue] = { calls: (before?.calls ?? 0) + 1, since };
  }
  return found;
};

/** Differences of intervals as they are known now: those that agree by now go. */
export const noteDifferences = (
  state: FeedState,
  found: readonly (Difference & { readonly agrees: boolean })[],
): void => {
  const keyOf = ({ queue, startMillis }: Difference): string => `${startMillis} ${queue}`;
  const looked = new Set(found.map(keyOf));
  const differ = found.flatMap(({ agrees, ...difference }) => (agrees ? [] : [difference]));
  const others = state.differences.filter((each) => !looked.has(keyOf(each)));
  state.differences = [...others, ...differ].slice(-mostNames);
};

/** How far apart events are lately. */
export const learnSpacing = (state: FeedState, fresh: number, passed: number): void => {
  if (fresh === 0 || !(passed > 0)) return;
  const own = passed / fresh;
  const weight = Math.min(0.5, fresh / 200);
  state.spacing = state.spacing === null ? own : state.spacing * (1 - weight) + own * weight;
};

/** Pauses that are kept: from this length on, so old at most, and so many of the longest. */
const [leastPauseMillis, pausesMillis, mostPauses] = [180_000, 21 * dayMillis, 300];

/** Notes when calls came from a source, in whatever order that is heard: one that is heard of late parts a pause. */
export const notePauses = (
  state: FeedState,
  arrivals: readonly number[],
  settings: Pick<FeedSettings, 'kind' | 'from'>,
): void => {
  if (!isHeardAtOnce(settings.kind)) return;
  const source = sourceOf(settings);
  if (state.callsOf !== source) {
    delete state.lastCall;
    delete state.pauses;
    state.callsOf = source;
  }
  const calls = Float64Array.from(arrivals).sort();
  const [first] = calls;
  if (first === undefined) return;
  const { pauses = [], lastCall = first } = state;
  let next = 0;
  const parted = [...pauses, { from: lastCall, to: Infinity }].flatMap(({ from, to }) => {
    const ends: number[] = [];
    for (; (calls[next] ?? Infinity) < to; next += 1)
      if ((calls[next] ?? from) > from) ends.push(calls[next] ?? to);
    return [...ends, to].map((end, k) => ({ from: ends[k - 1] ?? from, to: end })).filter(isPause);
  });
  const until = parted.pop()?.from ?? lastCall;
  state.lastCall = until;
  state.pauses = parted
    .filter(({ to }) => to > until - pausesMillis)
    .sort((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, mostPauses)
    .sort((one, other) => one.from - other.from);
};

const isPause = ({ from, to }: Touched): boolean => to - from >= leastPauseMillis;

/** Bytes beyond which a feed is behind, and says so. */
const behindBytes = 2 ** 20;

interface PortionSaid {
  readonly behind?: number;
  readonly more?: boolean;
  readonly standing?: Standing;
  readonly why?: Problem | undefined;
}

/** What a feed is after a portion, and whether it is catching up: it begins, or came on faster than the clock since before. */
export const settle = (
  state: FeedState,
  before: FeedState,
  portion: PortionSaid | undefined,
  book: CallBook,
  now: number,
): void => {
  if (portion?.standing !== undefined) Object.assign(state, portion.standing, { observedMillis: now });
  else if (state.onQueue === undefined) state.waiting = waitingNow(book);
  const cameOn = (state.watermark ?? 0) - (before.watermark ?? state.watermark ?? 0);
  const passed = before.lookedMillis === null ? Infinity : Math.max(0, now - before.lookedMillis);
  const begins = before.watermark === null && (before.lookedMillis === null || state.watermark !== null);
  if (portion?.more === true || cameOn > 2 * passed || begins) state.gainsUntil = now + gainingMillis;
  state.lookedMillis = now;
  const behind = portion?.behind ?? 0;
  const is =
    behind > behindBytes
      ? 'mending'
      : state.watermark === null && state.days === undefined && Object.keys(state.files).length === 0
        ? 'new'
        : 'live';
  if (state.is !== is) state.sinceMillis = now;
  state.is = is;
  state.why =
    is === 'mending' ? feedProblem('feed-behind', { megabytes: Math.ceil(behind / 2 ** 20) }) : portion?.why;
};

/** Notes of what days and queues rows are that came in no file. */
export const noteRows = (state: FeedState, { days, queues = [] }: RowsSaid): void => {
  const all = [...(state.days ?? []), ...(days ?? [])].sort();
  if (all.length > 0) state.days = [all[0] ?? '', all.at(-1) ?? ''];
  if (queues.length > 0) state.brings = [...new Set([...(state.brings ?? []), ...queues])].sort();
};

interface RowsSaid {
  readonly days?: SeenFile['days'];
  readonly queues?: readonly string[];
}

/** Adds calls of queues that the hotline does not have; of what it has by now there is nothing to ask. */
export const noteUnknown = (
  { unknownQueues: known }: FeedState,
  came: Readonly<Record<string, number>>,
  { queueOf }: Pick<RecordRules, 'queueOf'>,
): void => {
  countNames(known, came);
  for (const name of Object.keys(known)) if (queueOf(name) !== undefined) delete known[name];
};

/** Queues of the switchboard that are none of the hotline's, by their calls. */
export const unknownQueues = (
  book: CallBook,
  { queueOf }: RecordRules,
  { queues }: FeedSettings,
  files: FeedState['files'],
): Record<string, number> => {
  const found: Record<string, number> = {};
  const note = (queue: string, by?: number): void => {
    if (queueOf(queue) === undefined && !Object.hasOwn(queues, queue)) countName(found, queue, by);
  };
  for (const { queue } of book.countedLegs(-Infinity, Infinity)) note(queue);
  for (const { left = {} } of Object.values(files))
    for (const [queue, by] of Object.entries(left)) note(queue, by);
  return found;
};

export const mostGaps = 200;
/** Most intervals that a step looks through for quiet ones. */
const mostQuiet = 50_000;

/**
 * Quiet intervals of the queues that were heard of, up to the last event: whatever came later shows that the feed lived.
 * Of a queue's time before it was heard of, and of a silence of the whole feed, only so much is taken to be known; what
 * is more than a step's work is left to the next.
 */
export const quietSince = (
  state: FeedState,
  traffic: readonly { readonly queue: string; readonly startMillis: number }[],
  book: CallBook,
  rules: RecordRules,
): FeedStep['quiet'] => {
  state.gaps = [...state.gaps, ...book.takeMissed()].slice(-mostGaps);
  if (!Number.isFinite(book.watermark) || !Number.isFinite(book.earliest)) return [];
  const startOf = startOfInterval(rules);
  const to = startOf(book.watermark);
  for (const { queue, startMillis } of traffic) {
    const looked = Object.hasOwn(state.quiet, queue) ? state.quiet[queue] : undefined;
    const since = Math.min(looked?.since ?? Infinity, startMillis - silenceMillis);
    state.quiet[queue] = { ...(looked ?? { from: to, to }), since };
  }
  const there = new Set(traffic.map(({ queue, startMillis }) => `${startMillis} ${queue}`));
  let room = mostQuiet;
  state.isBehind = false;
  return Object.entries(state.quiet).flatMap(([queue, looked]) => {
    const first = startOf(Math.max(book.earliest, looked.since ?? looked.from));
    // of the interval amid which it began nobody knows that it was quiet
    const from =
      first < book.earliest ? startOf(first + 1.5 * rules.hotline.intervalMinutes * 60_000) : first;
    if (from >= looked.from && to <= looked.to) return [];
    const find = (span: Touched) => quietIntervals(queue, span, state.gaps, state.carried, rules, room);
    if (room > 0) {
      const before = find({ from, to: Math.min(looked.from, to) });
      const after = find({ from: looked.to, to });
      room -= before.looked + after.looked;
      state.quiet[queue] = {
        ...looked,
        from: Math.min(from, looked.from),
        to: Math.max(after.until, looked.to),
      };
      state.isBehind ||= room <= 0;
      const records = [...before.records, ...after.records];
      return records.filter(({ startMillis }) => !there.has(`${startMillis} ${queue}`));
    }
    return [];
  });
};

/**
 * Which intervals of a feed's queues are known in part: the one amid which it began, the one that its last event lies in,
 * and those that a gap reaches into.
 */
export const knownInPart = (
  { quiet, gaps }: FeedState,
  book: CallBook,
  rules: RecordRules,
): NonNullable<FeedStep['inPart']> => {
  const startOf = startOfInterval(rules);
  const step = rules.hotline.intervalMinutes * 60_000;
  const around = (from: number, to = from): Touched => ({ from: startOf(from), to: startOf(to) + step });
  const isHeard = Number.isFinite(book.earliest) && Number.isFinite(book.watermark);
  const begins = isHeard && startOf(book.earliest) < book.earliest ? [around(book.earliest)] : [];
  const ends = isHeard ? [around(book.watermark)] : [];
  return {
    queues: Object.keys(quiet),
    since: isHeard ? startOf(book.earliest) : Infinity,
    spans: [...begins, ...ends, ...gaps.map(({ from, to }) => around(from, Math.max(from, to - 1)))],
    nowMillis: rules.nowMillis,
  };
};
