import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Names this machine among others that write to the same folder. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name of which `removeUnfinishedWrites` knows whose it was. */
const unfinishedName = (file: string): string => `${file}.writing-${machine}-${process.pid}-${randomUUID()}`;

/**
 * Throws what keeps files from being written to a folder. Only a write tells: what the system says of rights is of the
 * process's real user, and nothing of a share that has its own.
 */
export const tryWriting = (folder: string): Promise<void> => {
  const probe = unfinishedName(join(folder, '.probe'));
  return withTemporaryPath(probe, () => writeFile(probe, '{}', { mode: 0o600 }));
};

/** Replaces a JSON file in one step: after a crash the old or the new one is there, whole. For the owner alone. */
export const writeJsonFile = (file: string, document: unknown): Promise<void> =>
  besideFirst([{ file, content: jsonText(document) }], async ([unfinished = '']) => rename(unfinished, file));

const jsonText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** A file as it is to be from now on; undefined: not there. */
export interface FileChange<Content> {
  readonly file: string;
  readonly content: Content | undefined;
}

/**
 * Replaces, adds and takes away JSON files together: each is written beside its place before any is put there, and where
 * one cannot be, all are as they were. `note` has it done while it notes it: what could not be noted is not done.
 */
export const replaceJsonFiles = async (
  changes: readonly FileChange<object>[],
  note: (replace: () => Promise<void>) => Promise<void> = (replace) => replace(),
): Promise<void> => {
  let before: FileChange<string>[] = [];
  const replace = async (): Promise<void> => {
    before = await Promise.all(changes.map(async ({ file }) => ({ file, content: await textOf(file) })));
    const after = changes.map(({ file, content }) => ({
      file,
      content: content === undefined ? undefined : jsonText(content),
    }));
    await putInPlace(after);
  };
  await note(replace).catch(async (error: unknown) => {
    await putInPlace(before);
    throw error;
  });
};

const textOf = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG')
    )
      return undefined;
    throw error;
  });

const putInPlace = async (changes: readonly FileChange<string>[]): Promise<void> => {
  const written = changes.filter((change): change is FileChange<string> & { content: string } => {
    return change.content !== undefined;
  });
  await besideFirst(written, async (unfinished) => {
    for (const [at, { file }] of written.entries()) await rename(unfinished[at] ?? '', file);
    for (const { file, content } of changes) if (content === undefined) await rm(file, { force: true });
  });
};

/** Writes texts beside the files that they are for, and removes whatever is still there once the work is done. */
const besideFirst = (
  writes: readonly { readonly file: string; readonly content: string }[],
  work: (unfinished: readonly string[]) => Promise<void>,
): Promise<void> => {
  const [first, ...others] = writes;
  if (first === undefined) return work([]);
  const unfinished = unfinishedName(first.file);
  return withTemporaryPath(unfinished, async () => {
    await writeFile(unfinished, first.content, { flush: true, mode: 0o600 });
    await besideFirst(others, (more) => work([unfinished, ...more]));
  });
};

const unfinishedWrite = /\.writing-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}$/;

/** Whether a name is one of a file that is being written. */
export const isUnfinishedWrite = (name: string): boolean => unfinishedWrite.test(name);

/** Takes away what processes of this machine were about to write to a folder's files when they were ended. */
export const removeUnfinishedWrites = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const [, where, writer] = unfinishedWrite.exec(name) ?? [];
    if (where === machine && !isAlive(Number(writer))) await rm(join(folder, name), { force: true });
  }
};

/** Whether a process of this machine runs; one that may not be asked does. */
export const isAlive = (number: number): boolean => {
  if (number <= 0) return false;
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

type Listener = (path: string, there: boolean) => void;

let listener: Listener = () => undefined;

/**
 * Hears of every file and folder that is there only while something is written, when it may come to be and when it is
 * gone: anyone who ends this thread at once removes what is left.
 */
export const listenForTemporaryPaths = (heard: Listener): void => {
  listener = heard;
};

/**
 * Does work that writes to a path which must not outlast it: removed whatever comes of the work, unless that keeps it:
 * from then on it is no longer for the time being.
 */
export const withTemporaryPath = async <Answer>(
  path: string,
  work: (keep: () => void) => Promise<Answer>,
): Promise<Answer> => {
  let kept = false;
  listener(path, true);
  try {
    return await work(() => {
      kept = true;
      listener(path, false);
    });
  } finally {
    if (!kept) {
      await rm(path, { recursive: true, force: true });
      listener(path, false);
    }
  }
};

/** A name beside a path that nobody else has: neither another process nor the user. Short, however long the path's own is. */
export const temporaryName = (path: string): string =>
  join(
    dirname(path),
    `.${basename(path).slice(0, 40)}-${process.pid}-${randomBytes(4).toString('hex')}.unfinished`,
  );

/**
 * Takes from everybody but the owner the right to read or write a file or folder: records and the keys to them are
 * nobody else's on a shared machine. Left as it is where somebody else owns it, and on Windows, whose folders have rights
 * of another kind.
 */
export const keepPrivate = (path: string): void => {
  if (process.platform === 'win32' || !existsSync(path)) return;
  const { mode, uid } = statSync(path);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(path, mode & 0o700);
};
