import { spawnSync } from 'node:child_process';
import { appendFile, chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { fuzzedFeeds, fuzzFeed } from '../support/fuzz/fuzz-feeds.ts';
import { feedToPutSchema } from '../../src/contract/documents/feed-documents.ts';
import { CallBook } from '../../src/feeds/call-book.ts';
import { openPlain } from '../../src/feeds/follow-file.ts';
import { isLongRun } from '../support/sweep.ts';
import { asText, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** No row of a feed stops it: it is stored or refused by itself and counted, and costs no more than others. */
const hour = 3_600_000;
const start = Date.parse('2026-11-24T08:00:00Z');
const clock = { now: start };
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  clock.now = start;
});

const open = async (kind: 'queue-log' | 'push') => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  const path = join(feeds.folder, 'queue_log');
  await writeFile(path, '');
  await feeds.another().put('pbx', settingsOf({ kind, from: kind === 'push' ? '' : path }));
  const queues = async (): Promise<readonly string[]> =>
    (await feeds.store.trafficSummary()).map(({ queue }) => queue).sort();
  const show = async () => (await feeds.another().list())[0];
  return { ...feeds, path, queues, show };
};

let id = 0;
/** A call of half a minute, as two lines of a log. */
const callAt = (millis: number, queue: string): string[] => {
  id += 1;
  const at = Math.floor(millis / 1000);
  return [
    `${at}|${at}.${id}|${queue}|NONE|ENTERQUEUE||13800000001|1`,
    `${at + 30}|${at}.${id}|${queue}|NONE|ABANDON|1|1|30`,
  ];
};

const odd = [
  'Total',
  '合计',
  '总计',
  'all',
  'constructor',
  'toString',
  'hasOwnProperty',
  '队列 "A", B',
  'q'.repeat(100),
];
const refused = ['', ' ', '__proto__', '\u200b', '\u00a0'];

test('a queue of two feeds: the second is asked about, and takes nothing from the first', async () => {
  const { another, folder, path, store } = await open('queue-log');
  const offered = async (queue: string): Promise<number> =>
    (await store.traffic(queue)).offered.reduce((sum, calls) => sum + calls, 0);
  const second = join(folder, 'second_log');
  const at = start - 2 * hour;
  await writeFile(path, asText([0, 1, 2].flatMap((n) => callAt(at + n * 60_000, 'hall'))));
  await writeFile(second, asText([...callAt(at, 'hall'), ...callAt(at, 'yard')]));
  const feeds = another();
  await feeds.run('pbx');
  await feeds.put('other', settingsOf({ kind: 'queue-log', from: second }));
  await feeds.run('other');
  expect([await offered('hall'), await offered('yard')]).toEqual([3, 0]);
  const asked = async () => (await feeds.list()).find(({ name }) => name === 'other')?.unknownQueues;
  expect((await asked())?.map(({ queue }) => queue).sort()).toEqual(['hall', 'yard']);
  // none that the first one brings
  const mapped = (queues: Record<string, string>) =>
    feeds.put('other', settingsOf({ kind: 'queue-log', from: second, queues }));
  await expect(mapped({ hall: 'hall' })).rejects.toMatchObject({ said: { code: 'queue-of-two-feeds' } });
  await mapped({ hall: 'hall-2', yard: 'yard' });
  await feeds.run('other');
  await feeds.run('pbx');
  expect([await offered('hall'), await offered('hall-2'), await offered('yard')]).toEqual([3, 1, 1]);
  expect(await asked()).toEqual([]);
  // the first gives one up by calling it otherwise, or by leaving it out
  expect((await feeds.list()).map(({ brings }) => [...brings].sort())).toEqual([
    ['hall-2', 'yard'],
    ['hall'],
  ]);
  await feeds.put('pbx', settingsOf({ kind: 'queue-log', from: path, queues: { hall: null } }));
  await mapped({ hall: 'hall', yard: 'yard' });
  // what both have by now keeps neither from being changed
  await store.feeds.put('pbx', settingsOf({ kind: 'queue-log', from: path, queues: { hall: 'hall' } }));
  await feeds.put(
    'pbx',
    settingsOf({ kind: 'queue-log', from: path, queues: { hall: 'hall' }, lateHours: 9 }),
  );
});

