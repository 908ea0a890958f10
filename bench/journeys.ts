import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import type { Work } from '../src/kernel/work.ts';
import { copyWorkspace } from '../tests/support/test-site.ts';

/**
 * What do the product's journeys cost, and has any become dearer? Each is a command as people give it, in its own
 * process. Three things are told of it: processor seconds (all threads and child processes), seconds of the wall clock,
 * and counts of the work that was done (`src/kernel/work.ts`), which under a seed are the same on every machine.
 *
 *   node bench/journeys.ts [--against COMMIT|FOLDER] [--pairs 1] [--journeys plan,what-if] [--out table.md]
 *       on the demo line; with --against in pairs, now and then by turns, each with a workspace of its own. A commit is
 *       checked out into a temporary folder with this checkout's packages. first-start (a bare clone until its page
 *       stands, from a registry) only runs where it is named.
 *   node bench/journeys.ts --counts [--journeys NAME,...] [--renew "why"]
 *       on a small line, in under 90 processor seconds: every count must stay within a tenth of bench/journeys.json.
 *       --renew writes the counts as they are, and why they may have changed. With --journeys only those are gone through.
 */
const { values: asked } = parseArgs({
  options: {
    against: { type: 'string' },
    pairs: { type: 'string', default: '1' },
    journeys: { type: 'string' },
    out: { type: 'string' },
    counts: { type: 'boolean', default: false },
    renew: { type: 'string' },
  },
});

const root = join(import.meta.dirname, '..');
const tableFile = join(import.meta.dirname, 'journeys.json');
const tolerance = 0.1;

/** A checkout and the workspace that its journeys go through. */
interface Side {
  readonly name: string;
  readonly root: string;
  readonly workspace: string;
  readonly folder: string;
}

interface Cost {
  /** Of processors. */
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly work: Readonly<Record<string, number>>;
}

/** Put into every thread of a journey: at its end it says what it has done, where its checkout counts that. */
const tellWork = (side: Side, file: string): string => {
  const counter = JSON.stringify(`file://${join(side.root, 'src/kernel/work.ts')}`);
  const source = `import { threadId } from 'node:worker_threads'; import { writeFileSync } from 'node:fs';
    const { workDone } = await import(${counter}).catch(() => ({}));
    process.on('exit', () => workDone && writeFileSync(${JSON.stringify(file)} + threadId, JSON.stringify(workDone)));`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
};

/** What the threads of a journey have told, together: threads that work for another tell it by themselves. */
const workTold = (folder: string, name: string): Cost['work'] => {
  const sum: Record<string, number> = {};
  for (const file of readdirSync(folder).filter((each) => each.startsWith(name)))
    for (const [count, value] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Work))
      sum[count] = (sum[count] ?? 0) + value;
  return sum;
};

/** Runs a command under bash's own clock; `during` is what happens while it runs, and ends it. */
const clocked = async (
  command: readonly string[],
  clock: string,
  cwd: string,
  during?: (firstLine: Promise<string>) => Promise<void>,
): Promise<Omit<Cost, 'work'>> => {
  const script = `trap : INT; exec 3>&2; TIMEFORMAT='%R %U %S'; { time "$@" 2>&3; } 2>"$0"`;
  const child = spawn('bash', ['-c', script, clock, ...command], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // As those who start it have it: what was compiled once is kept.
    env: { ...process.env, NODE_COMPILE_CACHE: join(cwd, 'compiled') },
  });
  let out = '';
  let err = '';
  const { promise: firstLine, resolve: seen, reject: notSeen } = Promise.withResolvers<string>();
  firstLine.catch(() => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (during !== undefined && /"address":\s*"[^"]+"/.test(out)) seen(out);
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null]>;
  void ended.then(() => notSeen(new Error(`${command.join(' ')} ended\n${err}`)));
  if (during !== undefined) {
    try {
      await during(firstLine);
    } finally {
      // The group, since npm hands nothing on to what its shell started: bash waits for them and then tells the time.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    }
  }
  const [code] = await ended;
  if (code !== 0 && during === undefined) throw new Error(`${command.join(' ')}: exit code ${code}\n${err}`);
  const [wallSeconds = 0, user = 0, system = 0] = (await readFile(clock, 'utf8'))
    .trim()
    .split(/\s+/)
    .slice(-3)
    .map(Number);
  return { seconds: user + system, wallSeconds };
};

