import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { FeedDocument, FeedRun } from '../../src/contract/documents/feed-documents.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openStore } from '../../src/store/open-store.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { runCommand } from '../support/run-command.ts';
import { asText, makeCalls } from '../support/open-feeds.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Feeds by the doors that people and programs use: the command, HTTP, the server that follows them, a killed process. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = await temporaryFolder();
let template = '';

beforeAll(async () => {
  template = await newWorkspace('template');
});

const newWorkspace = async (name: string): Promise<string> => {
  const workspace = join(folder, name);
  await (await createWorkspace(workspace, { modelsFrom: join(root, 'models') })).close();
  return workspace;
};

const huawu = async (workspace: string, ...args: string[]) => {
  const { code, out, err } = await runCommand(['--workspace', workspace, '--lang', 'en', '--json', ...args]);
  return { code, err, document: (out === '' ? undefined : JSON.parse(out)) as unknown };
};

const untilTrue = async (holds: () => Promise<boolean>): Promise<number> => {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > 30_000) throw new Error('it never came');
    await pause(50);
  }
  return performance.now() - began;
};

const offeredOf = ({ intervals }: FeedRun): number =>
  intervals.reduce((sum, { offered }) => sum + offered, 0);

test('the command sets feeds up, looks at them, reads them, lists them and removes them', async () => {
  const { lines } = makeCalls(3, 80, 3);
  const log = join(folder, 'command_log');
  await writeFile(log, asText(lines));
  const feed = (...args: string[]) => huawu(template, 'feed', ...args);
  expect((await feed('run', '--once')).code).toBe(2);
  expect((await feed('add', 'Hall', '--kind', 'queue-log', '--from', log)).code).toBe(2);
  expect((await feed('add', 'hall', '--kind', 'queue-log')).code).toBe(2);
  expect((await feed('add', 'hall', '--kind', 'queue-log', '--from', log, '--queue', 'general')).code).toBe(
    2,
  );
  expect(
    (await feed('add', 'hall', '--kind', 'queue-log', '--from', log, '--queue', 'general=main')).code,
  ).toBe(0);
  const tested = (await feed('test', 'hall')).document as { queues: object[] };
  expect(tested.queues).toContainEqual(expect.objectContaining({ queue: 'general', as: 'main' }));
  expect(tested.queues).toContainEqual(expect.objectContaining({ queue: 'welfare', as: null }));
  const ran = (await feed('run', 'hall', '--once')).document as FeedRun;
  expect(ran).toMatchObject({ feed: 'hall', read: lines.length, stored: lines.length, refused: 0 });
  expect(offeredOf(ran)).toBe(lines.filter((line) => line.includes('general|NONE|ENTERQUEUE')).length);
  const listed = (await feed('list')).document as { feeds: FeedDocument[] };
  expect(listed.feeds).toMatchObject([{ name: 'hall', kind: 'queue-log', read: lines.length }]);
  const examined = (await huawu(template, 'doctor')).document as { checks: { check: string }[] };
  expect(examined.checks.map(({ check }) => check)).toContain('feeds');
  expect((await feed('add', 'second', '--kind', 'push', '--queue', 'x=main')).code).toBe(2);
  // what is not said stays; queues that were chosen go by a word of their own
  const again = async (...args: string[]) => {
    const { document } = await feed('add', 'hall', '--kind', 'queue-log', ...args);
    const { from, queues, lateHours, presence } = document as FeedDocument;
    return [from === log, queues, lateHours, presence];
  };
  expect(await again('--late', '3', '--no-presence')).toEqual([true, { general: 'main' }, 3, false]);
  const both = { general: 'main', welfare: null };
  expect(await again('--queue', 'welfare=', '--presence')).toEqual([true, both, 3, true]);
  const one = { welfare: 'other' };
  expect(await again('--no-queue', '--queue', 'welfare=other')).toEqual([true, one, 3, true]);
  expect(await again('--no-queue')).toEqual([true, {}, 3, true]);
  // what is empty is unset, and of another kind only queues and presence stay
  const query = 'select * from calls where at >= :from and at < :to';
  const put = async (kind: string, ...args: string[]) =>
    (await feed('add', 'else', '--kind', kind, ...args)).document as FeedDocument;
  const said = [
    '--time-zone',
    'UTC',
    '--late',
    '2',
    '--handle-time',
    'end',
    '--no-presence',
    '--queue',
    'a=b',
  ];
  await put(
    'sql',
    '--from',
    'postgres://reader@127.0.0.1/db',
    '--query',
    query,
    '--secret',
    'env:HUAWU_FEED_A',
    ...said,
  );
  const unset = await put('sql', '--time-zone', '', '--secret', '', '--map', '', '--history', '');
  expect([unset.timeZone, unset.secret, unset.query]).toEqual([undefined, undefined, query]);
  await put('sql', '--time-zone', 'UTC');
  const other = await put('push');
  expect(other).toMatchObject({ queues: { a: 'b' }, presence: false, lateHours: 8, handleTime: 'arrival' });
  expect([other.timeZone, other.query]).toEqual([undefined, undefined]);
  expect((await feed('remove', 'else')).code).toBe(0);
  await rename(log, `${log}-away`);
  const { code, err } = await feed('run', 'hall', '--once');
  expect([code, err.includes('no such file or folder')]).toEqual([3, true]);
  expect((await feed('remove', 'hall')).code).toBe(0);
  expect((await feed('remove', 'hall')).code).toBe(2);
});

