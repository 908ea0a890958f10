import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import { writeBackup } from '../../src/store/backup-file.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { digestHotline, type TableDigest } from '../../src/store/copy-hotline.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';
import { auditTables } from '../../src/store/audit-log.ts';
import { moveWorkspace } from '../../src/store/move-workspace.ts';
import { openDatabase, openStore, type StorePlace } from '../../src/store/open-store.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { restoreWorkspace } from '../../src/store/restore-workspace.ts';
import { fillStore } from '../support/fill-store.ts';
import { problemsOf } from '../support/problems-of.ts';
import { startPostgres } from '../support/postgres-server.ts';

const modelsFrom = new URL('../../models', import.meta.url).pathname;
const server = await startPostgres();
afterAll(() => server?.close());

let folder: string;
let line: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-move-'));
  line = join(folder, 'line');
  const workspace = await createWorkspace(line, { modelsFrom });
  await fillStore(workspace.store);
  await workspace.close();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What counts as equal: all but the log of changes, which says of every copy that it was made. */
const layouts = tableLayouts.filter(({ table }) => !auditTables.includes(table));
const withoutLog = (tables: readonly TableDigest[]): readonly TableDigest[] =>
  tables.filter(({ table }) => !auditTables.includes(table));

const digestOf = async (place: StorePlace): Promise<readonly TableDigest[]> => {
  const database = await openDatabase(place);
  try {
    return await digestHotline(database.reads, place.hotline ?? 'main', layouts);
  } finally {
    await database.close();
  }
};

const backUp = async (place: StorePlace, file: string): Promise<readonly TableDigest[]> => {
  const database = await openDatabase(place);
  try {
    const from = { database, hotline: place.hotline ?? 'main' };
    return withoutLog(await writeBackup(from, join(place.folder, 'models'), file));
  } finally {
    await database.close();
  }
};

const rulesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  (await problemsOf(work)).map(({ rule }) => rule);

test('the filled line has rows in every table, so that no copy is right for want of rows', async () => {
  // Who signs in is the database's, not the line's: no copy of a line takes accounts or sessions along.
  const people = ['accounts', 'roles', 'sessions', 'api_tokens'];
  const empty = (await digestOf({ folder: line })).filter(({ rows }) => rows === 0).map(({ table }) => table);
  expect(empty).toEqual(people);
});

