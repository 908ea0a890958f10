/**
 * Rates of ingest on generated data, one thread: `node bench/ingest.ts [call records] [traffic rows]`.
 * Bytes are generated in memory piece by piece, so that no disk is measured.
 */
import type { ByteSource } from '../src/ingest/tables/byte-source.ts';
import { ingestCalls } from '../src/ingest/kinds/ingest-calls.ts';
import { ingestTraffic } from '../src/ingest/kinds/ingest-traffic.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { shanghai } from '../tests/support/ingest-options.ts';

const options = { ...shanghai, intervalMinutes: 15 };

const wall = (millis: number): string => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

/** Joins lines into pieces of about 1 MiB. */
const pieces = (heading: string, rows: number, line: (row: number) => string): Uint8Array[] => {
  const encoder = new TextEncoder();
  const made: Uint8Array[] = [];
  let lines = [heading];
  for (let row = 0; row < rows; row += 1) {
    lines.push(line(row));
    if (lines.length < 20_000 && row < rows - 1) continue;
    made.push(encoder.encode(`${lines.join('\n')}\n`));
    lines = [];
  }
  return made;
};

const sourceOf = (name: string, chunks: readonly Uint8Array[]): ByteSource => ({
  name,
  chunks: {
    async *[Symbol.asyncIterator]() {
      yield* chunks;
    },
  },
});

const callPieces = (rows: number, withCallers: boolean): Uint8Array[] => {
  const random = seededRandom(7);
  const from = Date.UTC(2025, 0, 1);
  const step = (365 * 86_400_000) / rows;
  const queues = ['general', 'social-security', 'housing-fund', 'enterprise', 'parking'];
  return pieces(
    `queue,arrived_at,wait_seconds,outcome,handle_seconds${withCallers ? ',caller' : ''}`,
    rows,
    (row) => {
      const wait = Math.floor(random.exponential() * 20);
      const lost = random.uniform() < 0.08;
      const handle = lost ? '' : Math.floor(random.exponential() * 240);
      const caller = withCallers
        ? `,1380000${String(Math.floor(random.uniform() * 10_000)).padStart(4, '0')}`
        : '';
      return `${queues[row % 5]},${wall(from + row * step)},${wait},${lost ? 'abandoned' : 'answered'},${handle}${caller}`;
    },
  );
};

const trafficPieces = (rows: number): Uint8Array[] => {
  const random = seededRandom(8);
  const from = Date.UTC(2000, 0, 1);
  return pieces(
    'queue,start,interval_minutes,offered,answered,abandoned,wait_seconds_total,handle_seconds_total',
    rows,
    (row) => {
      const calls = random.poisson(40);
      const lost = Math.min(calls, random.poisson(2));
      const start = wall(from + Math.floor(row / 5) * 900_000);
      return `queue-${row % 5},${start},15,${calls},${calls - lost},${lost},${calls * 12},${(calls - lost) * 240}`;
    },
  );
};

const measure = async (
  name: string,
  rows: number,
  chunks: readonly Uint8Array[],
  run: (source: ByteSource) => Promise<{ readonly records: readonly unknown[] }>,
): Promise<void> => {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const begun = performance.now();
  const { records } = await run(sourceOf(name, chunks));
  const seconds = (performance.now() - begun) / 1000;
  const rate = Math.round(rows / seconds / 1000);
  console.log(
    `${name}: ${rows} rows, ${Math.round(bytes / 1e6)} MB -> ${records.length} records in ${seconds.toFixed(2)} s: ${rate} k rows/s, ${Math.round(bytes / 1e6 / seconds)} MB/s; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
};

const calls = Number(process.argv[2] ?? 5_000_000);
const traffic = Number(process.argv[3] ?? 2_000_000);
await measure('call records', calls, callPieces(calls, false), (source) => ingestCalls([source], options));
await measure('call records with callers', calls / 5, callPieces(calls / 5, true), (source) =>
  ingestCalls([source], { ...options, callerKey: 'bench' }),
);
await measure('interval traffic', traffic, trafficPieces(traffic), (source) =>
  ingestTraffic([source], options),
);
