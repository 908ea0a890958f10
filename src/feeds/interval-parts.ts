import type { FeedSettings } from '../contract/documents/feed-documents.ts';
import { type TrafficMeasure, trafficMeasures, type TrafficRecord } from '../kernel/records.ts';
import type { FeedStore, RecordWriter, StoredFeedCall } from '../planning/ports.ts';

/**
 * Rows by interval as the queues of the switchboard said them: of each the last is kept, so that those which are one queue
 * of the hotline are added up whenever one of them comes, is corrected or comes again.
 */
type Part = Omit<TrafficRecord, 'queue' | 'startMillis'> & {
  /** How often what its queue had said before counted no more; left out: never. */
  readonly turn?: number | undefined;
};

const keyOf = ({ queue, startMillis }: Pick<TrafficRecord, 'queue' | 'startMillis'>): string =>
  `part ${startMillis} ${queue}`;

/** The queues of the switchboard that are chosen for one of the hotline's. */
const chosenFor = (queue: string, queues: FeedSettings['queues']): readonly string[] =>
  Object.keys(queues)
    .filter((name) => queues[name] === queue)
    .sort();

/** Who is on duty may be there for both queues: of several that is no sum, and what one does not say is not known of all. */
const sumOf = (queue: string, startMillis: number, parts: readonly Part[]): TrafficRecord => {
  const [{ turn: _t, ...first } = { intervalMinutes: 0, offered: 0 }, ...others] = parts;
  if (others.length === 0) return { queue, startMillis, ...first };
  const isSaid = (name: TrafficMeasure): boolean =>
    name !== 'operators' && parts.every((part) => part[name] !== undefined);
  const sums = trafficMeasures
    .filter(isSaid)
    .map((name) => [name, parts.reduce((sum, part) => sum + (part[name] ?? 0), 0)] as const);
  const { intervalMinutes, offered } = first;
  return { queue, startMillis, intervalMinutes, offered, ...Object.fromEntries(sums) };
};

/**
 * Rows whose `queue` is the switchboard's, as they are to be kept and written; `queueOf`: which of the hotline's each of
 * these is. A row of another length than the one in question is of before the switchboard changed that: it counts no more.
 * `turns`: how often what a queue had said counted no more; `saidMillis`: from when on the rows are kept for weeks.
 */
export const intervalParts = async (
  { calls }: Pick<FeedStore, 'calls'>,
  feed: string,
  queues: FeedSettings['queues'],
  turns: Readonly<Record<string, number>>,
  rows: readonly TrafficRecord[],
  queueOf: ReadonlyMap<string, string>,
  saidMillis: number,
): Promise<{
  readonly kept: readonly StoredFeedCall[];
  /** Writes the hotline's intervals in the place of these rows; each row counts by itself. */
  readonly addingUp: (into: RecordWriter) => RecordWriter;
}> => {
  const turnOf = (queue: string): number | undefined =>
    Object.hasOwn(turns, queue) ? turns[queue] : undefined;
  const listed = (queue: string): string => queueOf.get(queue) ?? queue;
  const chosen = new Map([...new Set(queueOf.values())].map((queue) => [queue, chosenFor(queue, queues)]));
  const isChosen = (queue: string): boolean => Object.hasOwn(queues, queue);
  const among = ({ queue: text }: TrafficRecord): readonly string[] => {
    const queue = listed(text);
    return [...(chosen.get(queue) ?? []), ...(isChosen(queue) ? [] : [queue])];
  };
  const partOf = ({ queue, startMillis: _s, ...part }: TrafficRecord): Part => ({
    ...part,
    turn: turnOf(queue),
  });
  const isShared = (row: TrafficRecord): boolean => among(row).length > 1;
  const beside = rows.filter(isShared).flatMap((row) => among(row).map((queue) => keyOf({ ...row, queue })));
  const before = new Map(
    (await calls(feed, [...new Set(beside)])).map(({ call, events }) => [call, events] as const),
  );
  const now = new Map(rows.map((row) => [keyOf(row), JSON.stringify(partOf(row))]));
  const sumAt = (row: TrafficRecord): TrafficRecord => {
    const parts = among(row).flatMap((queue) => {
      const key = keyOf({ ...row, queue });
      // written by `kept`
      const part = JSON.parse(now.get(key) ?? before.get(key) ?? 'null') as Part | null;
      return part?.intervalMinutes === row.intervalMinutes && part.turn === turnOf(queue) ? [part] : [];
    });
    return sumOf(listed(row.queue), row.startMillis, parts);
  };
  const addUp = (records: readonly TrafficRecord[]): TrafficRecord[] => {
    const found = records.map((row) => (isShared(row) ? sumAt(row) : { ...row, queue: listed(row.queue) }));
    return [...new Map(found.map((row) => [keyOf(row), row])).values()];
  };
  return {
    kept: [...now].map(([call, events]) => ({
      call,
      events,
      firstMillis: saidMillis,
      lastMillis: 8.64e15,
    })),
    addingUp: (into) => ({
      ...into,
      write: async (kind, records) => {
        if (kind !== 'traffic') return into.write(kind, records);
        // records are of the kind that they are given as
        const given = [...records] as TrafficRecord[];
        const shared = given.filter(isShared);
        const count = await into.write('traffic', addUp(given.filter((row) => !isShared(row))));
        await into.write('traffic', addUp(shared));
        const same = shared.filter((row) => before.get(keyOf(row)) === now.get(keyOf(row))).length;
        return {
          ...count,
          changed: count.changed + shared.length - same,
          unchanged: count.unchanged + same,
        };
      },
      replaceMadeUp: async (traffic) => into.replaceMadeUp(addUp([...traffic])),
      keepHandleTimes: async (spans) =>
        into.keepHandleTimes(spans.map((span) => ({ ...span, queue: listed(span.queue) }))),
    }),
  };
};
