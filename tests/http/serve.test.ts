import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request } from 'express';
import { expect, test } from 'vitest';
import { tokenHeader } from '../../src/contract/http/api-root.ts';
import { createAccess, issueCode } from '../../src/http/access.ts';
import { refuseAmbiguous } from '../../src/http/host-and-origin.ts';
import { serve, type RunningServer } from '../../src/http/serve.ts';
import { UsageError } from '../../src/kernel/errors.ts';
import { standInServices, token } from './stand-ins.ts';

test.each(['0.0.0.0', '192.168.1.5', '::'])('will not listen on %s', async (host) => {
  await expect(serve({ services: standInServices(), host, port: 0 })).rejects.toThrow(UsageError);
});

test('a taken port is said, with what to do', async () => {
  const first = await serve({ services: standInServices(), port: 0 });
  await expect(serve({ services: standInServices(), port: first.port })).rejects.toMatchObject({
    said: { code: 'port-in-use', values: { port: first.port } },
  });
  await first.close();
});

test.each([
  ['an address that is none', 'GET http://[/open/x HTTP/1.1', 400],
  ['a line that is none', 'GET', 400],
  ['a head without end', `GET /${'a'.repeat(40_000)} HTTP/1.1`, 431],
])('what is no HTTP is refused as everything else is: %s', async (_what, line, status) => {
  const server = await serve({ services: standInServices(), port: 0 });
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  let said = '';
  socket.on('data', (piece: Buffer) => (said += piece.toString()));
  socket.write(`${line}\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
  await once(socket, 'close');
  await server.close();
  const [head = '', ...rest] = said.split('\r\n\r\n');
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toMatch(/content-type: application\/problem\+json/i);
  expect(rest.join('')).toContain('urn:huawu:usage');
});

test.each([
  ['http://host:80/open/x', 'host', true],
  ['HTTP://Host/open/x', 'host:80', true],
  ['https://host:443/open/x', 'host', true],
  ['http://host:8080/open/x', 'host:8080', true],
  ['http://host:8080/open/x', 'host', false],
  ['http://host:443/open/x', 'host', false],
  ['https://host/open/x', 'host:80', false],
  ['http://other:80/open/x', 'host', false],
])('a line that asks for %s of the host %s', (url, host, isRight) => {
  const asked = { url, headers: { host }, rawHeaders: ['Host', host], httpVersion: '1.1' } as Request;
  let goesOn = false;
  const ask = () => refuseAmbiguous(asked, { set: () => undefined } as never, () => (goesOn = true));
  if (isRight) ask();
  else expect(ask).toThrow();
  expect(goesOn).toBe(isRight);
});

/** A server whose page is the token and the nonce, and nothing else. */
const serveBarePage = async (): Promise<{ server: RunningServer; close: () => Promise<void> }> => {
  const publicFolder = await mkdtemp(join(tmpdir(), 'huawu-page-'));
  await mkdir(join(publicFolder, 'app'));
  await writeFile(
    join(publicFolder, 'app', 'index.html'),
    '<meta name="huawu-token" content="__TOKEN__"><script nonce="__NONCE__"></script>',
  );
  const server = await serve({ services: standInServices({}, { publicFolder }), port: 0 });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(publicFolder, { recursive: true });
  };
  return { server, close };
};

test('a one-time address lets one browser in, once; the page then carries a token of its own and the nonce', async () => {
  const { server, close } = await serveBarePage();
  const address = server.openingAddress();
  const strangers = await (await fetch(server.url)).text();
  expect(strangers).toContain('huawu-token');
  expect(strangers).not.toContain(token);

  // Looking ahead, as some programs do with addresses, does not use it up.
  await fetch(address, { method: 'HEAD', redirect: 'manual' });
  const opened = await fetch(`${address}?lang=en`, { redirect: 'manual' });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, '/?lang=en']);
  const cookie = opened.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^huawu-\d+=[\w-]{40,}; .*HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toContain(token);

  const headers = { cookie: cookie.split(';')[0] ?? '' };
  const response = await fetch(server.url, { headers });
  const page = await response.text();
  const nonce = /nonce="([\w-]+)"/.exec(page)?.[1] ?? 'none';
  const carried = /content="([\w-]{43})"/.exec(page)?.[1] ?? '';
  expect(page).not.toContain(token);
  expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect((await fetch(`${server.url}/api/v1/jobs`, { headers })).status).toBe(200);
  // The cookie goes along with what another page makes a browser send: alone it writes nothing.
  expect((await fetch(`${server.url}/api/v1/jobs/none`, { headers, method: 'DELETE' })).status).toBe(403);
  const own = { ...headers, [tokenHeader]: carried };
  expect((await fetch(`${server.url}/api/v1/jobs/none`, { headers: own, method: 'DELETE' })).status).toBe(
    404,
  );
  // And what the page carries opens nothing without the cookie.
  const bearer = { authorization: `Bearer ${carried}` };
  expect((await fetch(`${server.url}/api/v1/jobs`, { headers: bearer })).status).toBe(401);

  const again = await fetch(address, { redirect: 'manual' });
  expect([again.status, again.headers.get('set-cookie')]).toEqual([303, null]);
  await close();
});

test.each(['', 'x', 'x.y.z', `${Date.now().toString(36)}.abc.def`])(
  'a code that nobody made (%s) lets nobody in',
  async (code) => {
    const { server, close } = await serveBarePage();
    const opened = await fetch(`${server.url}/open/${code}`, { redirect: 'manual' });
    expect(opened.headers.get('set-cookie')).toBeNull();
    await close();
  },
);

test('a code is good for a quarter of an hour', () => {
  let now = Date.UTC(2026, 10, 26);
  const access = createAccess(token, () => now);
  const [early, late] = [issueCode(access, now), issueCode(access, now)];
  now += 14 * 60_000;
  expect(access.redeem(early, undefined)).toMatch(/^[\w-]{43}$/);
  now += 2 * 60_000;
  expect(access.redeem(late, undefined)).toBeUndefined();
});

test('a code is good once, however the clock jumps', () => {
  let now = Date.UTC(2026, 10, 26);
  const access = createAccess(token, () => now);
  const code = issueCode(access, now);
  expect(access.redeem(code, undefined)).toBeDefined();
  for (const jump of [400, -400, -3, 3]) {
    now += jump * 86_400_000;
    expect(access.redeem(issueCode(access, now), undefined)).toBeDefined();
    expect([jump, access.redeem(code, undefined)]).toEqual([jump, undefined]);
  }
});