test('a reader that is killed at any time loses nothing and counts nothing twice', async () => {
  const workspace = await newWorkspace('killed');
  const { lines, csv } = makeCalls(5, 3000, 20);
  const log = join(folder, 'killed_log');
  await writeFile(log, '');
  await huawu(workspace, 'feed', 'add', 'hall', '--kind', 'queue-log', '--from', log);
  const portion = Math.ceil(lines.length / 4);
  for (let at = 0; at < lines.length; at += portion) {
    const child = spawn(
      process.execPath,
      [join(root, 'src/cli/main.ts'), '--workspace', workspace, 'feed', 'run'],
      {
        stdio: 'ignore',
      },
    );
    for (let part = at; part < at + portion; part += 200) {
      await appendFile(log, asText(lines.slice(part, Math.min(part + 200, at + portion))));
      await pause(30);
    }
    // while it is about to begin, in the middle, or done
    await pause(300 + (at % 7) * 250);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const document = (await huawu(workspace, 'feed', 'run', 'hall', '--once')).document as FeedRun;
  expect(document.total).toMatchObject({ read: lines.length, stored: lines.length, repeated: 0, refused: 0 });
  expect(offeredOf(document)).toBe(csv.trim().split('\n').length - 1);
});

const settings = settingsSchema.parse({ port: 0, threads: 1, logLevel: 'silent' });

test('a server follows its feeds, and what is pushed comes in once', async () => {
  const workspace = await newWorkspace('served');
  const log = join(folder, 'served_log');
  await writeFile(log, '');
  const server: RunningServer = await serveWorkspace({ folder: workspace, settings });
  try {
    const call = apiClient(server);
    const read = async <Document>(path: string) =>
      (await (await call(`${apiRoot}${path}`)).json()) as Document;
    const send = (method: string, path: string, body?: unknown) =>
      call(`${apiRoot}${path}`, jsonRequest(method, body));
    const put = await send('PUT', '/feeds/hall', { kind: 'queue-log', from: log });
    expect(put.status).toBe(200);
    expect((await send('PUT', '/feeds/Hall', { kind: 'push' })).status).toBe(400);
    expect((await send('PUT', '/feeds/hall', { kind: 'fax' })).status).toBe(400);
    const feedNow = async () => (await read<FeedDocument[]>('/feeds'))[0];
    expect((await feedNow())?.state.is).toBe('new');
    const at = Math.floor(Date.now() / 1000) - 240;
    await appendFile(log, `${at}|1.1|a|NONE|ENTERQUEUE||X|1\n${at + 5}|1.1|a|op|CONNECT|5|x|1\n`);
    const millis = await untilTrue(async () => (await feedNow())?.stored === 2);
    expect(millis).toBeLessThan(5000);
    expect((await feedNow())?.state.is).toBe('live');
    await rename(log, `${log}-away`);
    await untilTrue(async () => (await feedNow())?.state.is === 'broken');
    expect((await feedNow())?.state.why?.message?.en).toContain('no such file or folder');
    await rename(`${log}-away`, log);
    await untilTrue(async () => (await feedNow())?.state.is === 'live');
    expect((await send('POST', '/feeds/hall/test')).status).toBe(200);
    expect((await send('POST', '/feeds/none/test')).status).toBe(404);

    await send('PUT', '/feeds/pushed', { kind: 'push', queues: { b: 'b' } });
    const row = {
      call_id: 'c',
      queue: 'b',
      arrived_at: new Date(at * 1000).toISOString(),
      wait_seconds: 3,
      outcome: 'abandoned',
    };
    const pushed = async (rows: unknown) => {
      const answered = await send('POST', '/feed', rows);
      return [answered.status, ((await answered.json()) as { stored?: number; repeated?: number }).stored];
    };
    expect(await pushed({ calls: [row] })).toEqual([200, 1]);
    expect(await pushed({ calls: [row] })).toEqual([200, 0]);
    expect((await pushed({ calls: [] }))[0]).toBe(400);
    expect((await pushed({ calls: Array.from({ length: 10_001 }, () => row) }))[0]).toBe(400);
    const many = Array.from({ length: 10_000 }, (_, i) => ({
      ...row,
      call_id: `m${i}`,
      caller: '',
      operator: '',
    }));
    expect(await pushed({ calls: many })).toEqual([200, 10_000]);
    const interval = {
      queue: 'b',
      start: '2026-11-01T08:00:00+08:00',
      interval_minutes: 30,
      offered: 5,
      answered: 4,
      abandoned: 1,
    };
    expect(await pushed({ intervals: [interval] })).toEqual([200, 1]);
    expect(await pushed({ intervals: [interval] })).toEqual([200, 0]);
    expect(
      await pushed({
        presence: [{ tier: 'general', start: interval.start, interval_minutes: 30, operators: 3.5 }],
      }),
    ).toEqual([200, 1]);
    expect((await send('POST', '/feed?feed=hall', { calls: [row] })).status).toBe(400);
    expect((await send('POST', '/feed?feed=none', { calls: [row] })).status).toBe(404);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/huawu_feed_rows\{line="main",feed="hall",became="stored"\} 2/);
    expect((await send('DELETE', '/feeds/hall')).status).toBe(204);
    expect((await send('DELETE', '/feeds/hall')).status).toBe(404);
  } finally {
    await server.close();
  }
  const store = await openStore({ folder: workspace });
  const { offered } = await store.traffic('b');
  expect(offered.reduce((sum, calls) => sum + calls, 0)).toBe(10_001 + 5);
  await store.close();
});