describe.skipIf(server === undefined)('moved to PostgreSQL and back', () => {
  let store: string;
  beforeAll(async () => {
    store = (await server?.makeDatabase('moves')) ?? '';
  });

  test('a workspace is equal row for row, and works on at each stop', async () => {
    const before = await digestOf({ folder: line });
    // A server that was not stopped: it has the old records open all the while.
    const old = await openStore({ folder: line });
    const there = await moveWorkspace({ folder: line }, store, { replace: false });
    expect(await old.movedTo()).toBe(there.place);
    expect(there.place).not.toContain('for-tests');
    expect(await rulesOf(old.addOverrule(overrule))).toEqual(['records-moved']);
    expect(await rulesOf(moveWorkspace({ folder: line }, join(folder, 'x'), { replace: false }))).toEqual([
      'records-moved',
    ]);
    await old.close();
    expect(withoutLog(there.tables)).toEqual(before);
    const settings: unknown = JSON.parse(await readFile(join(line, 'settings.json'), 'utf8'));
    expect(settings).toEqual({ store, hotline: 'main' });
    expect(await digestOf({ folder: line, store })).toEqual(before);
    const moved = await openWorkspace(line, { store });
    expect(await moved.store.addOverrule(overrule)).toBe(3);
    expect(await moved.store.removeOverrule(3)).toBe(true);
    await moved.close();

    const after = await digestOf({ folder: line, store });
    const target = join(folder, 'back');
    const mine = ['moving', 'models.moving'].map((name) => join(target, name));
    for (const held of mine) {
      await mkdir(held, { recursive: true });
      await writeFile(join(held, 'mine.txt'), 'mine');
    }
    const back = await moveWorkspace({ folder: line, store }, target, { replace: false });
    expect(withoutLog(back.tables)).toEqual(after);
    for (const held of mine) expect(await readFile(join(held, 'mine.txt'), 'utf8')).toBe('mine');
    expect((await readdir(target)).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(JSON.parse(await readFile(join(target, 'settings.json'), 'utf8'))).toEqual({
      store: 'sqlite',
      hotline: 'main',
      jobs: 'here',
    });
    expect(await digestOf({ folder: join(folder, 'back') })).toEqual(after);
    expect(after.filter(({ table }) => table !== 'lines')).toEqual(
      before.filter(({ table }) => table !== 'lines'),
    );
    expect(await rulesOf(moveWorkspace({ folder: line, store }, line, { replace: true }))).toEqual([
      'records-moved',
    ]);
    const again = await openWorkspace(join(folder, 'back'));
    expect(again.models.hotline.zone).toBe('Asia/Shanghai');
    // A number given out once is never given out again, on whatever database.
    expect(await again.store.addOverrule(overrule)).toBe(4);
    await again.close();
  });

  test('rows of the same hotline are never overwritten unasked; another hotline beside them is', async () => {
    const place = { folder: line, hotline: 'main' };
    const problems = await problemsOf(moveWorkspace(place, store, { replace: false }));
    expect(problems.map(({ rule, value }) => [rule, value])).toEqual([['hotline-exists', 'main']]);
    const kept = await digestOf({ folder: line, store });
    const other = await openStore({ folder: line, store, hotline: 'other' }, { create: true });
    await fillStore(other, 'other-queue');
    await other.close();
    expect(await digestOf({ folder: line, store })).toEqual(kept);
  });

  test('a backup of a hotline on the server restores into a folder, and one of a folder to the server', async () => {
    const file = join(folder, 'backup.db');
    const place = { folder: line, store, hotline: 'kept' };
    const made = await openStore(place, { create: true });
    await fillStore(made);
    await made.close();
    const kept = await backUp(place, file);
    const restored = join(folder, 'restored');
    expect(
      withoutLog((await restoreWorkspace(file, { folder: restored }, { replace: false })).tables),
    ).toEqual(kept);
    expect(await digestOf({ folder: restored })).toEqual(kept);
    const elsewhere = { folder: join(folder, 'elsewhere'), store, hotline: 'elsewhere' };
    await restoreWorkspace(file, elsewhere, { replace: false });
    expect(await digestOf(elsewhere)).toEqual(kept);
  });
});

describe('a backup', () => {
  test('made while another writes holds one moment, models included', async () => {
    const workspace = await openWorkspace(line);
    const writing = { on: true };
    const writer = (async () => {
      for (let i = 0; writing.on; i += 1) {
        await nextTurn();
        await workspace.store.together(async (into) => {
          await into.write('operators', [{ operator: `x${i}`, skills: [], contractHours: 40 }]);
          await into.write('channels', [
            { channel: `x${i}`, capacityPerInterval: 1, operatorSeconds: 1, failureShare: 0 },
          ]);
        });
      }
    })();
    const file = join(folder, 'backup.db');
    await backUp({ folder: line }, file);
    writing.on = false;
    await writer;
    await workspace.close();
    const restored = join(folder, 'restored');
    await restoreWorkspace(file, { folder: restored }, { replace: false });
    const again = await openWorkspace(restored);
    const named = (names: readonly string[]): number => names.filter((name) => name.startsWith('x')).length;
    const operators = named((await again.store.read('operators')).map(({ operator }) => operator));
    expect(named((await again.store.read('channels')).map(({ channel }) => channel))).toBe(operators);
    await again.close();
    expect(await readFile(join(restored, 'models/tiers.json'), 'utf8')).toBe(
      await readFile(join(line, 'models/tiers.json'), 'utf8'),
    );
  });

  test('overwrites no file, and a workspace only when told to', async () => {
    const file = join(folder, 'backup.db');
    const kept = await backUp({ folder: line }, file);
    expect((await problemsOf(backUp({ folder: line }, file))).map(({ rule }) => rule)).toEqual([
      'file-exists',
    ]);
    const workspace = await openWorkspace(line);
    await workspace.store.write('operators', [{ operator: 'later', skills: [], contractHours: 1 }]);
    const restoring = restoreWorkspace(file, { folder: line }, { replace: false });
    expect((await problemsOf(restoring)).map(({ rule }) => rule)).toEqual(['workspace-exists']);
    // While the workspace is open elsewhere.
    expect((await restoreWorkspace(file, { folder: line }, { replace: true })).tables).toEqual(kept);
    // Its log goes on, and says what was done.
    const [latest, ...earlier] = await workspace.store.audit({ limit: 2 });
    expect([latest?.action, earlier[0]?.action]).toEqual(['restored', 'records-written']);
    expect((await workspace.store.auditChain()).broken).toEqual([]);
    expect((await workspace.store.read('operators')).map(({ operator }) => operator)).not.toContain('later');
    await workspace.close();
  });

  test('that is none, or damaged, is refused and nothing is made', async () => {
    const target = join(folder, 'new');
    const none = join(folder, 'none.db');
    await writeFile(none, 'some text');
    const cases = [
      [join(folder, 'missing.db'), 'not-a-backup'],
      [none, 'database-damaged'],
      [join(line, 'huawu.db'), 'not-a-backup'],
    ] as const;
    for (const [file, rule] of cases) {
      const problems = await problemsOf(restoreWorkspace(file, { folder: target }, { replace: false }));
      expect(problems.map((problem) => [problem.rule, problem.file])).toEqual([[rule, file]]);
    }
    await expect(readFile(join(target, 'models/hotline.json'))).rejects.toThrow('ENOENT');
  });
});

const overrule = {
  queue: null,
  date: '2026-01-06',
  from: null,
  to: null,
  factor: 1.1,
  calls: null,
  reason: 'school',
  author: 'planner',
};
