import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FeedDocument } from '../../src/contract/documents/feed-documents.ts';
import type { DayDocument, Signal } from '../../src/contract/documents/day-document.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { alarmCounts, createAlarms } from '../../src/feeds/alarms.ts';
import { sendAlarm } from '../../src/feeds/send-alarm.ts';
import { feedDocument, stateOf } from '../../src/feeds/feed-state.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { runCommand } from '../support/run-command.ts';
import { isLongRun } from '../support/sweep.ts';

/** Alarms of feeds, to a real receiver over HTTP and a real mail server, on a clock of the test's own. */
const minute = 60_000;
const start = Date.parse('2026-11-24T08:00:00Z');
const clock = { now: start };

interface Posted {
  readonly at: number;
  readonly id: string;
  readonly what: string;
  readonly subject: string;
  readonly text: string;
}
const posted: Posted[] = [];
const answers: { readonly status: number; readonly head?: Record<string, string>; readonly body?: string }[] =
  [];
let isRefused: (alarm: Posted) => boolean = () => false;
const receiver = createHttpServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(pieces).toString()) as Posted;
    expect(request.headers['idempotency-key']).toBe(body.id);
    posted.push({ ...body, at: clock.now });
    const usual: (typeof answers)[number] = { status: isRefused(body) ? 400 : 200 };
    const { status, head = {}, body: said = '{}' } = answers.shift() ?? usual;
    response.writeHead(status, head).end(said);
  });
});

const mails: string[] = [];
const refusals: string[] = [];
const credentials: string[] = [];
/** A mail server that knows what a client needs to say: EHLO, AUTH PLAIN, MAIL, RCPT, DATA. */
const mailServer: Server = createServer((socket) => {
  let held = '';
  let data: string | undefined;
  socket.setEncoding('utf8');
  socket.on('error', () => undefined);
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  say('220 mail.test ESMTP');
  socket.on('data', (piece) => {
    held += String(piece);
    for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
      const line = held.slice(0, end);
      held = held.slice(end + 2);
      if (data !== undefined) {
        if (line !== '.') data += `${line}\n`;
        else {
          mails.push(data);
          data = undefined;
          say('250 taken');
        }
      } else if (line.startsWith('EHLO')) say('250-mail.test\r\n250 AUTH PLAIN');
      else if (line === 'STARTTLS') say('454 no TLS here');
      else if (line.startsWith('AUTH PLAIN ')) {
        credentials.push(Buffer.from(line.slice(11), 'base64').toString());
        say('235 in');
      } else if (line.startsWith('RCPT')) say(refusals.shift() ?? '250 fine');
      else if (line === 'DATA') {
        data = '';
        say('354 go on');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else say('250 fine');
    }
  });
});

