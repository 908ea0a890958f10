import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeAlong } from './postgres-server.ts';

/** Where Linux keeps files in memory, and how much room is wanted there: several times what a run has at once. */
const inMemory = '/dev/shm';
const wantedBytes = 3 * 2 ** 30;

/**
 * A folder in memory, undefined where there is too little of it or nothing can be started from it: a store that a test
 * opens waits for the disk at each of its writes, and no test cuts the power. Whoever names a TMPDIR gets that.
 */
const memoryFolder = async (): Promise<string | undefined> => {
  if (process.env.TMPDIR !== undefined) return undefined;
  const { bavail, bsize } = await statfs(inMemory).catch(() => ({ bavail: 0, bsize: 0 }));
  if (Math.min(bavail * bsize, process.availableMemory()) < wantedBytes) return undefined;
  const folder = await mkdtemp(join(inMemory, 'huawu-run-')).catch(() => undefined);
  if (folder === undefined) return undefined;
  // PostgreSQL is started as another user where this one is root.
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'starts'), '#!/bin/sh\n', { mode: 0o755 });
  if (spawnSync(join(folder, 'starts')).status === 0) return folder;
  await rm(folder, { recursive: true });
  return undefined;
};

/**
 * A folder for what the files of one run share, and where memory has room for what each has by itself, gone at its end,
 * however that comes. What the workers, and the threads and processes that tests start, compile is kept there too, as
 * the program keeps its own (`src/cli/main.ts`): each file is read and compiled once a run.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  const memory = await memoryFolder();
  const folder = memory ?? (await mkdtemp(join(tmpdir(), 'huawu-run-')));
  const along = takeAlong(folder);
  if (memory !== undefined) process.env.TMPDIR = memory;
  process.env.HUAWU_TEST_RUN = folder;
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled');
  return async () => {
    // Workers that are ending may still write what they compiled.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    // A second run of one process (bench/mutants) makes a folder of its own.
    if (memory !== undefined) delete process.env.TMPDIR;
    along.letGo();
  };
};