test('a queue may be called what it likes; one without a name, and a time before any, are refused by themselves', async () => {
  const { path, another, queues, show } = await open('queue-log');
  const names = fc.array(fc.oneof(fc.constantFrom(...odd, ...refused), fc.string({ maxLength: 12 })), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(names, async (all) => {
      const before = (await another().run('pbx')).total;
      const plain = all.map((name) => name.replaceAll(/[|\r\n]/g, ''));
      await appendFile(path, asText([...plain, 'good'].flatMap((name) => callAt(start - hour, name))));
      const { read, stored, refused: not, total, state } = await another().run('pbx');
      expect(state.is).not.toBe('broken');
      expect([read, stored + not]).toEqual([2 * plain.length + 2, read]);
      expect(total.stored - before.stored).toBeGreaterThanOrEqual(2);
    }),
    { numRuns: isLongRun ? 100 : 5 },
  );
  const old = ['1973-01-01', '1980-01-01', '1999-12-31', '2000-01-01', '2001-09-01'].flatMap((day) =>
    callAt(Date.parse(day), 'old'),
  );
  await appendFile(path, asText([...odd, ...refused].flatMap((name) => callAt(start - hour, name))));
  await appendFile(path, asText([...old, ...callAt(start - hour, 'last')]));
  expect(await another().run('pbx')).toMatchObject({
    refused: 2 * refused.length + old.length,
  });
  expect(await queues()).toEqual(expect.arrayContaining([...odd, 'good', 'last']));
  expect((await show())?.refusals.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['bad-name', 'bad-time']),
  );
});

test('rows that are pushed are refused one by one, each with its reason', async () => {
  const { another, queues } = await open('push');
  const row = (queue: string, arrived_at = '2026-11-24T07:00:00Z') => ({
    call_id: `c${(id += 1)}`,
    queue,
    arrived_at,
    wait_seconds: 3,
    outcome: 'abandoned' as const,
  });
  const calls = [
    ...[...odd, ...refused, 'a\nb', 'a\tb'].map((name) => row(name)),
    row('good', '1980-01-01T00:00:00Z'),
    row('good', '2000-01-01T00:00:00Z'),
    row('good'),
  ];
  const answer = await another().push('pbx', { calls });
  expect(answer).toMatchObject({ read: calls.length, stored: odd.length + 1, refused: refused.length + 4 });
  expect(answer.refusals).toEqual([
    { reason: 'bad-name', count: refused.length + 2 },
    { reason: 'bad-time', count: 2 },
  ]);
  expect(await queues()).toEqual([...odd, 'good'].sort());
  // the last that is said of a call stands, however often it was said before
  const said = (wait: number) => ({ ...row('good'), call_id: 'same', wait_seconds: wait });
  const before = process.cpuUsage();
  await another().push('pbx', { calls: Array.from({ length: 9000 }, (_, i) => said(i % 100)) });
  await another().push('pbx', { calls: [said(7), said(9), said(7)] });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(3);
});

test('a pushed interval is a row, whatever its queue is called; each that is wrong is refused by itself', async () => {
  const { another, queues, store } = await open('push');
  const interval = (queue: string, offered: number, start = '2026-11-24T07:00:00Z') => ({
    queue,
    start,
    interval_minutes: 30,
    offered,
    answered: offered,
  });
  const words = [...odd, '小计', 'grand total', 'NULL', 'N/A', '-', '0', 'queue', '=1+1', '"'];
  const intervals = [
    ...words.map((name, i) => interval(name, i + 1)),
    ...[...refused, 'a\u2028b'].map((name) => interval(name, 1)),
    interval('good', 1, '1980-01-01T00:00:00Z'),
  ];
  const there = (tier: string) => ({
    tier,
    start: '2026-11-24T07:00:00Z',
    interval_minutes: 30,
    operators: 2.5,
  });
  const answer = await another().push('pbx', { intervals, presence: [there('Total'), there(' ')] });
  const [wrong, all] = [refused.length + 2, intervals.length + 2];
  expect(answer).toMatchObject({ read: all, stored: words.length + 1, repeated: 0, refused: wrong + 1 });
  expect(answer.refusals).toEqual([
    { reason: 'bad-name', count: refused.length + 2 },
    { reason: 'bad-time', count: 1 },
  ]);
  expect(await queues()).toEqual([...words].sort());
  for (const [i, name] of words.entries()) expect([...(await store.traffic(name)).offered]).toEqual([i + 1]);
  expect((await store.read('presence')).map(({ tier }) => tier)).toEqual(['Total']);
  expect(await another().push('pbx', { intervals: intervals.slice(0, 3) })).toMatchObject({ repeated: 3 });
  // nor do figures that no interval can have, lengths and starts that fit no grid, or what is said twice otherwise
  const sound = interval('all', 7);
  const odds = [
    { ...interval('all', 1, '2026-11-24T06:00:00Z'), answered: 9 },
    { ...interval('all', 1, '2026-11-24T06:00:00Z'), interval_minutes: 7 },
    interval('all', 1, '2026-11-24T06:10:00Z'),
    { ...sound, interval_minutes: 15 },
  ];
  for (const wrongOne of odds) {
    const said = await another().push('pbx', { intervals: [sound, wrongOne] });
    expect([wrongOne, said.refused, said.stored + said.repeated]).toEqual([wrongOne, 1, 1]);
  }
});

