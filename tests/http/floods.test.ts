import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DayDocument } from '../../src/contract/documents/day-document.ts';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { streamEvents } from '../../src/http/event-stream.ts';
import { serve, type RunningServer } from '../../src/http/serve.ts';
import type { Services } from '../../src/http/services.ts';
import { standInServices, token } from './stand-ins.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isLongRun } from '../support/sweep.ts';

/** What a stranger can make a server do with little: nothing stays of it, and nothing is done twice. */
const script = Array.from({ length: 60_000 }, (_, i) => `const n${i} = ${(i * 7919) % 10_007};`).join('\n');
const publicFolder = await temporaryFolder();
let path = '';
const running: RunningServer[] = [];
beforeAll(async () => {
  path = join(publicFolder, 'app', 'assets');
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'index-a.js'), script);
  await writeFile(join(path, '.hidden.js'), 'hidden');
  await writeFile(join(publicFolder, 'app', 'index.html'), '<meta name="huawu-token" content="__TOKEN__">');
});
afterAll(async () => {
  for (const server of running) await server.close();
});

const start = async (more: Partial<Services> = {}): Promise<RunningServer> => {
  const server = await serve({ services: standInServices({}, { publicFolder, ...more }), port: 0 });
  running.push(server);
  return server;
};

const openFiles = async (): Promise<number> => {
  const open = await readdir('/proc/self/fd');
  const names = await Promise.all(open.map((each) => readlink(join('/proc/self/fd', each)).catch(() => '')));
  return names.filter((name) => name.startsWith(path)).length;
};

const ask = (port: number, form: string): string =>
  `GET /assets/index-a.js HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: ${form}\r\n\r\n`;

test.skipIf(process.platform !== 'linux')(
  'of requests that are sent ahead on a connection which then hangs up nothing stays open',
  async () => {
    const { port } = await start();
    for (const form of ['gzip', 'identity', 'br'])
      for (const many of [20, 200]) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(ask(port, form).repeat(many));
        await once(socket, 'connect');
        await pause(100);
        socket.destroy();
      }
    await pause(300);
    expect(await openFiles()).toBe(0);
  },
);

test('what is sent ahead is answered in its order, and too much of it ends the connection', async () => {
  const { port } = await start();
  const talk = async (many: number): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('error', () => undefined).on('data', (piece: Buffer) => (said += piece.toString('latin1')));
    const one = (i: number): string =>
      `GET /health/live?${i} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${i === many - 1 ? 'Connection: close\r\n' : ''}\r\n`;
    socket.write(Array.from({ length: many }, (_, i) => one(i)).join(''));
    await once(socket, 'close');
    return said;
  };
  expect((await talk(20)).match(/HTTP\/1\.1 200/g)?.length).toBe(20);
  expect((await talk(500)).match(/HTTP\/1\.1 200/g)?.length ?? 0).toBeLessThan(40);
});

test.runIf(isLongRun)('a file is packed once for all who ask, and again when it has changed', async () => {
  const server = await start();
  const get = async (form: string, more: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}/assets/index-a.js`, {
      headers: { 'accept-encoding': form, ...more },
    });
    return { answer, text: await answer.text() };
  };
  const costOf = async (form: string): Promise<number> => {
    const before = process.cpuUsage();
    await get(form);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  for (const form of ['gzip', 'br']) {
    const [packed, kept]: [number[], number[]] = [[], []];
    for (const turn of [0, 1, 2]) {
      await writeFile(join(path, 'index-a.js'), `${script}${' '.repeat(turn)}`);
      packed.push(await costOf(form));
      for (let again = 0; again < 5; again += 1) kept.push(await costOf(form));
    }
    expect(Math.min(...kept), form).toBeLessThan(Math.min(...packed) / 2);
  }
  await writeFile(join(path, 'index-a.js'), script);
  const { answer, text } = await get('gzip, br');
  expect([answer.status, answer.headers.get('content-encoding'), text]).toEqual([200, 'br', script]);
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect((await get('identity')).answer.headers.get('content-encoding')).toBeNull();
  const tag = answer.headers.get('etag') ?? '';
  expect((await get('gzip', { 'if-none-match': tag, 'cache-control': 'max-age=0' })).answer.status).toBe(304);
  await writeFile(join(path, 'index-a.js'), `${script}\n// changed`);
  expect((await get('gzip')).text).toContain('// changed');
  await writeFile(join(path, 'index-a.js'), script);
  for (const odd of [
    '.hidden.js',
    '..%2findex.html',
    '%00',
    'nothing.js',
    '../assets/.hidden.js',
    'index-a.js/',
  ])
    expect([odd, (await fetch(`${server.url}/assets/${odd}`)).status]).toEqual([odd, 404]);
});

