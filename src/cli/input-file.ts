import { constants, createReadStream, existsSync } from 'node:fs';
import { access, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { SeriesSourceOptions } from '../ingest/series/series-source.ts';
import type { ByteSource } from '../ingest/tables/byte-source.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { temporaryName, withTemporaryPath } from '../store/workspace-files.ts';
import { cliProblem } from './cli-findings.ts';

/** Text of a file that the user named. Throws `BadInputError` where it cannot be read. */
export const readInputText = async (file: string): Promise<string> => {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new BadInputError([unreadable(file, error)]);
  }
  const { utf8Of } = await import('../contract/parse-document.ts');
  return utf8Of(bytes, file);
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

/** Bytes that are read at a time: small pieces cost a sixth of the time of call records. */
const pieceBytes = 1_048_576;

/**
 * Bytes of a file, refused at the end where another program wrote to it meanwhile: half of one state, half of another.
 * What comes through a pipe is taken as it comes.
 */
async function* steadyChunks(file: string): AsyncGenerator<Uint8Array> {
  const before = await stat(file);
  for await (const chunk of createReadStream(file, { highWaterMark: pieceBytes })) yield chunk as Uint8Array;
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

/** Throws where a file stands already that may be somebody's own, unless it was said that it may go. */
export const refuseOverwriting = (file: string, replace: boolean | undefined): void => {
  if (replace !== true && existsSync(file))
    throw new BadInputError([{ ...cliProblem('file-in-the-way'), file }]);
};

/** Throws what keeps a file from being written, before the work whose result it is to hold. */
export const tryOutput = async (file: string): Promise<void> => {
  const probe = temporaryName(file);
  try {
    if ((await stat(file).catch(() => undefined))?.isDirectory() === true)
      throw Object.assign(new Error(file), { code: 'EISDIR' });
    await withTemporaryPath(probe, () => writeFile(probe, '{}', { mode: 0o600, flag: 'wx' }));
  } catch (error) {
    throw new BadInputError([unwritable(file, error)]);
  }
};

/** Writes a file whole or not at all; `mode` 0o600 where it is for its owner alone. */
export const writeOutput = async (
  file: string,
  content: string | Uint8Array,
  mode = 0o666,
): Promise<void> => {
  const unfinished = temporaryName(file);
  try {
    await withTemporaryPath(unfinished, async () => {
      await writeFile(unfinished, content, { mode, flag: 'wx' });
      await rename(unfinished, file);
    });
  } catch (error) {
    throw new BadInputError([unwritable(file, error)]);
  }
};

/** The operating system's code for what went wrong; empty where it gives none. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const unreadable = (file: string, error: unknown): Problem => ({
  ...cliProblem('file-not-readable', { reason: codeOf(error) }),
  file,
});

const changedMeanwhile = (file: string): Problem => ({ ...cliProblem('file-changed-meanwhile'), file });

const unwritable = (file: string, error: unknown): Problem => ({
  ...cliProblem('file-not-writable', { reason: codeOf(error) }),
  file,
});
