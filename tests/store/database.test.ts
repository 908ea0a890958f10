import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import type { Store } from '../../src/planning/ports.ts';
import { trafficRows } from '../support/traffic-rows.ts';

const writer = new URL('write-from-child.ts', import.meta.url).pathname;

let folder: string;
let file: string;
const opened: Store[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-database-'));
  file = join(folder, 'huawu.db');
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await rm(folder, { recursive: true });
});

const openHere = async (): Promise<Store> => {
  const store = await openStore({ folder }, { create: true });
  opened.push(store);
  return store;
};

test('two processes that write at once, the first opening included, lose nothing', async () => {
  const run = promisify(execFile);
  const children = ['a', 'b'].map((queue) => run(process.execPath, [writer, file, queue, '60']));
  await Promise.all(children);
  const summary = await (await openHere()).trafficSummary();
  expect(summary.map(({ queue, rows }) => [queue, rows])).toEqual([
    ['a', 60],
    ['b', 60],
  ]);
});

test('a process that is killed while it writes leaves whole writes only', async () => {
  const child = spawn(process.execPath, [writer, file, 'a', '100000'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let rows = 0;
  const store = await openHere();
  while (rows < 20) {
    rows = (await store.trafficSummary())[0]?.rows ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill('SIGKILL');
  await ended;
  const { startMillis, offered } = await store.traffic('a');
  expect(offered.length).toBeGreaterThanOrEqual(rows);
  expect([...offered]).toEqual(Array.from(offered, (_, i) => i));
  expect(startMillis.at(-1)).toBe((offered.length - 1) * 1_800_000);
  const check = new DatabaseSync(file);
  expect(check.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  check.close();
});

test('a long write neither delays reading nor shows through half done', async () => {
  const store = await openHere();
  await store.write('traffic', trafficRows('general', 10));
  const writing = store.write('traffic', trafficRows('general', 20_000, 500));
  await new Promise((resolve) => setImmediate(resolve));
  const during = await store.traffic('general');
  expect([during.offered.length, during.offered[0]]).toEqual([10, 100]);
  await writing;
  expect((await store.traffic('general')).offered.length).toBe(20_000);
});

test('a database of a newer version is refused by name', async () => {
  await (await openSqlite(file, { hotline: 'main' })).close();
  const newer = new DatabaseSync(file);
  newer.exec(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')`);
  newer.close();
  await expect(openSqlite(file, { hotline: 'main' })).rejects.toMatchObject({
    problems: [{ rule: 'database-newer' }],
  });
});

test('a migration that fails leaves nothing behind', async () => {
  // Something of that name is in the way of the second step: the first must be undone with it.
  const before = new DatabaseSync(file);
  before.exec('create view plans as select 1 as mine');
  before.close();
  await expect(openSqlite(file, { hotline: 'main', create: true })).rejects.toThrow('plans');
  const after = new DatabaseSync(file);
  const tables = after
    .prepare(`select name from sqlite_master where type in ('table', 'view') order by name`)
    .all();
  after.close();
  expect(tables.map((t) => t['name']).filter((n) => !String(n).startsWith('kysely'))).toEqual(['plans']);
});

/** Processor time that this process has used so far, milliseconds. */
const processorMillis = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

test('two years of half-hours of five queues go in and out fast', async () => {
  const store = await openHere();
  const rows = [0, 1, 2, 3, 4].flatMap((q) => trafficRows(`q${q}`, 35_040));
  const started = processorMillis();
  await store.write('traffic', rows);
  const written = processorMillis();
  for (let q = 0; q < 5; q += 1) await store.traffic(`q${q}`);
  const read = processorMillis();
  // Time of the processor, since others may be at work; row-by-row transactions or reads would miss this by far.
  expect(rows.length / ((written - started) / 1000)).toBeGreaterThan(50_000);
  expect(read - written).toBeLessThan(1500);
  if (process.env['HUAWU_TIMINGS'] === '1')
    process.stderr.write(
      `write ${Math.round(rows.length / (written - started))} k rows/s, read ${Math.round(read - written)} ms\n`,
    );
});

test('a file of no bytes is told, not taken for a new database', async () => {
  await writeFile(file, '');
  await expect(openSqlite(file, { hotline: 'main' })).rejects.toMatchObject({
    problems: [{ rule: 'database-empty', file }],
  });
  expect((await stat(file)).size).toBe(0);
  // where a workspace is being made, it is what an interrupted start has left
  await (await openSqlite(file, { hotline: 'main', create: true })).close();
  expect((await stat(file)).size).toBeGreaterThan(0);
});