test('files of the page are counted as everything else of a stranger is', async () => {
  const server = await start({ requestsPerMinute: 5 });
  const statuses: number[] = [];
  for (let i = 0; i < 7; i += 1) statuses.push((await fetch(`${server.url}/assets/index-a.js`)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
});

test('a body that says itself that it is too long is refused at once, and its connection ends soon', async () => {
  const { port } = await start();
  const tries = [
    ['sign-in', 20_000],
    ['plans', 2 * 2 ** 20],
    ['feed', 20 * 2 ** 20],
  ] as const;
  const seen = tries.map(async ([path, length]) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    const head = [`POST ${apiRoot}/${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `${tokenHeader}: ${token}`];
    head.push('Content-Type: application/json', `Content-Length: ${length}`, '', '{"user":');
    const from = performance.now();
    socket.write(head.join('\r\n'));
    const [said] = (await once(socket, 'data')) as [Buffer];
    const answered = performance.now() - from;
    await once(socket, 'close');
    return [String(said).split(' ')[1], answered < 1500, performance.now() - from < 6000];
  });
  expect(await Promise.all(seen)).toEqual(tries.map(() => ['413', true, true]));
  // Who sends it all nevertheless hears why.
  const headers = { [tokenHeader]: token, 'content-type': 'application/json' };
  const body = JSON.stringify({ note: 'x'.repeat(3 * 2 ** 20) });
  const answer = await fetch(`http://127.0.0.1:${port}${apiRoot}/plans`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ status: 413, type: 'urn:huawu:too-large' });
});

test('a minute of requests is over after a minute, wherever the clock was set meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval'] });
  try {
    const server = await start({ requestsPerMinute: 3 });
    const ask = async (): Promise<number> => (await fetch(`${server.url}/assets/index-a.js`)).status;
    for (const wanted of [200, 200, 200, 429]) expect(await ask()).toBe(wanted);
    vi.setSystemTime(Date.now() - 3 * 86_400_000);
    vi.advanceTimersByTime(61_000);
    for (const wanted of [200, 200, 200, 429]) expect(await ask()).toBe(wanted);
    vi.setSystemTime(Date.now() + 6 * 86_400_000);
    expect(await ask()).toBe(429);
  } finally {
    vi.useRealTimers();
  }
});

test('days that one account asks about are worked out one after the other', async () => {
  let [atOnce, most, done] = [0, 0, 0];
  const describeDay = async (): Promise<DayDocument> => {
    most = Math.max(most, (atOnce += 1));
    await pause(20);
    [atOnce, done] = [atOnce - 1, done + 1];
    if (done === 3) throw new Error('one of them fails');
    return { document: 'day' } as DayDocument;
  };
  const services = standInServices({ describeDay }, { publicFolder });
  const server = await serve({ services, port: 0 });
  running.push(server);
  const statuses = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const headers = { [tokenHeader]: token };
      return (await fetch(`${server.url}${apiRoot}/day?asOf=0${i}:30`, { headers })).status;
    }),
  );
  expect([most, done, statuses.filter((status) => status === 200).length]).toEqual([1, 8, 7]);
});

