import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { hasLogOfAnother, leaveMark } from '../../src/store/left-log.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { takeBackInit } from '../../src/store/create-workspace.ts';
import { noteUnderWay } from '../../src/store/under-way.ts';
import { makeOldFile } from '../support/scenes.ts';
import { isLongRun } from '../support/sweep.ts';

// What a killed server left beside its database is played into that file alone, and into no other in its place.

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-left-'));
});
afterEach(() => rm(folder, { recursive: true }));

const table = 'traffic' as const;
const write = (database: Database, at: number, many = 1): Promise<unknown> =>
  database.write('main', ({ db }) =>
    db
      .insertInto(table)
      .values(
        Array.from({ length: many }, (_, i) => ({
          hotlineKey: 'main',
          queue: `q${at}`,
          startMillis: i * 1_800_000,
          intervalMinutes: 30,
          offered: at,
        })) as never,
      )
      .execute(),
  );

/** The file with its log as a kill leaves them at this moment. */
const killed = async (file: string, to: string): Promise<string> => {
  await mkdir(to, { recursive: true });
  const there = join(to, 'huawu.db');
  await copyFile(file, there);
  await copyFile(`${file}-wal`, `${there}-wal`).catch(() => undefined);
  return there;
};

/** The same while the file is made or brought up to date, with what its pages were before. */
const killedInJournal = async (file: string, to: string): Promise<string> => {
  const there = await killed(file, to);
  await copyFile(`${file}-journal`, `${there}-journal`).catch(() => undefined);
  return there;
};

/** All rows of a file that is sound. */
const rowsOf = (file: string): string => {
  const database = new DatabaseSync(file);
  try {
    expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
    return JSON.stringify(database.prepare(`select * from ${table} order by queue, start_millis`).all());
  } finally {
    database.close();
  }
};

const open = async (file: string): Promise<'opened' | 'refused'> => {
  try {
    await (await openSqlite(file, { hotline: 'main' })).close();
    return 'opened';
  } catch (error) {
    expect(error).toMatchObject({ problems: [{ rule: 'database-with-log-of-another', file }] });
    return 'refused';
  }
};

test('a copy of before, or of another line, in the place of a killed server’s file is refused, and opens without the log', async () => {
  const [file, other] = [join(folder, 'huawu.db'), join(folder, 'other.db')];
  const database = await openSqlite(file, { hotline: 'main', create: true });
  for (let at = 0; at < 3; at += 1) await write(database, at);
  const raw = new DatabaseSync(file);
  raw.exec('pragma wal_checkpoint(truncate)');
  await copyFile(file, join(folder, 'before.db'));
  for (let at = 3; at < 6; at += 1) await write(database, at);
  raw.exec('pragma wal_checkpoint(passive)');
  await write(database, 6);
  const before = await openSqlite(other, { hotline: 'main', create: true });
  for (let at = 0; at < 7; at += 1) await write(before, at);
  await before.close();
  await backup(raw, join(folder, 'copied.db'));
  raw.exec(`vacuum into '${join(folder, 'packed.db')}'`);
  for (let at = 7; at < 9; at += 1) await write(database, at);
  const left = await killed(file, join(folder, 'left'));
  raw.close();
  await database.close();
  for (const copy of ['before.db', 'other.db', 'copied.db', 'packed.db']) {
    const there = await killed(left, join(folder, `with-${copy}`));
    await copyFile(join(folder, copy), there);
    const wanted = rowsOf(join(folder, copy));
    expect([copy, await open(there)]).toEqual([copy, 'refused']);
    // as the remedy says
    await rm(`${there}-wal`);
    await rm(`${there}-shm`, { force: true });
    expect([copy, await open(there)]).toEqual([copy, 'opened']);
    expect(rowsOf(there)).toBe(wanted);
  }
  expect(await open(left)).toBe('opened');
  expect(JSON.parse(rowsOf(left))).toHaveLength(9);
});

test('whatever was written, carried over and copied before a kill: its own log is taken up, and no other damages a file', async () => {
  const step = fc.oneof(
    fc.record({ what: fc.constant('write' as const), by: fc.nat(1), many: fc.constantFrom(1, 40, 2500) }),
    fc.record({
      what: fc.constantFrom('carry' as const, 'copy' as const, 'backup' as const, 'pack' as const),
    }),
    fc.record({ what: fc.constant('anew' as const) }),
  );
  let [run, refused, same] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      run += 1;
      const own = join(folder, `run-${run}`);
      await mkdir(own);
      const file = join(own, 'huawu.db');
      const begin = () => openSqlite(file, { hotline: 'main', create: true });
      let both = [await begin(), await begin()] as const;
      const raw = new DatabaseSync(file);
      const copies: string[] = [];
      for (const [at, each] of steps.entries()) {
        const to = join(own, `copy-${at}.db`);
        if (each.what === 'write') await write(both[each.by === 0 ? 0 : 1], at, each.many);
        else if (each.what === 'carry') raw.exec('pragma wal_checkpoint(passive)');
        else if (each.what === 'anew') {
          for (const one of both) await one.close();
          both = [await begin(), await begin()];
        } else {
          if (each.what === 'copy') await copyFile(file, to);
          else if (each.what === 'backup') await backup(raw, to);
          else raw.exec(`vacuum into '${to}'`);
          copies.push(to);
        }
      }
      const left = await killed(file, join(own, 'left'));
      raw.close();
      for (const one of both) await one.close();
      const wanted = rowsOf(file);
      const again = await killed(left, join(own, 'again'));
      expect(await open(again)).toBe('opened');
      expect(rowsOf(again)).toBe(wanted);
      for (const copy of copies) {
        const there = await killed(left, `${copy}-there`);
        await copyFile(copy, there);
        if ((await open(there)) === 'refused') refused += 1;
        else {
          // of the same writes: it is brought to where they had come
          expect([wanted, rowsOf(copy)]).toContain(rowsOf(there));
          same += 1;
        }
      }
      await rm(own, { recursive: true });
    }),
    { numRuns: isLongRun ? 75 : 10 },
  );
  expect(Math.min(refused, same)).toBeGreaterThan(0);
});