test('queues that the hotline does not have are told with how many rows are theirs; others are stored beside them', async () => {
  const { another, store, show, queues } = await open('push');
  const start = '2026-11-24T07:00:00Z';
  const interval = (queue: string) => ({ queue, start, interval_minutes: 30, offered: 3 });
  const call = (queue: string) => ({
    call_id: `u${(id += 1)}`,
    queue,
    arrived_at: start,
    wait_seconds: 3,
    outcome: 'abandoned' as const,
  });
  await another().push('pbx', { intervals: [interval('general')] });
  await another().put('pbx', settingsOf({ kind: 'push', queues: { g: 'general', out: null } }));
  const answer = await another().push('pbx', {
    intervals: [interval('g'), interval('new'), interval('out'), interval('x'), interval('x')].map((row) => ({
      ...row,
      start: '2026-11-24T07:30:00Z',
    })),
    calls: ['g', 'new', 'new', 'out'].map(call),
  });
  expect(answer.unknownQueues).toEqual([
    { queue: 'new', count: 3 },
    { queue: 'x', count: 2 },
  ]);
  expect(answer).toMatchObject({ read: 9, stored: 5, unknown: 1, refused: 3 });
  expect(answer.refusals).toEqual([{ reason: 'unknown-queue', count: 3 }]);
  expect(await queues()).toEqual(['general']);
  expect((await store.traffic('general')).offered.length).toBe(2);
  expect((await show())?.unknownQueues).toEqual([{ queue: 'new', count: 2 }]);
});

test('by what a feed calls its queues a hotline gets five hundred, and not twenty thousand', async () => {
  const { path, another, queues, show } = await open('queue-log');
  const before = process.cpuUsage();
  await appendFile(
    path,
    asText(Array.from({ length: 20_000 }, (_, i) => callAt(start - hour, `q${i}`)).flat()),
  );
  expect(await another().run('pbx')).toMatchObject({ read: 40_000, stored: 40_000 });
  const { user, system } = process.cpuUsage(before);
  expect((await queues()).length).toBe(500);
  expect((await show())?.unknownQueues.reduce((sum, { count }) => sum + count, 0)).toBe(19_500);
  expect((user + system) / 1e6).toBeLessThan(20);
});

test('what a sender writes is shown short and without what a screen obeys; what broke inside is for the log', async () => {
  const { another, store, folder } = await open('push');
  const drop = join(folder, 'drop');
  await mkdir(drop);
  const odd = `a\u001b[31m\u202e${'b'.repeat(150)}`;
  await writeFile(join(drop, odd), '<script>\u001b[2J,x\n1');
  await another().put('files', settingsOf({ kind: 'folder', from: drop }));
  await another().run('files');
  const files = (await another().list()).find(({ name }) => name === 'files');
  const said = JSON.stringify(files);
  expect(files?.files[0]?.why).not.toBeNull();
  expect(said).not.toMatch(/\\u001b|\u202e|b{70}/);
  const broken: typeof store = {
    ...store,
    feeds: {
      ...store.feeds,
      calls: async () => {
        throw new Error('secret of the inside');
      },
    },
  };
  const heard: unknown[] = [];
  const feeds = another({}, broken);
  const end = feeds.follow((_name, error) => heard.push(error), 'files');
  while (heard.length === 0) await pause(20);
  await end();
  expect(String(heard[0])).toContain('secret of the inside');
  expect(JSON.stringify(await feeds.list())).not.toContain('secret');
});

