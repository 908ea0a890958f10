import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Client } from 'pg';
import type { AccountStore } from '../../src/access/accounts.ts';
import { createAccountStore, openDatabase, type StorePlace } from '../../src/store/open-store.ts';
import { writeBackup } from '../../src/store/backup-file.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { migrationSteps } from '../../src/store/migrations.ts';
import { sqliteDialect } from '../../src/store/open-sqlite.ts';
import { fillStore } from './fill-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { copyRows, stateOf, testCallsVersion } from './hotline-state.ts';

/** A command that writes, a ground on which it starts, and what the ground holds. */
export interface Scene {
  readonly name: string;
  /** Scenes of one ground change the same records. */
  readonly ground: string;
  readonly args: readonly string[];
  /** Lays the ground as it was before the command. */
  lay(): Promise<void>;
  /** Opens what is there as a restarted program does, checks it, and names what it holds. */
  look(): Promise<string>;
}

const modelsFrom = new URL('../../models', import.meta.url).pathname;
const csv = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const clock = (i: number): string =>
  new Date(Date.UTC(2026, 2, 2) + i * 1_800_000).toISOString().slice(0, 16);

/** Files of every kind that can be taken in, and what is asked for to take them. */
const files: Readonly<Record<string, readonly [kind: string, content: string]>> = {
  'traffic.csv': [
    'traffic',
    csv([
      'queue,start,interval_minutes,offered,answered,abandoned',
      ...Array.from({ length: 8000 }, (_, i) => `general,${clock(i)},30,${50 + (i % 40)},${45 + (i % 40)},5`),
    ]),
  ],
  'calls.csv': [
    'calls',
    csv([
      'call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds,operator',
      ...Array.from(
        { length: 4000 },
        (_, i) => `${i},general,2026-05-${10 + (i % 15)} 0${i % 10}:30:00,10,answered,120,op${i % 9}`,
      ),
    ]),
  ],
  'monitoring.csv': [
    'monitoring',
    csv([
      'hotline,placed_at,connected,seconds_to_operator',
      ...Array.from({ length: 3000 }, (_, n) => `h1,${clock(n).replace('T', ' ')},true,${n % 60}`),
    ]),
  ],
  'operators.csv': [
    'operators',
    csv([
      'operator,skills,contract_hours',
      ...Array.from({ length: 3000 }, (_, i) => `op${i},general,${20 + (i % 20)}`),
    ]),
  ],
  'volumes.csv': [
    'channels',
    csv(['channel,start,requests', ...Array.from({ length: 3000 }, (_, i) => `web,${clock(i)},${i % 30}`)]),
  ],
  'presence.csv': [
    'presence',
    csv([
      'tier,start,interval_minutes,operators',
      ...Array.from({ length: 3000 }, (_, i) => `expert,${clock(i)},30,${5 + (i % 9)}`),
    ]),
  ],
  'prompts.csv': [
    'prompts',
    csv([
      'prompt,queue,start,end',
      ...Array.from({ length: 900 }, (_, i) => `online,general,${clock(2 * i)},${clock(2 * i + 1)}`),
    ]),
  ],
  'events.csv': [
    'events',
    csv([
      'date,kind,label',
      ...Array.from({ length: 300 }, (_, i) => `2026-03-${10 + (i % 20)},fair,fair ${i}`),
    ]),
  ],
};