/** A file of an older structure as a killed update leaves it: before any page is written, with some, and with all. */
const killedUpdates = async (old: string): Promise<readonly string[]> => {
  const file = join(folder, 'updated.db');
  await copyFile(old, file);
  const raw = new DatabaseSync(file);
  raw.exec('pragma journal_mode = delete');
  raw.exec('pragma journal_mode = persist; pragma synchronous = full; begin immediate');
  raw.exec('create table later (a); update overrules set reason = 1');
  const kills = [await killedInJournal(file, join(folder, 'kill-early'))];
  raw.exec('pragma cache_size = 5; update traffic set offered = offered + 1');
  raw.exec('insert into later select offered from traffic');
  const half = await killedInJournal(file, join(folder, 'kill-half'));
  raw.exec('commit');
  const end = await killedInJournal(file, join(folder, 'kill-end'));
  raw.close();
  // what is kept to the end has its head wiped out last
  const [head, whole] = [await readFile(`${half}-journal`), await readFile(`${end}-journal`)];
  await writeFile(`${end}-journal`, Buffer.concat([head.subarray(0, 28), whole.subarray(28)]));
  return [...kills, half, end];
};

test('the journal of a killed update brings its own file back, and is played into no copy in its place', async () => {
  const old = join(folder, 'old.db');
  await makeOldFile(old, 5000);
  const raw = new DatabaseSync(old);
  await copyFile(old, join(folder, 'earlier.db'));
  leaveMark(raw);
  raw.exec(`vacuum into '${join(folder, 'kept.db')}'`);
  await backup(raw, join(folder, 'copied.db'));
  raw.exec(
    `update overrules set author = 'c'; create table grown (a); insert into grown values (zeroblob(100000))`,
  );
  leaveMark(raw);
  raw.exec('pragma wal_checkpoint(truncate)');
  raw.close();
  const wanted = rowsOf(old);
  const [early = '', ...late] = await killedUpdates(old);
  for (const left of late)
    for (const copy of ['kept.db', 'copied.db', 'earlier.db']) {
      const there = await killedInJournal(left, `${left}-with-${copy}`);
      await copyFile(join(folder, copy), there);
      expect([left, copy, await open(there)]).toEqual([left, copy, 'refused']);
      await rm(`${there}-journal`);
      expect([left, copy, await open(there)]).toEqual([left, copy, 'opened']);
    }
  for (const left of [early, ...late]) {
    const there = await killedInJournal(left, `${left}-again`);
    expect([left, hasLogOfAnother(there)]).toEqual([left, false]);
    expect([left, rowsOf(there)]).toEqual([left, wanted]);
    expect([left, await open(there)]).toEqual([left, 'opened']);
  }
});

test('an update leaves a mark before it begins: its journal is told from every other file’s', async () => {
  const old = join(folder, 'old.db');
  await makeOldFile(old, 10);
  expect(await open(old)).toBe('opened');
  const raw = new DatabaseSync(old);
  const [before, now] = ['application_id', 'user_version'].map(
    (name) => raw.prepare(`pragma ${name}`).get()?.[name],
  );
  raw.close();
  expect([before, now]).not.toContain(0);
  expect(before).not.toBe(now);
});

test('the journal of a workspace that was only being made cuts nothing that was put there since, and that is left there', async () => {
  const line = join(folder, 'line');
  await mkdir(line);
  const file = join(line, 'huawu.db');
  const raw = new DatabaseSync(file);
  raw.exec('pragma cache_size = 2; begin; create table kysely_migration (name, timestamp)');
  raw.exec('insert into kysely_migration values (zeroblob(100000), 1), (zeroblob(100000), 2)');
  const left = await killedInJournal(file, join(folder, 'left'));
  expect(hasLogOfAnother(left)).toBe(false);
  raw.close();
  const other = await openSqlite(join(folder, 'other.db'), { hotline: 'main', create: true });
  await write(other, 1);
  await other.close();
  await copyFile(join(folder, 'other.db'), file);
  await copyFile(`${left}-journal`, `${file}-journal`);
  await noteUnderWay(line, { work: 'init', made: null });
  await takeBackInit(line, { work: 'init', made: null });
  expect(await open(file)).toBe('refused');
  await rm(`${file}-journal`);
  expect(await open(file)).toBe('opened');
  expect(JSON.parse(rowsOf(file))).toHaveLength(1);
});
