import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { appendFile, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { beginningOf, type FileCursor, nextPiece } from '../../src/feeds/follow-file.ts';
import { openStore } from '../../src/store/open-store.ts';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

/** Nothing is lost or counted twice, wherever a reader ends and whatever becomes of the log before the next one looks. */
const opened: OpenedFeeds[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  for (const each of folders.splice(0)) await rm(each, { recursive: true, force: true });
});
const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds();
  opened.push(feeds);
  return feeds;
};
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-ended-'));
  folders.push(folder);
  return folder;
};

/** What a day has besides calls: operators, events of a dial plan, lines that nobody can read, and lines twice. */
const makeLog = (seed: number) => {
  const calls = makeCalls(seed, 160, 8).lines;
  const lines = calls.flatMap((line, i) => {
    const at = line.split('|')[0] ?? '';
    if (i % 20 === 3) return [line, `${at}|NONE|general|PJSIP/${i % 4}|ADDMEMBER|`];
    if (i % 20 === 9) return [line, `${at}|NONE|general|PJSIP/${i % 4}|PAUSE|lunch`];
    if (i % 20 === 15) return [line, `${at}|own.${i}|general|NONE|DID|x`];
    if (i % 20 === 17) return [line, '\u0001 not a line', line];
    return [line];
  });
  return (from: number, to: number): string =>
    asText(lines.slice(Math.floor(from * lines.length), Math.floor(to * lines.length)));
};

const standingOf = async (feeds: OpenedFeeds, store: OpenedFeeds['store']) => {
  const [feed] = await feeds.another({}, store).list();
  const { state: _, ...counts } = feed ?? {};
  return {
    counts,
    rows: await feeds.stored(store),
    presence: await store.read('presence'),
    calls: await store.feeds.calls('pbx'),
  };
};

test('a reader that ends after any of its statements: the next one has all of it, once', async () => {
  const feeds = await open();
  const part = makeLog(5);
  const path = join(feeds.folder, 'queue_log');
  const pieces = { pieceBytes: 5000, piecesPerStep: 2 };
  await feeds.another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  await appendFile(path, part(0, 0.3));
  const place = { folder: feeds.folder, store: 'sqlite', hotline: 'main' };
  const images: string[] = [];
  let statements = 0;
  // what stands on the disk at that moment is what a process leaves that ends there
  const take = (): void => {
    statements += 1;
    if (!isLongRun && statements % 9 !== 0) return;
    const folder = join(feeds.folder, `ended-${statements}`);
    mkdirSync(folder);
    for (const name of ['huawu.db', 'huawu.db-wal'])
      if (existsSync(join(feeds.folder, name))) copyFileSync(join(feeds.folder, name), join(folder, name));
    images.push(folder);
  };
  const watched = await openStore(place, { onStatement: take });
  const reader = feeds.another(pieces, watched);
  await reader.run('pbx');
  await appendFile(path, `${part(0.3, 0.6)}half of a li`);
  await reader.run('pbx');
  await watched.close();
  // renamed twice before anybody looks again
  await appendFile(path, `ne\n${part(0.6, 0.7)}`);
  await rename(path, `${path}.1`);
  await pause(20);
  await writeFile(path, part(0.7, 0.8));
  await rename(path, `${path}.2`);
  await pause(20);
  await writeFile(path, part(0.8, 1));
  await feeds.another().run('pbx');
  const whole = await standingOf(feeds, feeds.store);
  expect(whole.rows.length).toBeGreaterThan(20);
  expect(whole.counts).toMatchObject({ gaps: [], unknownEvents: [{ event: 'DID' }] });
  expect(statements).toBeGreaterThan(50);
  for (const folder of images) {
    const store = await openStore({ ...place, folder });
    await feeds.another(pieces, store).run('pbx');
    expect({ folder, ...(await standingOf(feeds, store)) }).toEqual({ folder, ...whole });
    expect((await feeds.another({}, store).run('pbx')).read).toBe(0);
    await store.close();
  }
});