/** Every writing command on a ground; `store` and `hotline` as in a workspace's settings. */
export const openScenes = async (root: string, store: string, name: string): Promise<readonly Scene[]> => {
  const folder = join(root, name);
  const line = join(folder, 'line');
  const place = { folder: line, store, hotline: name };
  const kept = join(folder, 'kept.db');
  const base = { folder: join(folder, 'base'), hotline: name };
  const made = await createWorkspace(base.folder, { modelsFrom, ...base });
  await fillStore(made.store);
  await made.close();
  await mkdir(line, { recursive: true });
  await cp(join(base.folder, 'models'), join(line, 'models'), { recursive: true });
  await writeFile(join(line, 'settings.json'), JSON.stringify({ store, hotline: name }));
  for (const [file, [, content]] of Object.entries(files)) await writeFile(join(folder, file), content);
  const source = await openDatabase(base);
  await writeBackup({ database: source, hotline: name }, join(base.folder, 'models'), kept);
  await source.close();
  const lay = (): Promise<void> => copyRows(base, place);
  const laidVersion = await testCallsVersion(base);
  const look = (): Promise<string> => stateOf(place, laidVersion);
  const scene = (of: string, ...args: readonly string[]): Scene => ({
    name: `${kindOf(store)}: ${of}`,
    ground: line,
    args: ['--workspace', line, ...args],
    lay,
    look,
  });
  const ingests = Object.entries(files).map(([file, [kind]]) =>
    scene(`ingest ${kind}`, 'ingest', kind, join(folder, file)),
  );
  return [
    ...ingests,
    scene('plan save', 'save-plan'),
    scene('result kept', 'keep-result'),
    scene('action of a day', 'act-on-day'),
    scene('overrule', ...'overrule add --date 2026-03-02 --factor 1.2 --reason fair'.split(' ')),
    scene('plan returned', ...'plans return p2 --reason why'.split(' ')),
    scene('plan superseded by another', ...'plans publish p2 --reason why'.split(' ')),
    scene('note on a plan', ...'plans note p1 words'.split(' ')),
    scene('restore', 'restore', kept, '--replace'),
    await accountScene(join(folder, 'people'), base, store, laidVersion),
    await moveScene(join(folder, 'moving'), base, store, laidVersion),
    store === 'sqlite'
      ? await migrationScene(join(folder, 'old'), base.folder)
      : await serverMigrationScene(join(folder, 'fresh'), base.folder, store),
  ];
};

/** A workspace that is moved to a folder: once that folder's settings say so, it is there whole, and until then here. */
const moveScene = async (
  folder: string,
  base: StorePlace,
  store: string,
  laidVersion: string | undefined,
): Promise<Scene> => {
  const line = join(folder, 'line');
  const target = join(folder, 'target');
  const from = { folder: line, store, hotline: 'moving' };
  const to = { folder: target, hotline: 'moving' };
  await mkdir(line, { recursive: true });
  await cp(join(base.folder, 'models'), join(line, 'models'), { recursive: true });
  await writeFile(join(line, 'settings.json'), JSON.stringify({ store, hotline: 'moving' }));
  return {
    name: `${kindOf(store)}: move`,
    ground: line,
    args: ['--workspace', line, 'move', '--to', target, '--replace'],
    lay: async () => {
      await rm(target, { recursive: true, force: true });
      await copyRows(base, from);
    },
    look: async () => {
      const settled = existsSync(join(target, 'settings.json'));
      const state = await stateOf(settled ? to : from, laidVersion);
      return `${settled ? 'moved' : 'here'}\n${state}`;
    },
  };
};

/** Somebody loses their role, name and entry, and what they have open: with the note of it, or nothing of it. */
const accountScene = async (
  folder: string,
  base: StorePlace,
  store: string,
  laidVersion: string | undefined,
): Promise<Scene> => {
  const place = { folder, store, hotline: 'people' };
  await mkdir(folder, { recursive: true });
  await cp(join(base.folder, 'models'), join(folder, 'models'), { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ store, hotline: 'people' }));
  const onAccounts = async <Answer>(work: (accounts: AccountStore) => Promise<Answer>): Promise<Answer> => {
    const database = await openDatabase(place);
    try {
      return await work(createAccountStore(database, 'people'));
    } finally {
      await database.close();
    }
  };
  const account = { user: 'li', id: 'li', name: 'li', password: 'kept', disabled: false };
  const li = { ...account, createdMillis: 1, openid: null };
  const session = { id: 's', user: 'li', createdMillis: 1, seenMillis: 1, endsMillis: 2 };
  return {
    name: `${kindOf(store)}: account changed`,
    ground: folder,
    args: ['--workspace', folder, ...'admin change-user li --role viewer --name gone --close'.split(' ')],
    lay: async () => {
      await copyRows(base, place);
      await onAccounts(async (accounts) => {
        await accounts.addAccount({ ...li, invitation: null });
        await accounts.changeAccount('li', { ...li, invitation: null });
        await accounts.setRole('li', 'planner', null);
        await accounts.endSessions();
        await accounts.addSession(session);
      });
    },
    look: async () => {
      const people = await onAccounts(async (accounts) => [
        await accounts.members(),
        await accounts.session('s'),
      ]);
      return `${JSON.stringify(people)}\n${await stateOf(place, laidVersion)}`;
    },
  };
};

