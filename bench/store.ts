/**
 * Speed of both stores: two million interval rows in, and two years of five queues out as a fit reads them.
 *
 *   node bench/store.ts [ROWS]          SQLite in a passing folder, PostgreSQL from npm packages beside it
 *   node bench/store.ts ROWS postgres://…   the same on a server of one's own (an empty database)
 *
 * Every figure stands beside what is asked of it; the exit code is 1 where one is missed. Beside it stands the processor
 * time that it took, of this process and (Linux) of the server: where their sum is well below the time on the clock,
 * others were at work on the machine and the figure says little.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { TrafficRecord } from '../src/kernel/records.ts';
import { openStore, type StorePlace } from '../src/store/open-store.ts';
import { startPostgres } from '../tests/support/postgres-server.ts';

const [rowsWanted = '2000000', ownServer] = process.argv.slice(2);
const total = Number(rowsWanted);
const queues = 5;
const halfHour = 1_800_000;
const twoYears = 35_040;
const rounds = 11;
const start = Date.UTC(2024, 0, 1);

/** The first rows of made-up traffic, queue after queue; as wide as call records give it. */
const madeUp = function* (rows: number): Generator<TrafficRecord> {
  const each = Math.ceil(total / queues);
  for (let i = 0; i < rows; i += 1) {
    const offered = 40 + ((i * 7919) % 61);
    yield {
      queue: `queue-${Math.floor(i / each)}`,
      startMillis: start + (i % each) * halfHour,
      intervalMinutes: 30,
      offered,
      answered: offered - 3,
      abandoned: 3,
      shortAbandoned: 1,
      blocked: 0,
      answeredInThreshold: offered - 9,
      waitSecondsTotal: offered * 7.25,
      handleSecondsTotal: offered * 241.5,
      operators: 12,
    };
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Processor time of a server and its children so far, milliseconds; 0 where it cannot be told. */
const serverMillis = async (pid: number | undefined): Promise<number> => {
  if (pid === undefined) return 0;
  const stats = await Promise.all(
    (await readdir('/proc').catch(() => []))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  let ticks = 0;
  for (const stat of stats) {
    // The name, in brackets, may hold anything: fields are counted from behind it (proc(5)).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const own = Number.parseInt(stat, 10) === pid;
    if (own) ticks += (fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0);
    else if (fields[1] === pid) ticks += (fields[11] ?? 0) + (fields[12] ?? 0);
  }
  return ticks * 10;
};

interface Timed<Answer> {
  readonly answer: Answer;
  readonly millis: number;
  /** Processor time of this process, and of the server. */
  readonly ownMillis: number;
  readonly serverMillis: number;
}

/** Runs some work: how long it took, and what processor time. */
const timed = async <Answer>(work: () => Promise<Answer>): Promise<Timed<Answer>> => {
  const serverBefore = await serverMillis(serverPid);
  const cpu = process.cpuUsage();
  const began = performance.now();
  const answer = await work();
  const millis = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return {
    answer,
    millis,
    ownMillis: (user + system) / 1000,
    serverMillis: (await serverMillis(serverPid)) - serverBefore,
  };
};

let missed = 0;
let serverPid: number | undefined;
const tell = (
  what: string,
  found: number,
  unit: string,
  wanted: number,
  atLeast: boolean,
  { ownMillis, serverMillis: server }: Pick<Timed<unknown>, 'ownMillis' | 'serverMillis'>,
): void => {
  const held = atLeast ? found >= wanted : found <= wanted;
  if (!held) missed += 1;
  const asked = `${atLeast ? '≥' : '≤'} ${wanted} ${unit}`;
  process.stdout.write(
    `${held ? 'ok    ' : 'MISSED'} ${what}: ${found.toFixed(0)} ${unit} (asked ${asked}; processor ${ownMillis.toFixed(0)} ms here, ${server.toFixed(0)} ms in the server)\n`,
  );
};

const measure = async (name: string, place: StorePlace, wantedRate: number): Promise<void> => {
  const store = await openStore(place, { create: true });
  try {
    const load = await timed(() => store.write('traffic', madeUp(total)));
    if (load.answer.added !== total)
      throw new Error(`${name}: ${load.answer.added} of ${total} rows were added`);
    tell(`${name}: ${total} new rows`, total / load.millis, 'k rows/s', wantedRate, true, load);
    const again = await timed(() => store.write('traffic', madeUp(Math.min(total, 500_000))));
    const { unchanged } = again.answer;
    process.stdout.write(
      `       ${name}: ${unchanged} rows that are there already: ${(unchanged / again.millis).toFixed(0)} k rows/s\n`,
    );
    const span = { fromMillis: start, toMillis: start + twoYears * halfHour };
    const readAll = (): Promise<readonly { readonly offered: Float64Array }[]> =>
      Promise.all(Array.from({ length: queues }, (_, q) => store.traffic(`queue-${q}`, span)));
    const millis: number[] = [];
    const all = await timed(async () => {
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now();
        const rows = (await readAll()).reduce((sum, { offered }) => sum + offered.length, 0);
        millis.push(performance.now() - began);
        if (total >= 200_000 && rows !== twoYears * queues) throw new Error(`${name}: read ${rows} rows`);
      }
    });
    const each = { ownMillis: all.ownMillis / rounds, serverMillis: all.serverMillis / rounds };
    tell(`${name}: two years of five queues, median of ${rounds}`, median(millis), 'ms', 150, false, each);
  } finally {
    await store.close();
  }
};

const folder = await mkdtemp(join(tmpdir(), 'huawu-bench-store-'));
const server = ownServer === undefined ? await startPostgres() : undefined;
try {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  process.stdout.write(`${machine}\n`);
  await measure('SQLite', { folder }, 300);
  const address = ownServer ?? (await server?.makeDatabase('bench'));
  serverPid = server?.pid();
  if (address === undefined) process.stdout.write('PostgreSQL: not measured\n');
  else await measure('PostgreSQL', { folder, store: address, hotline: 'bench' }, 100);
} finally {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