test('a log that was renamed twice between setting a feed up and its first look', async () => {
  const part = makeLog(6);
  const read = async (isThere: boolean) => {
    const feeds = await open();
    const path = join(feeds.folder, 'queue_log');
    // what stands aside by then is none of the feed's
    await writeFile(`${path}.0`, makeCalls(99, 30, 2).lines.join('\n'));
    if (isThere) await writeFile(path, part(0, 0.2));
    await feeds.another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
    await appendFile(path, isThere ? part(0.2, 0.4) : part(0, 0.4));
    await rename(path, `${path}.1`);
    await pause(20);
    await writeFile(path, part(0.4, 0.7));
    await rename(path, `${path}.2`);
    await pause(20);
    await writeFile(path, part(0.7, 1));
    await feeds.another().run('pbx');
    return feeds.stored();
  };
  const feeds = await open();
  const path = join(feeds.folder, 'queue_log');
  await writeFile(path, part(0, 1));
  await feeds.another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  await feeds.another().run('pbx');
  const wanted = await feeds.stored();
  expect(await read(true)).toEqual(wanted);
  expect(await read(false)).toEqual(wanted);
});

/** Reads until nothing more comes; answers the lines, and how often something may be missing. */
const readOn = async (path: string, from: FileCursor | undefined) => {
  const lines: string[] = [];
  let cursor = from;
  let broken = 0;
  for (;;) {
    const piece = await nextPiece(path, cursor, 4000);
    lines.push(...piece.lines);
    if (piece.broken !== false) broken += 1;
    const isSame = piece.cursor.offset === cursor?.offset && piece.cursor.inode === cursor.inode;
    cursor = piece.cursor;
    if (!piece.more && isSame) return { lines, cursor, broken };
  }
};

test('renamed twice within one tick of the disk’s clock: both are read, whatever they are called', async () => {
  for (const [first, second] of [
    ['1', '2'],
    ['2', '1'],
    ['9', '10'],
  ]) {
    const path = join(await newFolder(), 'queue_log');
    await writeFile(path, 'one\n');
    const { cursor } = await readOn(path, await beginningOf(path));
    await appendFile(path, 'two\n');
    await rename(path, `${path}.${first}`);
    await pause(20);
    await writeFile(path, 'three\n');
    await rename(path, `${path}.${second}`);
    await pause(20);
    await writeFile(path, 'four\n');
    for (const name of [first, second]) await utimes(`${path}.${name}`, 1_795_000_000, 1_795_000_000);
    expect(await readOn(path, cursor)).toMatchObject({ lines: ['two', 'three', 'four'], broken: 0 });
  }
});

test('a log is left once its successor has something: until then whoever writes may not have let it go', async () => {
  const path = join(await newFolder(), 'queue_log');
  await writeFile(path, 'one\n');
  const first = await readOn(path, await beginningOf(path));
  await rename(path, `${path}.1`);
  await writeFile(path, '');
  const second = await readOn(path, first.cursor);
  await appendFile(`${path}.1`, 'two\nthr');
  const third = await readOn(path, second.cursor);
  await appendFile(`${path}.1`, 'ee\n');
  await appendFile(path, 'four\n');
  const { lines, broken } = await readOn(path, third.cursor);
  expect([second.lines, third.lines, lines, broken]).toEqual([[], ['two'], ['three', 'four'], 0]);
});

test('a log that is renamed again and again while it is read: each line once, and no break', async () => {
  const path = join(await newFolder(), 'queue_log');
  const rotations = isLongRun ? 300 : 120;
  const written: string[] = [];
  let isOver = false;
  const write = (async () => {
    for (let i = 1; i <= rotations; i += 1) {
      for (let n = 0; n < 3; n += 1) {
        written.push(`${i} ${n} ${'x'.repeat(i % 50)}`);
        await appendFile(path, `${written.at(-1)}\n`);
      }
      // as a rotation that counts: what is older moves on first
      if (i % 3 === 0) await rename(`${path}.0`, `${path}.${i - 1}`);
      await rename(path, i % 3 === 2 ? `${path}.0` : `${path}.${i}`);
      await pause(12);
    }
    await writeFile(path, 'end\n');
    isOver = true;
  })();
  const lines: string[] = [];
  const breaks: number[] = [];
  let cursor = await beginningOf(path);
  for (let left = 2000; lines.at(-1) !== 'end' && left > 0; left -= isOver ? 1 : 0) {
    const piece = await nextPiece(path, cursor, 4000).catch((error: NodeJS.ErrnoException) => {
      // there is none between two
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    if (piece === undefined) continue;
    lines.push(...piece.lines);
    if (piece.broken !== false) breaks.push(lines.length);
    cursor = piece.cursor;
  }
  await write;
  expect([lines.length, breaks]).toEqual([written.length + 1, []]);
  expect(lines).toEqual([...written, 'end']);
});
