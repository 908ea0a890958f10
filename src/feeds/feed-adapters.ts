import type { FeedKind, PushedCall } from '../contract/documents/feed-documents.ts';
import type { ZoneInstants } from '../ingest/cells/zone-instants.ts';
import { instantsOfWallClock } from '../kernel/time.ts';
import type { Leg, ReadEvent } from './call-book.ts';
import type { FeedAdapter, ReadingGround } from './feed-reader.ts';
import { type FileCursor, nextPiece, readPast } from './follow-file.ts';
import { callFault, queueLogLegs, readQueueLogLine } from './queue-log.ts';
import { readFolder } from './watch-folder.ts';

function* readLines(
  lines: readonly string[],
  endless: number,
  pseudonym: ReadingGround['pseudonym'],
): Generator<ReadEvent | { readonly fault: string }> {
  for (const line of lines) yield readQueueLogLine(line, pseudonym);
  for (let i = 0; i < endless; i += 1) yield { fault: 'line-without-end' };
}

/** The log of Asterisk's queues, as it is written. */
const queueLog: FeedAdapter = {
  handle: true,
  legsOf: queueLogLegs,
  isPassing: (event) => /^\d+\|RING/.test(event),
  read: async ({ settings, state, pieceBytes, pseudonym }) => {
    // kept by this adapter alone
    const cursor = state.cursor as FileCursor | undefined;
    const { lines, endless, broken, behind, more, ...piece } = await nextPiece(
      settings.from,
      cursor,
      pieceBytes,
    );
    const isSame = piece.cursor.offset === cursor?.offset && piece.cursor.inode === cursor.inode;
    if (isSame && lines.length === 0 && endless === 0) return undefined;
    return { events: readLines(lines, endless, pseudonym), cursor: piece.cursor, broken, behind, more };
  },
  reread: async ({ settings, pseudonym }, span) => {
    const { lines, covers } = await readPast(settings.from, span, (line) => 1000 * Number.parseInt(line, 10));
    return { events: readLines(lines, 0, pseudonym), covers };
  },
};

/** Calls that come as records: the last that was said of one stands. */
const recordLegs: FeedAdapter['legsOf'] = (events) => {
  const last = events.at(-1);
  if (last === undefined) return [];
  // written by `recordEvent`
  const [queue, arrivedMillis, outcome, waitSeconds, handle, operator, caller] = JSON.parse(last) as [
    string,
    number,
    Leg['outcome'],
    number,
    number | null,
    string,
    string,
  ];
  const answeredMillis = outcome === 'answered' ? arrivedMillis + waitSeconds * 1000 : undefined;
  const endedMillis = arrivedMillis + (waitSeconds + (handle ?? 0)) * 1000;
  const handleSeconds = handle ?? undefined;
  return [
    {
      queue,
      arrivedMillis,
      outcome,
      waitSeconds,
      answeredMillis,
      endedMillis,
      handleSeconds,
      operator,
      caller,
    },
  ];
};

/** The instant of a time with an offset, or of a wall clock that happens once; undefined where it is none. */
const instantOf = (said: string, zone: string): number | undefined => {
  if (/(Z|[+-]\d{2}:?\d{2})$/i.test(said)) {
    const instant = Date.parse(said);
    return Number.isNaN(instant) ? undefined : instant;
  }
  const clock = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/.exec(said);
  if (clock === null || Number.isNaN(Date.parse(`${clock[1]}T${clock[2]}Z`))) return undefined;
  const [instant, ...others] = instantsOfWallClock(`${clock[1]}T${clock[2]}${clock[3] ?? ':00'}`, zone);
  return others.length === 0 ? instant : undefined;
};

/** A pushed call as an event: its key is its id in its queue, by a pseudonym. */
export const recordEvent = (
  call: PushedCall,
  zone: ZoneInstants['zone'],
  pseudonym: (name: string) => string,
): ReadEvent | { readonly fault: string } => {
  const arrived = instantOf(call.arrived_at, zone);
  const queue = call.queue.trim();
  if (arrived === undefined) return { fault: 'bad-time' };
  const fault = callFault(arrived, queue);
  if (fault !== undefined) return { fault };
  const isIn = call.outcome === 'answered' || call.outcome === 'abandoned';
  const handle = call.outcome === 'answered' ? (call.handle_seconds ?? null) : null;
  const [operator, caller] = [call.operator, call.caller].map((name = '') =>
    name === '' ? '' : pseudonym(name),
  );
  const wait = isIn ? call.wait_seconds : 0;
  return {
    key: pseudonym(`${call.call_id}\n${queue}`),
    at: arrived,
    began: arrived,
    event: JSON.stringify([queue, arrived, call.outcome, wait, handle, operator, caller]),
    queue,
  };
};

/** Every way in: a further one is its file and its line here, and its name in the contract. */
export const feedAdapters: Readonly<Record<FeedKind, FeedAdapter>> = {
  'queue-log': queueLog,
  folder: { handle: false, legsOf: recordLegs, keepsLast: true, read: readFolder },
  push: { handle: false, legsOf: recordLegs, keepsLast: true },
};
