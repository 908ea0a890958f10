import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeBackup } from '../../src/store/backup-file.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { digestHotline, type TableDigest } from '../../src/store/copy-hotline.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';
import { auditTables } from '../../src/store/audit-log.ts';
import { moveWorkspace } from '../../src/store/move-workspace.ts';
import { openDatabase, openStore, type StorePlace } from '../../src/store/open-store.ts';
import { restoreWorkspace } from '../../src/store/restore-workspace.ts';
import { fillStore } from '../support/fill-store.ts';
import { problemsOf } from '../support/problems-of.ts';
import { startPostgres } from '../support/postgres-server.ts';

/** What becomes of records that a move has left behind, and of whoever still has them open. */
const modelsFrom = new URL('../../models', import.meta.url).pathname;
const server = await startPostgres();
afterAll(() => server?.close());

let folder: string;
let line: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-left-'));
  line = join(folder, 'line');
  const workspace = await createWorkspace(line, { modelsFrom });
  await fillStore(workspace.store);
  await workspace.close();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const onDatabase = async <Answer>(
  place: StorePlace,
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<Answer>,
): Promise<Answer> => {
  const database = await openDatabase(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

/** All but the log of changes, which says of every copy that it was made. */
const layouts = tableLayouts.filter(({ table }) => !auditTables.includes(table));

const withoutLog = (tables: readonly TableDigest[]): readonly TableDigest[] =>
  tables.filter(({ table }) => !auditTables.includes(table));

const digestOf = (place: StorePlace): Promise<readonly TableDigest[]> =>
  onDatabase(place, ({ reads }) => digestHotline(reads, 'main', layouts));

const backUp = (place: StorePlace, file: string): Promise<readonly TableDigest[]> =>
  onDatabase(place, (database) =>
    writeBackup({ database, hotline: 'main' }, join(place.folder, 'models'), file),
  );

const rulesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  (await problemsOf(work)).map(({ rule }) => rule);

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

const writer = new URL('write-until-refused.ts', import.meta.url).pathname;

/** Moves a place into a folder while a process writes there: what it was acknowledged must all have come along. */
const loseNothing = async (place: StorePlace, target: string): Promise<void> => {
  const child = spawn(process.execPath, [writer, place.folder, place.store ?? 'sqlite'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const ended = once(child, 'close');
  await vi.waitFor(() => expect(said).toContain('writing'), { timeout: 20_000 });
  await moveWorkspace(place, target, { replace: false });
  await ended;
  const told = JSON.parse(said.replace('writing', '')) as { acknowledged: number; rules: string[] };
  expect(told.rules).toEqual(['records-moved']);
  const moved = await openStore({ folder: target });
  const late = (await moved.read('operators')).filter(({ operator }) => operator.startsWith('late '));
  expect(late.length).toBe(told.acknowledged);
  await moved.close();
};

describe('a move', () => {
  test('leaves what another process was acknowledged on the old file at the new place', async () => {
    await loseNothing({ folder: line }, join(folder, 'moved'));
  });

  test('that ends before the settings name the new place leaves the old one in use', async () => {
    const target = join(folder, 'target');
    // In the way of the last step.
    await mkdir(join(target, 'settings.json'), { recursive: true });
    const before = await digestOf({ folder: line });
    await expect(moveWorkspace({ folder: line }, target, { replace: false })).rejects.toThrow('EISDIR');
    expect(await digestOf({ folder: line })).toEqual(before);
    const store = await openStore({ folder: line });
    expect([await store.movedTo(), await store.addOverrule(overrule)]).toEqual([undefined, 3]);
    await store.close();
    await rm(join(target, 'settings.json'), { recursive: true });
    await moveWorkspace({ folder: line }, target, { replace: true });
    const moved = await openStore({ folder: target });
    expect((await moved.overrules()).map(({ id }) => id)).toEqual([1, 3]);
    await moved.close();
  });

  test('left records can be backed up, and take writes again when a backup is put there', async () => {
    const target = join(folder, 'target');
    const { tables } = await moveWorkspace({ folder: line }, target, { replace: false });
    const old = await openStore({ folder: line });
    expect(await rulesOf(old.addOverrule(overrule))).toEqual(['records-moved']);
    const file = join(folder, 'left.db');
    expect(await backUp({ folder: line }, file)).toEqual(tables);
    expect(await rulesOf(old.addOverrule(overrule))).toEqual(['records-moved']);
    const beside = join(folder, 'beside');
    for (const restored of [beside, line]) {
      await restoreWorkspace(file, { folder: restored }, { replace: true });
      expect(await digestOf({ folder: restored })).toEqual(withoutLog(tables));
      const store = await openStore({ folder: restored });
      expect([await store.movedTo(), await store.addOverrule(overrule)]).toEqual([undefined, 3]);
      await store.close();
    }
    expect(await old.removeOverrule(3)).toBe(true);
    await old.close();
  });
});

describe.skipIf(server === undefined)('moved to PostgreSQL and back', () => {
  let store: string;
  beforeAll(async () => {
    store = (await server?.makeDatabase('left')) ?? '';
  });

  test('whoever still has an old place open writes there again once the records are moved back', async () => {
    const file = { folder: join(folder, 'file'), hotline: 'there-and-back' };
    const served = { ...file, store };
    await mkdir(file.folder);
    const onFile = await openStore(file, { create: true });
    await fillStore(onFile);
    await moveWorkspace(file, store, { replace: false });
    const onServer = await openStore(served);
    expect(await onServer.addOverrule(overrule)).toBe(3);
    expect(await rulesOf(onFile.addOverrule(overrule))).toEqual(['records-moved']);

    await moveWorkspace(served, file.folder, { replace: true });
    expect(await rulesOf(onServer.removeOverrule(3))).toEqual(['records-moved']);
    expect((await onFile.overrules()).map(({ id }) => id)).toEqual([1, 3]);
    expect([await onFile.movedTo(), await onFile.removeOverrule(3)]).toEqual([undefined, true]);

    await moveWorkspace(file, store, { replace: true });
    expect((await onServer.overrules()).map(({ id }) => id)).toEqual([1]);
    expect([await onServer.movedTo(), await onServer.removeOverrule(1)]).toEqual([undefined, true]);
    await onFile.close();
    await onServer.close();
  });

  test('a database is not moved to itself under another name', async () => {
    const place = { folder: line, store, hotline: 'itself' };
    await (await openStore(place, { create: true })).close();
    const otherName = store.replace('127.0.0.1', 'localhost');
    expect(await rulesOf(moveWorkspace(place, otherName, { replace: true }))).toEqual(['already-there']);
  });

  test('what another process was acknowledged on the server while it moved is at the new place', async () => {
    const place = { folder: line, store };
    await (await openStore(place, { create: true })).close();
    await loseNothing(place, join(folder, 'from-server'));
  });
});
