import type { FeedKind } from '../contract/documents/feed-documents.ts';
import { isRecord, recordLegs } from './call-records.ts';
import type { CameIn, FeedAdapter, ReadingGround } from './feed-adapter.ts';
import { type FileCursor, nextPiece, readPast } from './follow-file.ts';
import { queueLogLegs, readQueueLogLine } from './queue-log.ts';
import { sqlQuery } from './sql-query.ts';
import { readFolder } from './watch-folder.ts';

function* readLines(
  lines: readonly string[],
  endless: number,
  pseudonym: ReadingGround['pseudonym'],
): Generator<CameIn> {
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

/** Every way in: a further one is its file and its line here, and its name in the contract. */
export const feedAdapters: Readonly<Record<FeedKind, FeedAdapter>> = {
  'queue-log': queueLog,
  folder: { handle: false, legsOf: recordLegs, replaces: isRecord, read: readFolder },
  push: { handle: false, legsOf: recordLegs, replaces: isRecord },
  sql: sqlQuery,
};