const kindOf = (store: string): string => (store === 'sqlite' ? 'SQLite' : 'PostgreSQL');

/** An older file whose structure the command brings up to date. */
const migrationScene = async (folder: string, base: string): Promise<Scene> => {
  const old = join(folder, 'old.db');
  const line = join(folder, 'line');
  await mkdir(line, { recursive: true });
  await cp(join(base, 'models'), join(line, 'models'), { recursive: true });
  await makeOldFile(old);
  const file = join(line, 'huawu.db');
  return {
    name: 'SQLite: migrate',
    ground: line,
    args: ['--workspace', line, 'migrate'],
    lay: async () => {
      for (const part of ['', '-wal', '-shm', '-journal']) await rm(`${file}${part}`, { force: true });
      await cp(old, file);
    },
    look: async () => lookAtFile(file),
  };
};

/** An empty database beside the given one that the command gives its tables. */
const serverMigrationScene = async (folder: string, base: string, beside: string): Promise<Scene> => {
  const name = 'fresh';
  const store = beside.replace(/[^/]+$/, name);
  await mkdir(folder, { recursive: true });
  await cp(join(base, 'models'), join(folder, 'models'), { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ store }));
  return {
    name: 'PostgreSQL: migrate',
    ground: store,
    args: ['--workspace', folder, 'migrate'],
    lay: async () => {
      await queryOnce(beside, `drop database if exists ${name} with (force)`);
      await queryOnce(beside, `create database ${name}`);
    },
    look: async () => {
      const rows = await queryOnce(
        store,
        `select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely_%' order by 1`,
      );
      return JSON.stringify(rows);
    },
  };
};

const queryOnce = async (address: string, statement: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
};

/** A file as the version before the hotline key left it. */
export const makeOldFile = async (file: string, rows = 40_000): Promise<void> => {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = wal');
  const steps = Object.entries(migrationSteps('sqlite', 'main')).slice(0, 2);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database), plugins: [new CamelCasePlugin()] });
  const provider = { getMigrations: async () => Object.fromEntries(steps) };
  const { error } = await new Migrator({ db: db.withoutPlugins(), provider }).migrateToLatest();
  if (error !== undefined) throw error;
  database.exec(`insert into traffic (queue, start_millis, interval_minutes, offered)
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${rows - 1})
    select 'q' || (i % 5), (i / 5) * 1800000, 30, i * 0.1 from n`);
  database.exec(
    `insert into overrules (date, reason, author) values ('2026-01-01', 'a', 'b'), ('2026-01-02', 'a', 'b')`,
  );
  database.exec(`delete from overrules where date = '2026-01-02'`);
  database.exec(`insert into plans values ('p', '2026-W01', 'x', 7, '{}', x'00ff')`);
  await db.destroy();
};

/** What a file holds, looked at without bringing it up to date. */
const lookAtFile = (file: string): string => {
  const database = new DatabaseSync(file);
  try {
    const check = database.prepare('pragma integrity_check').get()?.['integrity_check'];
    if (check !== 'ok') throw new Error(`integrity_check: ${String(check)}`);
    const tables = database
      .prepare(
        `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`,
      )
      .all()
      .map((table) => String(table['name']));
    const rows = tables.map(
      (table) => `${table} ${String(database.prepare(`select count(*) as n from "${table}"`).get()?.['n'])}`,
    );
    const { sum } = database.prepare('select sum(offered * start_millis) as sum from traffic').get() ?? {};
    return [...rows, String(sum)].join('\n');
  } finally {
    database.close();
  }
};
