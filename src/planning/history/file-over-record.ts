import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { TrafficRecord } from '../../kernel/records.ts';
import { localClock, type PlainDate } from '../../kernel/time.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Models, Store } from '../ports.ts';

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