test('a folder: each file as if it had been handed over, whatever its neighbours are like', async () => {
  const workspace = await newWorkspace('folder');
  const drop = join(folder, 'drop');
  await mkdir(drop);
  await huawu(workspace, 'feed', 'add', 'files', '--kind', 'folder', '--from', drop);
  const run = async () => (await huawu(workspace, 'feed', 'run', 'files', '--once')).document as FeedRun;
  const { csv } = makeCalls(41, 300, 10);
  const [heading = '', ...rows] = csv.trim().split('\n');
  const file = (some: readonly string[]): string => `${[heading, ...some].join('\n')}\n`;
  // two files that share an interval, one that is none, one under way
  await writeFile(join(drop, 'calls-1.csv'), file(rows.slice(0, 100)));
  await writeFile(join(drop, 'calls-2.csv'), file(rows.slice(100, 150)));
  await writeFile(join(drop, 'broken.csv'), Buffer.from([0, 1, 2, 3, 255, 0, 10, 0]));
  await writeFile(join(drop, 'calls-3.csv.part'), file(rows.slice(150)));
  const first = await run();
  expect(offeredOf(first)).toBe(150);
  expect([first.stored, first.refused]).toEqual([150, 1]);
  expect((await run()).read).toBe(0);
  // one grows, one is renamed
  await writeFile(join(drop, 'calls-2.csv'), file(rows.slice(100, 250)));
  await rename(join(drop, 'calls-1.csv'), join(drop, 'calls-0.csv'));
  expect(offeredOf(await run())).toBe(250);
  await writeFile(join(drop, 'calls-3.csv'), file(rows.slice(250)));
  expect(offeredOf(await run())).toBe(300);
  const document = (await huawu(workspace, 'feed', 'list')).document as { feeds: FeedDocument[] };
  const refused = document.feeds[0]?.files.filter(({ why }) => why !== null);
  expect(refused).toEqual([{ file: 'broken.csv', why: expect.objectContaining({ severity: 'error' }) }]);
});
