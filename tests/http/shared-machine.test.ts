import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, request as ask, type IncomingMessage, type RequestOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { answersAt, createAccess, issueCode } from '../../src/http/access.ts';
import { serve, type RunningServer } from '../../src/http/serve.ts';
import { standInServices, token } from './stand-ins.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Other accounts of this machine reach every port of it, and listen on those that are free. */
const publicFolder = await temporaryFolder();
beforeAll(async () => {
  await mkdir(join(publicFolder, 'app'));
  await writeFile(join(publicFolder, 'app', 'index.html'), '<meta name="huawu-token" content="__TOKEN__">');
});

/** A run of the workspace's server: all runs have its one token. */
const start = (port = 0): Promise<RunningServer> =>
  serve({ services: standInServices({}, { publicFolder }), port });

/** A request on a connection of its own, as each program makes it. */
const visit = async (url: string, options: RequestOptions = {}) => {
  const asked = ask(url, { agent: false, ...options });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = String(await answer.toArray());
  return { status: answer.statusCode, text, cookies: answer.headers['set-cookie'] ?? [] };
};

/** What a browser that opened the address carries from then on. */
const letIn = async (address: string): Promise<string> =>
  (await visit(address)).cookies[0]?.split(';')[0] ?? '';

/** Listens on a port, and answers the cookie that the first browser brings along. */
const listenFor = async (port: number, cookie: string): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    resolve(request.headers.cookie ?? '');
    response.end();
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: { cookie } });
  server.close();
  server.closeAllConnections();
  return promise;
};

const pageTokenOf = (page: string): string => /content="([^"]*)"/.exec(page)?.[1] ?? '';

test('a cookie caught while the server was down opens nothing of its next run, and no page holds the token', async () => {
  const first = await start();
  const cookie = await letIn(first.openingAddress());
  const unused = first.openingAddress();
  const carried = pageTokenOf((await visit(first.url, { headers: { cookie } })).text);
  expect(carried).toMatch(/^[\w-]{43}$/);
  expect(carried).not.toBe(token);
  await first.close();

  const caught = await listenFor(first.port, cookie);
  expect(caught).toBe(cookie);

  const second = await start(first.port);
  try {
    const page = (await visit(second.url, { headers: { cookie: caught } })).text;
    expect(pageTokenOf(page)).toBe('');
    const read = (headers: Record<string, string>) => visit(`${second.url}${apiRoot}/jobs`, { headers });
    expect((await read({ cookie: caught })).status).toBe(401);
    expect((await read({ authorization: `Bearer ${carried}` })).status).toBe(401);
    // Nor does an address that nobody had opened yet.
    expect(await letIn(unused)).toBe('');
    // A page of the earlier run changes nothing in the next, even beside its cookie.
    const fresh = await letIn(second.openingAddress());
    const remove = (given: string) =>
      visit(`${second.url}${apiRoot}/jobs/none`, {
        method: 'DELETE',
        headers: { cookie: fresh, [tokenHeader]: given },
      });
    expect((await remove(carried)).status).toBe(403);
    const own = pageTokenOf((await visit(second.url, { headers: { cookie: fresh } })).text);
    expect((await remove(own)).status).toBe(404);
    expect((await read({ authorization: `Bearer ${token}` })).status).toBe(200);
  } finally {
    await second.close();
  }
});

const statusAs = async (account: number, port: number, cookie: string): Promise<number> => {
  // The program starts as it is and changes then: another account may not read the folder that it lies in.
  const script = `process.setuid(${account}); fetch('http://127.0.0.1:${port}${apiRoot}/jobs', { headers: { cookie: '${cookie}' } })
    .then(({ status }) => console.log(status))`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Number(String(await child.stdout.toArray()));
};

// Only root may work as another account; the rule itself is held below wherever the tests run.
test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'while the server runs, a cookie caught at another port counts on its own account’s connections alone',
  async () => {
    const server = await start();
    try {
      const cookie = await letIn(server.openingAddress());
      // Browsers send cookies to every port of a machine.
      const caught = await listenFor(0, cookie);
      expect(await statusAs(0, server.port, caught)).toBe(200);
      expect(await statusAs(65_534, server.port, caught)).toBe(401);
    } finally {
      await server.close();
    }
  },
);

test.runIf(process.platform === 'linux')(
  'from whatever address of this machine its own account comes, it is known',
  async () => {
    const server = await start();
    try {
      const cookie = await letIn(server.openingAddress());
      for (const localAddress of ['127.0.0.1', '127.0.0.2']) {
        const { status } = await visit(`${server.url}${apiRoot}/jobs`, { headers: { cookie }, localAddress });
        expect([localAddress, status]).toEqual([localAddress, 200]);
      }
    } finally {
      await server.close();
    }
  },
);

test('a cookie belongs to the account that came with the code; a connection that is gone is nobody’s', () => {
  const access = createAccess(token, () => 0);
  const cookie = access.redeem(issueCode(access, 0), 1000) ?? '';
  expect([1000, 1001, 0, null, undefined].map((account) => access.isLetIn(cookie, account))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(access.redeem(issueCode(access, 0), null)).toBeUndefined();
  const untold = access.redeem(issueCode(access, 0), undefined) ?? '';
  expect([access.isLetIn(untold, undefined), access.isLetIn(untold, 1000)]).toEqual([true, false]);
});

test('a proof is one of the port that is asked: what passes the question on to the server proves nothing', async () => {
  const server = await start();
  const relay = createServer((request, response) => {
    const onward: RequestOptions = { port: server.port, host: '127.0.0.1', path: request.url ?? '' };
    ask(onward, (answer) => answer.pipe(response)).end();
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const at = (port: number) => answersAt({ url: `http://127.0.0.1:${port}`, token, run: '' });
  try {
    expect(await at(server.port)).toBe(true);
    expect(await at((relay.address() as AddressInfo).port)).toBe(false);
  } finally {
    relay.close();
    relay.closeAllConnections();
    await server.close();
  }
});

test('what listens in the server’s place and sends without end is not listened to for long', async () => {
  const sockets: Socket[] = [];
  const squatter = createServer(({ socket }, response) => {
    sockets.push(socket);
    const send = (): void => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', send);
    send();
  }).listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  expect(await answersAt({ url: `http://127.0.0.1:${port}`, token, run: '' })).toBe(false);
  expect(sockets[0]?.bytesWritten).toBeLessThan(20 * 2 ** 20);
  squatter.close();
  squatter.closeAllConnections();
});
