import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedDocument, FeedRun } from '../../src/contract/documents/feed-documents.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { playSwitchboardDay, queueLogOf } from '../../src/demo/switchboard-day.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { instantsOfWallClock, startOfDay } from '../../src/kernel/time.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';
import { isLongRun } from '../support/sweep.ts';
import {
  countsOf,
  type Faults,
  type IntervalCounts,
  oddHabits,
  presenceOf,
  scaledDemo,
  writeStepwise,
} from './support/switchboard.ts';

/*
 * The simulator of switchboards and the reader of feeds, written apart from each other: what the one knows that happened,
 * the other is to have stored, to the call. In every run a day of some 3,000 calls; in the long run one of 80,000, with
 * the reader killed on the way.
 */

const root = join(import.meta.dirname, '../..');
const zone = 'Asia/Shanghai';
const minutes = 30;
const seed = Number(process.env.HUAWU_SEED ?? 20);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-met-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

interface Place {
  readonly workspace: string;
  readonly logs: string;
}

/** A hotline of one's own with the demo's queues and operators, and a feed that reads a folder's queue_log. */
const placeFor = async (name: string, demo: ReturnType<typeof scaledDemo>): Promise<Place> => {
  const place = { workspace: join(folder, name), logs: join(folder, `${name}-logs`) };
  await mkdir(place.logs);
  const { store, close } = await createWorkspace(place.workspace, { modelsFrom: join(root, 'models') });
  const { operators } = generateDemo({ ...demo, days: 8 });
  await store.write(
    'operators',
    operators.map((each) => ({ ...each, team: 'A' })),
  );
  await close();
  const file = join(place.workspace, 'models/hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...hotline, madeUp: false }));
  const added = await feed(
    place,
    'add',
    'hall',
    '--kind',
    'queue-log',
    '--from',
    join(place.logs, 'queue_log'),
  );
  expect(added.err).toBe('');
  return place;
};

const feed = ({ workspace }: Place, ...args: string[]) =>
  runCommand(['--workspace', workspace, '--lang', 'en', 'feed', ...args, '--json']);

const run = async (place: Place): Promise<FeedRun | undefined> => {
  const { out, err, code } = await feed(place, 'run', 'hall', '--once');
  // Between a rotation's two steps there is no file, which is said.
  if (code !== 0 && (existsSync(join(place.logs, 'queue_log')) || !err.includes('is not there')))
    throw new Error(err);
  return code === 0 ? (JSON.parse(out) as FeedRun) : undefined;
};

const secondsOf = (start: string): number =>
  (/Z$|[+-]\d\d:?\d\d$/.test(start)
    ? Date.parse(start)
    : (instantsOfWallClock(start, zone)[0] ?? Number.NaN)) / 1000;

/** Takes up what a run says of intervals: the last word on each counts. */
const takeUp = (into: Map<string, IntervalCounts>, ran: FeedRun | undefined): void => {
  for (const { queue, start, ...counts } of ran?.intervals ?? [])
    into.set(`${queue} ${secondsOf(start)}`, counts);
};

/** What is stored, as everything else in the product reads it. */
const storedOf = async ({ workspace }: Place, from: number, to: number) => {
  const { store, close } = await openWorkspace(workspace);
  try {
    const span = { fromMillis: from * 1000, toMillis: to * 1000 };
    const counts = new Map<string, IntervalCounts>();
    for (const { queue } of await store.trafficSummary()) {
      const columns = await store.traffic(queue, span);
      for (const [i, startMillis] of columns.startMillis.entries()) {
        const at = (values: Float64Array): number => values[i] ?? Number.NaN;
        counts.set(`${queue} ${startMillis / 1000}`, {
          offered: at(columns.offered),
          answered: at(columns.answered),
          abandoned: at(columns.abandoned),
          waitSecondsTotal: at(columns.waitSecondsTotal),
          handleSecondsTotal: at(columns.handleSecondsTotal),
        });
      }
    }
    const presence = await store.read('presence');
    return {
      counts,
      presence: new Map(presence.map((row) => [`${row.tier} ${row.startMillis / 1000}`, row])),
    };
  } finally {
    await close();
  }
};

/** Cells that differ, each as "what: said, really": an empty list where the two agree to the call. */
const differences = (
  said: ReadonlyMap<string, IntervalCounts>,
  really: ReadonlyMap<string, IntervalCounts>,
): string[] => {
  const none = { offered: 0, answered: 0, abandoned: 0, waitSecondsTotal: 0, handleSecondsTotal: 0 };
  return [...new Set([...said.keys(), ...really.keys()])].flatMap((key) => {
    const [one, other] = [said.get(key) ?? none, really.get(key) ?? none];
    const fields = Object.keys(none) as (keyof IntervalCounts)[];
    return fields.flatMap((field) =>
      one[field] === other[field] ? [] : [`${key} ${field}: ${one[field]}, ${other[field]}`],
    );
  });
};

const faults: Faults = {
  repeats: 0.05,
  late: 0.1,
  lateSeconds: 3600,
  steps: 24,
  halfLines: 0.4,
  pauses: 0.15,
  renames: 3,
  copies: 2,
  broken: 3,
};

const meet = async (name: string, factor: number, how: Faults, kills: number): Promise<void> => {
  const demo = scaledDemo(factor);
  const day = playSwitchboardDay(demo, '2026-11-23', oddHabits);
  const lines = queueLogOf(day, oddHabits);
  const place = await placeFor(name, demo);
  const said = new Map<string, IntervalCounts>();
  const random = seededRandom(seed, 3);
  let follower: ChildProcess | undefined;
  const steps = writeStepwise(place.logs, lines, how, seed);
  let step = steps.next();
  for (let n = 1; step.done !== true; step = steps.next(), n += 1) {
    // What stood aside before a feed was first read is none of its own.
    if (kills === 0 || n === 1) takeUp(said, await run(place));
    else if (n % Math.floor(how.steps / kills) === 0) {
      follower = followFeed(place);
      await pause(2500 + 2500 * random.uniform());
      follower.kill('SIGKILL');
      await once(follower, 'exit');
    }
  }
  const last = await run(place);
  takeUp(said, last);
  const really = countsOf(day, minutes);
  // A run says what it has changed: of a reader that was killed, the store alone knows.
  if (kills === 0) expect(differences(said, really)).toEqual([]);
  const stored = await storedOf(place, day.from, day.to);
  expect(differences(stored.counts, really)).toEqual([]);
  for (const [key, seconds] of presenceOf(day, minutes)) {
    if (Number(key.split(' ')[1]) >= day.to) continue;
    expect(stored.presence.get(key)?.operators, key).toBeCloseTo(seconds / (minutes * 60), 9);
  }

  const [standing] = (JSON.parse((await feed(place, 'list')).out) as { feeds: FeedDocument[] }).feeds;
  const own = lines.filter(({ text }) => /\|(?:DID|FULL)\|/.test(text));
  expect(standing?.unknownEvents.reduce((sum, { count }) => sum + count, 0)).toBe(own.length);
  expect(standing?.refused).toBe(step.value);

  const again = await run(place);
  expect(again?.stored).toBe(0);
  await expectNoCallers(place);
};

/** `huawu feed run` in a process of its own, which follows the file until it is ended. */
const followFeed = ({ workspace }: Place): ChildProcess =>
  spawn(process.execPath, [join(root, 'src/cli/main.ts'), '--workspace', workspace, 'feed', 'run', 'hall'], {
    stdio: 'ignore',
    env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '' },
  });

/** No file of the workspace has a caller's number, of those that the switchboard wrote. */
const expectNoCallers = async ({ workspace }: Place): Promise<void> => {
  for (const name of await readdir(workspace, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const held = await readFile(join(name.parentPath, name.name), 'latin1');
    expect([name.name, /1000000\d{5}/.test(held)]).toEqual([name.name, false]);
  }
};

test('the date is one without a change of clocks', () => {
  expect(startOfDay('2026-11-24', zone) - startOfDay('2026-11-23', zone)).toBe(86_400_000);
});

test.skipIf(isLongRun)('a day of 3,000 calls arrives to the call, whatever happens to the file', async () => {
  await meet('small', 0.5, faults, 0);
});

test.runIf(isLongRun)(
  'a day of 80,000 calls arrives to the call, the reader killed twenty times, the file broken and renamed twenty times',
  async () => {
    await meet('large', 14, { ...faults, steps: 240, renames: 20, copies: 0, broken: 20 }, 20);
  },
);
