import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ReadingGround } from './feed-adapter.ts';

/** How far a file was read: by its inode, and by how it begins, since inodes are given out again. */
export interface FileCursor {
  readonly inode: string;
  readonly offset: number;
  /** SHA-256 of its first bytes that were read, and how many these are. */
  readonly head: string;
  readonly headBytes: number;
  /** A line without end is being passed over. */
  readonly skipping: boolean;
  /** The file is a copy of one that was cut since. */
  readonly copy?: boolean;
}

/** A piece of a log: whole lines, and where the next piece begins. */
interface Piece {
  readonly lines: readonly string[];
  readonly cursor: FileCursor;
  /** Lines that had no end within reason. */
  readonly endless: number;
  /** What was written between the last piece and this one may be lost: the file was cut, or another took its place. */
  readonly broken: boolean | 'after-copy';
  /** There is more to read at once. */
  readonly more: boolean;
  /** Bytes that are there and were not read yet. */
  readonly behind: number;
}

const headBytes = 256;
/** A line longer than this has no end. */
const longestLine = 65_536;

/**
 * The next piece of a log that grows: of at most so many bytes, from where a cursor stands (undefined: from the
 * beginning). A line counts once it has its end. A file that was renamed is read to its end before the one in its place,
 * with those that came in between, and is left once there is something in one of these: whoever writes has let it go by
 * then. So is the copy of one that was cut after it was copied, and what follows it is a break,
 * since nobody knows what was written in between. One that was cut or replaced without a copy is read from its beginning,
 * as a break. Throws what the file system throws where the file cannot be read.
 */
export const nextPiece = async (
  path: string,
  cursor: FileCursor | undefined,
  bytes: number,
  /** What its folder has just been found to hold. */
  names?: readonly string[],
): Promise<Piece> => {
  for (let turn = 1; ; turn += 1)
    try {
      const files = await filesOf(path, cursor, turn === 1 ? names : undefined);
      return await pieceOf(files, cursor, bytes, turn === mostTurns);
    } catch (error) {
      // renamed between the look and the reading
      const { code = '' } = error as NodeJS.ErrnoException;
      if (turn === mostTurns || !['ENOENT', 'ESTALE'].includes(code)) throw error;
    }
};

/** So often a log is looked for that is renamed meanwhile. */
const mostTurns = 5;

