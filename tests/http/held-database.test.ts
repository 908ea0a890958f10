import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { createApp } from '../../src/http/create-app.ts';
import { problemDetailsOf } from '../../src/http/problem-details.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Database } from '../../src/store/database.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { openDatabase } from '../../src/store/open-store.ts';
import type { Feeds, Store } from '../../src/planning/ports.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { problemsOf } from '../support/problems-of.ts';
import { standInServices, token } from './stand-ins.ts';

let folder: string;
let database: Database;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-held-'));
  database = await openDatabase({ folder }, { create: true });
  store = createStore(database, 'main');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test('while another process writes, this thread goes on: reads are answered, and the write comes when it may', async () => {
  const other = new DatabaseSync(join(folder, 'huawu.db'));
  other.exec('begin immediate');
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const writes = Promise.all([
    store.write('traffic', trafficRows('general', 10)),
    store.write('traffic', trafficRows('welfare', 10)),
  ]);
  const letGo = setTimeout(() => other.exec('rollback'), 1200);
  expect(await store.trafficSummary()).toEqual([]);
  await writes;
  clearInterval(beat);
  clearTimeout(letGo);
  other.close();
  expect((await store.trafficSummary()).map(({ queue }) => queue)).toEqual(['general', 'welfare']);
  // it waited for more than a second, in pieces
  expect(longest).toBeLessThan(600);
});

test('whoever waits for a database that is held hears after the same while who holds it, however many wait', async () => {
  await database.close();
  const file = join(folder, 'huawu.db');
  database = await openSqlite(file, { hotline: 'main', patienceMillis: 1000 });
  const held = createStore(database, 'main');
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  const begun = performance.now();
  const refused = await Promise.all(
    Array.from({ length: 40 }, () =>
      held.write('traffic', trafficRows('general', 3)).catch((error: unknown) => error),
    ),
  );
  // one after the other they would wait for forty seconds
  expect(performance.now() - begun).toBeLessThan(15_000);
  other.exec('rollback');
  other.close();
  const holder =
    process.platform === 'linux'
      ? { process: process.pid, program: (await readFile('/proc/self/comm', 'utf8')).trim() }
      : { process: 0, program: 'none' };
  for (const error of refused) {
    expect(error).toMatchObject({ problems: [{ rule: 'database-busy', values: holder }] });
    const { status, detail } = problemDetailsOf(error, 'en');
    expect([status, detail.includes(String(holder.process))]).toEqual([503, true]);
  }
  await held.write('traffic', trafficRows('general', 3));
});

test('a database that cannot be written is out of reach for now, and so is the server until it can', async () => {
  let fault = 0;
  const failing: Database = {
    ...database,
    write: async (hotline, work) => {
      if (fault !== 0) throw Object.assign(new Error('from the disk'), { errcode: fault });
      return database.write(hotline, work);
    },
  };
  const held = createStore(failing, 'main');
  const app = createApp(standInServices({}, { store: held }));
  const ready = async (): Promise<number> => (await request(app).get('/health/ready')).status;
  for (const [code, rule] of [
    [8, 'database-not-writable'],
    [10, 'database-not-writable'],
    [13, 'disk-full'],
  ] as const) {
    expect(await ready()).toBe(200);
    fault = code;
    const refused = await held.write('traffic', trafficRows('general', 10)).catch((error: unknown) => error);
    expect(await problemsOf(Promise.reject(refused as Error))).toMatchObject([{ rule }]);
    expect(problemDetailsOf(refused)).toMatchObject({ status: 503, type: 'urn:huawu:store-away' });
    expect(await ready()).toBe(503);
    const feeds = { list: () => Promise.reject(refused) } as unknown as Feeds;
    const asked = request(createApp(standInServices({}, { store: held, feeds }))).get(`${apiRoot}/feeds`);
    expect((await asked.set(tokenHeader, token)).headers['retry-after']).toBe('30');
    fault = 0;
  }
  expect(await ready()).toBe(200);
});
