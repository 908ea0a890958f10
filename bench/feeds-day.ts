/**
 * A made-up switchboard's day through a feed's door, held against what the switchboard itself counts: with events that come
 * late and twice, lines that are broken, logs that are renamed, readers that are killed and connections that break.
 *
 *   node bench/feeds-day.ts [--door queue-log|cdr|ami|esl|ami-with-log|genesys|connect] [--calls 80000] [--kills 20] [--cuts 20] [--seed 20]
 *
 * Exit code 1 where any figure differs; each is printed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { doors, meetDay } from '../tests/support/meet-day.ts';

const { values } = parseArgs({
  options: {
    door: { type: 'string', default: 'queue-log' },
    calls: { type: 'string', default: '80000' },
    kills: { type: 'string', default: '20' },
    cuts: { type: 'string', default: '20' },
    seed: { type: 'string', default: '20' },
  },
});
const door = doors.find((each) => each === values.door);
if (door === undefined) throw new Error(`one of ${doors.join(', ')}`);
const folder = await mkdtemp(join(tmpdir(), 'huawu-feeds-day-'));
try {
  const began = performance.now();
  const met = await meetDay(folder, {
    door,
    // the line has some 5,350 calls a day
    factor: Math.ceil((2 * Number(values.calls)) / 5350) / 2,
    faults: {
      repeats: 0.05,
      late: 0.1,
      lateSeconds: 3600,
      steps: 240,
      halfLines: 0.4,
      pauses: 0.15,
      renames: 20,
      copies: 0,
      broken: 20,
    },
    kills: Number(values.kills),
    cuts: Number(values.cuts),
    seed: Number(values.seed),
  });
  const { differences, total, ...rest } = met;
  const { read, stored, unknown, refused, repeated } = total;
  console.log(
    JSON.stringify({
      door,
      ...rest,
      cuts: Number(values.cuts),
      total: { read, stored, unknown, refused, repeated },
      differences: differences.length,
      seconds: Math.round((performance.now() - began) / 1000),
    }),
  );
  for (const each of differences.slice(0, 100)) console.log(each);
  process.exitCode = differences.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