const pieceOf = async (
  files: readonly LogFile[],
  cursor: FileCursor | undefined,
  bytes: number,
  isAsItIs: boolean,
): Promise<Piece> => {
  const nextOf = (at: number): number => files.findIndex(({ size }, i) => i > at && size > 0);
  const read = async (at: number, from?: FileCursor): Promise<Piece> => {
    const file = files[at];
    if (file === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    const piece = await readPiece(file, from, bytes, nextOf(at) >= 0, isAsItIs);
    return { ...piece, more: piece.more || (from === undefined && nextOf(at) >= 0) };
  };
  const at = cursor === undefined ? -1 : await placeOf(files, cursor, isAsItIs);
  const file = files[at];
  if (cursor === undefined || file === undefined) {
    const begins = cursor?.inode === notThere.inode ? 0 : files.length - 1;
    return { ...(await read(begins)), broken: cursor !== undefined && cursor.offset > 0 };
  }
  if (file.size < cursor.offset) return { ...(await read(at)), broken: true };
  const isCopy = at + 1 < files.length && (cursor.copy === true || file.inode !== cursor.inode);
  const own = await read(at, cursor);
  const piece = isCopy ? { ...own, cursor: { ...own.cursor, copy: true } } : own;
  const next = nextOf(at);
  if (next < 0 || piece.more || piece.cursor.offset < file.size) return piece;
  // what its copy has is taken for itself: it came before the break
  if (isCopy && (piece.lines.length > 0 || piece.endless > 0)) return { ...piece, more: true };
  const following = await read(next);
  return {
    ...following,
    lines: [...piece.lines, ...following.lines],
    ...(isCopy ? { broken: 'after-copy' as const } : {}),
    endless: piece.endless + following.endless,
  };
};

/** Where a log begins that was not there yet when one looked: what it is renamed to is part of it from the first line on. */
export const notThere: FileCursor = { inode: '', offset: 0, head: '', headBytes: 0, skipping: false };

/**
 * Where a log begins for who is to follow it from now on, whatever becomes of it before the first look: with the whole file
 * that is there now, or with the first one that comes.
 */
export const beginningOf = async (path: string): Promise<FileCursor | undefined> => {
  try {
    const last = (await filesOf(path, undefined)).at(-1);
    if (last === undefined) return notThere;
    const begins = { ...notThere, inode: last.inode };
    if (last.path === path) return begins;
    // between the renaming and the new file
    const known = Math.min(headBytes, last.size);
    return { ...begins, offset: last.size, head: await headOf(last, known, true), headBytes: known };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? notThere : undefined;
  }
};

interface LogFile {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
  /** When it was written to last, and when it was made, nanoseconds. */
  readonly changed: bigint;
  readonly made: bigint;
}

/** The log and what it was renamed to, the oldest first and the log itself last. Packed ones are left. */
const filesOf = async (
  path: string,
  cursor: FileCursor | undefined,
  names?: readonly string[],
): Promise<readonly LogFile[]> => {
  for (let turn = 1, before = ''; ; turn += 1) {
    const known = turn === 1 ? names : undefined;
    const files = await lookAround(path, known);
    const now = files.map((file) => `${file.inode} ${file.path}`).join('\n');
    const { inode, size = 0 } = files.at(-1) ?? {};
    // whatever is renamed while one looks around may be missed: two looks that agree missed nothing
    const isSame = inode === cursor?.inode && (known === undefined || size >= (cursor?.offset ?? 0));
    if (now === before || turn === mostTurns || isSame) return files;
    before = now;
  }
};

const exact = { bigint: true } as const;

const lookAround = async (path: string, known?: readonly string[]): Promise<readonly LogFile[]> => {
  const look = async (file: string): Promise<LogFile[]> => {
    // what a log was renamed to is no link to somewhere else
    const found = await (file === path ? stat(file, exact) : lstat(file, exact)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' && file !== path) return undefined;
        throw error;
      },
    );
    if (found?.isFile() !== true) {
      if (file === path) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
      return [];
    }
    return [
      {
        path: file,
        inode: `${found.dev}:${found.ino}`,
        size: Number(found.size),
        changed: found.mtimeNs,
        made: found.birthtimeNs,
      },
    ];
  };
  const base = basename(path);
  const names = known ?? (await readdir(dirname(path)));
  const others = names.filter(
    (name) => name !== base && name.startsWith(`${base}.`) && !/\.(gz|bz2|xz|zst|zip|tmp)$/.test(name),
  );
  const [own, found] = await Promise.all([
    look(path).catch((error: NodeJS.ErrnoException) => {
      // between the renaming and the new file
      if (error.code === 'ENOENT' && others.length > 0) return [];
      throw error;
    }),
    Promise.all(others.map((name) => look(join(dirname(path), name)))),
  ]);
  const renamed = found.flat().filter(({ inode }) => own.every((each) => each.inode !== inode));
  return [...renamed.sort(olderFirst), ...own];
};

/** Written to within one tick of the disk's clock, the one that was made first; else by a number that counts up with age. */
const olderFirst = (a: LogFile, b: LogFile): number =>
  Number(a.changed - b.changed) ||
  Number(a.made - b.made) ||
  b.path.localeCompare(a.path, 'en', { numeric: true });

/** Folders by what is open for a feed: how each looks, since when, and until when nothing in it is taken to be new. */
const knownFolders = new WeakMap<ReadingGround['held'], { looks: string; since: number; until: number }>();
const [manyFiles, anewMillis, stillMillis] = [500, 60_000, 2_000];

/**
 * Whether no file has come to a folder of many or gone since nothing in it was new; a file that changes in its place is
 * looked for once a minute. Where nothing is new, `keep` is told how many files there are.
 */
export const lookAtFolder = async ({ held, isAsked, settings, state }: ReadingGround) => {
  const { ino, mtimeNs } = await stat(settings.from, exact);
  const looks = [ino, mtimeNs, Object.keys(state.files).length].join(':');
  const now = performance.now();
  const before = knownFolders.get(held);
  const known = before?.looks === looks ? before : { looks, since: now, until: now };
  const isKnown = !isAsked && now < known.until;
  knownFolders.set(held, isKnown ? known : { ...known, until: now });
  return {
    isKnown,
    keep: (files: number): void => {
      // within a tick of the disk's clock one may come unseen
      if (files >= manyFiles && now - known.since >= stillMillis)
        knownFolders.set(held, { ...known, until: now + anewMillis });
    },
  };
};

