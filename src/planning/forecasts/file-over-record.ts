import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { totalsGivingWay } from '../../kernel/interval-series.ts';
import { ofMeasures, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { localClock, type PlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { lastHalfYear, lineHistory, measuredOf } from '../history/line-history.ts';
import { planningProblem } from '../planning-findings.ts';
import type { HandleTimeSpan, Models, Store, TrafficColumns } from '../ports.ts';
import { refusalsOf } from './forecast-notices.ts';

/** Files change calls on record by so much of them, and by so many, only where somebody says so. */
const largeShare = 0.2;
const fewCalls = 30;

/**
 * Holds a file's calls to those on record of the same intervals. Throws `BadInputError` where they differ by much, or are
 * the whole line's where its queues are on record, and nobody has said which are to stand; with `keep`, says which records
 * are not on record. Undefined: nothing of the file is.
 */
export const refuseLargeOverlap = async (
  { store, models: { hotline } }: { readonly store: Store; readonly models: Models },
  traffic: Iterable<TrafficRecord>,
  keeps: boolean,
): Promise<Kept | undefined> => {
  const clock = localClock(hotline.zone);
  const dayOf: DayOf = (millis) => clock(millis).date;
  const known = new Set((await store.trafficSummary()).map(({ queue }) => queue));
  const given = givenBy(traffic);
  const held = new Map<string, Held>();
  for (const [queue, own] of given)
    if (known.has(queue)) held.set(queue, await heldOf(store, queue, own, dayOf));
  const changes = changesOf(traffic, held, dayOf);
  const days = new Set(changes.values().flatMap((each) => each.days));
  if (days.size === 0) {
    if (keeps) refuseOtherSteps(traffic, held, staysBeside(held));
    return undefined;
  }
  const [file, own, moved] = (['file', 'own', 'moved'] as const).map((name) =>
    changes.values().reduce((sum, each) => sum + each[name], 0),
  ) as [number, number, number];
  const line = given.size === 1 ? await lineOf(store, known, traffic, held, own, days, dayOf) : undefined;
  if (!keeps && line === undefined && ![{ own, moved }, ...changes.values()].some(isLarge)) return undefined;
  const stays = line?.stays ?? staysBeside(held);
  if (keeps) refuseOtherSteps(traffic, held, stays);
  const nameOf = (key: string) => hotline.queues.find((each) => each.queue === key)?.name ?? key;
  const [[queue] = ['']] = [...changes].sort(([, one], [, other]) => other.moved - one.moved);
  const dates = [...days].toSorted();
  const values = {
    queue: nameOf(queue),
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    days: days.size,
    file: line?.file ?? file,
    own,
    moved,
    isOfSeveral: changes.size > 1 && moved > 0,
    others: (line?.others ?? []).map(nameOf),
    rest: line?.rest ?? 0,
    all: own + (line?.rest ?? 0),
    isWhole: line !== undefined,
    left: line?.left ?? 0,
    taken: keeps ? ('kept' as const) : ('asked' as const),
  };
  const said = { ...planningProblem('', 'file-over-record', '', values), path: undefined };
  if (!keeps) throw new BadInputError([said]);
  return { said, stays, spansOf: (spans) => spansThatStay(spans, traffic, stays) };
};

/** What of a file is taken beside what is on record. */
interface Kept {
  readonly said: Problem;
  readonly stays: (record: object) => boolean;
  /** Spans of handle times, without the intervals that are left out of them. */
  readonly spansOf: (spans: readonly HandleTimeSpan[]) => HandleTimeSpan[];
}

type DayOf = (millis: number) => PlainDate;
type CallsByDay = Map<PlainDate, number>;

/** From the first interval of a queue to the end of its last. */
interface Given {
  fromMillis: number;
  toMillis: number;
  /** Of its longest interval. */
  intervalMinutes: number;
}

const givenBy = (traffic: Iterable<TrafficRecord>): ReadonlyMap<string, Given> => {
  const found = new Map<string, Given>();
  for (const { queue, startMillis, intervalMinutes } of traffic) {
    const own = found.get(queue) ?? { fromMillis: Infinity, toMillis: -Infinity, intervalMinutes: 0 };
    own.fromMillis = Math.min(own.fromMillis, startMillis);
    own.toMillis = Math.max(own.toMillis, startMillis + intervalMinutes * 60_000);
    own.intervalMinutes = Math.max(own.intervalMinutes, intervalMinutes);
    found.set(queue, own);
  }
  return found;
};

const wholeDay = 1440;

/** What is on record of a queue around a file's rows: by interval, or by day where either side has totals of days. */
interface Held {
  readonly startMillis: Float64Array;
  readonly intervalMinutes: number;
  readonly keyOf: (startMillis: number) => PlainDate | number;
  readonly calls: ReadonlyMap<PlainDate | number, number>;
}

const heldOf = async (store: Store, queue: string, given: Given, dayOf: DayOf): Promise<Held> => {
  const { startMillis, intervalMinutes, offered } = await store.traffic(queue, {
    fromMillis: given.fromMillis - wholeDay * 60_000,
    toMillis: given.toMillis + wholeDay * 60_000,
  });
  const minutes = Math.max(intervalMinutes, given.intervalMinutes);
  const keyOf = minutes >= wholeDay ? dayOf : (start: number) => Math.floor(start / (minutes * 60_000));
  const calls = new Map<PlainDate | number, number>();
  startMillis.forEach((start, i) => addTo(calls, keyOf(start), offered[i] || 0));
  return { startMillis, intervalMinutes, keyOf, calls };
};

/** Calls of the intervals that file and record both have, and by how many they differ, day by day. */
interface Change {
  readonly file: number;
  readonly own: number;
  readonly moved: number;
  readonly days: readonly PlainDate[];
}

const isLarge = ({ own, moved }: Pick<Change, 'own' | 'moved'>): boolean =>
  moved >= fewCalls && moved > largeShare * own;

const changesOf = (
  traffic: Iterable<TrafficRecord>,
  held: ReadonlyMap<string, Held>,
  dayOf: DayOf,
): ReadonlyMap<string, Change> => {
  const found = new Map<string, { file: number; own: number; keys: Set<unknown>; byDay: CallsByDay }>();
  for (const { queue, startMillis, offered } of traffic) {
    const { keyOf, calls } = held.get(queue) ?? {};
    const key = keyOf?.(startMillis) ?? 0;
    const before = calls?.get(key);
    if (before === undefined) continue;
    const change = found.get(queue) ?? { file: 0, own: 0, keys: new Set(), byDay: new Map() };
    const [after, own] = [offered || 0, change.keys.has(key) ? 0 : before];
    change.file += after;
    change.own += own;
    change.keys.add(key);
    addTo(change.byDay, dayOf(startMillis), after - own);
    found.set(queue, change);
  }
  return new Map(
    [...found].map(([queue, { file, own, byDay }]) => {
      const moved = byDay.values().reduce((sum, calls) => sum + Math.abs(calls), 0);
      return [queue, { file, own, moved, days: [...byDay.keys()] }];
    }),
  );
};

const addTo = <Key>(sums: Map<Key, number>, key: Key, calls: number): void =>
  void sums.set(key, (sums.get(key) ?? 0) + calls);

/**
 * Where a file of one queue has the calls of the whole line, on days that both have: what is on record of the others, and
 * which records are of days without any. Undefined: it has not.
 */
const lineOf = async (
  store: Store,
  known: ReadonlySet<string>,
  traffic: Iterable<TrafficRecord>,
  ownHeld: ReadonlyMap<string, Held>,
  own: number,
  days: ReadonlySet<PlainDate>,
  dayOf: DayOf,
) => {
  const held = new Map(ownHeld);
  const shared = [...traffic].filter(({ startMillis }) => days.has(dayOf(startMillis)));
  const others: string[] = [];
  let rest = 0;
  for (const given of givenBy(traffic).values())
    for (const queue of known) {
      if (held.has(queue)) continue;
      const other = await heldOf(store, queue, given, dayOf);
      held.set(queue, other);
      const keys = new Set(shared.map(({ startMillis }) => other.keyOf(startMillis)));
      const calls = keys.values().reduce<number>((sum, key) => sum + (other.calls.get(key) ?? 0), 0);
      if (calls > 0) others.push(queue);
      rest += calls;
    }
  const isNew = staysBeside(held);
  const file = shared.reduce(
    (sum, { startMillis, offered }) => sum + (isNew({ startMillis }) ? 0 : offered),
    0,
  );
  const moved = Math.abs(file - own);
  const isWhole =
    rest > 0 && moved >= fewCalls && Math.abs(file - own - rest) < Math.min(moved, 0.1 * (own + rest));
  if (!isWhole) return undefined;
  const taken = new Set([...held.values()].flatMap(({ startMillis }) => Array.from(startMillis, dayOf)));
  const stays = (record: object): boolean => !taken.has(dayOf((record as TrafficRecord).startMillis));
  const left = new Set(Array.from(traffic, ({ startMillis }) => dayOf(startMillis))).difference(taken).size;
  return { file, rest, others, left, stays };
};

/** Which records are not on record: calls become traffic and presence, each with its start, and presence is of all queues. */
const staysBeside =
  (held: ReadonlyMap<string, Held>) =>
  (record: object): boolean => {
    const { queue, startMillis } = record as Pick<TrafficRecord, 'startMillis'> & Partial<TrafficRecord>;
    const isHeld = ({ keyOf, calls }: Held): boolean => calls.has(keyOf(startMillis));
    if (queue === undefined) return ![...held.values()].some(isHeld);
    const own = held.get(queue);
    return own === undefined || !isHeld(own);
  };

/** Rows beside what stays on record have its length: written, they would take the place of totals between them. */
const refuseOtherSteps = (
  traffic: Iterable<TrafficRecord>,
  held: ReadonlyMap<string, Held>,
  stays: (record: object) => boolean,
): void => {
  for (const record of traffic) {
    const { queue, intervalMinutes } = record;
    const { intervalMinutes: step = 0, calls } = held.get(queue) ?? {};
    if (!calls?.size || step === intervalMinutes || !stays(record)) continue;
    const values = { queue, step, intervalMinutes };
    const place = { column: 'interval_minutes', value: String(intervalMinutes) };
    throw new BadInputError([{ rule: 'interval-length-differs', severity: 'error', ...place, values }]);
  }
};

const spansThatStay = (
  spans: readonly HandleTimeSpan[],
  traffic: Iterable<TrafficRecord>,
  stays: (record: object) => boolean,
): HandleTimeSpan[] => {
  const rows = Map.groupBy(traffic, ({ queue }) => queue);
  return spans.flatMap((span) => {
    const found: HandleTimeSpan[] = [];
    let from: number | undefined;
    for (const record of rows.get(span.queue)?.sort((a, b) => a.startMillis - b.startMillis) ?? []) {
      const { startMillis: at, intervalMinutes } = record;
      if (at < span.fromMillis || at >= span.toMillis) continue;
      const isStaying = stays(record);
      if (isStaying && from !== undefined) found.pop();
      from = isStaying ? (from ?? at) : undefined;
      if (from !== undefined)
        found.push({ ...span, fromMillis: from, toMillis: at + intervalMinutes * 60_000 });
    }
    return found;
  });
};

interface Looked {
  readonly store: Store;
  readonly models: Models;
  /** As it was read from the file. */
  readonly traffic: Iterable<TrafficRecord>;
  /** Nothing of what is stored stays: it is made up. */
  readonly replaces: boolean;
  /** It is only looked at, and not stored. */
  readonly dryRun: boolean;
}

/**
 * What comes of traffic: totals of days that give way to it and, where it is only looked at, other stored rows that would
 * get other figures, measures that a queue would lose, and what would keep the line from being planned.
 */
export const lookAhead = async (looked: Looked): Promise<Problem[]> => {
  const { store, models, traffic, replaces, dryRun } = looked;
  const ahead = new Map<string, readonly [stored: TrafficColumns, then: TrafficColumns]>();
  const ofDays = new Set<string>();
  for (const { queue, intervalMinutes } of dryRun || replaces ? [] : await store.trafficSummary())
    if (intervalMinutes === wholeDay) ofDays.add(queue);
  if (!dryRun && ofDays.size === 0) return [];
  const isAsked = ({ queue, intervalMinutes }: TrafficRecord): boolean =>
    dryRun || (ofDays.has(queue) && intervalMinutes < wholeDay);
  for (const [queue, records] of Map.groupBy([...traffic].filter(isAsked), (record) => record.queue)) {
    const stored = replaces ? nothingOf(queue) : await store.traffic(queue);
    ahead.set(queue, [stored, laidOver(stored, records)]);
  }
  if (ahead.size === 0) return [];
  const others = overwritten([...ahead.values()], models.hotline.zone);
  if (!dryRun) return others;
  return [
    ...others,
    ...[...ahead].flatMap(([queue, [stored, then]]) => lostMeasures(queue, stored, then, models)),
    ...(await refusedThen({ store, models }, ahead, replaces)),
  ];
};

export const notice = ({ rule, values }: Problem): Problem => ({
  rule,
  severity: 'warning',
  ...(values === undefined ? {} : { values }),
});

const nothingOf = (queue: string): TrafficColumns => ({
  queue,
  intervalMinutes: 0,
  startMillis: new Float64Array(),
  ...ofMeasures(() => new Float64Array()),
});

/** A queue's traffic with records written over it, in time order. */
const laidOver = (stored: TrafficColumns, records: readonly TrafficRecord[]): TrafficColumns => {
  const given = new Map(records.map((record) => [record.startMillis, record]));
  const at = new Map(Array.from(stored.startMillis, (start, i) => [start, i]));
  // Totals of days give way to intervals, as they do where these are stored.
  const { intervalMinutes = stored.intervalMinutes } = givenBy(records).get(stored.queue) ?? {};
  if (intervalMinutes < stored.intervalMinutes)
    for (const start of totalsGivingWay(stored.startMillis, given.keys())) at.delete(start);
  const starts = [...new Set([...at.keys(), ...given.keys()])].sort((a, b) => a - b);
  const valueOf = (name: (typeof trafficMeasures)[number], start: number): number => {
    const record = given.get(start);
    return (record === undefined ? stored[name][at.get(start) ?? -1] : record[name]) ?? Number.NaN;
  };
  return {
    queue: stored.queue,
    intervalMinutes,
    startMillis: Float64Array.from(starts),
    ...ofMeasures((name) => Float64Array.from(starts, (start) => valueOf(name, start))),
  };
};

/** Says which stored rows have other figures afterwards, or give way to finer ones, and what that does to their calls. */
const overwritten = (
  ahead: readonly (readonly [stored: TrafficColumns, then: TrafficColumns])[],
  zone: string,
): Problem[] => {
  let [rows, before, after, from, to] = [0, 0, 0, Infinity, -Infinity];
  for (const [stored, then] of ahead) {
    const step = stored.intervalMinutes * 60_000;
    const at = new Map(Array.from(then.startMillis, (start, k) => [start, k]));
    let next = 0;
    stored.startMillis.forEach((start, i) => {
      const k = at.get(start) ?? -1;
      let calls = 0;
      for (; (then.startMillis[next] ?? Infinity) < start + step; next += 1)
        if (valueAt(then.startMillis, next) >= start) calls += then.offered[next] || 0;
      if (trafficMeasures.every((name) => Object.is(stored[name][i], then[name][k]))) return;
      rows += 1;
      before += stored.offered[i] || 0;
      after += calls;
      [from, to] = [Math.min(from, start), Math.max(to, start)];
    });
  }
  if (rows === 0) return [];
  const dateOf = (millis: number): PlainDate => localClock(zone)(millis).date;
  const values = { rows, from: dateOf(from), to: dateOf(to), before, after };
  return [notice(planningProblem('', 'rows-get-other-figures', '', values))];
};

const lostMeasures = (
  queue: string,
  stored: TrafficColumns,
  then: TrafficColumns,
  { hotline }: Models,
): Problem[] => {
  if (stored.startMillis.length === 0) return [];
  const [before, after] = [stored, then].map((columns) => measuredOf(lastHalfYear(columns), hotline));
  return (['handleTime', 'patience', 'redials'] as const)
    .filter((measure) => before?.[measure] !== undefined && after?.[measure] === undefined)
    .map((measure) => notice(planningProblem('', 'measure-would-be-lost', '', { queue, measure })));
};

const refusedThen = async (
  { store, models }: Pick<Looked, 'store' | 'models'>,
  ahead: ReadonlyMap<string, readonly [TrafficColumns, TrafficColumns]>,
  replaces: boolean,
): Promise<Problem[]> => {
  const then: Store = {
    ...store,
    traffic: async (queue, span) => ahead.get(queue)?.[1] ?? store.traffic(queue, span),
    trafficSummary: async () => {
      const others = replaces ? [] : (await store.trafficSummary()).filter(({ queue }) => !ahead.has(queue));
      return [...others, ...[...ahead.values()].map(([, columns]) => summaryOf(columns))];
    },
  };
  try {
    return (await refusalsOf(then, await lineHistory({ store: then, models }))).map(notice);
  } catch (error) {
    // what the line's history is refused for is reported where the file is imported
    if (error instanceof BadInputError) return [];
    throw error;
  }
};

const summaryOf = ({
  queue,
  startMillis,
  intervalMinutes,
}: TrafficColumns): Awaited<ReturnType<Store['trafficSummary']>>[number] => ({
  queue,
  firstMillis: startMillis[0] ?? 0,
  lastMillis: startMillis.at(-1) ?? 0,
  intervalMinutes,
  rows: startMillis.length,
});
