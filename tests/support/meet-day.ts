import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openCloud } from '../../src/cli/switchboard-cloud.ts';
import { type OpenSocket, openSwitchboard } from '../../src/cli/switchboard-socket.ts';
import type { FeedDocument, FeedRun } from '../../src/contract/documents/feed-documents.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { genesysEventsOf } from '../../src/demo/genesys-cloud.ts';
import { playSwitchboardDay, queueLogOf, type SwitchboardDay } from '../../src/demo/switchboard-day.ts';
import { amiEventsOf, eslEventsOf } from '../../src/demo/switchboard-events.ts';
import { tokenOf } from '../../src/http/access.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { instantsOfWallClock } from '../../src/kernel/time.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { homeFolder } from '../../src/store/workspace-lines.ts';
import { channelRecordsOf, recordsAsCsv } from './channel-records.ts';
import { isSaid, streamOf } from './connect-streams.ts';
import { deliverBoth } from './made-up-connect.ts';
import { runCommand } from './run-command.ts';
import {
  countsOf,
  disturbed,
  type Faults,
  type IntervalCounts,
  oddHabits,
  presenceOf,
  sayStepwise,
  scaledDemo,
  writeStepwise,
} from './switchboard.ts';

/*
 * The simulator of switchboards and the readers of feeds, written apart from each other: what the one knows that happened, the
 * others are to have stored, to the call.
 */

/**
 * Doors through which a made-up day arrives: files that grow, sockets, a socket with the log of the same calls beside,
 * questions to a cloud, and what another one delivers.
 */
export const doors = ['queue-log', 'cdr', 'ami', 'esl', 'ami-with-log', 'genesys', 'connect'] as const;
export type Door = (typeof doors)[number];

export interface Meeting {
  readonly door: Door;
  /** Of a line that has some 5,700 calls a day. */
  readonly factor: number;
  readonly faults: Faults;
  /** How often the process that reads is killed, and a connection is broken. */
  readonly kills: number;
  readonly cuts: number;
  readonly seed: number;
}

/** What a day came to; `differences` says each figure that is another in the store than it was: none where the two agree. */
export interface Met {
  readonly calls: number;
  readonly sent: number;
  readonly total: Pick<FeedDocument, 'read' | 'stored' | 'unknown' | 'refused' | 'repeated'>;
  readonly kills: number;
  readonly differences: readonly string[];
}

const root = join(import.meta.dirname, '../..');
const zone = 'Asia/Shanghai';
const minutes = 30;
process.env['HUAWU_FEED_MADE_UP'] = 'ClueCon';

export const meetDay = async (folder: string, meeting: Meeting): Promise<Met> => {
  const { door, factor } = meeting;
  const demo = scaledDemo(factor);
  const day = playSwitchboardDay(demo, '2026-11-23', oddHabits);
  const place = await placeFor(join(folder, `${door}-${factor}`), demo);
  if (door === 'genesys') return byCloud(place, day, meeting);
  if (door === 'connect') return byDelivery(place, day, meeting);
  return (door === 'queue-log' || door === 'cdr' ? byFile : bySocket)(place, day, meeting);
};

interface Place {
  readonly workspace: string;
  /** Where the switchboard writes. */
  readonly logs: string;
}