/** Most bytes of a log's past, unpacked, that are looked through for a gap. */
const mostPast = 256 * 2 ** 20;
/** Between two files of a log so long a silence is none of a file that is not there any more. */
const betweenFiles = 10 * 60_000;

/** What a log's past has of a span, and the parts of it that it knows all of. */
interface LogPast {
  readonly lines: readonly string[];
  readonly covers: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Lines of a span out of what a log was renamed to, packed with gzip or not, and out of itself; `atOf` says when a line was
 * written. Within a file all is known from its first line to its last, and from one file to the next where little time lies
 * between.
 */
export const readPast = async (
  path: string,
  { from, to }: { readonly from: number; readonly to: number },
  atOf: (line: string) => number,
): Promise<LogPast> => {
  const base = basename(path);
  const names = (await readdir(dirname(path))).filter(
    (name) => name === base || (/^[.-]/.test(name.slice(base.length)) && name.startsWith(base)),
  );
  const lines: string[] = [];
  const spans: { from: number; to: number }[] = [];
  let left = mostPast;
  for (const name of names) {
    const file = join(dirname(path), name);
    const found = await (name === base ? stat : lstat)(file).catch(() => undefined);
    if (found?.isFile() !== true || found.mtimeMs < from || /\.(bz2|xz|zst|zip|tmp)$/.test(name)) continue;
    const own: string[] = [];
    const span = { from: Infinity, to: -Infinity };
    let used = 0;
    try {
      for await (const piece of piecesOf(file, name.endsWith('.gz'))) {
        used += piece.length;
        if (used > left) throw new RangeError('more than is looked through');
        for (const line of textLines(piece)) {
          const at = atOf(line);
          if (Number.isNaN(at)) continue;
          if (span.from === Infinity) span.from = at;
          span.to = at;
          if (at >= from && at <= to) own.push(line);
        }
      }
    } catch {
      // of a file that is not whole, or goes on for too long, nobody knows what it covers
      continue;
    }
    left -= used;
    if (span.from === Infinity) continue;
    spans.push(span);
    for (const line of own) lines.push(line);
  }
  spans.sort((a, b) => a.from - b.from);
  const covers = spans.reduce<{ from: number; to: number }[]>((joined, span) => {
    const before = joined.at(-1);
    if (before === undefined || span.from - before.to > betweenFiles) return [...joined, { ...span }];
    before.to = Math.max(before.to, span.to);
    return joined;
  }, []);
  return { lines, covers };
};

/** A file in pieces that end with a line, unpacked on the way. Throws where it is not whole, or has a line without end. */
async function* piecesOf(file: string, isPacked: boolean): AsyncGenerator<Buffer> {
  const source = (await openPlain(file)).createReadStream({ highWaterMark: 2 ** 18 });
  const bytes = isPacked ? pipeline(source, createGunzip({ chunkSize: 2 ** 18 }), () => undefined) : source;
  let rest = Buffer.alloc(0);
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    const all = Buffer.concat([rest, piece]);
    const end = all.lastIndexOf(newline) + 1;
    rest = all.subarray(end);
    if (rest.length > longestLine) throw new RangeError('a line without end');
    if (end > 0) yield all.subarray(0, end);
  }
  if (rest.length > 0) yield rest;
}

/**
 * Which of the files a cursor stands in: itself, or, where that was cut, its copy; itself as it was cut where there is no
 * copy; −1 where none is it any more.
 */
const placeOf = async (files: readonly LogFile[], cursor: FileCursor, isAsItIs: boolean): Promise<number> => {
  const place = files.findIndex(({ inode }) => inode === cursor.inode);
  const begins = async (file: LogFile): Promise<boolean> =>
    cursor.headBytes === 0 || (await headOf(file, cursor.headBytes, isAsItIs)) === cursor.head;
  const isLike = async (file: LogFile): Promise<boolean> =>
    file.size >= cursor.offset && (await begins(file));
  const itself = files[place];
  if (itself !== undefined && (await isLike(itself))) return place;
  if (cursor.headBytes > 0)
    for (const [i, file] of files.entries()) if (i !== place && (await isLike(file))) return i;
  if (itself === undefined) return -1;
  const isCut = itself.size < cursor.headBytes || (await begins(itself));
  return isCut ? place : -1;
};

