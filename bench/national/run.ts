/**
 * How long do a country's hotlines take, five queues and two years of half-hours each, by one and by two workers?
 *   node bench/national/run.ts [--hotlines 60] [--workers 1,2] [--days 731] [--store postgres://...]
 * Traffic is made up from seeds and loaded into PostgreSQL (a server started from npm packages unless --store names an
 * empty database), then every hotline is a job for `workers` processes of one thread each: history, forecast with every
 * method tried and 100 sample paths, handle time and patience, operators per tier and half-hour under 20 of those
 * paths. Shifts, prompts and the proof by simulation are left out. The ratio needs a free core for every worker.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { loadCountry, planCountry, startWorker, type Country } from './country.ts';

const { values: options } = parseArgs({
  options: {
    hotlines: { type: 'string', default: '344' },
    workers: { type: 'string', default: '1,2' },
    days: { type: 'string', default: '731' },
    store: { type: 'string' },
  },
});

const server = options.store === undefined ? await startPostgres() : undefined;
const address = options.store ?? (await server?.makeDatabase('country'));
if (address === undefined) throw new Error('there is no PostgreSQL: name one with --store');
const country: Country = {
  address,
  hotlines: Number(options.hotlines),
  firstDate: '2024-11-18',
  days: Number(options.days),
  week: '2026-W48',
  pathLimit: 20,
  method: 'auto',
};

const ask = async (query: string): Promise<Record<string, unknown> | undefined> => {
  const client = new Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(query);
  await client.end();
  return rows[0];
};
const megabytes = async (): Promise<number> =>
  Number((await ask('select pg_database_size(current_database()) as bytes'))?.['bytes']) / 2 ** 20;
const secondsSince = (from: number): number => (performance.now() - from) / 1000;

try {
  console.log(
    `${cpus()[0]?.model ?? 'a machine'}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(2)}`,
  );
  const loading = performance.now();
  const rows = await loadCountry(country);
  const loaded = secondsSince(loading);
  console.log(`${country.hotlines} hotlines, ${rows} rows made up and loaded in ${loaded.toFixed(1)} s`);
  console.log(`${Math.round(rows / loaded)} rows/s, database ${(await megabytes()).toFixed(0)} MB`);
  const runs: { workers: number; seconds: number; digests: string }[] = [];
  for (const workers of options.workers.split(',').map(Number)) {
    // Forecasts that an earlier run has kept would be taken up again.
    await ask('truncate results');
    const running = await Promise.all(Array.from({ length: workers }, () => startWorker(address)));
    const from = performance.now();
    const answers = await planCountry(country, (done) => {
      if (done % 10 === 0)
        console.error(`  ${done} of ${country.hotlines} after ${secondsSince(from).toFixed(0)} s`);
    });
    const seconds = secondsSince(from);
    const usages = await Promise.all(running.map((worker) => worker.usage()));
    for (const worker of running) await worker.stop();
    runs.push({ workers, seconds, digests: answers.map(({ digest }) => digest).join() });
    const perMinute = (60 * country.hotlines) / seconds;
    const memory = usages.map(({ peakBytes }) => (peakBytes / 2 ** 20).toFixed(0)).join(' and ');
    const cpu = usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / country.hotlines;
    console.log(`${workers} worker(s): ${seconds.toFixed(1)} s, ${perMinute.toFixed(1)} hotlines/min`);
    console.log(`  processor time ${cpu.toFixed(2)} s a hotline, peak memory ${memory} MB`);
    console.log(`  database ${(await megabytes()).toFixed(0)} MB; load ${loadavg()[0]?.toFixed(2)}`);
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    console.log(`ratio ${(first.seconds / last.seconds).toFixed(2)} with ${last.workers} workers`);
    console.log(first.digests === last.digests ? 'the same results, bit for bit' : 'THE RESULTS DIFFER');
    if (first.digests !== last.digests) process.exitCode = 1;
  }
} finally {
  await server?.close();
}