/** A hotline of one's own with the demo's queues and operators. */
const placeFor = async (workspace: string, demo: ReturnType<typeof scaledDemo>): Promise<Place> => {
  const place = { workspace, logs: `${workspace}-logs` };
  await mkdir(place.logs);
  const { store, close } = await createWorkspace(workspace, { modelsFrom: join(root, 'models') });
  const { operators } = generateDemo({ ...demo, days: 8 });
  await store.write(
    'operators',
    operators.map((each) => ({ ...each, team: 'A' })),
  );
  await close();
  const file = join(workspace, 'models/hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...hotline, madeUp: false }));
  return place;
};

const feed = async ({ workspace }: Place, ...args: string[]) =>
  runCommand(['--workspace', workspace, '--lang', 'en', 'feed', ...args, '--json']);

const addFeed = async (place: Place, ...args: string[]): Promise<void> => {
  const { err } = await feed(place, 'add', 'hall', ...args);
  if (err !== '') throw new Error(err);
};

const runOnce = async (place: Place): Promise<FeedRun | undefined> => {
  const { out, err, code } = await feed(place, 'run', 'hall', '--once');
  // between a rotation's two steps there is no file, which is said
  if (code !== 0 && (existsSync(join(place.logs, 'queue_log')) || !err.includes('no such file or folder')))
    throw new Error(err);
  return code === 0 ? (JSON.parse(out) as FeedRun) : undefined;
};

const shown = async (place: Place): Promise<FeedDocument> => {
  const { feeds } = JSON.parse((await feed(place, 'list')).out) as { feeds: [FeedDocument] };
  return feeds[0];
};

/** `huawu feed run` in a process of its own, which follows until it is ended; by a clock that begins at `now`. */
const follow = ({ workspace }: Place, now?: number): ChildProcess => {
  const clock = now === undefined ? [] : ['--import', join(import.meta.dirname, 'shifted-clock.ts')];
  const main = join(root, 'src/cli/main.ts');
  return spawn(process.execPath, [...clock, main, '--workspace', workspace, 'feed', 'run', 'hall'], {
    stdio: 'ignore',
    env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '', TEST_CLOCK: String(now) },
  });
};

const kill = async (reader: ChildProcess): Promise<void> => {
  if (reader.exitCode !== null) throw new Error('the reader ended by itself');
  const ended = once(reader, 'exit');
  reader.kill('SIGKILL');
  await ended;
};

/** The day by a file that grows. A reader that is killed may not have begun, be under way, or have read all there was. */
const byFile = async (
  place: Place,
  day: SwitchboardDay,
  { door, faults, kills, seed }: Meeting,
): Promise<Met> => {
  const isLog = door === 'queue-log';
  const records = isLog ? [] : channelRecordsOf(day);
  const [head = '', ...rows] = isLog ? [] : recordsAsCsv(records).trimEnd().split('\n');
  const lines = isLog
    ? queueLogOf(day, oddHabits)
    : records.map(({ at }, i) => ({ at, text: rows[i] ?? '' })).sort((a, b) => a.at - b.at);
  const name = isLog ? 'queue_log' : 'Master.csv';
  if (!isLog) appendFileSync(join(place.logs, name), `${head}\n`);
  await addFeed(place, '--kind', door, '--from', isLog ? join(place.logs, name) : place.logs);
  const said = new Map<string, IntervalCounts>();
  const random = seededRandom(seed, 3);
  const every = kills === 0 ? 1 : Math.floor(faults.steps / kills);
  const steps = writeStepwise(place.logs, lines, faults, seed, name);
  let step = steps.next();
  let killed = 0;
  for (let n = 1; step.done !== true; step = steps.next(), n += 1) {
    if (kills === 0) takeUp(said, await runOnce(place));
    else if (n % every === 0 && killed < kills) {
      const reader = follow(place);
      await pause(killed % 3 === 0 ? 300 : 4000 * random.uniform());
      await kill(reader);
      killed += 1;
    }
  }
  takeUp(said, await runOnce(place));
  const really = countsOf(day, minutes, isLog ? 'queue-log' : 'channel-records');
  const own = isLog ? lines.filter(({ text }) => /\|(?:DID|FULL)\|/.test(text)).length : 0;
  const total = await shown(place);
  const unknown = total.unknownEvents.reduce((sum, { count }) => sum + count, 0);
  return {
    calls: day.legs.length,
    sent: lines.length,
    total,
    kills: killed,
    differences: [
      // a run says what it has changed: of a reader that was killed, the store alone knows
      ...(kills === 0 ? differences('said by the runs', said, really) : []),
      // records of calls know only who had one
      ...(await storedDifferences(place, day, really, isLog ? 'exactly' : 'not')),
      ...(isLog && unknown !== own ? [`unknown events: ${unknown}, really ${own}`] : []),
      ...(total.refused === step.value ? [] : [`refused: ${total.refused}, really ${step.value}`]),
      ...(await onceMore(place)),
      ...(await callersIn(place, day)),
    ],
  };
};

/**
 * The day by a socket. Whoever is killed has lost what was heard and not stored, unless a log has it: so where there is none
 * the switchboard waits until all is stored.
 */
