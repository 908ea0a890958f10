import { spawnSync } from 'node:child_process';
import { copyFile, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { fillStore } from '../support/fill-store.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A backup that came from elsewhere holds rows and files, and does nothing by itself: whatever else stands in it is refused
// before it is read, and nothing is left of the try.

const root = await temporaryFolder();
const [kept, odd, line] = [join(root, 'kept.db'), join(root, 'odd.db'), join(root, 'line')];

beforeAll(async () => {
  const made = join(root, 'made');
  expect((await runCommand(['--workspace', made, 'init'])).code).toBe(0);
  const store = await openStore({ folder: made });
  await fillStore(store);
  await store.close();
  expect((await runCommand(['--workspace', made, 'backup', '--out', kept])).code).toBe(0);
});

const namespaces = process.platform === 'linux' && spawnSync('unshare', ['-rm', 'true']).status === 0;

const restored = async (change: string): Promise<{ code: number; rules: readonly string[] }> => {
  await copyFile(kept, odd);
  const database = new DatabaseSync(odd);
  database.enableDefensive(false);
  database.exec(change);
  database.close();
  return restoredFrom(odd);
};

const restoredFrom = async (file: string): ReturnType<typeof restored> => {
  await rm(line, { recursive: true, force: true });
  const { code, out } = await runCommand(['--workspace', line, 'restore', file, '--json']);
  const { problems = [] } = JSON.parse(out) as { problems?: readonly { readonly rule: string }[] };
  return { code, rules: problems.map(({ rule }) => rule) };
};

const endless = 'with recursive n(i) as (select 1 union all select i + 1 from n)';

test.each([
  [
    'files without end',
    `drop table workspace_files;
    create view workspace_files as ${endless} select 'f' || i as path, zeroblob(1000) as content from n`,
  ],
  [
    'rows without end',
    `alter table traffic rename to was; create view traffic as ${endless}
    select was.* from was, n`,
  ],
  [
    'what is done with each row',
    `create trigger t after insert on kysely_migration begin delete from traffic; end`,
  ],
  ['a table of a module', 'create virtual table v using fts5(x)'],
  [
    'a column that is worked out',
    'alter table traffic add column g generated always as (hex(zeroblob(3000000))) virtual',
  ],
  ['an index that is worked out', 'create index costly on traffic (length(hex(zeroblob(3000))))'],
  ['an index of some rows', 'create index some on traffic (queue) where length(hex(zeroblob(3000))) > 1'],
  [
    'a view that calls itself a table',
    `pragma writable_schema = on; update sqlite_schema set rootpage = 0, sql =
    'create view traffic as select * from plans' where name = 'traffic'`,
  ],
  [
    'a table that checks each row at length',
    `create table t (q text, check (length(hex(randomblob(3000000)) || q) > 1)); insert into t values ('q')`,
  ],
  ['a table of ours that checks more', `alter table traffic add column more text check (length(more) > 1)`],
  [
    'a table that says so in bytes',
    `create table t (q text, check (length(q) > 1)); pragma writable_schema = on;
    update sqlite_schema set sql = cast(sql as blob) where name = 't'`,
  ],
  ['a default that is worked out', 'create table t (a, b default (hex(zeroblob(3000000))))'],
  ['a table missing', 'drop table traffic'],
  [
    'steps that are not its own',
    'delete from kysely_migration where name = (select max(name) from kysely_migration)',
  ],
  ['a column missing', 'alter table plans rename column document to other'],
])('a backup with %s', async (_, change) => {
  expect(await restored(change)).toEqual({ code: 3, rules: ['database-damaged'] });
  expect(await readdir(root)).not.toContain('line');
});

test('one that ends a byte too early', async () => {
  await copyFile(kept, odd);
  await truncate(odd, (await stat(odd)).size - 1);
  expect(await restoredFrom(odd)).toEqual({ code: 3, rules: ['database-damaged'] });
});

test.each([
  ['files that are numbers', `insert into workspace_files values ('a.txt', 7)`],
  ['a name that is none', `insert into workspace_files values (x'61', x'61')`],
  ['files of another shape', 'drop table workspace_files; create table workspace_files (a, b)'],
])('%s: no backup', async (_, change) => {
  expect(await restored(change)).toEqual({ code: 3, rules: ['not-a-backup'] });
});

test.skipIf(!namespaces)('one that is mostly empty takes no more room in its copy than itself', () => {
  // a disk of 48 MB, on which the file says that it is of 3 GB
  const disk = join(root, 'disk');
  const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
  const inside = `set -e
    mkdir -p ${disk}; mount -t tmpfs -o size=48m tmpfs ${disk}
    cp ${kept} ${disk}/odd.db; truncate -s 3G ${disk}/odd.db
    ${process.execPath} ${main} --workspace ${disk}/line restore ${disk}/odd.db --json`;
  const { stdout, status } = spawnSync('unshare', ['-rm', 'sh', '-c', inside], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringContaining('"document":"restore"')]);
});

test('what a later version or somebody else adds is passed over', async () => {
  const more = `create table more (a); insert into more values (1); create index plain on more (a);
    alter table traffic add column more text; create table checkups (a text default 'none', b default -1.5)`;
  expect(await restored(more)).toEqual({ code: 0, rules: [] });
});
