import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOpenId, isPrivateAddress } from '../../src/access/openid.ts';

/** A provider that lies, and a service of this machine that is nobody's business, which notes who knocks. */
let provider: Server;
let within: Server;
let knocks: string[] = [];
let answerDiscovery: (response: ServerResponse) => void = () => undefined;
const sockets: Socket[] = [];

const listen = async (server: Server): Promise<void> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
};
const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const describedWith =
  (more: Readonly<Record<string, string>>) =>
  (response: ServerResponse): void => {
    const issuer = originOf(provider);
    const own = ['authorization', 'token'].map((name) => [`${name}_endpoint`, `${issuer}/${name}`]);
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks`, ...Object.fromEntries(own), ...more }));
  };

beforeEach(async () => {
  knocks = [];
  provider = createServer((request, response) => {
    sockets.push(request.socket);
    if (request.url?.startsWith('/.well-known/') === true) answerDiscovery(response);
    else response.writeHead(302, { Location: `${originOf(within)}/redirected` }).end();
  });
  within = createServer((request, response) => {
    knocks.push(request.url ?? '');
    response.end('{}');
  });
  await Promise.all([provider, within].map(listen));
});
afterEach(() => {
  for (const server of [provider, within]) {
    server.close();
    server.closeAllConnections();
  }
});

/** Somebody comes back from the provider: what became of it, by code. */
const comeBack = async (): Promise<string> => {
  const issuer = originOf(provider);
  const openId = createOpenId(
    { issuer, clientId: 'huawu', clientSecret: 'a-secret-of-the-tests', scopes: 'openid' },
    Date.now,
  );
  const tried = { state: 's', nonce: 'n', verifier: 'v'.repeat(43) };
  const returned = new URL(`http://127.0.0.1/sign-in/openid/return?code=c&state=s&iss=${issuer}`);
  return openId
    .finish(returned, tried, () => undefined)
    .then(
      () => 'in',
      (error: { readonly finding?: { readonly code: string } }) => error.finding?.code ?? 'another error',
    );
};

test.each([
  ['another port of this machine', () => originOf(within)],
  ['another name of it', () => originOf(within).replace('127.0.0.1', 'localhost')],
  ['it by TLS', () => originOf(within).replace('http:', 'https:')],
  ['it in numbers', () => originOf(within).replace('http://127.0.0.1', 'https://2130706433')],
  ['what clouds tell their machines', () => 'https://169.254.169.254'],
  ['it by another family', () => originOf(within).replace('http://127.0.0.1', 'https://[::ffff:127.0.0.1]')],
])('a provider cannot send this server to %s', async (_, elsewhere) => {
  const heard: string[] = [];
  within.on('connection', () => void heard.push('connection'));
  answerDiscovery = describedWith({ token_endpoint: `${elsewhere()}/token` });
  expect(await comeBack()).toMatch(/^openid-(away|refused)$/);
  expect([knocks, heard]).toEqual([[], []]);
});

test.each([
  '[64:ff9b::7f00:1]',
  '[64:ff9b::a00:1]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[::127.0.0.1]',
  '[fec0::1]',
  '192.0.0.8',
  '198.18.0.1',
])('nor to what a translator or tunnel makes of it (%s)', async (host) => {
  expect(await isPrivateAddress(new URL(`https://${host}/`))).toBe(true);
});

test('an address out there is one', async () => {
  expect(await isPrivateAddress(new URL('https://[2606:2800:220:1::1]/'))).toBe(false);
  expect(await isPrivateAddress(new URL('https://93.184.216.34/'))).toBe(false);
});

test('nor on to it by a redirect, of what describes the provider or of an answer', async () => {
  answerDiscovery = (response) => response.writeHead(302, { Location: originOf(within) }).end();
  expect(await comeBack()).toMatch(/^openid-(away|refused)$/);
  answerDiscovery = describedWith({});
  expect(await comeBack()).toMatch(/^openid-(away|refused)$/);
  expect(knocks).toEqual([]);
});

test('an answer without end is read for a megabyte', async () => {
  answerDiscovery = (response) => {
    response.setHeader('Content-Type', 'application/json');
    let left = 60;
    const send = (): void => {
      for (; left > 0; left -= 1) if (!response.write(Buffer.alloc(2 ** 20, 32))) break;
      if (left <= 0) response.end('{}');
    };
    response.on('drain', send);
    send();
  };
  expect(await comeBack()).toMatch(/^openid-(away|refused)$/);
  expect(sockets.at(-1)?.bytesWritten).toBeLessThan(20 * 2 ** 20);
});
