import { randomInt } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { BadInputError } from '../kernel/errors.ts';
import { placeProblem } from './store-problems.ts';

/*
 * What was written last is in a log beside the file (`-wal`) until it is carried over into it. A process that is killed leaves
 * that log, and SQLite plays it into whatever file is there at the next start: into a backup that was put in its place
 * just as well. So each write leaves a mark in the file's first page, beside that of the write before it, and whether a log
 * goes on from a file can be told by the two.
 */

/** Where the first page has them: `user_version`, `application_id`, the counter of changes and that of structures. */
const [markAt, beforeAt, changesAt, structureAt] = [60, 68, 24, 40];
const headBytes = 100;
const [logHeadBytes, frameHeadBytes] = [32, 24];

/** Leaves another mark in the first page, and the last one beside it. */
export const leaveMark = (writer: DatabaseSync): void => {
  const last = Number(writer.prepare('pragma user_version').get()?.['user_version'] ?? 0);
  writer.exec(`pragma application_id = ${last}; pragma user_version = ${randomInt(1, 2 ** 31 - 1)}`);
};

interface Head {
  readonly mark: number;
  readonly before: number;
  readonly changes: number;
  readonly structure: number;
}

const headOf = (bytes: Buffer): Head => ({
  mark: bytes.readUInt32BE(markAt),
  before: bytes.readUInt32BE(beforeAt),
  changes: bytes.readUInt32BE(changesAt),
  structure: bytes.readUInt32BE(structureAt),
});

/** Reads a file's bytes where it is there; undefined: it is not. */
const reading = <Answer>(
  path: string,
  read: (take: (at: number, length: number) => Buffer | undefined, size: number) => Answer,
): Answer | undefined => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return read((at, length) => {
      const bytes = Buffer.alloc(length);
      return readSync(file, bytes, 0, length, at) === length ? bytes : undefined;
    }, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
};

/** What a database's first page says; undefined where there is none. */
const fileHead = (path: string): Head | undefined =>
  reading(path, (take) => {
    const bytes = take(0, headBytes);
    return bytes === undefined ? undefined : headOf(bytes);
  });

