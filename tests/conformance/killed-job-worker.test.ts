import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { loadCountry, planCountry, startWorker, type Country } from '../../bench/national/country.ts';
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts';

const server: PostgresServer | undefined = await startPostgres();
afterAll(() => server?.close());

const rowsOf = async (address: string, query: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(query);
  await client.end();
  return rows;
};

describe.skipIf(server === undefined)('a worker killed in the midst of many hotlines', () => {
  test('another takes its job over, and every result is the same to the last bit', async () => {
    const address = (await server?.makeDatabase('country')) ?? '';
    const country: Country = {
      address,
      hotlines: 2,
      firstDate: '2026-10-12',
      days: 42,
      week: '2026-W48',
      largest: 600,
      pathLimit: 1,
      method: 'weekday-mean',
    };
    await loadCountry(country);
    const undisturbed = await startWorker(address);
    const wanted = await planCountry(country);
    await undisturbed.stop();
    expect(new Set(wanted.map(({ digest }) => digest)).size).toBe(2);
    await rowsOf(address, 'truncate results; truncate huawu_jobs.jobs');

    const doomed = await startWorker(address);
    const planned = planCountry(country);
    while ((await rowsOf(address, `select 1 from huawu_jobs.jobs where state = 'running'`)).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    doomed.process.kill('SIGKILL');
    await once(doomed.process, 'exit');
    const successor = await startWorker(address);
    expect(await planned).toEqual(wanted);
    const attempts = await rowsOf(
      address,
      'select attempt, state, error from huawu_jobs.jobs order by attempt',
    );
    expect(attempts).toEqual([
      { attempt: 1, state: 'done', error: null },
      { attempt: 2, state: 'done', error: null },
    ]);
    await successor.stop();
  }, 240_000);
});