let hook = '';
let smtpUrl = '';
let opened: OpenedFeeds;
beforeAll(async () => {
  for (const server of [receiver, mailServer]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?token=very-secret-token`;
  smtpUrl = `smtp://alarm:pass%2Fword@127.0.0.1:${(mailServer.address() as AddressInfo).port}`;
  opened = await openFeeds(() => clock.now);
});
afterAll(async () => {
  receiver.close();
  mailServer.close();
  await opened.close();
});

const feeds = new Map<string, FeedDocument>();
let day: Pick<DayDocument, 'date' | 'said' | 'signals'> | undefined;
beforeEach(async () => {
  // Eight in the morning of the next day.
  clock.now = (Math.floor(clock.now / (1440 * minute)) + 1) * 1440 * minute;
  await opened.store.feeds.alarms(() => ({}));
  for (const list of [posted, mails, answers, refusals, credentials]) list.length = 0;
  feeds.clear();
  day = undefined;
});

const alarmsOf = (settings: object = {}) =>
  createAlarms({
    store: opened.store,
    folder: opened.folder,
    hotline: async () => ({ name: { 'zh-CN': '某市热线', en: 'City line' }, zone: 'Asia/Shanghai' }),
    feeds: async () => [...feeds.values()],
    day: async () => day,
    now: () => clock.now,
    elapsed: () => clock.now,
    settings: settingsSchema.parse({ smtpUrl, alarmsInside: 'on', ...settings }),
  });

const put = (name: string, is: FeedDocument['state']['is']): void => {
  const stored = {
    name,
    settings: settingsOf({ kind: 'push' }),
    state: stateOf({ state: undefined }),
    version: 0,
  };
  const why = {
    rule: 'feed-source-missing',
    severity: 'error',
    values: { from: '/var/log/asterisk/queue_log' },
  } as const;
  const state = { is, since: new Date(clock.now).toISOString(), ...(is === 'broken' ? { why } : {}) };
  feeds.set(name, { ...feedDocument(stored, clock.now), state });
};

test('a feed that stays broken is told once, by webhook and by mail, and once more when all is well', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: ['duty@example.org', 'lead@example.org'], language: 'en' });
  put('hall', 'live');
  const pass = async (minutes: number): Promise<void> => {
    for (let i = 0; i < minutes; i += 1) {
      clock.now += minute;
      await alarms.look();
    }
  };
  await pass(3);
  put('hall', 'broken');
  await pass(2);
  // less than two minutes were seen so far
  expect(posted).toEqual([]);
  await pass(30);
  expect(posted.map(({ what }) => what)).toEqual(['broken']);
  expect(posted[0]?.text).toMatch(
    /City line: feed hall is broken\nno such file or folder: \/var\/log\/asterisk\/queue_log/,
  );
  put('hall', 'mending');
  await pass(30);
  put('hall', 'live');
  await pass(4);
  expect(posted).toHaveLength(1);
  put('hall', 'broken');
  await pass(20);
  put('hall', 'live');
  await pass(40);
  expect(posted.map(({ what }) => what)).toEqual(['broken', 'mended']);
  expect(mails).toHaveLength(2);
  expect(mails[0]).toMatch(/^Subject: City line: feed hall is broken$/m);
  expect(mails[0]).toMatch(/duty@example\.org, lead@example\.org/);
  expect(credentials[0]).toBe('\0alarm\0pass/word');
  put('hall', 'late');
  await pass(3);
  put('hall', 'broken');
  await pass(3);
  expect(posted.slice(2).map(({ what }) => what)).toEqual(['late', 'broken']);
  expect(await alarmCounts(opened.store)).toMatchObject({ open: 1, sent: 8, waiting: 0, failure: null });
  const metrics = createMetrics();
  metrics.showFeeds(
    'main',
    async () => [],
    () => alarmCounts(opened.store),
    () => clock.now,
  );
  expect(await metrics.registry.metrics()).toMatch(/huawu_alarms\{line="main",state="sent"\} 8/);
});

test('a clock that is set back by days keeps no alarm back, nor that all is well', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [] });
  const pass = async (minutes: number): Promise<void> => {
    for (let i = 0; i < minutes; i += 1) {
      clock.now += minute;
      await alarms.look();
    }
  };
  put('hall', 'live');
  await pass(1);
  put('hall', 'broken');
  await pass(1);
  clock.now -= 3 * 24 * 60 * minute;
  await pass(4);
  expect(posted.map(({ what }) => what)).toEqual(['broken']);
  put('hall', 'live');
  await pass(2);
  clock.now -= 3 * 24 * 60 * minute;
  await pass(8);
  expect(posted.map(({ what }) => what)).toEqual(['broken', 'mended']);
});

test('whatever states come in whatever order: each told once until all is well, nothing that did not last', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [] });
  const states = fc.constantFrom('live', 'late', 'broken', 'mending');
  const course = fc.array(fc.tuple(states, fc.integer({ min: 1, max: 20 })), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(course, async (steps) => {
      await opened.store.feeds.alarms(() => ({}));
      posted.length = 0;
      let [open, last, lasted] = [new Set<string>(), 'live', 0];
      for (const [is, minutes] of steps) {
        put('hall', is);
        lasted = is === last ? lasted : 0;
        last = is;
        for (let i = 0; i < minutes; i += 1) {
          clock.now += minute;
          const before = posted.length;
          await alarms.look();
          for (const { what } of posted.slice(before)) {
            expect(what === 'mended' ? 'live' : what).toBe(is);
            expect(lasted).toBeGreaterThanOrEqual(what === 'mended' ? 5 : what === 'mending' ? 15 : 2);
            if (what === 'mended') {
              expect(open.size).toBeGreaterThan(0);
              open = new Set();
            } else {
              expect(open.has(what)).toBe(false);
              open.add(what);
            }
          }
          lasted += 1;
        }
        if (is === 'broken' && lasted > 3) expect(open.has('broken')).toBe(true);
      }
    }),
    { numRuns: isLongRun ? 200 : 15 },
  );
});