/** Goes on with a log's checksum, of words in its own order of bytes. */
const sumOf = (bytes: Buffer, isBig: boolean, [one, two]: readonly [number, number]): [number, number] => {
  const word = (at: number): number => (isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
};

/**
 * Looks at what a log has of the first page, in order, until one of it is what was looked for: in all that has its mark, or
 * in what is whole as well. Undefined: it has nothing of it.
 */
const someHead = (
  path: string,
  isIt: (head: Head, isFirst: boolean) => boolean,
  isSummed: boolean,
): boolean | undefined =>
  reading(path, (take, size) => {
    const log = take(0, logHeadBytes);
    const isBig = log?.readUInt32BE(0) === 0x377f0683;
    // no log, or one that is not even begun: SQLite passes it over
    if (log === undefined || !(isBig || log.readUInt32BE(0) === 0x377f0682)) return undefined;
    let sum = sumOf(log.subarray(0, 24), isBig, [0, 0]);
    if (log.readUInt32BE(24) !== sum[0] || log.readUInt32BE(28) !== sum[1]) return undefined;
    let any: boolean | undefined;
    const step = frameHeadBytes + log.readUInt32BE(8);
    if (step < frameHeadBytes + headBytes) return undefined;
    for (let at = logHeadBytes; at + step <= size; at += step) {
      const frame = take(at, isSummed ? step : frameHeadBytes + headBytes);
      // what is behind is of a log before, or was cut off
      if (frame === undefined || frame.compare(log, 16, 24, 8, 16) !== 0) break;
      if (isSummed) {
        sum = sumOf(frame.subarray(frameHeadBytes), isBig, sumOf(frame.subarray(0, 8), isBig, sum));
        if (frame.readUInt32BE(16) !== sum[0] || frame.readUInt32BE(20) !== sum[1]) break;
      }
      if (frame.readUInt32BE(0) !== 1) continue;
      if (isIt(headOf(frame.subarray(frameHeadBytes)), any === undefined)) return true;
      any = false;
    }
    return any;
  });

/**
 * Whether a log goes on from a file: it begins with the write after the file's last, or has that itself. Nothing tells of
 * a log without a first page, as an earlier version or another program may write it.
 */
const goesOn = (file: Head, log: string): boolean => {
  const isIt = ({ mark, before, changes, structure }: Head, isFirst: boolean): boolean => {
    const by = changes - file.changes;
    if (mark === file.mark && by === 0 && structure === file.structure) return true;
    const isNext = before === file.mark || mark === file.mark;
    // a copy that was made again begins to count again, and its structure is another
    return isFirst && isNext && (by === 0 || by === 1) && structure >= file.structure;
  };
  return (someHead(log, isIt, false) ?? true) || (someHead(log, isIt, true) ?? true);
};

/*
 * While a file is made, or its structure is brought up to date, it has no such log: what its pages were before is in a
 * journal beside it (`-journal`), and SQLite writes them back when the file is opened after a kill.
 */

const journalSign = 'd9d505f920a163d7';
/** Where a journal's head has how many pages follow, what their sums begin with, and the size of the file before. */
const [manyAt, sumAt, pagesAt, sectorAt, sizeAt, journalHeadBytes] = [8, 12, 16, 20, 24, 28];
/** Where a page has the bytes that are summed: every so many from its end. */
const summedEvery = 200;

/** The pages that a journal would write back, in order. */
const pagesBefore = function* (
  take: (at: number, length: number) => Buffer | undefined,
  size: number,
): Generator<{ readonly number: number; readonly bytes: Buffer }> {
  for (let at = 0, next = 0; at < size; at = next) {
    const head = take(at, journalHeadBytes);
    if (head?.toString('hex', 0, 8) !== journalSign) return;
    const [sector, pageBytes] = [head.readUInt32BE(sectorAt), head.readUInt32BE(sizeAt)];
    const [many, step] = [head.readUInt32BE(manyAt), pageBytes + 8];
    if (sector < journalHeadBytes || pageBytes < headBytes) return;
    const end = many === 0xffff_ffff ? size : Math.min(size, at + sector + many * step);
    for (let from = at + sector; from + step <= end; from += step) {
      const entry = take(from, step);
      if (entry === undefined) return;
      const bytes = entry.subarray(4, 4 + pageBytes);
      let sum = head.readUInt32BE(sumAt);
      for (let i = pageBytes - summedEvery; i > 0; i -= summedEvery) sum += bytes[i] ?? 0;
      if (entry.readUInt32BE(step - 4) !== sum >>> 0) return;
      yield { number: entry.readUInt32BE(0), bytes };
    }
    next = Math.max(at + sector, Math.ceil(end / sector) * sector);
  }
};

/**
 * Whether a journal holds what this file was: the file's first page is still the same, or the one that came next. One
 * without a first page belongs to a file that was only being made, or that has not been written to yet.
 */
const goesBack = (file: string): boolean =>
  reading(`${file}-journal`, (take, size) => {
    const head = take(0, journalHeadBytes);
    // none, or one that is not even begun, or over: SQLite passes it over
    if (head?.toString('hex', 0, 8) !== journalSign) return true;
    const isOwn = reading(file, (takeOfFile, fileSize) => {
      const first = takeOfFile(0, headBytes);
      if (first === undefined) return true;
      const now = headOf(first);
      let isSame = true;
      for (const { number, bytes } of pagesBefore(take, size)) {
        const page = takeOfFile((number - 1) * bytes.length, bytes.length);
        const isThis = page?.equals(bytes) === true;
        if (number === 1) {
          const { mark, changes, structure } = headOf(bytes);
          const isNext = now.mark === mark || now.before === mark;
          return isThis || (isNext && now.changes - changes === 1 && now.structure >= structure);
        }
        isSame &&= isThis;
      }
      const pages = head.readUInt32BE(pagesAt);
      if (pages === 0) return now.mark === 0 && now.changes <= 1;
      return isSame && fileSize >= pages * head.readUInt32BE(sizeAt);
    });
    return isOwn ?? true;
  }) ?? true;

/** True where a log or journal beside a database's file was that of another file. */
export const hasLogOfAnother = (file: string): boolean => {
  const head = fileHead(file);
  return head !== undefined && !(goesOn(head, `${file}-wal`) && goesBack(file));
};

/** How often it is looked again, in case somebody else carries the log over this moment, milliseconds between. */
const [mostLooks, lookAgainMillis] = [20, 20];

/**
 * Throws `BadInputError` where the log or journal beside a database's file was that of another file: read into this one it
 * would damage it.
 */
export const refuseLogOfAnother = async (file: string): Promise<void> => {
  for (let look = 1; ; look += 1) {
    const before = fileHead(file);
    if (!hasLogOfAnother(file)) return;
    const isStill = JSON.stringify(before) === JSON.stringify(fileHead(file));
    if (look >= mostLooks || (isStill && look > 2))
      throw new BadInputError([placeProblem('database-with-log-of-another', file)]);
    await pause(lookAgainMillis);
  }
};
