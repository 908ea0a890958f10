import { constants, createReadStream } from 'node:fs';
import { access, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { ByteSource } from '../ingest/tables/byte-source.ts';
import type { SeriesCsvOptions } from '../ingest/series/series-problem.ts';
import type { SeriesSourceOptions, SeriesText } from '../ingest/series/series-source.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text, type Text } from '../kernel/text.ts';
import { withPassingPath } from '../store/passing-paths.ts';

/** Text of a file that the user named. Throws `BadInputError` where it cannot be read. */
export const readInputText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new BadInputError([unreadable(file, error)]);
  }
};

/** A table that the user named (CSV in any usual encoding, XLSX, gzip) as the text of a CSV. */
export const readInputTable = async (
  file: string,
  options: Omit<SeriesSourceOptions, 'unpacker'> = {},
): Promise<string> => {
  const { seriesTextOf } = await import('../ingest/series/series-source.ts');
  const { fileUnpacker } = await import('../engine/file-unpacker.ts');
  return seriesTextOf(await fileSource(file), { ...options, unpacker: fileUnpacker });
};

/** A series that the user named, every sheet of it that has its heading. */
export const readInputSeries = async (
  file: string,
  options: Omit<SeriesSourceOptions, 'unpacker'> & SeriesCsvOptions,
): Promise<SeriesText> => {
  const { seriesSheetsOf } = await import('../ingest/series/series-source.ts');
  const { fileUnpacker } = await import('../engine/file-unpacker.ts');
  return seriesSheetsOf(await fileSource(file), { ...options, unpacker: fileUnpacker });
};

/** Adds the file's name to the problems that reading its content finds. */
export const namingFile = <Answer>(file: string, read: () => Answer): Answer => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    throw new BadInputError(error.problems.map((problem) => ({ file, ...problem })));
  }
};

/** A file that the user named, as a stream. */
export const fileSource = async (file: string): Promise<ByteSource> => {
  const problem = await unreadableFile(file);
  if (problem !== undefined) throw new BadInputError([problem]);
  return { name: file, chunks: steadyChunks(file) };
};

/** Files that the user named as streams; all that cannot be read are told at once. */
export const fileSources = async (files: readonly string[]): Promise<ByteSource[]> => {
  const problems: Problem[] = [];
  for (const file of files) {
    const problem = await unreadableFile(file);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return files.map((file) => ({ name: file, chunks: steadyChunks(file) }));
};

/**
 * Bytes of a file, refused at the end where another program wrote to it meanwhile: half of one state, half of another.
 * What comes through a pipe is taken as it comes.
 */
async function* steadyChunks(file: string): AsyncGenerator<Uint8Array> {
  const before = await stat(file);
  for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  if (!before.isFile()) return;
  const after = await stat(file);
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    throw new BadInputError([changedMeanwhile(file)]);
}

/** What keeps a file from being read; undefined where nothing does. */
const unreadableFile = async (file: string): Promise<Problem | undefined> => {
  try {
    await access(file, constants.R_OK);
    const found = await stat(file);
    if (found.isDirectory()) return unreadable(file, { code: 'EISDIR' });
    // a pipe (/dev/stdin, <(zcat ...)) is read like a file
    const readable = found.isFile() || found.isFIFO() || found.isCharacterDevice();
    return readable ? undefined : unreadable(file, { code: found.isSocket() ? 'socket' : 'block device' });
  } catch (error) {
    return unreadable(file, error);
  }
};

/** Writes a file whole or not at all; `mode` 0o600 where it is for its owner alone. */
export const writeOutput = async (
  file: string,
  content: string | Uint8Array,
  mode = 0o666,
): Promise<void> => {
  const unfinished = `${file}.unfinished`;
  try {
    await withPassingPath(unfinished, async () => {
      await writeFile(unfinished, content, { mode });
      await rename(unfinished, file);
    });
  } catch (error) {
    throw new BadInputError([unwritable(file, error)]);
  }
};

/** What an operating system's error code means, for people. */
const reasons: Readonly<Record<string, Text>> = {
  ENOENT: text('没有这个文件或文件夹', 'there is no such file or folder'),
  ENOTDIR: text('路径中有一段不是文件夹', 'a part of the path is not a folder'),
  EISDIR: text('这是文件夹，不是文件', 'this is a folder, not a file'),
  socket: text('这是套接字，不是文件', 'this is a socket, not a file'),
  'block device': text('这是整块磁盘，不是文件', 'this is a whole disk, not a file'),
  EACCES: text('没有权限', 'you are not allowed to'),
  EPERM: text('没有权限', 'you are not allowed to'),
  EROFS: text('磁盘只读', 'the disk is read-only'),
  ENOSPC: text('磁盘已满', 'the disk is full'),
  EBUSY: text('文件正被其他程序占用', 'another program holds the file'),
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The reason in words; an unknown one under the system's own code. */
const because = (error: unknown, message: Text): Text => {
  const code = codeOf(error);
  const known = reasons[code] ?? (code === '' ? undefined : text(code, code));
  if (known === undefined) return message;
  return text(`${message['zh-CN']}：${known['zh-CN']}`, `${message.en}: ${known.en}`);
};

const unreadable = (file: string, error: unknown): Problem => ({
  rule: 'file-not-readable',
  severity: 'error',
  file,
  message: because(error, text('无法读取这个文件', 'this file cannot be read')),
  remedy: text(
    '请检查文件名、所在文件夹和读取权限。',
    'Check its name and folder, and that you may read it.',
  ),
});

const changedMeanwhile = (file: string): Problem => ({
  rule: 'file-changed-meanwhile',
  severity: 'error',
  file,
  message: text('读取时文件被其他程序改动', 'the file was changed while it was read'),
  remedy: text(
    '等导出或复制完成后再导入；没有写入任何数据。',
    'Bring it in again once it is exported or copied in full; nothing was stored.',
  ),
});

const unwritable = (file: string, error: unknown): Problem => ({
  rule: 'file-not-writable',
  severity: 'error',
  file,
  message: because(error, text('无法写入这个文件', 'this file cannot be written')),
  remedy: text(
    '请检查文件夹是否存在、是否有写权限。',
    'Check that the folder exists and that you may write there.',
  ),
});
