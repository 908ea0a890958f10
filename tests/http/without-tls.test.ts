import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectPlainly } from 'node:net';
import { join } from 'node:path';
import { connect, type ConnectionOptions } from 'node:tls';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { readSettings } from '../../src/engine/read-settings.ts';
import { serve } from '../../src/http/serve.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { runCommand } from '../support/run-command.ts';
import { openDoorway, password, type TestDoor } from './door.ts';
import { standInServices } from './stand-ins.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

const host = 'huawu.example.org';

describe.each([
  ['an https address', { publicUrl: `https://${host}`, trustedProxy: '127.0.0.1' }],
  ['an https address and no proxy', { publicUrl: `https://${host}`, trustedProxy: '' }],
  ['a trusted proxy alone', { publicUrl: '', trustedProxy: '127.0.0.1' }],
])('with %s', (_, settings) => {
  let door: TestDoor;
  beforeAll(async () => {
    door = await openDoorway(settings);
    await door.addMember('li', 'planner');
  });
  afterAll(() => door.close());

  test('nothing is signed in, and no cookie or token is looked at, where TLS did not bring it', async () => {
    const { port } = new URL(door.url);
    const hosts = [`127.0.0.1:${port}`, ...(settings.publicUrl === '' ? [] : [host])];
    for (const at of hosts) {
      const asked = (path: string) => request(door.url).get(path).set('Host', at);
      const plain = await request(door.url)
        .post(`${apiRoot}/sign-in`)
        .set('Host', at)
        .send({ user: 'li', password });
      expect([at, plain.status, plain.headers['set-cookie']]).toEqual([at, 403, undefined]);
      expect(problemDetailsSchema.parse(plain.body).type).toBe('urn:huawu:https-wanted');
      for (const path of ['/', `${apiRoot}/caller`, '/sign-in/openid', '/open/x'])
        expect([path, (await asked(path)).status]).toEqual([path, 403]);
      // What watches over the process asks without.
      for (const path of ['/health/live', `${apiRoot}/health`, `${apiRoot}/openapi.json`])
        expect([path, (await asked(path)).status]).toEqual([path, 200]);
    }
    expect(door.heard).toEqual([]);
  });

  test('what the proxy says of TLS counts where the proxy is trusted, and nobody else’s word', async () => {
    const { port } = new URL(door.url);
    const at = settings.publicUrl === '' ? `127.0.0.1:${port}` : host;
    const { status, headers } = await request(door.url)
      .post(`${apiRoot}/sign-in`)
      .set({ Host: at, 'X-Forwarded-Proto': 'https' })
      .send({ user: 'li', password });
    expect(status).toBe(settings.trustedProxy === '' ? 403 : 204);
    if (status === 204) expect(String(headers['set-cookie'])).toMatch(/__Host-huawu-session=.*; Secure/);
  });
});

test('on this machine alone, with neither, people sign in as before', async () => {
  const door = await openDoorway();
  await door.addMember('li', 'planner');
  await door.browser().signIn('li').expect(204);
  await door.close();
});

test('a trusted proxy is named: an address or a small network, and never everyone', async () => {
  const isTaken = (trustedProxy: string): boolean => settingsSchema.safeParse({ trustedProxy }).success;
  const taken = ['', '127.0.0.1', '127.0.0.0/8', '::1', '10.1.2.3,10.1.3.0/24', '10.1.0.0/16', 'fd00::/64'];
  expect(taken.filter((each) => !isTaken(each))).toEqual([]);
  const refused = ['0.0.0.0/0', '::/0', '0.0.0.0/1,128.0.0.0/1', '10.0.0.0/8', '127.0.0.1,::/1', '2000::/3'];
  refused.push('::ffff:0:0/96', '0:0:0:0:0:FFFF::/97', '127.0.0.0/1');
  const none = ['999.1.1.1', '1.2.3.4/99', '1.2.3.4,', 'a', ':::', '1.2.3.4/'];
  expect([...refused, ...none].filter(isTaken)).toEqual([]);
  // What is read as an https address elsewhere is written as one.
  expect(settingsSchema.safeParse({ publicUrl: `HTTPS://${host}` }).success).toBe(false);

  const line = join(folder, 'line');
  await runCommand(['init', '--workspace', line]);
  await runCommand(['admin', 'sign-in', 'on', '--workspace', line]);
  const served = (...more: string[]) =>
    runCommand(['serve', '--port', '0', '--workspace', line, '--lang', 'en', ...more], {
      signal: AbortSignal.timeout(4000),
    });
  const everyone = ['--host', '0.0.0.0', '--public-url', `https://${host}`, '--trusted-proxy', '0.0.0.0/0'];
  const { code, err } = await served(...everyone);
  expect([code, err]).toEqual([3, expect.stringContaining('0.0.0.0/0')]);
  expect(err).toContain('too wide');

  // What a setting's own check refuses is shown as it stands there, but for the password in a database's address.
  const wrong = await served('--public-url', 'http://x');
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('"http://x"')]);
  const refusal: unknown = await readSettings(line, {
    HUAWU_OIDC_ISSUER: 'ftp://login',
    HUAWU_OIDC_ROLES: 'staff=king',
    HUAWU_STORE: 'mysql://li:secret@host/db',
    HUAWU_TRUSTED_PROXY: '::/0',
  }).catch((error: unknown) => error);
  const problems = refusal instanceof BadInputError ? refusal.problems : [];
  expect(problems.map(({ path, value }) => [path, value])).toEqual([
    ['HUAWU_STORE', undefined],
    ['HUAWU_TRUSTED_PROXY', '::/0'],
    ['HUAWU_OIDC_ISSUER', 'ftp://login'],
    ['HUAWU_OIDC_ROLES', 'staff=king'],
  ]);
});

