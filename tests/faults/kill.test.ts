import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLongRun } from '../support/sweep.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runKills, tellKills, type SceneCounts } from '../support/run-kills.ts';
import { openScenes, type Scene } from '../support/scenes.ts';

/**
 * A bounded run: some commands, as many kills as fit into so many seconds, four at most for each store and twelve in a
 * long run. All commands and two hundred kills are run by bench/kills.ts.
 */
const secondsEach = isLongRun ? 40 : 8;

// One store in every run, both in a long one.
const server = isLongRun ? await startPostgres() : undefined;
afterAll(() => server?.close());

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'huawu-kill-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const killSome = async (scenes: readonly Scene[], names: readonly string[]): Promise<void> => {
  const chosen = scenes.filter(({ name }) => names.some((part) => name.endsWith(part)));
  expect(chosen.length).toBe(names.length);
  const counts: readonly SceneCounts[] = await runKills(chosen, {
    kills: isLongRun ? 12 : 4,
    random: Math.random,
    untilMillis: performance.now() + secondsEach * 1000,
  });
  process.stderr.write(`${tellKills(counts)}\n`);
  // Each was killed at least once, and restart is a matter of seconds.
  expect(counts.every(({ kills }) => kills > 0)).toBe(true);
  for (const { slowestRestartMillis } of counts) expect(slowestRestartMillis).toBeLessThan(30_000);
};

test('a command killed on SQLite leaves the state before or after it', { timeout: 240_000 }, async () => {
  await killSome(await openScenes(root, 'sqlite', 'killed'), [
    'ingest calls',
    'migrate',
    'account changed',
    ...(isLongRun ? ['action of a day'] : []),
  ]);
});

describe.skipIf(server === undefined)('with a server', () => {
  test(
    'a command killed on PostgreSQL leaves the state before or after it',
    { timeout: 240_000 },
    async () => {
      const address = (await server?.makeDatabase('kills')) ?? '';
      await killSome(await openScenes(root, address, 'killed'), ['ingest traffic', 'plan save']);
    },
  );
});
