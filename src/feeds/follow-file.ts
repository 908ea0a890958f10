import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

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
export interface Piece {
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
 * with those that came in between; so is the copy of one that was cut after it was copied, and what follows it is a break,
 * since nobody knows what was written in between. One that was cut or replaced without a copy is read from its beginning,
 * as a break. Throws what the file system throws where the file cannot be read.
 */
export const nextPiece = async (
  path: string,
  cursor: FileCursor | undefined,
  bytes: number,
): Promise<Piece> => {
  const files = await filesOf(path);
  const current = files.at(-1);
  if (current === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
  const at = cursor === undefined ? -1 : await placeOf(files, cursor);
  if (cursor === undefined || at < 0) {
    const broken = cursor !== undefined && cursor.offset > 0;
    return { ...(await readPiece(current.path, undefined, bytes, false)), broken };
  }
  const file = files[at] ?? current;
  const next = files[at + 1];
  if (file.size < cursor.offset)
    return { ...(await readPiece(file.path, undefined, bytes, next !== undefined)), broken: true };
  const isCopy = next !== undefined && (cursor.copy === true || file.inode !== cursor.inode);
  const read = await readPiece(file.path, cursor, bytes, next !== undefined);
  const piece = isCopy ? { ...read, cursor: { ...read.cursor, copy: true } } : read;
  if (next === undefined || piece.more || piece.cursor.offset < file.size) return piece;
  // what its copy has is taken for itself: it came before the break
  if (isCopy && (piece.lines.length > 0 || piece.endless > 0)) return { ...piece, more: true };
  // nothing more comes into a file that was renamed
  const following = await readPiece(next.path, undefined, bytes, at + 2 < files.length);
  return {
    ...following,
    lines: [...piece.lines, ...following.lines],
    ...(isCopy ? { broken: 'after-copy' as const } : {}),
    endless: piece.endless + following.endless,
    more: following.more || at + 2 < files.length,
  };
};

interface LogFile {
  readonly path: string;
  readonly inode: string;
  readonly size: number;
  readonly changed: number;
}

/** The log and what it was renamed to, the oldest first and the log itself last. Packed ones are left. */
const filesOf = async (path: string): Promise<readonly LogFile[]> => {
  const look = async (file: string): Promise<LogFile[]> => {
    // what a log was renamed to is no link to somewhere else
    const found = await (file === path ? stat : lstat)(file, { bigint: true }).catch(
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
        changed: Number(found.mtimeMs),
      },
    ];
  };
  const base = basename(path);
  const names = await readdir(dirname(path));
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
  return [...renamed.sort((a, b) => a.changed - b.changed || (a.path < b.path ? 1 : -1)), ...own];
};

/** Most bytes of a log's past, unpacked, that are looked through for a gap. */
const mostPast = 256 * 2 ** 20;
/** Between two files of a log so long a silence is none of a file that is not there any more. */
const betweenFiles = 10 * 60_000;

/** What a log's past has of a span, and the parts of it that it knows all of. */
export interface LogPast {
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
  const source = createReadStream(file, { highWaterMark: 2 ** 18 });
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
const placeOf = async (files: readonly LogFile[], cursor: FileCursor): Promise<number> => {
  const own = files.findIndex(({ inode }) => inode === cursor.inode);
  const isLike = async ({ path, size }: LogFile): Promise<boolean> =>
    size >= cursor.offset && (await headOf(path, cursor.headBytes)) === cursor.head;
  const itself = files[own];
  if (itself !== undefined && (await isLike(itself))) return own;
  if (cursor.headBytes > 0)
    for (const [i, file] of files.entries()) if (i !== own && (await isLike(file))) return i;
  if (itself === undefined) return -1;
  const isCut =
    itself.size < cursor.headBytes || (await headOf(itself.path, cursor.headBytes)) === cursor.head;
  return isCut ? own : -1;
};

const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64').slice(0, 22);

const headOf = async (path: string, length: number): Promise<string> => {
  const handle = await open(path);
  try {
    return hashOf((await readBytes(handle, 0, length)).subarray(0, length));
  } finally {
    await handle.close();
  }
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
  path: string,
  cursor: FileCursor | undefined,
  bytes: number,
  isRenamed: boolean,
): Promise<Piece> => {
  const handle = await open(path);
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
  const said = decoded(bytes);
  if (said !== undefined)
    return said.split(said.includes('\r') ? /\r?\n/ : '\n').filter((line) => line.trim() !== '');
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