test('what is not taken is sent again, ever later, under one id and in its order; two who look send it once', async () => {
  const [one, other] = [alarmsOf(), alarmsOf()];
  await one.change({ webhook: hook, mail: [] });
  answers.push(
    { status: 500 },
    { status: 429, head: { 'retry-after': '600' } },
    { status: 200, body: '{"errcode": 93000}' },
  );
  put('hall', 'broken');
  const began = clock.now;
  for (let i = 0; i < 200; i += 1) {
    clock.now += 15_000;
    await Promise.all([one.look(), other.look()]);
    if (i === 60) put('hall', 'live');
  }
  expect(new Set(posted.slice(0, 4).map(({ id }) => id)).size).toBe(1);
  expect(posted.map(({ what }) => what)).toEqual(['broken', 'broken', 'broken', 'broken', 'mended']);
  const waits = posted.slice(0, 4).map(({ at }, i) => (at - (posted[i - 1]?.at ?? began)) / 1000);
  expect(waits[1]).toBeGreaterThanOrEqual(30);
  expect(waits[2]).toBeGreaterThanOrEqual(600);
  expect(waits[3]).toBeGreaterThanOrEqual(120);
  refusals.push('451 later');
  await one.change({ mail: ['duty@example.org'], webhook: '' });
  put('hall', 'broken');
  for (let i = 0; i < 40; i += 1) {
    clock.now += 15_000;
    await one.look();
  }
  expect(mails).toHaveLength(1);
});

test('an alarm that is refused again and again keeps no other back but those of its own feed', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [] });
  put('hall', 'broken');
  put('desk', 'live');
  isRefused = ({ subject }) => subject === 'hall';
  for (let i = 0; i < 120; i += 1) {
    clock.now += minute;
    if (i === 10) put('desk', 'broken');
    await alarms.look();
  }
  isRefused = () => false;
  // some times in its turn, then ever more rarely, the other at once
  expect(posted.filter(({ subject }) => subject === 'desk')).toHaveLength(1);
  expect(posted.findIndex(({ subject }) => subject === 'desk')).toBeLessThan(8);
  clock.now += 60 * minute;
  put('hall', 'live');
  for (let i = 0; i < 10; i += 1) {
    clock.now += minute;
    await alarms.look();
  }
  expect(posted.filter(({ subject }) => subject === 'hall').at(-1)?.what).toBe('mended');
});

test('a mail server that says a line now and then is left after a while, and nothing stays of it', async () => {
  const open = new Set<Socket>();
  const slow = createServer((socket) => {
    open.add(socket);
    const line = setInterval(() => socket.write('250-and more\r\n'), 20);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(line);
      open.delete(socket);
    });
    socket.write('220 mail.test ESMTP\r\n');
  });
  slow.listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const mail = {
    url: `smtp://127.0.0.1:${(slow.address() as AddressInfo).port}`,
    from: 'a@example.org',
    to: ['b@example.org'],
  };
  const alarm = { id: '1', what: 'test', subject: '', sinceMillis: 0, raisedMillis: 0 } as const;
  const sending = {
    webhook: '',
    mail,
    line: 'line',
    language: 'en',
    inside: false,
    mailMillis: 300,
  } as const;
  expect(await sendAlarm('mail', alarm, sending)).toMatchObject({
    why: expect.stringMatching(/^E/),
  });
  await expect.poll(() => open.size).toBe(0);
  slow.close();
});

const signal = (kind: Signal['kind']): Signal => ({
  kind,
  queue: 'general',
  since: '2026-11-24T10:00',
  confidence: 0.99,
  factor: 1.4,
  said: { 'zh-CN': '来电比计划多四成', en: 'four in ten more calls than planned' },
});
const dayOf = (signals: Signal[], caughtUpTo: string | null = null): typeof day => ({
  date: new Date(clock.now).toISOString().slice(0, 10),
  signals,
  said: { code: 'day-headline', values: { caughtUpTo } },
});

