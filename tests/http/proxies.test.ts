import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import type { RunTask } from '../../src/jobs/job-queue.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { pageToken } from '../../src/http/guard.ts';
import { openDoorway, password, type TestDoor } from './door.ts';
import { standInServices } from './stand-ins.ts';

/** The page for a team's server, in the language that is written first. */
const page = readFileSync(fileURLToPath(new URL('../../docs/en/how-to/team.md', import.meta.url)), 'utf8');
const host = 'huawu.example.org';

/** A block of the page's code that holds a line. */
const printed = (line: string): string => {
  const block = [...page.matchAll(/```\w+\n([^]*?)```/g)]
    .map(([, code = '']) => code)
    .find((code) => code.includes(line));
  if (block === undefined) throw new Error(`docs/en/how-to/team.md no longer shows ${line}`);
  return block;
};

interface Place {
  readonly folder: string;
  readonly port: number;
  /** Where the server behind it listens. */
  readonly behind: number;
}

/** What the page prints, at ports and with files of the test's own. */
const settled = (configuration: string, swaps: readonly (readonly [string, string])[]): string =>
  swaps.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the page no longer shows ${from}`);
    return text.replaceAll(from, to);
  }, configuration);

const startNginx = async ({ folder, port, behind }: Place): Promise<ChildProcess> => {
  const server = settled(printed('proxy_pass'), [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['/etc/ssl/huawu.pem', join(folder, 'huawu.pem')],
    ['/etc/ssl/private/huawu.key', join(folder, 'huawu.key')],
    ['http://127.0.0.1:12345', `http://127.0.0.1:${behind}`],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join(' ');
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `daemon off; pid ${join(folder, 'nginx.pid')}; error_log stderr crit; events {}
     http { access_log off; ${temporary} ${server} }`,
  );
  return spawn('/usr/sbin/nginx', ['-c', file, '-e', 'stderr'], { stdio: 'inherit' });
};

const startCaddy = async ({ folder, port, behind }: Place): Promise<ChildProcess> => {
  const site = settled(printed('reverse_proxy'), [
    [
      `${host} {`,
      `https://${host}:${port} {\n\tbind 127.0.0.1\n\ttls ${join(folder, 'huawu.pem')} ${join(folder, 'huawu.key')}`,
    ],
    ['127.0.0.1:12345', `127.0.0.1:${behind}`],
  ]);
  const file = join(folder, 'Caddyfile');
  await writeFile(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
  return spawn('/usr/bin/caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env,
  });
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

let closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.toReversed()) await close();
  closings = [];
});

/** A step every fifth of a second, until it is told to stop. */
const stepByStep: RunTask = async (_task, progress, signal) => {
  for (let turn = 1; ; turn += 1) {
    progress(Math.min(0.9, turn / 100), 'turning');
    if (signal.aborted) throw new CancelledError();
    await pause(200);
  }
};