let runs = 0;
const huawu = async (
  side: Side,
  args: readonly string[],
  during?: (firstLine: Promise<string>) => Promise<void>,
): Promise<Cost> => {
  runs += 1;
  const [clock, told] = [join(side.folder, `clock-${runs}`), `work-${runs}-`];
  const node = join(side.root, 'node_modules/.bin/node');
  const main = join(side.root, 'src/cli/main.ts');
  const taken = await clocked(
    [node, '--import', tellWork(side, join(side.folder, told)), main, ...args, '--json'],
    clock,
    side.folder,
    during,
  );
  return { ...taken, work: workTold(side.folder, told) };
};

/** A page as a browser fetches it: let in by the address, then the document, what it names, and the plan it shows. */
const openPage = async (side: Side, firstLine: Promise<string>): Promise<number> => {
  const address = /"address":\s*"([^"]+)"/.exec(await firstLine)?.[1] ?? '';
  const entered = await fetch(address, { redirect: 'manual' });
  const headers = {
    cookie: entered.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  };
  const { origin } = new URL(address);
  let bytes = 0;
  const get = async (path: string): Promise<string> => {
    const answer = await fetch(new URL(path, origin), { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const body = await answer.arrayBuffer();
    bytes += body.byteLength;
    return new TextDecoder().decode(body);
  };
  // A checkout whose page is not built answers for its records alone.
  if (existsSync(join(side.root, 'public/app'))) {
    const html = await get('/');
    for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)) await get(path ?? '/');
  }
  const plans = JSON.parse(await get('/api/v1/plans')) as readonly { id: string }[];
  await get(`/api/v1/plans/${plans[0]?.id}`);
  return bytes;
};

const served = async (side: Side, command: 'serve' | 'start' = 'serve'): Promise<Cost> => {
  let bytesSent = 0;
  const cost = await huawu(side, [command, '--workspace', side.workspace, '--port', '0'], async (line) => {
    bytesSent = await openPage(side, line);
  });
  return { ...cost, work: { ...cost.work, bytesSent } };
};

