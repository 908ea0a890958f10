import { existsSync, statSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** True when this process now holds the lock; false when another does. */
const takeLock = async (lock: string, staleMillis: number): Promise<boolean> => {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > staleMillis) await rmdir(lock).catch(() => undefined);
    return false;
  }
};

/** Works while no other process does so under this lock; one older than `staleMillis` was left by one that was killed. */
export const oneAtATime = async (
  lock: string,
  staleMillis: number,
  work: () => Promise<void>,
): Promise<void> => {
  while (!(await takeLock(lock, staleMillis))) await wait(200);
  try {
    await work();
  } finally {
    await rmdir(lock);
  }
};