/** The server behind a proxy, with one job that goes on step by step until it is told to stop. */
const openBehind = async (start: (place: Place) => Promise<ChildProcess>) => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-proxy-'));
  closings.push(() => rm(folder, { recursive: true, force: true }));
  await mkdir(folder, { recursive: true });
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const files = ['-keyout', join(folder, 'huawu.key'), '-out', join(folder, 'huawu.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files],
    {
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const { jobs } = standInServices({}, {}, { forecast: stepByStep });
  closings.push(() => jobs.close());
  const door = await openDoorway({
    jobs,
    publicUrl: `https://${host}:${port}`,
    trustedProxy: '127.0.0.1',
  });
  closings.push(() => door.close());
  await door.addMember('li', 'planner');
  await door.addMember('wang', 'planner');
  const proxy = await start({ folder, port, behind: Number(new URL(door.url).port) });
  closings.push(async () => {
    const ended = once(proxy, 'exit');
    proxy.kill('SIGTERM');
    await ended;
  });
  const ca = readFileSync(join(folder, 'huawu.pem'));
  const ask = (path: string, options: RequestOptions = {}, body?: object): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { host: `${host}:${port}`, 'content-type': 'application/json', ...options.headers };
      const asked = httpsRequest(
        { host: '127.0.0.1', port, servername: host, ca, path, agent: false, ...options, headers },
        resolve,
      );
      asked.once('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  for (let tries = 0; ; tries += 1) {
    const answer = await ask('/health/live').catch(() => undefined);
    if (answer?.statusCode === 200) break;
    if (tries > 100) throw new Error('the proxy does not answer');
    await pause(100);
  }
  return { ask, door };
};

type Ask = Awaited<ReturnType<typeof openBehind>>['ask'];

const signIn = (
  ask: Ask,
  user: string,
  given: string,
  options: RequestOptions = {},
): Promise<IncomingMessage> =>
  ask('/api/v1/sign-in', { method: 'POST', ...options }, { user, password: given });

const keepsCookiesSafe = async (ask: Ask): Promise<Record<string, string>> => {
  const answer = await signIn(ask, 'li', password);
  expect(answer.statusCode).toBe(204);
  expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
  const [session = ''] = (answer.headers['set-cookie'] ?? []).filter((line) => line.includes('-session'));
  expect(session).toMatch(/^__Host-huawu-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  const cookie = session.split(';')[0] ?? '';
  const headers = { cookie, [tokenHeader]: pageToken(cookie.split('=')[1] ?? '') };
  expect((await ask('/api/v1/caller', { headers })).statusCode).toBe(200);
  const foreign = { ...headers, origin: 'https://evil.example' };
  expect((await ask('/api/v1/caller', { headers: foreign })).statusCode).toBe(403);
  return headers;
};

/** A client cannot say that it is somebody else; and one that is, is not held up. */
const countsByClient = async (ask: Ask): Promise<void> => {
  for (let n = 1; n <= 6; n += 1) {
    const headers = { 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` };
    const { statusCode } = await signIn(ask, 'wang', 'wrong-wrong-wrong', { headers });
    expect([n, statusCode]).toEqual([n, n <= 5 ? 401 : 429]);
  }
  const other = { localAddress: '127.0.0.2' };
  expect((await signIn(ask, 'wang', 'wrong-wrong-wrong', other)).statusCode).toBe(401);
  expect((await signIn(ask, 'wang', password, other)).statusCode).toBe(204);
};

/** Each step of a job arrives while it goes on. */
const showsProgress = async (ask: Ask, headers: Record<string, string>): Promise<void> => {
  const started = await ask('/api/v1/forecasts', { method: 'POST', headers }, {});
  expect(started.statusCode).toBe(202);
  const { id } = JSON.parse(String(await started.toArray())) as { id: string };
  const events = await ask(`/api/v1/jobs/${id}/events`, { headers });
  const arrivals: number[] = [];
  let text = '';
  for await (const chunk of events as AsyncIterable<Buffer>) {
    text += String(chunk);
    arrivals.push(performance.now());
    if (arrivals.length >= 6) break;
  }
  expect(text).toContain('event: job');
  const gaps = arrivals.slice(1).map((at, i) => at - (arrivals[i] ?? at));
  // Kept back and sent in one, most would come at once.
  expect(gaps.filter((gap) => gap > 50).length).toBeGreaterThanOrEqual(3);
};

const proxies = [
  { name: 'nginx', program: '/usr/sbin/nginx', start: startNginx },
  { name: 'Caddy', program: '/usr/bin/caddy', start: startCaddy },
];

test.each(proxies)(
  'behind $name as the page for a team prints it: cookies, addresses and progress are as without it',
  async ({ program, start }) => {
    if (!existsSync(program)) return;
    const { ask } = await openBehind(start);
    const headers = await keepsCookiesSafe(ask);
    await countsByClient(ask);
    await showsProgress(ask, headers);
  },
);

test('the server takes nobody’s word on an address but the proxy’s that it was told', async () => {
  const door: TestDoor = await openDoorway();
  closings.push(() => door.close());
  await door.addMember('wang', 'planner');
  const forged = (n: number) =>
    door.browser().signIn('wang', 'wrong-wrong-wrong').set('X-Forwarded-For', `203.0.113.${n}`);
  for (let n = 1; n <= 5; n += 1) await forged(n).expect(401);
  await forged(6).expect(429);
});

test('a proxy that adds the port, or passes on what is no address, makes nobody new with each connection', async () => {
  const door: TestDoor = await openDoorway({ trustedProxy: '127.0.0.1' });
  closings.push(() => door.close());
  await door.addMember('wang', 'planner');
  await door.addMember('li', 'planner');
  const from = (user: string, address: string) =>
    door
      .browser()
      .signIn(user, 'wrong-wrong-wrong')
      .set({ 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' });
  for (let n = 1; n <= 6; n += 1) await from('wang', `203.0.113.9:${50_000 + n}`).expect(n <= 5 ? 401 : 429);
  await from('wang', '203.0.113.9').expect(429);
  await from('wang', '[2001:db8::7]:443').expect(401);
  for (let n = 1; n <= 6; n += 1) await from('li', `_hidden${n}`).expect(n <= 5 ? 401 : 429);
});
