import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { latestStep, migrationSteps } from '../../src/store/migrations.ts';
import { olderCopy, sqliteDialect } from '../../src/store/open-sqlite.ts';
import { openStore } from '../../src/store/open-store.ts';
import { schemaFound } from '../../src/store/open-workspace.ts';
import { fillStore } from '../support/fill-store.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * Records that stood in a workspace before an update stand there after it, value by value. Each version's own workspace
 * lies in stored-workspaces/ as it wrote it; the first run of a new version puts it there.
 */
const stored = new URL('stored-workspaces/', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const folder = await temporaryFolder();

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const columnsOf = (database: DatabaseSync, table: string): string[] =>
  database
    .prepare(`select name from pragma_table_info(?)`)
    .all(table)
    .map(({ name }) => String(name));

const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'",
    )
    .all()
    .map(({ name }) => String(name));

/** Every row of every table, with the columns named, in an order that does not depend on when it was written. */
const rowsOf = (file: string, columns?: Readonly<Record<string, readonly string[]>>): Rows => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = (columns === undefined ? tablesOf(database) : Object.keys(columns)).map((table) => {
      const names = columns?.[table] ?? columnsOf(database, table);
      const listed = names.map((name) => `"${name}"`).join(', ');
      const found = database.prepare(`select ${listed} from "${table}" order by ${listed}`).all();
      return [table, found.map((row) => ({ ...row }))] as const;
    });
    return Object.fromEntries(rows);
  } finally {
    database.close();
  }
};

const namesOf = (rows: Rows): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([table, [first]]) =>
      first === undefined ? [] : [[table, Object.keys(first)]],
    ),
  );

/** A workspace of the version that runs, with something of everything in it. */
const made = async (name: string): Promise<string> => {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  const store = await openStore({ folder: place }, { create: true });
  await fillStore(store);
  await store.close();
  return join(place, 'huawu.db');
};

const mine = new URL(`${version}.db.gz`, stored);
if (!existsSync(mine)) {
  await mkdir(stored, { recursive: true });
  await writeFile(mine, gzipSync(await readFile(await made('kept')), { level: 9 }));
}

test.each(['0.1.0'])('the workspace that %s wrote is opened without loss', async (from) => {
  const place = join(folder, from);
  await mkdir(place, { recursive: true });
  const file = join(place, 'huawu.db');
  await writeFile(file, gunzipSync(await readFile(new URL(`${from}.db.gz`, stored))));
  const before = rowsOf(file);
  expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(12);
  const store = await openStore({ folder: place });
  expect((await store.trafficSummary()).length).toBeGreaterThan(0);
  await store.close();
  expect(rowsOf(file, namesOf(before))).toEqual(
    Object.fromEntries(Object.entries(before).filter(([, rows]) => rows.length > 0)),
  );
  expect(await schemaFound(place)).toEqual({ state: 'current', step: latestStep });
});

/** A file as a program knew it that ended with a step, with those rows of today's that had a place in it. */
const asOf = async (step: string, today: string): Promise<string> => {
  const place = join(folder, step);
  await mkdir(place);
  const file = join(place, 'huawu.db');
  const opened = new DatabaseSync(file);
  const db = new Kysely<unknown>({ dialect: sqliteDialect(opened) });
  const steps = migrationSteps('sqlite', 'main');
  const known = Object.fromEntries(Object.entries(steps).filter(([name]) => name <= step));
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => known },
  }).migrateToLatest();
  if (error !== undefined) throw error;
  opened.exec(`attach '${today.replaceAll("'", "''")}' as today`);
  for (const table of tablesOf(opened)) {
    const there = opened.prepare('select name from today.pragma_table_info(?)').all(table);
    const names = columnsOf(opened, table).filter((name) => there.some((each) => each['name'] === name));
    const listed = names.map((name) => `"${name}"`).join(', ');
    if (names.length > 0)
      opened.exec(
        `insert or replace into main."${table}" (${listed}) select ${listed} from today."${table}"`,
      );
  }
  await db.destroy();
  return place;
};

const earlier = Object.keys(migrationSteps('sqlite', 'main')).slice(0, -1);

test.each(earlier)(
  'a file that ends with %s is brought up to date without loss; doctor says so and leaves it',
  async (step) => {
    const place = await asOf(step, await made(`today-${step}`));
    const file = join(place, 'huawu.db');
    const before = rowsOf(file);
    expect((before['interval_traffic'] ?? before['traffic'] ?? []).length).toBeGreaterThan(1000);
    const { out } = await runCommand(['doctor', '--workspace', place, '--lang', 'en']);
    expect(out).toContain(`written by an earlier version (schema ${step})`);
    expect(await schemaFound(place)).toEqual({ state: 'older', step });
    await (await openStore({ folder: place })).close();
    expect(rowsOf(file, namesOf(before))).toEqual(
      Object.fromEntries(Object.entries(before).filter(([, rows]) => rows.length > 0)),
    );
    expect(await schemaFound(place)).toEqual({ state: 'current', step: latestStep });
    const kept = olderCopy(file, step);
    expect(rowsOf(kept)).toEqual(before);
    // As it was, under the name that a program of then opens; and no further copy once it is up to date.
    const old = join(place, 'old');
    await mkdir(old);
    await rename(kept, join(old, 'huawu.db'));
    expect(await schemaFound(old)).toEqual({ state: 'older', step });
    await (await openStore({ folder: place })).close();
    expect((await readdir(place)).filter((name) => /\d\d/.test(name))).toEqual([]);
  },
);