test('what lies ahead of the clock is kept until it is due, and stored then, whoever reads', async () => {
  const { path, another, store, show } = await open('queue-log');
  const ahead = Array.from({ length: 5 }, (_, i) => callAt(start + 50 * hour + i * 60_000, 'q')).flat();
  await writeFile(path, asText([...callAt(start, 'q'), ...ahead]));
  expect(await another().run('pbx')).toMatchObject({ read: 12, stored: 2, refused: 10 });
  const feeds = another();
  clock.now += 2.02 * hour;
  await feeds.run('pbx');
  const half = (await show())?.stored ?? 0;
  expect(half).toBeGreaterThan(2);
  expect(half).toBeLessThan(12);
  clock.now += 48 * hour;
  expect((await another().run('pbx')).total).toMatchObject({ read: 12, stored: 12, refused: 0 });
  expect((await store.traffic('q')).offered.reduce((sum, n) => sum + n, 0)).toBe(6);
  expect((await show())?.refusals).toEqual([]);
  expect((await another().run('pbx')).read).toBe(0);
});

test('a machine that has not set its clock yet reads nothing, and everything once it has', async () => {
  const { path, another } = await open('queue-log');
  await writeFile(path, asText(Array.from({ length: 40 }, (_, i) => callAt(start - i * 60_000, 'q')).flat()));
  for (const wrong of [0, Date.UTC(2000, 0, 1), Date.UTC(2020, 0, 1)]) {
    clock.now = wrong;
    expect(await another().run('pbx')).toMatchObject({
      read: 0,
      state: { is: 'broken', why: { rule: 'feed-clock' } },
    });
  }
  clock.now = start;
  expect(await another().run('pbx')).toMatchObject({ read: 80, stored: 80, state: { is: 'live' } });
  // set back after that
  clock.now = start - 100 * hour;
  await appendFile(path, asText(callAt(start, 'q')));
  expect(await another().run('pbx')).toMatchObject({ read: 0, state: { is: 'broken' } });
  clock.now = start + hour;
  expect(await another().run('pbx')).toMatchObject({ read: 2, stored: 2, state: { is: 'late' } });
});

test('one old call opens no years of quiet intervals: of a long silence nothing is known', async () => {
  const { another, store, show } = await open('push');
  const row = (queue: string, arrived_at: string) => ({
    call_id: `c${(id += 1)}`,
    queue,
    arrived_at,
    wait_seconds: 3,
    outcome: 'abandoned' as const,
  });
  const queues = Array.from({ length: 20 }, (_, i) => `q${i}`);
  const before = process.cpuUsage();
  const calls = [
    ...queues.map((queue) => row(queue, '2010-01-01T00:00:00Z')),
    ...queues.map((queue) => row(queue, '2026-11-24T06:10:00Z')),
    row('q0', '2026-11-24T07:40:00Z'),
  ];
  expect(await another().push('pbx', { calls })).toMatchObject({ stored: 41 });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(4);
  const summary = await store.trafficSummary();
  const { startMillis } = await store.traffic('q7');
  expect(startMillis.length).toBeLessThan(10);
  expect(startMillis.length).toBeGreaterThan(1);
  expect(summary.length).toBe(20);
  expect((await show())?.gaps).toEqual([
    { from: '2010-01-01T00:00:00.000Z', to: '2026-11-24T06:10:00.000Z' },
  ]);
});

