import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { settingsSchema, type Settings } from '../../src/contract/settings.ts';
import { startWorker } from '../../src/http/start-worker.ts';
import { migrateWorkspace } from '../../src/store/migrate-workspace.ts';
import { applicationName } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { problemsOf } from '../support/problems-of.ts';
import { isLongRun } from '../support/sweep.ts';

/** Programs of several versions on one shared database: none works on what it does not know, and each is seen. */
const server = await startPostgres();
afterAll(() => server?.close());

const folder = tmpdir();
const settingsOf = (store: string): Settings =>
  settingsSchema.parse({ store, threads: 1, logLevel: 'silent' });

const query = async (store: string, statement: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: store });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

describe.skipIf(server === undefined)('on a shared database', () => {
  test('a worker does not begin where a newer version is at work: it would fail that one’s jobs', async () => {
    const store = (await server?.makeDatabase('newer')) ?? '';
    await migrateWorkspace({ folder, store });
    await query(store, `insert into kysely_migration values ('9999-later', '2030')`);
    const refused = await problemsOf(startWorker({ folder, settings: settingsOf(store) }));
    expect(refused.map(({ rule }) => rule)).toEqual(['database-newer']);
    // Nor does it make a place for jobs.
    expect(await query(store, `select nspname from pg_namespace where nspname like 'huawu%'`)).toEqual([]);
  });

  test.runIf(isLongRun)(
    'servers and workers show their version to whoever migrates, at rest too',
    async () => {
      const store = (await server?.makeDatabase('seen')) ?? '';
      const versions = (): Promise<readonly unknown[]> =>
        query(
          store,
          `select distinct application_name as name from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        );
      const resting = await openStore({ folder, store }, { create: true });
      // The driver closes what was idle for ten seconds.
      await pause(11_000);
      expect(await versions()).toEqual([{ name: applicationName }]);
      await resting.close();
      await vi.waitFor(async () => expect(await versions()).toEqual([]), { timeout: 10_000 });
      const worker = await startWorker({ folder, settings: settingsOf(store) });
      expect(await versions()).toEqual([{ name: applicationName }]);
      await worker.close();
    },
  );
});
