/**
 * Sources of feeds that say whatever they like: is each row stored, unknown, refused or repeated, and does the reader go on?
 *
 *   node bench/fuzz-feeds.ts [--tries 5000] [--seed 1] [--only connect]
 *
 * So many tries for each reader of files and answers. Exit code 1 where one throws, breaks by itself, takes more than ten
 * seconds, or counts and stores what does not agree; each is printed with its seed and try.
 */
import { parseArgs } from 'node:util';
import { fuzzedFeeds, fuzzFeed } from '../tests/support/fuzz/fuzz-feeds.ts';

const { values } = parseArgs({
  options: {
    tries: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
});
for (const kind of fuzzedFeeds) {
  if (values.only !== undefined && values.only !== kind) continue;
  const began = process.cpuUsage();
  const faults = await fuzzFeed(kind, Number(values.seed), Number(values.tries));
  const { user, system } = process.cpuUsage(began);
  console.log(
    `${kind}: seed ${values.seed}, ${values.tries} tries, ${faults.length} faults, ${((user + system) / 1e6).toFixed(1)} s of processor time`,
  );
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
