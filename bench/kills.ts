/**
 * Kills every writing command at random moments, over both stores, and checks after each kill that the store is
 * sound and stands as before or as after the command; prints the counts.
 *
 *   node bench/kills.ts [KILLS] [SEED] [SCENE]     200 kills unless told otherwise; of scenes whose names hold SCENE
 *
 * Exit code 1 where a kill left damage or half a command, or where the server could not be started.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../src/kernel/random.ts';
import { runKills, tellKills } from '../tests/support/run-kills.ts';
import { openScenes } from '../tests/support/scenes.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';

const [kills = '200', seed = '1', only = ''] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const root = await mkdtemp(join(tmpdir(), 'huawu-kills-'));
const server = await startPostgres();
try {
  const address = await server?.makeDatabase('kills');
  const scenes = [
    ...(await openScenes(root, 'sqlite', 'file')),
    ...(address === undefined ? [] : await openScenes(root, address, 'server')),
  ];
  const chosen = scenes.filter(({ name }) => name.includes(only));
  const counts = await runKills(chosen, {
    kills: Number(kills),
    random: () => random.uniform(),
    untilMillis: Number.POSITIVE_INFINITY,
  });
  process.stdout.write(`${tellKills(counts)}\n`);
  process.exitCode = server === undefined ? 1 : 0;
} finally {
  await server?.close();
  await rm(root, { recursive: true, force: true });
}