test('a call that rings eighty operators for an hour costs a little for each ring', async () => {
  const { path, another, store } = await open('queue-log');
  const [enter = '', leaves = ''] = callAt(start - 2 * hour, 'q');
  const call = enter.split('|')[1] ?? '';
  const at = start / 1000 - 7200;
  const rings = Array.from(
    { length: 20_000 },
    (_, i) => `${at + 1 + Math.floor(i / 80) * 15}|${call}|q|PJSIP/${i % 80}|RINGNOANSWER|15000`,
  );
  await writeFile(
    path,
    asText([enter, ...rings, leaves.replace(/^\d+/, String(at + 3800)).replace(/30$/, '3800')]),
  );
  const before = process.cpuUsage();
  const run = await another({ pieceBytes: 2 ** 18, piecesPerStep: 16 }).run('pbx');
  const { user, system } = process.cpuUsage(before);
  expect(run).toMatchObject({ read: 20_002, stored: 20_002, refused: 0 });
  expect((user + system) / 1e6).toBeLessThan(3);
  const [kept] = await store.feeds.calls('pbx');
  expect(kept?.events.length).toBeLessThan(6000);
  await appendFile(path, asText(rings));
  expect(await another().run('pbx')).toMatchObject({ stored: 0, repeated: 20_000 });
  expect((await store.traffic('q')).offered.reduce((sum, n) => sum + n, 0)).toBe(1);
});

test('thousands of queues that nobody knows are refused without comparing each with all there are', async () => {
  const { another, queues } = await open('push');
  const row = (queue: string) => ({ queue, start: '2026-11-24T07:00:00Z', interval_minutes: 30, offered: 1 });
  const own = Array.from({ length: 60 }, (_, i) => `${String(i)} queue of the city and its districts`);
  await another().push('pbx', { intervals: own.map(row) });
  expect((await queues()).length).toBe(60);
  const others = Array.from({ length: 10_000 }, (_, i) => row(`${'queue of a village '.repeat(3)}${i}`));
  const before = process.cpuUsage();
  expect(await another().push('pbx', { intervals: others })).toMatchObject({ stored: 0, refused: 10_000 });
  expect((await queues()).length).toBe(60);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(3);
});

test('a feed that reads what is old catches up, and is late only once nothing comes', async () => {
  const { path, another, show } = await open('queue-log');
  const behind = another({ pieceBytes: 400, piecesPerStep: 1 });
  await writeFile(
    path,
    asText(Array.from({ length: 40 }, (_, i) => callAt(start - (12 - i / 10) * hour, 'q')).flat()),
  );
  await behind.run('pbx');
  expect((await show())?.state.is).toBe('mending');
  clock.now += 2 * 60_000;
  expect((await show())?.state).toMatchObject({ is: 'late', why: { rule: 'feed-silent' } });
  // old calls that come as slowly as they would anew: that is late
  clock.now += 8 * 60_000;
  await appendFile(path, asText(callAt(start - 8 * hour, 'q')));
  await another().run('pbx');
  expect((await show())?.state.is).toBe('late');
});

/** A feed over a folder of its own. */
const openFolder = async (kind: 'connect' | 'cdr') => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  const folder = join(feeds.folder, 'records');
  await mkdir(folder);
  await feeds.another().put('pbx', settingsOf({ kind, from: folder }));
  const show = async () => (await feeds.another().list())[0];
  return { ...feeds, folder, show };
};

const contact = (name: string, more: object = {}): string => {
  const said = new Date(start - hour).toISOString();
  const queue = { Name: 'Total', EnqueueTimestamp: said, DequeueTimestamp: said };
  return JSON.stringify({
    ContactId: name,
    Channel: 'VOICE',
    LastUpdateTimestamp: said,
    DisconnectTimestamp: said,
    Queue: queue,
    ...more,
  });
};

test('a file of a stream that cannot be read or unpacked is named, and those behind it are read', async () => {
  const { folder, another, show } = await openFolder('connect');
  const outside = join(folder, '..', 'outside.json');
  await writeFile(outside, contact('outside'));
  await writeFile(join(folder, 'a.json.gz'), gzipSync(contact('cut')).subarray(0, 60));
  const bomb = isLongRun ? gzipSync(Buffer.alloc(257 * 2 ** 20)) : Buffer.from('not packed');
  await writeFile(join(folder, 'b.json.gz'), bomb);
  await symlink(outside, join(folder, 'c.json'));
  await symlink(join(folder, 'nowhere'), join(folder, 'd.json'));
  await mkdir(join(folder, 'e.json'));
  await writeFile(join(folder, 'f.json'), contact('sound'));
  expect(await another().run('pbx')).toMatchObject({ read: 3, stored: 1, refused: 2 });
  const shown = await show();
  expect(shown?.state.is).toBe('live');
  expect(shown?.files.map(({ file, why }) => [file, why?.rule])).toEqual([
    ['a.json.gz', 'feed-source-unreadable'],
    ['b.json.gz', 'feed-source-unreadable'],
    ['f.json', undefined],
  ]);
  expect(await another().run('pbx')).toMatchObject({ read: 0 });
  // whole by now
  await writeFile(join(folder, 'a.json.gz'), gzipSync(contact('cut')));
  expect(await another().run('pbx')).toMatchObject({ read: 1, stored: 1, refused: 0 });
});