test('of TLS 1.2 only what has forward secrecy is spoken, and nothing older', async () => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${host}`,
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  const server = await serve({ services: standInServices(), port: 0, tlsCert: cert, tlsKey: key });
  const spoken = async (options: ConnectionOptions): Promise<string> => {
    // As a client that takes anything: what is agreed on is the server's choice.
    const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    const protocol = await once(socket, 'secureConnect').then(
      () => socket.getProtocol() ?? '',
      () => 'refused',
    );
    socket.destroy();
    return protocol;
  };
  const of12 = (ciphers: string) => spoken({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` });
  try {
    const old = [
      'AES128-GCM-SHA256',
      'AES256-GCM-SHA384',
      'AES128-SHA',
      'ECDHE-RSA-AES128-SHA',
      'AES256-SHA256',
    ];
    for (const cipher of old) expect([cipher, await of12(cipher)]).toEqual([cipher, 'refused']);
    expect(await of12('ECDHE-RSA-AES128-GCM-SHA256')).toBe('TLSv1.2');
    expect(await spoken({})).toBe('TLSv1.3');
    expect(
      await spoken({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    ).toBe('refused');
  } finally {
    await server.close();
  }
});

/** A request word for word, with headers that no library would send. */
const rawStatus = async (port: number, lines: readonly string[], body = ''): Promise<number> => {
  const socket = connectPlainly(port, '127.0.0.1');
  const isInPieces = lines.some((line) => line.startsWith('Transfer-Encoding'));
  const length = body === '' || isInPieces ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  socket.write([...lines, ...length, 'Connection: close', '', body].join('\r\n'));
  const answer = String(Buffer.concat((await socket.toArray()) as Buffer[]));
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
};

test('a request that can be read in two ways is refused', async () => {
  const door = await openDoorway();
  await door.addMember('li', 'planner');
  const port = Number(new URL(door.url).port);
  const own = `Host: 127.0.0.1:${port}`;
  const read = (...headers: string[]) => rawStatus(port, [`GET ${apiRoot}/health HTTP/1.1`, ...headers]);
  const signIn = (type: string, body: string, ...more: string[]) =>
    rawStatus(port, [`POST ${apiRoot}/sign-in HTTP/1.1`, own, `Content-Type: ${type}`, ...more], body);
  const json = JSON.stringify({ user: 'li', password });
  try {
    expect(await read(own)).toBe(200);
    expect(await read(own, 'Host: evil.example')).toBe(400);
    expect(await read(own, own)).toBe(400);
    expect(await read(own, 'Origin: null', 'Origin: null')).toBe(400);
    expect(await read(own, 'Authorization: Bearer a', 'Authorization: Bearer b')).toBe(400);
    expect(await signIn('application/json', json, 'Content-Type: text/plain')).toBe(400);
    for (const charset of ['utf-7', 'utf-16', 'utf-32le', 'gbk', '"utf-7"'])
      expect([charset, await signIn(`application/json; charset=${charset}`, json)]).toEqual([charset, 415]);
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"'])
      expect([charset, await signIn(`application/json; charset=${charset}`, json)]).toEqual([charset, 204]);
    // Nor one of which a proxy before it may have read the host or the end elsewhere.
    const lines = (target: string, version = '1.1') => [`GET ${target} HTTP/${version}`, own];
    const path = `${apiRoot}/health`;
    expect(await rawStatus(port, lines(`http://127.0.0.1:${port}${path}`))).toBe(200);
    for (const target of [
      `http://evil.example${path}`,
      `ftp://evil${path}`,
      `http://127.0.0.1:${port}@evil${path}`,
    ])
      expect([target, await rawStatus(port, lines(target))]).toEqual([target, 400]);
    const pieces = `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;
    for (const [framing, status] of [
      ['chunked', 204],
      ['gzip, chunked', 400],
      ['deflate,chunked', 400],
    ] as const)
      expect([framing, await signIn('application/json', pieces, `Transfer-Encoding: ${framing}`)]).toEqual([
        framing,
        status,
      ]);
    expect(await rawStatus(port, [...lines(path, '1.0'), 'Transfer-Encoding: chunked'], '0\r\n\r\n')).toBe(
      400,
    );
    // The same bytes would be another name: +AGwAaQ- is li.
    expect(await signIn('application/json; charset=utf-7', json.replace('li', '+AGwAaQ-'))).toBe(415);
  } finally {
    await door.close();
  }
});