test.each(['by another feed', 'by the only feed'])(
  'a signal stands as it did while what is old is read %s',
  async (by) => {
    const alarms = alarmsOf();
    await alarms.change({ webhook: hook, mail: [], signals: true });
    const pass = async (minutes: number, next: typeof day): Promise<void> => {
      const isRead = next?.signals.length === 0;
      put('hall', isRead && by === 'by the only feed' ? 'mending' : 'live');
      day = next;
      for (let i = 0; i < minutes; i += 1) {
        clock.now += minute;
        await alarms.look();
      }
    };
    const told = () => posted.filter(({ subject }) => subject !== 'hall').map(({ what }) => what);
    const [standing, hidden] = [dayOf([signal('more-calls')]), dayOf([], '10:00')];
    // seen for six minutes, hidden, and seen again: nine have passed
    await pass(6, standing);
    await pass(5, hidden);
    await pass(6, standing);
    expect(told()).toEqual(['signal']);
    await pass(40, hidden);
    await pass(6, standing);
    expect(told()).toEqual(['signal']);
    await pass(40, dayOf([signal('late-source')]));
    expect(told()).toEqual(['signal', 'mended']);
  },
);

test("the day's signals are told where they last over two looks, once a day; a late source is the feed's affair", async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [], signals: true, language: 'zh-CN' });
  put('hall', 'live');
  const pass = async (minutes: number, ...signals: Signal[]): Promise<void> => {
    day = dayOf(signals);
    for (let i = 0; i < minutes; i += 1) {
      clock.now += minute;
      await alarms.look();
    }
  };
  await pass(4, signal('more-calls'));
  await pass(12);
  expect(posted).toEqual([]);
  await pass(40, signal('more-calls'), signal('late-source'));
  await pass(40);
  await pass(40, signal('more-calls'));
  expect(posted.map(({ what }) => what)).toEqual(['signal', 'mended']);
  expect(posted[0]?.text).toContain('来电比计划多四成');
  expect(posted[1]?.text).toContain('今天已恢复正常');
});

test('a signal says its day, and is no alarm any more once that is over, though no feed tells of the next', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [], signals: true, language: 'en' });
  put('hall', 'live');
  day = dayOf([signal('more-calls')]);
  const pass = async (minutes: number): Promise<void> => {
    for (let i = 0; i < minutes; i += 1) {
      clock.now += minute;
      await alarms.look();
    }
  };
  await pass(20);
  expect(posted.map(({ what }) => what)).toEqual(['signal']);
  expect(posted[0]?.text).toContain(`${day?.date}: `);
  put('hall', 'broken');
  day = undefined;
  await pass(20);
  const open = async () => (await alarms.show()).open.map(({ what }) => what);
  expect(await open()).toContain('signal');
  clock.now += 1440 * minute;
  await pass(2);
  expect(await open()).not.toContain('signal');
  expect(posted.filter(({ what, subject }) => what === 'mended' && subject !== 'hall')).toEqual([]);
});

test('addresses and passwords stand in a file for their owner alone, and in no answer, database, log or metric', async () => {
  const alarms = alarmsOf();
  const shown = await alarms.change({ webhook: hook, mail: ['duty@example.org'] });
  expect(JSON.stringify(shown)).not.toMatch(/very-secret|pass%2Fword/);
  expect(shown.webhook).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/…$/);
  expect((await stat(join(opened.folder, 'alarms.json'))).mode & 0o077).toBe(0);
  answers.push({ status: 500, body: 'no: very-secret-token' });
  expect(await alarms.test()).toMatchObject([{ way: 'webhook', why: 'HTTP 500' }, { why: null }]);
  put('hall', 'broken');
  for (let i = 0; i < 8; i += 1) {
    clock.now += minute;
    answers.push({ status: 503 });
    await alarms.look();
  }
  const kept = JSON.stringify(await opened.store.feeds.alarms());
  expect(kept).toContain('HTTP 503');
  expect(kept).not.toMatch(/very-secret|example\.org|pass/);
  expect(await readFile(join(opened.folder, 'huawu.db'), 'latin1')).not.toMatch(/very-secret|example\.org/);
});

