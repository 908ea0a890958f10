import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { withPassingPath } from './passing-paths.ts';

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
  return withPassingPath(probe, () => writeFile(probe, '{}', { mode: 0o600 }));
};

/** Replaces a JSON file in one step: after a crash the old or the new one is there, whole. For the owner alone. */
export const writeJsonFile = (file: string, document: unknown): Promise<void> => {
  const unfinished = unfinishedName(file);
  return withPassingPath(unfinished, async () => {
    await writeFile(unfinished, `${JSON.stringify(document, null, 2)}\n`, { flush: true, mode: 0o600 });
    await rename(unfinished, file);
  });
};

/** Takes away what processes of this machine were about to write to a folder's files when they were ended. */
export const removeUnfinishedWrites = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const [, where, writer] = /\.writing-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}$/.exec(name) ?? [];
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
