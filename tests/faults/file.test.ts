import { remedyOf } from '../support/said.ts';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/planning/ports.ts';
import { checkDatabase } from '../../src/store/check-database.ts';
import { createStore } from '../../src/store/create-store.ts';
import type { Database } from '../../src/store/database.ts';
import { digestHotline } from '../../src/store/copy-hotline.ts';
import { migrateWorkspace } from '../../src/store/migrate-workspace.ts';
import { latestStep } from '../../src/store/migrations.ts';
import { openDatabase, openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { problemsOf } from '../support/problems-of.ts';
import { makeOldFile } from '../support/scenes.ts';
import { writeAsNobody } from './write-as-nobody.ts';

let folder: string;
let file: string;
const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-faults-'));
  file = join(folder, 'huawu.db');
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true, force: true });
});

const rulesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  (await problemsOf(work)).map(({ rule }) => rule);

const openFile = async (): Promise<{ readonly database: Database; readonly store: Store }> => {
  const database = await openDatabase({ folder }, { create: true });
  opened.push(database);
  return { database, store: createStore(database, 'main') };
};

describe('a file', () => {
  test('on a full disk takes nothing, says so, and works on once there is room', async () => {
    const { database, store } = await openFile();
    await store.write('traffic', trafficRows('general', 100));
    const before = await digestHotline(database.reads, 'main');
    const { pages } = await database.write('main', async ({ db }) => {
      const { rows } = await sql<{
        pages: number;
      }>`select page_count as pages from pragma_page_count`.execute(db);
      await sql`pragma max_page_count = ${sql.lit((rows[0]?.pages ?? 0) + 4)}`.execute(db);
      return rows[0] ?? { pages: 0 };
    });
    expect(pages).toBeGreaterThan(10);
    expect(await rulesOf(store.write('traffic', trafficRows('general', 30_000, 7)))).toEqual(['disk-full']);
    expect(await digestHotline(database.reads, 'main')).toEqual(before);
    await checkDatabase(database);
    await database.write('main', ({ db }) => sql`pragma max_page_count = 1000000`.execute(db));
    expect((await store.write('traffic', trafficRows('general', 30_000, 7))).changed).toBe(100);
  });

  test('of an older version is brought up to date with all it holds', async () => {
    await makeOldFile(file, 1000);
    expect(await migrateWorkspace({ folder })).toEqual({
      place: file,
      from: '0002-results',
      to: latestStep,
      copies: [`${file}.0002-results`],
    });
    const { database, store } = await openFile();
    expect((await store.trafficSummary()).map(({ rows }) => rows)).toEqual([200, 200, 200, 200, 200]);
    expect((await store.traffic('q3')).offered[7]).toBe(38 * 0.1);
    expect((await store.plans()).map(({ id }) => id)).toEqual(['p']);
    // Two were given out, one was removed: the next is the third.
    const overrule = { queue: null, date: '2026-01-01', from: null, to: null, factor: 1, calls: null };
    expect(await store.addOverrule({ ...overrule, reason: 'a', author: 'b' })).toBe(3);
    await checkDatabase(database);
  });

  test('of an older version whose copy has no room is left as it is, with nothing of the copy', async () => {
    await makeOldFile(file, 1000);
    // what stands in the copy's place keeps it from its name
    await mkdir(join(`${file}.0002-results`, 'in-the-way'), { recursive: true });
    await expect(migrateWorkspace({ folder })).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.includes('unfinished'))).toEqual([]);
    await rm(`${file}.0002-results`, { recursive: true });
    expect((await migrateWorkspace({ folder })).from).toBe('0002-results');
  });

  test('of an older version that another program has open is left as it is', async () => {
    await makeOldFile(file, 10);
    const other = new DatabaseSync(file);
    other.prepare('select count(*) from traffic').get();
    expect(await rulesOf(openStore({ folder }))).toEqual(['database-held']);
    expect(await rulesOf(migrateWorkspace({ folder }))).toEqual(['database-held']);
    // The other one works on.
    other.exec(`insert into traffic (queue, start_millis, interval_minutes, offered) values ('x', 1, 30, 1)`);
    other.close();
    const { store } = await openFile();
    expect((await store.trafficSummary()).map(({ queue }) => queue)).toContain('x');
  });

  test('of a newer version is refused by every command and left as it is', async () => {
    await (await openSqlite(file, { hotline: 'main' })).close();
    const newer = new DatabaseSync(file);
    newer.exec(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')`);
    newer.close();
    const bytes = await readFile(file);
    expect(await rulesOf(openStore({ folder }))).toEqual(['database-newer']);
    expect(await rulesOf(migrateWorkspace({ folder }))).toEqual(['database-newer']);
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  test('whose index no longer fits its table is found by the check, and a backup of it is not made', async () => {
    const { database, store } = await openFile();
    await store.write(
      'operators',
      Array.from({ length: 50 }, (_, i) => ({ operator: `o${i}`, skills: [], contractHours: 40 })),
    );
    await database.close();
    opened.splice(0);
    const broken = new DatabaseSync(file);
    broken.enableDefensive(false);
    broken.exec(`pragma writable_schema = on;
      update sqlite_master set rootpage = (select rootpage from sqlite_master where name = 'sqlite_autoindex_channels_1')
      where name = 'sqlite_autoindex_operators_1'`);
    broken.close();
    const again = await openFile();
    expect(await rulesOf(checkDatabase(again.database))).toEqual(['database-damaged']);
  });

  test('of another hotline is not taken for this one', async () => {
    await openFile();
    const [problem] = await problemsOf(openStore({ folder, hotline: 'elsewhere' }));
    expect([problem?.rule, problem?.value]).toEqual(['hotline-not-here', 'elsewhere']);
    expect(remedyOf(problem).en).toContain('main');
  });

  test.skipIf(process.platform === 'win32')('in a folder that may only be read', async () => {
    const { store } = await openFile();
    await store.close();
    opened.splice(0);
    await chmod(file, 0o444);
    await chmod(folder, 0o555);
    const refused = writeAsNobody(folder);
    expect(await refused).toEqual(['database-not-writable']);
    await chmod(folder, 0o755);
    expect(await readdir(folder)).toEqual(['huawu.db']);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });
});