const bySocket = async (
  place: Place,
  day: SwitchboardDay,
  { door, faults, kills, cuts, seed }: Meeting,
): Promise<Met> => {
  const kind = door === 'esl' ? 'esl' : 'ami';
  const socket = await openSwitchboard(kind, { day, password: 'ClueCon' });
  const hasLog = door === 'ami-with-log';
  const lines = hasLog ? queueLogOf(day, oddHabits).map(({ text }) => text) : [];
  const log = join(place.logs, 'queue_log');
  if (hasLog) appendFileSync(log, '');
  await addFeed(
    place,
    ...['--kind', kind, '--from', `${kind === 'ami' ? 'huawu@' : ''}127.0.0.1:${socket.port}`],
    ...['--secret', 'env:HUAWU_FEED_MADE_UP', ...(hasLog ? ['--history', log] : [])],
  );
  const { store, close } = await openWorkspace(place.workspace);
  const readSoFar = async (): Promise<number> => {
    const [{ state } = { state: undefined }] = await store.feeds.all();
    return (state as { readonly read?: number } | undefined)?.read ?? 0;
  };
  /** Waits until so much is stored, nothing more comes and the reader has nothing left to do, however slow the machine is. */
  const settled = async (least: number): Promise<void> => {
    for (let before = -1, still = 0; still < 3 || before < least;) {
      if (still > 400) throw new Error(`of ${least} events ${before} arrive`);
      await pause(300);
      const now = await readSoFar();
      still = now === before && (await isIdle(reader)) ? still + 1 : 0;
      before = now;
    }
  };
  const events = kind === 'ami' ? amiEventsOf(day) : eslEventsOf(day);
  let killed = 0;
  let reader = follow(place);
  try {
    const every = Math.max(1, Math.floor(faults.steps / (kills + 1)));
    const steps = sayStepwise(socket, events, { ...faults, cuts }, seed);
    for (let step = 0; ; step += 1) {
      const { done, value: said } = await steps.next();
      if (done === true) break;
      const [from, to] = [step, step + 1].map((n) => Math.floor((n * lines.length) / faults.steps));
      for (const line of lines.slice(from, to)) appendFileSync(log, `${line}\n`);
      if (killed >= kills || step % every !== every - 1) continue;
      if (!hasLog) await settled(said);
      await kill(reader);
      killed += 1;
      await gone(socket);
      reader = follow(place);
    }
    await settled(hasLog ? lines.length : events.length);
  } finally {
    await kill(reader);
    await close();
    await socket.close();
  }
  const really = countsOf(day, minutes, hasLog ? 'queue-log' : kind);
  const total = await shown(place);
  const reasons = total.refusals.map(({ reason, count }) => `refused: ${reason} ${count}`);
  return {
    calls: day.legs.length,
    sent: events.length + lines.length,
    total,
    kills: killed,
    differences: [
      // who goes while nobody hears it is there by the log's word alone, which names queues otherwise
      ...(await storedDifferences(place, day, really, hasLog ? 'not' : 'nearly')),
      ...reasons,
      ...(await callersIn(place, day)),
    ],
  };
};

/**
 * The day by questions to a cloud, each at its time of the day: what it does not know yet comes later. A reader that is killed
 * has not moved on; nor has one whose answer is torn, or whose token is good no more, or who has asked too often.
 */