/** Quarter-hours of two queues, as a switchboard exports them. */
const writeTraffic = async (file: string, rows: number): Promise<void> => {
  const out = createWriteStream(file);
  out.write('queue,start,offered,answered,abandoned,handle_seconds_total,wait_seconds_total\n');
  const first = Date.UTC(2020, 0, 1);
  for (let row = 0; row < rows; row += 1) {
    const start = new Date(first + (row >> 1) * 900_000).toISOString().slice(0, 19);
    const answered = 5 + ((row * 7919) % 23);
    const abandoned = (row * 31) % 4;
    const line = `${row % 2 === 0 ? 'a' : 'b'},${start},${answered + abandoned},${answered},${abandoned},${answered * 240},${answered * 9}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
};

type Journey = (side: Side) => Promise<Cost>;

/** What an earlier checkout does not know yet has no figure. */
const known = (cost: Promise<Cost>): Promise<Cost> =>
  cost.catch((error: unknown) => {
    if (!String(error).includes('exit code 2')) throw error;
    return { seconds: Number.NaN, wallSeconds: Number.NaN, work: {} };
  });

const leastOf = (own: readonly (readonly Cost[])[], of: 'seconds' | 'wallSeconds'): string[] =>
  own.map((runs) => Math.min(...runs.map((cost) => cost[of])).toFixed(2));

/** In this order: each goes on from the workspace that those before it have left. */
const journeysOf = (rows: number, small: boolean): Readonly<Record<string, Journey>> => {
  const inLine =
    (...args: readonly string[]): Journey =>
    (side) =>
      huawu(side, [...args, '--workspace', side.workspace]);
  return {
    ...(small
      ? { plan: inLine('plan') }
      : {
          'first-start': async (side) => {
            const clone = join(side.folder, 'clone');
            spawnSync('git', ['clone', '--quiet', '--no-hardlinks', side.root, clone]);
            const clock = join(side.folder, 'clock-first');
            const command = [
              'npm',
              'start',
              '--silent',
              '--',
              '--port',
              '0',
              '--json',
              '--workspace',
              join(side.folder, 'first'),
            ];
            return {
              ...(await clocked(command, clock, clone, async (line) => void (await line))),
              work: {},
            };
          },
          demo: inLine('demo'),
          plan: inLine('plan', '--seed', '2'),
        }),
    'what-if': inLine('plan', '--handle-time-factor', '1.1'),
    'what-if-shifts': inLine('plan', '--add-shift', 'day@11:00'),
    compare: inLine('compare', '--week', '2026-W47'),
    day: inLine('day', '--as-of', '2026-11-18T14:30'),
    divert: inLine('divert'),
    levers: inLine('divert', '--levers'),
    roster: inLine('roster', '--weeks', small ? '1' : '4'),
    ingest: async (side) => {
      const [file, fresh] = [join(side.folder, 'traffic.csv'), join(side.folder, 'fresh')];
      if (!existsSync(file)) await writeTraffic(file, rows);
      await rm(fresh, { recursive: true, force: true });
      await huawu(side, ['init', '--workspace', fresh]);
      return huawu(side, ['ingest', 'traffic', file, '--workspace', fresh]);
    },
    ...(small
      ? {}
      : {
          'second-start': async (side: Side) => {
            // Servers keep what they compile apart from commands; what a start orders, those before have made.
            await served(side, 'start');
            return served(side, 'start');
          },
        }),
    page: (side) => served(side),
  };
};

const print = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(11))).join(' ');

/** A checkout of a commit with this one's packages, or a folder that is one already. */
const earlier = async (folder: string, named: string): Promise<Side> => {
  const workspace = join(folder, 'line-before');
  if (existsSync(join(named, 'src/cli/main.ts')))
    return { name: named, root: resolve(named), workspace, folder: await mkdtemp(join(folder, 'before-')) };
  const checkout = join(folder, 'checkout');
  for (const args of [
    ['clone', '--quiet', '--shared', '--no-checkout', root, checkout],
    ['-C', checkout, 'checkout', '--quiet', named],
  ]) {
    const { status, stderr } = spawnSync('git', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  if (existsSync(join(root, 'public/app')))
    symlinkSync(join(root, 'public/app'), join(checkout, 'public/app'));
  return { name: named, root: checkout, workspace, folder: await mkdtemp(join(folder, 'before-')) };
};

const inPairs = async (folder: string): Promise<void> => {
  const now: Side = {
    name: 'now',
    root,
    workspace: join(folder, 'line-now'),
    folder: await mkdtemp(join(folder, 'now-')),
  };
  const sides = asked.against === undefined ? [now] : [await earlier(folder, asked.against), now];
  const journeys = journeysOf(500_000, false);
  const wanted = asked.journeys?.split(',') ?? Object.keys(journeys).filter((name) => name !== 'first-start');
  const costs = new Map<string, Cost[][]>();
  for (const [name, go] of Object.entries(journeys)) {
    // What comes later starts from the demo.
    if (!wanted.includes(name) && name !== 'demo') continue;
    const own = sides.map((): Cost[] => []);
    // What is stored is answered from the store the second time: only what computes anew is asked more than once.
    const rounds = ['compare', 'divert', 'levers', 'ingest', 'page', 'second-start'].includes(name)
      ? Number(asked.pairs)
      : 1;
    for (let pair = 0; pair < rounds; pair += 1)
      for (const [s, side] of sides.entries())
        own[s]?.push(await (side === now ? go(side) : known(go(side))));
    costs.set(name, own);
    console.log(print([name, ...leastOf(own, 'seconds'), 'wall', ...leastOf(own, 'wallSeconds')]));
  }
  const heading = [
    'journey',
    ...sides.map(({ name }) => `${name}, s`),
    ...sides.map(({ name }) => `${name}, wall s`),
    ...(sides.length > 1 ? ['times', 'work'] : ['work']),
  ];
  const lines = [...costs].map(([name, own]) => {
    const [least, wall] = [leastOf(own, 'seconds'), leastOf(own, 'wallSeconds')];
    const ratio = sides.length > 1 ? [(Number(least[1]) / Number(least[0])).toFixed(2)] : [];
    const work = Object.entries(own.at(-1)?.[0]?.work ?? {})
      .filter(([, count]) => count > 0)
      .map(([count, value]) => `${count} ${value}`);
    return [name, ...least, ...wall, ...ratio, work.join(', ')];
  });
  const table = [heading, heading.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  if (asked.out !== undefined) writeFileSync(asked.out, `${table}\n`);
  console.log(`\n${table}`);
};

interface Table {
  /** Why the counts are as they are: what was changed on purpose, the latest last. */
  readonly reasons: readonly string[];
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const smallLine = async (folder: string): Promise<Side> => {
  const workspace = join(folder, 'small');
  await copyWorkspace('demo', workspace);
  return { name: 'small', root, workspace, folder };
};

/** The counts that are off by more than a tenth, and those that are new or gone. */
const offBy = (before: Table['counts'], now: Table['counts']): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((journey) =>
    [...new Set([...Object.keys(before[journey] ?? {}), ...Object.keys(now[journey] ?? {})])].flatMap(
      (count) => {
        const [was = 0, is = 0] = [before[journey]?.[count], now[journey]?.[count]];
        return Math.abs(is - was) <= tolerance * was ? [] : [`${journey}: ${count} ${was} → ${is}`];
      },
    ),
  );

const holdCounts = async (folder: string): Promise<void> => {
  // What a page sends counts too: it is built, as for who opens it.
  spawnSync(process.execPath, [join(root, 'scripts/prepare.mjs'), 'test'], { stdio: 'inherit' });
  const side = await smallLine(folder);
  const counts: Record<string, Record<string, number>> = {};
  let seconds = 0;
  const wanted = asked.journeys?.split(',');
  for (const [name, go] of Object.entries(journeysOf(40_000, true))) {
    if (wanted?.includes(name) === false) continue;
    const cost = await go(side);
    seconds += cost.seconds;
    counts[name] = Object.fromEntries(Object.entries(cost.work).filter(([, count]) => count > 0));
    console.log(
      print([
        name,
        `${cost.seconds.toFixed(2)} s`,
        ...Object.entries(counts[name]).map((one) => one.join(' ')),
      ]),
    );
  }
  console.log(`all: ${seconds.toFixed(1)} processor seconds`);
  const table = existsSync(tableFile)
    ? (JSON.parse(readFileSync(tableFile, 'utf8')) as Table)
    : { reasons: [], counts: {} };
  if (asked.renew !== undefined) {
    const kept = wanted === undefined ? {} : table.counts;
    const renewed: Table = { reasons: [...table.reasons, asked.renew], counts: { ...kept, ...counts } };
    writeFileSync(tableFile, await format(JSON.stringify(renewed), { parser: 'json', printWidth: 110 }));
    return;
  }
  const before = Object.entries(table.counts).filter(([name]) => wanted?.includes(name) ?? true);
  const off = offBy(Object.fromEntries(before), counts);
  for (const line of off) console.log(`off by more than a tenth: ${line}`);
  if (off.length > 0) process.exitCode = 1;
};

const folder = await mkdtemp(join(tmpdir(), 'huawu-journeys-'));
try {
  await (asked.counts ? holdCounts(folder) : inPairs(folder));
} finally {
  await rm(folder, { recursive: true, force: true });
}