const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64').slice(0, 22);

const headOf = async (file: LogFile, length: number, isAsItIs: boolean): Promise<string> => {
  const handle = await openSeen(file, isAsItIs);
  try {
    return hashOf((await readBytes(handle, 0, length)).subarray(0, length));
  } finally {
    await handle.close();
  }
};

/** Opens a file to be read, and nothing else that may have come under its name: to open a pipe may take for ever. */
export const openPlain = async (path: string): Promise<FileHandle> => {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
};

/** Opens the file that was seen under a name, not one that has come in its place since (`isAsItIs`: or that one). */
const openSeen = async ({ path, inode }: LogFile, isAsItIs: boolean): Promise<FileHandle> => {
  const handle = await openPlain(path);
  const { dev, ino } = await handle.stat(exact);
  if (isAsItIs || `${dev}:${ino}` === inode) return handle;
  await handle.close();
  throw Object.assign(new Error('ESTALE'), { code: 'ESTALE' });
};

const readBytes = async (handle: FileHandle, from: number, most: number): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafe(most);
  let length = 0;
  while (length < most) {
    const { bytesRead } = await handle.read(buffer, length, most - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
};

const readPiece = async (
  file: LogFile,
  cursor: FileCursor | undefined,
  bytes: number,
  isRenamed: boolean,
  isAsItIs: boolean,
): Promise<Piece> => {
  const handle = await openSeen(file, isAsItIs);
  try {
    const found = await handle.stat({ bigint: true });
    const size = Number(found.size);
    const from = cursor?.offset ?? 0;
    const read = await readBytes(handle, from, Math.max(0, Math.min(bytes, size - from)));
    const { lines, used, endless, skipping } = wholeLines(
      read,
      cursor?.skipping ?? false,
      isRenamed && from + read.length >= size,
    );
    const offset = from + used;
    const known = Math.min(headBytes, offset);
    const head =
      known === (cursor?.headBytes ?? -1) ? (cursor?.head ?? '') : hashOf(await readBytes(handle, 0, known));
    return {
      lines,
      endless,
      cursor: { inode: `${found.dev}:${found.ino}`, offset, head, headBytes: known, skipping },
      broken: false,
      more: used > 0 && from + read.length < size,
      behind: Math.max(0, size - offset),
    };
  } finally {
    await handle.close();
  }
};

interface WholeLines {
  readonly lines: readonly string[];
  readonly used: number;
  readonly endless: number;
  readonly skipping: boolean;
}

const newline = 10;

/** Lines that have their end; `isLast`: no more will come, so that the last one needs none. */
const wholeLines = (read: Buffer, skipped: boolean, isLast: boolean): WholeLines => {
  let from = 0;
  let skipping = skipped;
  if (skipping) {
    const end = read.indexOf(newline);
    if (end < 0) return { lines: [], used: read.length, endless: 0, skipping: !isLast };
    from = end + 1;
    skipping = false;
  }
  let until = isLast ? read.length : read.lastIndexOf(newline) + 1;
  let endless = 0;
  let used = until;
  if (read.length - Math.max(from, until) > longestLine) {
    endless = 1;
    skipping = true;
    used = read.length;
  }
  until = Math.max(from, until);
  const all = textLines(read.subarray(from, until));
  const lines = all.filter((line) => line.length <= longestLine);
  return { lines, used: Math.max(from, used), endless: endless + all.length - lines.length, skipping };
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030');

/** Lines as text: each is UTF-8 or else GB18030, the two that switchboards of this country write. */
const textLines = (bytes: Buffer): string[] => {
  if (bytes.length === 0) return [];
  const text = decoded(bytes);
  if (text !== undefined)
    return text.split(text.includes('\r') ? /\r?\n/ : '\n').filter((line) => line.trim() !== '');
  const lines: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(newline, from);
    const to = end < 0 ? bytes.length : end;
    const line = bytes.subarray(from, to);
    lines.push((decoded(line) ?? gb18030.decode(line)).replace(/\r$/, ''));
    from = to + 1;
  }
  return lines.filter((line) => line.trim() !== '');
};

const decoded = (bytes: Buffer): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};