test('of what a stream calls its contacts only words are kept, whatever stands there', async () => {
  const { folder, another, show, store } = await openFolder('connect');
  const status = { AgentStatus: { Type: `x${'13700003333'.repeat(1000)}` } };
  const event = { EventId: 'e', EventType: 'STATE_CHANGE', EventTimestamp: new Date(start).toISOString() };
  const said = [
    contact('a', { Channel: '13800001111' }),
    contact('b', { Channel: 'CHAT' }),
    contact('c', { InitiationMethod: '139 0000 2222' }),
    contact('d', { InitiationMethod: 'a1b3c9d0e0f0g0' }),
    JSON.stringify({ ...event, AgentARN: 'arn', CurrentAgentSnapshot: status }),
    JSON.stringify({ ...event, EventType: 'A13600004444', AgentARN: 'arn2' }),
  ];
  await writeFile(join(folder, 'a.json'), said.join('\n'));
  expect(await another().run('pbx')).toMatchObject({ read: 6, unknown: 6 });
  expect((await show())?.unknownEvents).toEqual([
    { event: '…', count: 5 },
    { event: 'CHAT', count: 1 },
  ]);
  const kept = JSON.stringify([await store.feeds.all(), await store.feeds.calls('pbx')]);
  expect(kept).not.toMatch(/13800001111|0000 2222|13700003333|13600004444|a1b3/);
});

const record = (n: number, caller: string, at = start - hour): string => {
  const epoch = at / 1000 + n;
  return `"m-${n}","hall@default","member","${epoch}","${epoch + 5}","${epoch + 60}","","","a@b","${caller}"\n`;
};

test('what a caller calls themselves is no heading of records; what is no file silences none', async () => {
  const { folder, another, show } = await openFolder('cdr');
  const columns =
    'cc_member_uuid,cc_queue,cc_side,cc_queue_joined_epoch,cc_queue_answered_epoch,cc_queue_terminated_epoch,cc_queue_canceled_epoch,cc_cancel_reason,cc_agent,caller_id_number\n';
  const callers = ['1380', 'cc_queue_joined_epoch', 'cc_queue', '1381', '1382'];
  const rows = callers.map((caller, i) => record(i, caller)).join('');
  await writeFile(join(folder, 'Master.csv'), rows);
  await writeFile(join(folder, 'other.csv'), `\ufeff${columns}${record(10, 'x')}`);
  await mkdir(join(folder, 'old.csv'));
  await symlink(join(folder, 'nowhere'), join(folder, 'z.csv'));
  spawnSync('mkfifo', [join(folder, 'pipe.csv')]);
  expect(await another().run('pbx')).toMatchObject({ read: 6, stored: 6, unknown: 0, refused: 0 });
  expect((await show())?.state.is).toBe('live');
  await appendFile(join(folder, 'Master.csv'), record(20, 'y'));
  expect(await another().run('pbx')).toMatchObject({ read: 1, stored: 1 });
});

// Whoever administers the machine may read everything.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'records that may not be read are named until they may',
  async () => {
    const { folder, another, show } = await openFolder('cdr');
    await writeFile(join(folder, 'a.csv'), record(1, 'x'));
    await writeFile(join(folder, 'b.csv'), record(2, 'y'));
    const files = async () => (await show())?.files.map(({ file, why }) => [file, why?.rule]);
    await chmod(join(folder, 'a.csv'), 0o000);
    await another().run('pbx');
    expect(await files()).toEqual([['a.csv', 'feed-source-unreadable']]);
    await chmod(join(folder, 'a.csv'), 0o600);
    await another().run('pbx');
    expect(await files()).toEqual([]);
    expect(await show()).toMatchObject({ stored: 2 });
  },
);