const byCloud = async (
  place: Place,
  day: SwitchboardDay,
  { faults, kills, cuts, seed }: Meeting,
): Promise<Met> => {
  // its minute is a second
  const cloud = await openCloud({ day, password: 'ClueCon', questions: 120, seconds: 1 });
  try {
    const from = `http://huawu@127.0.0.1:${cloud.port}`;
    await addFeed(place, '--kind', 'genesys', '--from', from, '--secret', 'env:HUAWU_FEED_MADE_UP');
    /** Reads what there is at a second of the day; true: all of it. */
    const readAt = async (second: number): Promise<boolean> => {
      const args = ['--workspace', place.workspace, 'feed', 'run', 'hall', '--once', '--json'];
      const { out } = await runCommand(args, { now: second * 1000 });
      return (JSON.parse(out) as FeedRun).state.is === 'live';
    };
    const events = disturbed(genesysEventsOf(day), faults, seed);
    const random = seededRandom(seed, 3);
    const due = (times: number, step: number): boolean =>
      times > 0 && step % Math.max(1, Math.floor(faults.steps / times)) === 0;
    let [clock, killed, cut] = [day.from, 0, 0];
    for (let step = 1; step <= faults.steps; step += 1) {
      const [first, last] = [step - 1, step].map((n) => Math.floor((n * events.length) / faults.steps));
      const part = events.slice(first, last);
      await cloud.send(part);
      clock = part.reduce((latest, { at }) => Math.max(latest, at), clock);
      if (due(cuts, step) && cut < cuts) await cloud.cut((cut += 1) % 2 === 0 ? 'farewell' : 'torn');
      if (due(kills, step) && killed < kills) {
        const reader = follow(place, clock * 1000);
        await pause(killed % 3 === 0 ? 300 : 4000 * random.uniform());
        await kill(reader);
        killed += 1;
      } else if (kills === 0 || step % 4 === 0) await readAt(clock);
    }
    // what came late is asked for again in the hour after
    for (let at = clock + 60, tries = 0; at <= clock + 2 * 3700; at += 3700)
      while (!(await readAt(at))) {
        if ((tries += 1) > 100) throw new Error('it is never read to its end');
        await pause(300);
      }
    const total = await shown(place);
    const left = (leg: SwitchboardDay['legs'][number]) => leg.operator === undefined && leg.end === 'lost';
    const stuck = new Set(
      day.legs.filter(left).map(({ queue, enteredAt }) => `${queue} ${enteredAt - (enteredAt % 1800)}`),
    );
    return {
      calls: day.legs.length,
      sent: events.length,
      total,
      kills: killed,
      differences: [
        ...(await storedDifferences(place, day, countsOf(day, minutes, 'genesys'), 'exactly')),
        ...total.refusals.map(({ reason, count }) => `refused: ${reason} ${count}`),
        // its own totals are ours, but where somebody waits for ever
        ...total.differences.flatMap(({ queue, start, said, counted }) =>
          said === counted && stuck.has(`${queue} ${secondsOf(start)}`)
            ? []
            : [`its own total, ${queue} ${start}: ${said}, here ${counted}`],
        ),
        ...(await callersIn(place, day)),
      ],
    };
  } finally {
    await cloud.close();
  }
};

/**
 * The day as it is delivered over HTTP. Of a server that is killed while it takes something, and of a connection that breaks
 * before the answer, nobody knows what was stored: it is delivered again until it is taken.
 */
const byDelivery = async (
  place: Place,
  day: SwitchboardDay,
  { faults, kills, cuts, seed }: Meeting,
): Promise<Met> => {
  await addFeed(place, '--kind', 'connect');
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  const serve = (): ChildProcess =>
    spawn(
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'serve', '--port', `${port}`, '--workspace', place.workspace],
      { stdio: 'ignore', env: { ...process.env, HUAWU_STORE: '', HUAWU_HOTLINE: '' } },
    );
  const door = {
    address: () => `http://127.0.0.1:${port}${apiRoot}/feed/firehose`,
    accessKey: await tokenOf(homeFolder(place.workspace)),
  };
  const records = disturbed(streamOf(day), faults, seed);
  const random = seededRandom(seed, 3);
  const due = (times: number, step: number): boolean =>
    times > 0 && step % Math.max(1, Math.floor(faults.steps / times)) === 0;
  let server = serve();
  let [killed, cut] = [0, 0];
  try {
    for (let step = 1; step <= faults.steps; step += 1) {
      const [first, last] = [step - 1, step].map((n) => Math.floor((n * records.length) / faults.steps));
      const part = records.slice(first, last).map(({ said }) => said);
      const isCut = due(cuts, step) && cut < cuts;
      if (isCut) cut += 1;
      const cutAfter = isCut ? 40 * random.uniform() : undefined;
      const taken = deliverBoth(door, `delivery-${step}`, part, cutAfter);
      if (due(kills, step) && killed < kills) {
        await pause(killed % 3 === 0 ? 0 : 100 * random.uniform());
        await kill(server);
        killed += 1;
        server = serve();
      }
      await taken;
    }
  } finally {
    await kill(server);
  }
  const total = await shown(place);
  const really = countsOf({ ...day, legs: day.legs.filter(isSaid) }, minutes);
  return {
    calls: day.legs.length,
    sent: records.length,
    total,
    kills: killed,
    differences: [
      ...(await storedDifferences(place, day, really, 'exactly')),
      ...total.refusals.map(({ reason, count }) => `refused: ${reason} ${count}`),
      ...(await callersIn(place, day)),
    ],
  };
};