test('a stream of events that nobody reads ends, and keeps little until then', async () => {
  const app = express();
  let sent = 0;
  const ended = Promise.withResolvers<void>();
  app.get('/events', (_request, response) => {
    streamEvents(standInServices(), response, (send) => {
      const timer = setInterval(() => {
        send('progress', 'x'.repeat(500_000));
        sent += 1;
      }, 2);
      return () => {
        clearInterval(timer);
        ended.resolve();
      };
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
  await Promise.race([ended.promise, pause(8000)]);
  socket.destroy();
  server.close();
  // the two ends of the connection hold some megabytes by themselves
  expect(sent).toBeLessThan(60);
});

test('a stream that has ended takes nothing more, and is gone before long though its reader stands still', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const app = express();
  const errors: unknown[] = [];
  let isStopped = false;
  const ended = Promise.withResolvers<(event: string, data: string) => void>();
  app.get('/events', (_request, response) => {
    response.on('error', (error) => errors.push(error));
    streamEvents(standInServices(), response, (send, end) => {
      void (async () => {
        // until what the two ends of the connection hold by themselves is full
        while (response.writableLength === 0) {
          for (let i = 0; i < 40; i += 1) if (response.writableLength === 0) send('job', 'x'.repeat(50_000));
          await pause(5);
        }
        end();
        ended.resolve(send);
      })();
      return () => (isStopped = true);
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  socket.on('error', () => undefined);
  socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
  const send = await ended.promise;
  send('job', 'of a job that goes on');
  await vi.advanceTimersByTimeAsync(40_000);
  vi.useRealTimers();
  expect(errors).toEqual([]);
  await expect.poll(() => isStopped).toBe(true);
  socket.destroy();
  server.close();
});

test('a stream whose reader is gone before it begins holds nothing', async () => {
  const app = express();
  let [asked, begun, stopped] = [0, 0, 0];
  app.get('/events', async (_request, response) => {
    asked += 1;
    await pause(80);
    streamEvents(standInServices(), response, () => {
      begun += 1;
      return () => (stopped += 1);
    });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  for (let i = 0; i < 30; i += 1) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => asked, { interval: 2 }).toBe(i + 1);
    socket.destroy();
  }
  await pause(300);
  server.close();
  expect(begun).toBe(stopped);
});

test.runIf(isLongRun)(
  'two hundred streams of events cost little, read or not; of one account, of a machine and in all there are so many',
  async () => {
    const app = express();
    const sends = new Set<(event: string, data: string) => void>();
    app.get('/events/:who', ({ params: { who } }, response, next) => {
      if (who !== 'machine') response.locals['caller'] = { who: { member: { id: who } } };
      try {
        streamEvents(standInServices(), response, (send) => {
          sends.add(send);
          return () => sends.delete(send);
        });
      } catch (error) {
        response.status((error as { status?: number }).status ?? 500).end();
        next();
      }
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sockets = new Set<Socket>();
    const statusOf = async (who: string): Promise<number> => {
      const socket = connect(port, '127.0.0.1');
      sockets.add(socket.on('error', () => undefined));
      socket.write(`GET /events/${who} HTTP/1.1\r\nHost: x\r\n\r\n`);
      const [head] = (await once(socket, 'data')) as [Buffer];
      socket.pause();
      return Number(String(head).split(' ')[1]);
    };
    const open = async (who: string, many: number): Promise<number> => {
      const statuses = await Promise.all(Array.from({ length: many }, () => statusOf(who)));
      expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
      return statuses.filter((status) => status === 200).length;
    };
    const before = process.memoryUsage().rss;
    expect(await open('machine', 130)).toBe(100);
    for (let at = 0; at < 5; at += 1) expect(await open(`li${at}`, 25)).toBe(20);
    expect(sends.size).toBe(200);
    // ten megabytes to each of two hundred who do not read: whoever is far behind is let go
    for (let turn = 0; turn < 100; turn += 1) {
      for (const send of sends) send('progress', 'x'.repeat(100_000));
      await pause(2);
    }
    expect(sends.size).toBe(0);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
    for (let at = 0; at < 50; at += 1) expect(await open(`wang${at}`, 20)).toBe(20);
    expect(await open('machine', 1)).toBe(0);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => sends.size, { timeout: 5000 }).toBe(0);
    expect(await open('machine', 1)).toBe(1);
    for (const socket of sockets) socket.destroy();
    server.close();
  },
);
