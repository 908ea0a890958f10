import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { oneAtATime } from './one-at-a-time.ts';

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
/** A build takes seconds. */
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
export const buildPage = (): Promise<void> =>
  oneAtATime(lock, staleMillis, async () => {
    if (!isFresh()) await buildAsShipped();
  });
