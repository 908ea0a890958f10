/**
 * Rates of ingest on generated data, one thread: `node bench/ingest.ts [call records] [traffic rows]`.
 * A file is written first, row by row, and read as the command line reads one. The rate is per second of processor, so
 * that neighbours on the machine do not count; memory is the peak of the process.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../src/ingest/tables/byte-source.ts';
import { fileSources } from '../src/cli/input-file.ts';
import { ingestCalls } from '../src/ingest/kinds/ingest-calls.ts';
import { ingestTraffic } from '../src/ingest/kinds/ingest-traffic.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { shanghai } from '../tests/support/ingest-options.ts';

const options = { ...shanghai, intervalMinutes: 15 };

const wall = (millis: number): string => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

/** A table as it is written: its heading and each of its rows. */
interface Rows {
  readonly heading: string;
  readonly rows: number;
  readonly line: (row: number) => string;
}

/** Writes a table, some thousand lines at a time. */
const writeRows = async (file: string, { heading, rows, line }: Rows): Promise<void> => {
  const stream = createWriteStream(file);
  let lines = [heading];
  for (let row = 0; row < rows; row += 1) {
    lines.push(line(row));
    if (lines.length < 5000 && row < rows - 1) continue;
    if (!stream.write(`${lines.join('\n')}\n`)) await once(stream, 'drain');
    lines = [];
  }
  stream.end();
  await once(stream, 'finish');
};

const callRows = (rows: number, withCallers: boolean): Rows => {
  const random = seededRandom(7);
  const from = Date.UTC(2025, 0, 1);
  const step = (365 * 86_400_000) / rows;
  const queues = ['general', 'social-security', 'housing-fund', 'enterprise', 'parking'];
  return {
    heading: `queue,arrived_at,wait_seconds,outcome,handle_seconds${withCallers ? ',caller' : ''}`,
    rows,
    line: (row) => {
      const wait = Math.floor(random.exponential() * 20);
      const lost = random.uniform() < 0.08;
      const handle = lost ? '' : Math.floor(random.exponential() * 240);
      const caller = withCallers
        ? `,1380000${String(Math.floor(random.uniform() * 10_000)).padStart(4, '0')}`
        : '';
      return `${queues[row % 5]},${wall(from + row * step)},${wait},${lost ? 'abandoned' : 'answered'},${handle}${caller}`;
    },
  };
};

const trafficRows = (rows: number): Rows => {
  const random = seededRandom(8);
  const from = Date.UTC(2000, 0, 1);
  return {
    heading:
      'queue,start,interval_minutes,offered,answered,abandoned,wait_seconds_total,handle_seconds_total',
    rows,
    line: (row) => {
      const calls = random.poisson(40);
      const lost = Math.min(calls, random.poisson(2));
      const start = wall(from + Math.floor(row / 5) * 900_000);
      return `queue-${row % 5},${start},15,${calls},${calls - lost},${lost},${calls * 12},${(calls - lost) * 240}`;
    },
  };
};

const folder = await mkdtemp(join(tmpdir(), 'huawu-bench-'));

const measure = async (
  name: string,
  rows: Rows,
  run: (sources: ByteSource[]) => Promise<{ readonly records: { readonly length: number } }>,
): Promise<void> => {
  const file = join(folder, 'rows.csv');
  await writeRows(file, rows);
  const megabytes = (await stat(file)).size / 1e6;
  const [sources, begun, used] = [await fileSources([file]), performance.now(), process.cpuUsage()];
  const { records } = await run(sources);
  const { user, system } = process.cpuUsage(used);
  const seconds = (user + system) / 1e6;
  const rate = Math.round(rows.rows / seconds / 1000);
  console.log(
    `${name}: ${rows.rows} rows, ${Math.round(megabytes)} MB -> ${records.length} records in ${seconds.toFixed(2)} s of processor (${((performance.now() - begun) / 1000).toFixed(2)} s): ${rate} k rows/s, ${Math.round(megabytes / seconds)} MB/s; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
};

const calls = Number(process.argv[2] ?? 5_000_000);
const traffic = Number(process.argv[3] ?? 2_000_000);
try {
  await measure('call records', callRows(calls, false), (sources) => ingestCalls(sources, options));
  await measure('call records with callers', callRows(calls / 5, true), (sources) =>
    ingestCalls(sources, { ...options, callerKey: 'bench' }),
  );
  await measure('interval traffic', trafficRows(traffic), (sources) => ingestTraffic(sources, options));
} finally {
  await rm(folder, { recursive: true });
}