test.each(fuzzedFeeds)(
  'whatever the source of a feed says (%s), each row is one of stored, unknown, refused and repeated',
  async (kind) => {
    expect(await fuzzFeed(kind, Number(process.env.HUAWU_SEED ?? 1), isLongRun ? 100 : 10)).toEqual([]);
  },
);
test('a file of a stream that is a bomb, or that never ends what it begins, costs little and stops none', async () => {
  const { folder, another, show } = await openFolder('connect');
  await writeFile(join(folder, '__proto__'), contact('x'));
  await writeFile(join(folder, 'a.gz'), gzipSync(Buffer.alloc(20_000_000, '{}')));
  await writeFile(join(folder, 'b.json'), '{\n'.repeat(1000) + '{'.repeat(1_100_000));
  await writeFile(
    join(folder, 'c.json'),
    contact('c', { Queue: { Name: 'q'.repeat(900_000), EnqueueTimestamp: new Date(start).toISOString() } }),
  );
  await writeFile(join(folder, 'd.json'), contact('sound'));
  const before = process.cpuUsage();
  const read = await another().run('pbx');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(12);
  expect(read).toMatchObject({ stored: 1 });
  expect(read.refused).toBeLessThan(2_200);
  expect((await show())?.files.map(({ file }) => file)).toEqual(['a.gz', 'b.json', 'c.json', 'd.json']);
});

test('a watched file that is called as no object keeps it is passed over', async () => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  const folder = join(feeds.folder, 'watched');
  await mkdir(folder);
  await feeds.another().put('pbx', settingsOf({ kind: 'folder', from: folder }));
  await writeFile(
    join(folder, '__proto__'),
    'queue,start,interval_minutes,offered\ngood,2026-11-23 10:00,30,5\n',
  );
  expect(await feeds.another().run('pbx')).toMatchObject({ read: 0 });
});

test('calls that never end have a bound, beyond which they are refused; so has a map', () => {
  const legsOf = () => [];
  const rules = { legsOf, shorten: (all: readonly string[]) => [...all], lateMillis: 0 };
  const kept = { earliest: Infinity, watermark: -Infinity };
  const book = new CallBook({ ...rules, intervalStart: (at) => at }, kept);
  const called = (key: string) => ({ key, at: start, began: start, event: key, queue: 'q' });
  expect(book.add(called('0'), start)).toBe('new');
  const [one] = book.entries.values();
  if (one === undefined) throw new Error('a call is kept');
  for (let i = 1; i < 1_000_000; i += 1) book.entries.set(String(i), one);
  expect(book.add(called('another'), start)).toBe('too-many');
  expect(book.add({ ...called('0'), event: 'more of it' }, start)).toBe('new');
  const mapOf = (length: number) =>
    feedToPutSchema.safeParse({
      ...settingsOf({ kind: 'push', from: '' }),
      map: { name: 'x'.repeat(length) },
    });
  expect(mapOf(65_000).success).toBe(true);
  expect(mapOf(66_000).error?.issues[0]?.path).toEqual(['map']);
});

test('what is pushed from far ahead is refused by itself', async () => {
  const { another, queues, store } = await open('push');
  const at = (start: string) => ({ start, interval_minutes: 30 });
  const intervals = ['2099-01-01T00:00:00Z', '2026-11-24T07:00:00Z'].map((when) => ({
    ...at(when),
    queue: 'good',
    offered: 5,
  }));
  const presence = [{ ...at('5000-01-01T00:00:00Z'), tier: 'x', operators: 3 }];
  const answer = await another().push('pbx', { intervals, presence });
  expect(answer).toMatchObject({ stored: 1, refused: 2, refusals: [{ reason: 'ahead', count: 2 }] });
  expect(await queues()).toEqual(['good']);
  expect((await store.trafficSummary())[0]?.lastMillis).toBeLessThan(start);
  expect(await store.read('presence')).toEqual([]);
});

test.skipIf(process.platform === 'win32')('a pipe in the place of a file is not waited for', async () => {
  const pipe = join((await open('push')).folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  await expect(openPlain(pipe)).rejects.toMatchObject({ code: 'EISDIR' });
});