test('a webhook leads into this machine and its network only where the administrator lets it', async () => {
  const alarms = alarmsOf({ alarmsInside: 'off' });
  for (const address of [
    hook,
    'https://127.0.0.1/x',
    'https://localhost/x',
    'https://[::1]/x',
    'https://10.1.2.3/x',
    'https://169.254.169.254/latest',
    'https://[::ffff:192.168.1.1]/x',
  ])
    await expect(alarms.change({ webhook: address })).rejects.toThrow();
  // allowed once, and no longer
  await alarmsOf().change({ webhook: hook, mail: [] });
  const [tried] = await alarms.test();
  expect(tried?.why).not.toBeNull();
  expect(posted).toEqual([]);
  await expect(alarmsOf({ smtpUrl: '' }).change({ mail: ['duty@example.org'] })).rejects.toThrow();
});

test('no redirect is followed', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [] });
  answers.push({ status: 307, head: { location: hook.replace('/hook', '/elsewhere') } });
  expect(await alarms.test()).toMatchObject([{ way: 'webhook', why: 'HTTP 307' }]);
  answers.push({ status: 200, body: '{"code":200,"message":"success"}' });
  expect(await alarms.test()).toMatchObject([{ way: 'webhook', why: null }]);
  expect(posted).toHaveLength(2);
});

test.runIf(isLongRun)('no password is said to a mail server elsewhere without TLS', async () => {
  const alarms = alarmsOf();
  await alarms.change({ webhook: '', mail: ['duty@example.org'] });
  // written so it is this machine, though not by one of its names
  const elsewhere = alarmsOf({ smtpUrl: smtpUrl.replace('127.0.0.1', '127.1') });
  await elsewhere.change({ webhook: '', mail: ['duty@example.org'] });
  const [tried] = await elsewhere.test();
  expect(tried?.why).not.toBeNull();
  expect([credentials, mails]).toEqual([[], []]);
  expect(await alarms.test()).toMatchObject([{ way: 'mail', why: null }]);
  expect(credentials).toHaveLength(1);
});

test('settings that cannot be noted stay as they were; noted are those that changed, by the command too', async () => {
  const file = join(opened.folder, 'alarms.json');
  const alarms = alarmsOf();
  await alarms.change({ webhook: hook, mail: [] });
  const before = await readFile(file, 'utf8');
  const full = new Error('the disk is full');
  const ways: readonly ((change?: () => Promise<void>) => Promise<void>)[] = [
    async () => Promise.reject(full),
    async (change) => change?.().then(() => Promise.reject(full)),
  ];
  for (const noteChange of ways) {
    const tried = alarms.change(
      { mail: ['duty@example.org'] },
      { noteChange: (_, change) => noteChange(change) },
    );
    await expect(tried).rejects.toThrow('the disk is full');
    expect(await readFile(file, 'utf8')).toBe(before);
  }
  const [last] = await opened.store.audit();
  expect(last).toMatchObject({ action: 'feed-changed', subject: 'alarms', after: { mail: 0 } });
});

test('the command sets alarms, tries them and says how they stand', async () => {
  const workspace = join(opened.folder, 'line');
  const root = new URL('../../', import.meta.url).pathname;
  await (await createWorkspace(workspace, { modelsFrom: join(root, 'models') })).close();
  const huawu = (...args: string[]) =>
    runCommand(['--workspace', workspace, '--lang', 'en', '--json', ...args]);
  expect((await huawu('feed', 'alarm', '--test')).code).toBe(2);
  expect((await huawu('feed', 'alarm', '--webhook', hook)).code).toBe(2);
  await writeFile(join(workspace, 'settings.json'), JSON.stringify({ alarmsInside: 'on', smtpUrl }));
  const set = await huawu('feed', 'alarm', '--webhook', hook, '--mail', 'duty@example.org', '--test');
  expect(set.err).toBe('');
  expect(JSON.parse(set.out)).toMatchObject({
    document: 'alarms',
    feeds: true,
    mail: ['duty@example.org'],
    tried: [
      { way: 'webhook', why: null },
      { way: 'mail', why: null },
    ],
  });
  expect(posted.map(({ what }) => what)).toEqual(['test']);
  const doctor = await huawu('doctor');
  expect(doctor.out).toContain('smtp://alarm@127.0.0.1');
  expect(set.out + doctor.out).not.toMatch(/very-secret|pass%2Fword/);
  expect((await huawu('feed', 'alarm', '--no-webhook', '--no-mail')).out).toContain('"webhook":null');
});
