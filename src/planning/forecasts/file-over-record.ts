import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { ofMeasures, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { localClock, type PlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { lastHalfYear, lineHistory, measuredOf } from '../history/line-history.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Models, Store, TrafficColumns } from '../ports.ts';
import { refusalsOf } from './forecast-notices.ts';

/** Files change calls on record by so much of them, and by so many, only where somebody says so. */
const largeShare = 0.2;
const fewCalls = 30;

type CallsByDay = Map<PlainDate, number>;

/**
 * Holds a file's calls to those on record of the same days. Throws `BadInputError` where they differ by much, or are the
 * whole line's where its queues are on record, and nobody has said which are to stand; with `keep`, says which records
 * are of days without any. Undefined: all of them are.
 */
export const refuseLargeOverlap = async (
  { store, models: { hotline } }: { readonly store: Store; readonly models: Models },
  traffic: Iterable<TrafficRecord>,
  keeps: boolean,
): Promise<{ readonly said: Problem; readonly stays: (record: object) => boolean } | undefined> => {
  const summary = await store.trafficSummary();
  if (summary.length === 0) return undefined;
  const spans = spansOf(traffic);
  const clock = localClock(hotline.zone);
  const dayOf = (millis: number): PlainDate => clock(millis).date;
  /** Calls on record by day, between the first interval and the last that file and record both have of a queue. */
  const recordOf = async (queue: string, [fromMillis, toMillis]: Span): Promise<CallsByDay> => {
    const { startMillis, offered } = await store.traffic(queue, { fromMillis, toMillis });
    const days: CallsByDay = new Map();
    startMillis.forEach((start, i) => addTo(days, dayOf(start), offered[i] || 0));
    return days;
  };
  const shared = new Map<string, Span>();
  for (const { queue, firstMillis, lastMillis, intervalMinutes } of summary) {
    const [from, to] = spans.get(queue) ?? [0, 0];
    const span: Span = [Math.max(from, firstMillis), Math.min(to, lastMillis + intervalMinutes * 60_000)];
    if (span[0] < span[1]) shared.set(queue, span);
  }
  const given = new Map<string, CallsByDay>([...shared.keys()].map((queue) => [queue, new Map()]));
  const daysOfFile = new Set<PlainDate>();
  for (const { queue, startMillis, offered } of traffic) {
    const [from, to] = shared.get(queue) ?? [0, 0];
    const day = dayOf(startMillis);
    daysOfFile.add(day);
    if (startMillis >= from && startMillis < to) addTo(given.get(queue) ?? new Map(), day, offered);
  }
  let [file, own, moved, rest] = [0, 0, 0, 0];
  const days = new Set<PlainDate>();
  for (const [queue, span] of shared) {
    const record = await recordOf(queue, span);
    let difference = 0;
    for (const [day, calls] of given.get(queue) ?? []) {
      const before = record.get(day);
      if (before === undefined) continue;
      days.add(day);
      file += calls;
      own += before;
      difference += calls - before;
    }
    moved += Math.abs(difference);
  }
  if (days.size === 0) return undefined;
  const [[queue, span] = ['', [0, 0] as Span]] = shared;
  const others: string[] = [];
  if (spans.size === 1)
    for (const { queue: other } of summary) {
      if (other === queue) continue;
      const calls = [...(await recordOf(other, span))].reduce(
        (sum, [day, n]) => sum + (days.has(day) ? n : 0),
        0,
      );
      if (calls > 0) others.push(other);
      rest += calls;
    }
  const all = own + rest;
  const isWhole = rest > 0 && moved >= fewCalls && Math.abs(file - all) < Math.min(moved, 0.1 * all);
  if (!keeps && !isWhole && (moved < fewCalls || moved <= largeShare * own)) return undefined;
  const onRecord = new Map<string, ReadonlySet<PlainDate>>();
  const [from, to] = [...spans.values()].reduce(([a, b], [c, d]) => [Math.min(a, c), Math.max(b, d)]);
  for (const { queue: each } of summary)
    if (isWhole || spans.has(each)) onRecord.set(each, new Set((await recordOf(each, [from, to])).keys()));
  const anyDay = new Set([...onRecord.values()].flatMap((each) => [...each]));
  const nameOf = (key: string) => hotline.queues.find((each) => each.queue === key)?.name ?? key;
  const dates = [...days].toSorted();
  const values = {
    queue: nameOf(queue),
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    days: days.size,
    file,
    own,
    others: others.map(nameOf),
    rest,
    all,
    isWhole,
    left: [...daysOfFile].filter((day) => !anyDay.has(day)).length,
    taken: keeps ? ('kept' as const) : ('asked' as const),
  };
  const said = { ...planningProblem('', 'file-over-record', '', values), path: undefined };
  if (!keeps) throw new BadInputError([said]);
  return {
    said,
    // calls become traffic and presence, each with its start
    stays: (record) => {
      const { queue: key, startMillis } = record as TrafficRecord;
      return !((isWhole ? undefined : onRecord.get(key)) ?? anyDay).has(dayOf(startMillis));
    },
  };
};

type Span = readonly [fromMillis: number, toMillis: number];

/** From the first interval of each queue to the end of its last. */
const spansOf = (traffic: Iterable<TrafficRecord>): ReadonlyMap<string, Span> => {
  const spans = new Map<string, [number, number]>();
  for (const { queue, startMillis, intervalMinutes } of traffic) {
    const end = startMillis + intervalMinutes * 60_000;
    const span = spans.get(queue);
    if (span === undefined) spans.set(queue, [startMillis, end]);
    else {
      if (startMillis < span[0]) span[0] = startMillis;
      if (end > span[1]) span[1] = end;
    }
  }
  return spans;
};

const addTo = (days: CallsByDay, day: PlainDate, calls: number): void =>
  void days.set(day, (days.get(day) ?? 0) + calls);

interface Looked {
  readonly store: Store;
  readonly models: Models;
  /** As it was read from the file. */
  readonly traffic: Iterable<TrafficRecord>;
  /** Nothing of what is stored stays: it is made up. */
  readonly replaces: boolean;
}

/**
 * What would come of traffic that is only looked at: stored rows that get other figures, measures that a queue would
 * lose, and what would keep the line from being planned.
 */
export const lookAhead = async ({ store, models, traffic, replaces }: Looked): Promise<Problem[]> => {
  const ahead = new Map<string, readonly [stored: TrafficColumns, then: TrafficColumns]>();
  for (const [queue, records] of Map.groupBy(traffic, (record) => record.queue)) {
    const stored = replaces ? nothingOf(queue) : await store.traffic(queue);
    ahead.set(queue, [stored, laidOver(stored, records)]);
  }
  if (ahead.size === 0) return [];
  return [
    ...overwritten([...ahead.values()], models.hotline.zone),
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
  const intervalMinutes = records[0]?.intervalMinutes ?? stored.intervalMinutes;
  const at = new Map(Array.from(stored.startMillis, (start, i) => [start, i]));
  // Totals of days give way to intervals, as they do where these are stored.
  const [first, last] = [...given.keys()].reduce(
    ([least, most], start) => [Math.min(least, start), Math.max(most, start)],
    [Infinity, -Infinity],
  );
  const step = stored.intervalMinutes * 60_000;
  if (intervalMinutes < stored.intervalMinutes)
    for (const start of at.keys()) if (start > first - step && start <= last) at.delete(start);
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
