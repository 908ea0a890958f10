import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts: string[]): string => join(root, ...parts);

const sources = [
  'src/web',
  'src/contract',
  'src/kernel',
  'src/queueing',
  'src/diversion',
  'src/rostering',
  'src/render',
  'src/words',
];
const lock = inRoot('node_modules', '.huawu-page-build');
/** A build takes seconds: a lock older than this was left by one that was killed. */
const staleMillis = 120_000;

const newestIn = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (file) => statSync(join(folder, file)).mtimeMs,
    ),
  );

const isFresh = (): boolean => {
  const built = inRoot('public', 'app', 'index.html');
  const newest = Math.max(...sources.map((folder) => newestIn(inRoot(folder))));
  return existsSync(built) && statSync(built).mtimeMs > newest;
};

/** True when this process now holds the lock; false when another does. */
const takeLock = async (): Promise<boolean> => {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > staleMillis) await rmdir(lock).catch(() => undefined);
    return false;
  }
};

/** What ships is built for production, which a test run is not by itself. */
const buildAsShipped = async (): Promise<void> => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ configFile: inRoot('src', 'web', 'vite.config.ts'), logLevel: 'error' });
  } finally {
    process.env.NODE_ENV = before;
  }
};

/** Builds the page unless what is built is newer than all that it is made of; test files wait for one another. */
export const buildPage = async (): Promise<void> => {
  while (!(await takeLock())) await wait(200);
  try {
    if (!isFresh()) await buildAsShipped();
  } finally {
    await rmdir(lock);
  }
};