/** Whether each thread of a process sleeps: one that waits for the processor has work left, however long that takes. */
const isIdle = async ({ pid }: ChildProcess): Promise<boolean> => {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return true;
  for (const thread of await readdir(tasks)) {
    const stat = await readFile(join(tasks, thread, 'stat'), 'utf8').catch(() => ') S');
    if (/\) [RD] /.test(stat)) return false;
  }
  return true;
};

/** Until the switchboard has seen that nobody listens any more. */
const gone = async (socket: OpenSocket): Promise<void> => {
  for (let turns = 0; socket.listeners() > 0 && turns < 1000; turns += 1) await pause(10);
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

/** Intervals that differ, each as "where figure: said, really": none where the two agree to the call. */
const differences = (
  what: string,
  said: ReadonlyMap<string, IntervalCounts>,
  really: ReadonlyMap<string, IntervalCounts>,
): string[] => {
  const none = { offered: 0, answered: 0, abandoned: 0, waitSecondsTotal: 0, handleSecondsTotal: 0 };
  return [...new Set([...said.keys(), ...really.keys()])].flatMap((key) => {
    const [one, other] = [said.get(key) ?? none, really.get(key) ?? none];
    const fields = Object.keys(none) as (keyof IntervalCounts)[];
    return fields.flatMap((field) =>
      one[field] === other[field] ? [] : [`${what}, ${key} ${field}: ${one[field]}, really ${other[field]}`],
    );
  });
};

/** An interval's handle time as it is stored; while calls of it are in hand it is not known, and what has ended is said by the runs. */
const handledOf = (stored: number | undefined, really: IntervalCounts | undefined): number =>
  Number.isNaN(stored) ? (really?.handleSecondsTotal ?? Number.NaN) : (stored ?? 0);

/** What is stored, as everything else in the product reads it, beside what happened. */
const storedDifferences = async (
  { workspace }: Place,
  day: SwitchboardDay,
  really: ReadonlyMap<string, IntervalCounts>,
  presence: 'exactly' | 'nearly' | 'not',
): Promise<string[]> => {
  const { store, close } = await openWorkspace(workspace);
  try {
    const span = { fromMillis: day.from * 1000, toMillis: day.to * 1000 };
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
          handleSecondsTotal: handledOf(
            columns.handleSecondsTotal[i],
            really.get(`${queue} ${startMillis / 1000}`),
          ),
        });
      }
    }
    const there = new Map(
      (await store.read('presence')).map((row) => [`${row.tier} ${row.startMillis / 1000}`, row.operators]),
    );
    const found = differences('stored', counts, really);
    const step = minutes * 60;
    let [seconds, all] = [0, 0];
    for (const [key, present] of presenceOf(day, minutes)) {
      if (Number(key.split(' ')[1]) >= day.to) continue;
      all += present;
      seconds += (there.get(key) ?? 0) * step;
      if (presence === 'exactly' && !(Math.abs((there.get(key) ?? 0) - present / step) < 1e-9))
        found.push(`presence, ${key}: ${there.get(key)}, really ${present / step}`);
    }
    if (presence === 'nearly' && Math.abs(seconds / all - 1) > 0.02)
      found.push(`presence of the day: ${seconds / 3600} hours, really ${all / 3600}`);
    return found;
  } finally {
    await close();
  }
};

const onceMore = async (place: Place): Promise<string[]> => {
  const again = await runOnce(place);
  return again?.stored === 0 ? [] : [`stored by another run: ${again?.stored}, really 0`];
};

/** Files of the workspace that have a caller's number, of those that the switchboard wrote: none has. */
const callersIn = async ({ workspace }: Place, day: SwitchboardDay): Promise<string[]> => {
  const found: string[] = [];
  for (const name of await readdir(workspace, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const held = await readFile(join(name.parentPath, name.name), 'latin1');
    // a number by itself: digits of a longer one, such as a pseudonym's, may be the same by luck
    for (const [number] of held.matchAll(/(?<!\d)1000000\d{5}(?!\d)/g))
      if (Number(number.slice(7)) < day.legs.length) found.push(`${name.name} has the caller ${number}`);
  }
  return found;
};
