import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Accounts, NewMember } from '../../src/access/accounts.ts';
import { createOpenId, openIdMember, openIdRoles } from '../../src/access/openid.ts';

/** A provider that says whatever it is told to: what is let in is what the protocol has, and nothing near it. */

type Claims = Record<string, unknown>;
const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const secret = 'a-secret-of-the-tests-alone-0123456789';

let provider: Server;
let issuer = '';
let keys: object[] = [];
let described: Claims = {};
let answered: Claims = {};
let userInfo: Claims | undefined;

const jwk = (given: KeyObject, kid: string): object => ({
  ...given.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid,
});
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const signed = (claims: Claims, head: Claims = {}, by = key.privateKey): string => {
  const said = `${encoded({ alg: 'RS256', kid: 'one', typ: 'JWT', ...head })}.${encoded(claims)}`;
  return `${said}.${createSign('RSA-SHA256').update(said).sign(by, 'base64url')}`;
};
const hashed = (claims: Claims, by: string): string => {
  const said = `${encoded({ alg: 'HS256', kid: 'one' })}.${encoded(claims)}`;
  return `${said}.${createHmac('sha256', by).update(said).digest('base64url')}`;
};
const now = (): number => Math.floor(Date.now() / 1000);
const honest = (more: Claims = {}): Claims => ({
  iss: issuer,
  sub: 'li-at-the-provider',
  aud: 'huawu',
  nonce: 'n',
  iat: now(),
  exp: now() + 300,
  preferred_username: 'li',
  groups: ['staff'],
  ...more,
});
const tokens = (id: unknown, more: Claims = {}): Claims => ({
  access_token: 'a',
  token_type: 'Bearer',
  expires_in: 60,
  id_token: id,
  ...more,
});

beforeEach(async () => {
  [described, answered, userInfo, keys] = [{}, {}, undefined, [jwk(key.publicKey, 'one')]];
  provider = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    const path = request.url ?? '';
    const more = userInfo === undefined ? {} : { userinfo_endpoint: `${issuer}/userinfo` };
    const said = path.startsWith('/.well-known/')
      ? {
          issuer,
          authorization_endpoint: `${issuer}/authorization`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          ...more,
          ...described,
        }
      : { '/jwks': { keys }, '/token': answered, '/userinfo': userInfo }[path];
    response.end(JSON.stringify(said));
  });
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});
afterEach(() => {
  provider.close();
  provider.closeAllConnections();
});

/** Who comes in, as the account that is made; else by which code not. */
const comeIn = async (userClaim = 'preferred_username', client = secret): Promise<NewMember | string> => {
  const openId = createOpenId({ issuer, clientId: 'huawu', clientSecret: client, scopes: 'openid' });
  const returned = new URL('http://127.0.0.1/sign-in/openid/return?code=c&state=s');
  let made: NewMember | undefined;
  const accounts = {
    members: async () => [],
    add: async (wanted: NewMember) => {
      made = wanted;
      return { member: {} };
    },
  } as unknown as Accounts;
  try {
    const tried = { state: 's', nonce: 'n', verifier: 'v'.repeat(43) };
    const claims = await openId.finish(returned, tried, () => undefined);
    const people = { userClaim, roleClaim: 'groups', roles: openIdRoles('staff=viewer') };
    await openIdMember(claims, people, accounts);
    return made ?? 'nobody';
  } catch (error) {
    return (error as { finding?: { code: string } }).finding?.code ?? String(error);
  }
};

test('whoever is vouched for as the protocol has it comes in', async () => {
  answered = tokens(signed(honest()));
  expect(await comeIn()).toMatchObject({
    user: 'li',
    role: 'viewer',
    openid: `${issuer} li-at-the-provider`,
  });
  answered = tokens(signed(honest({ aud: ['huawu', 'other'], azp: 'huawu' })));
  expect(await comeIn()).toMatchObject({ user: 'li' });
  // its clock goes a little otherwise
  answered = tokens(signed(honest({ iat: now() + 20, exp: now() + 320 })));
  expect(await comeIn()).toMatchObject({ user: 'li' });
});

const publicPem = (): string => key.publicKey.export({ format: 'pem', type: 'spki' });

test.each<[string, () => unknown]>([
  ['no signature', () => `${encoded({ alg: 'none' })}.${encoded(honest())}.`],
  ['no signature, in capitals', () => `${encoded({ alg: 'NONE' })}.${encoded(honest())}.`],
  ['a signature that is left out', () => signed(honest()).replace(/\.[^.]*$/, '.')],
  ['the client’s secret as key', () => hashed(honest(), secret)],
  ['the public key as secret', () => hashed(honest(), publicPem())],
  ['another key under the same name', () => signed(honest(), {}, other.privateKey)],
  ['a key of no name here', () => signed(honest(), { kid: 'two' }, other.privateKey)],
  [
    'a key that it brings along',
    () => signed(honest(), { jwk: jwk(other.publicKey, 'one') }, other.privateKey),
  ],
  [
    'a key elsewhere',
    () => signed(honest(), { kid: 'two', jku: 'http://127.0.0.1:1/keys' }, other.privateKey),
  ],
  ['what must be understood and is not', () => signed(honest(), { crit: ['exp'] })],
  ['another method than it signs by', () => signed(honest(), { alg: 'RS512' })],
  [
    'other claims than were signed',
    () => {
      const [head, , end] = signed(honest()).split('.');
      return [head, encoded(honest({ preferred_username: 'root' })), end].join('.');
    },
  ],
  ['no nonce', () => signed(honest({ nonce: undefined }))],
  ['another nonce', () => signed(honest({ nonce: 'm' }))],
  ['a list of nonces', () => signed(honest({ nonce: ['n', 'm'] }))],
  ['another audience', () => signed(honest({ aud: 'other' }))],
  ['no audience', () => signed(honest({ aud: undefined }))],
  ['several audiences, meant for another', () => signed(honest({ aud: ['huawu', 'other'], azp: 'other' }))],
  ['several audiences, meant for nobody', () => signed(honest({ aud: ['huawu', 'other'] }))],
  ['another issuer', () => signed(honest({ iss: 'https://evil.example' }))],
  ['an issuer with a slash more', () => signed(honest({ iss: `${issuer}/` }))],
  ['no issuer', () => signed(honest({ iss: undefined }))],
  ['an end that is over', () => signed(honest({ iat: now() - 900, exp: now() - 600 }))],
  ['no end', () => signed(honest({ exp: undefined }))],
  ['an end that is a text', () => signed(honest({ exp: String(now() + 300) }))],
  ['no beginning', () => signed(honest({ iat: undefined }))],
  ['a beginning to come', () => signed(honest({ nbf: now() + 900 }))],
  ['no subject', () => signed(honest({ sub: undefined }))],
  ['an empty subject', () => signed(honest({ sub: '' }))],
  ['a subject that is a number', () => signed(honest({ sub: 7 }))],
  ['a subject with a sign that no text may have', () => signed(honest({ sub: 'li\0' }))],
  ['a name that is a list', () => signed(honest({ preferred_username: ['li'] }))],
  ['a name with a sign that no text may have', () => signed(honest({ preferred_username: 'li\0' }))],
  ['no token of identity', () => undefined],
  ['two of them', () => [signed(honest()), signed(honest())]],
  ['one that is packed for somebody', () => `${signed(honest())}.x.y`],
])('an answer with %s lets nobody in', async (_, idToken) => {
  answered = tokens(idToken());
  expect(await comeIn()).toMatch(/^openid-(refused|away|unknown)$/);
  // nor a client that has no secret
  expect(await comeIn('preferred_username', '')).toMatch(/^openid-(refused|away|unknown)$/);
});

describe('nor does a provider that describes itself so', () => {
  test.each<[string, Claims]>([
    ['it signs nothing', { id_token_signing_alg_values_supported: ['none'] }],
    ['it signs by the secret', { id_token_signing_alg_values_supported: ['HS256'] }],
  ])('%s', async (_, more) => {
    described = more;
    answered = tokens(`${encoded({ alg: 'none' })}.${encoded(honest())}.`);
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
    answered = tokens(hashed(honest(), secret));
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
  });
  test('its keys are for something else, too short, or a secret', async () => {
    answered = tokens(signed(honest()));
    keys = [{ ...jwk(key.publicKey, 'one'), use: 'enc' }];
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
    keys = [{ kty: 'oct', kid: 'one', alg: 'HS256', k: Buffer.from(secret).toString('base64url') }];
    answered = tokens(hashed(honest(), secret));
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
    keys = [jwk(small.publicKey, 'one')];
    answered = tokens(signed(honest(), {}, small.privateKey));
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
  });
  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative', ''])(
    'the browser is sent to %s',
    async (address) => {
      described = { authorization_endpoint: address };
      const openId = createOpenId({ issuer, clientId: 'huawu', clientSecret: secret, scopes: 'openid' });
      await expect(openId.begin('http://127.0.0.1/return')).rejects.toThrow();
    },
  );
  test('it tells more of somebody else', async () => {
    answered = tokens(signed(honest()));
    userInfo = { sub: 'root-at-the-provider', preferred_username: 'root' };
    expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
    // and nothing of what it has signed is told otherwise
    userInfo = { sub: 'li-at-the-provider', preferred_username: 'root', iss: 'https://evil.example' };
    expect(await comeIn()).toMatchObject({ user: 'li', openid: `${issuer} li-at-the-provider` });
  });
});

test('an address is its owner’s where that is said of this very address', async () => {
  const email = 'root@example.org';
  userInfo = { sub: 'li-at-the-provider', email: 'li@example.org', email_verified: true };
  answered = tokens(signed(honest()));
  expect(await comeIn('email')).toMatchObject({ user: 'li@example.org' });
  answered = tokens(signed(honest({ email, email_verified: true })));
  expect(await comeIn('email')).toMatchObject({ user: email });
  // the one is named here, the other was looked at
  answered = tokens(signed(honest({ email })));
  expect(await comeIn('email')).toBe('openid-unknown');
  answered = tokens(signed(honest({ email, email_verified: 'true' })));
  expect(await comeIn('email')).toBe('openid-unknown');
});

test('both sides vouch for the same address, and neither for one that it does not name', async () => {
  const email = 'li@example.org';
  const told = async (here: Claims, there: Claims): Promise<unknown> => {
    userInfo = { sub: 'li-at-the-provider', ...there };
    answered = tokens(signed(honest(here)));
    return comeIn('email');
  };
  expect(await told({ email_verified: true }, { email })).toBe('openid-unknown');
  expect(await told({ email_verified: false }, { email, email_verified: true })).toMatchObject({
    user: email,
  });
  expect(await told({ email }, { email, email_verified: true })).toMatchObject({ user: email });
  expect(await told({ email, email_verified: true }, { email })).toMatchObject({ user: email });
  expect(await told({ email, email_verified: false }, { email, email_verified: true })).toBe(
    'openid-unknown',
  );
  expect(await told({ email_verified: true }, {})).toBe('openid-unknown');
});

test('what people call somebody is text that every database takes', async () => {
  answered = tokens(signed(honest({ name: `Li\0\u202e ${'x'.repeat(74)}\u{1f600}\u{1f600}` })));
  const made = (await comeIn()) as NewMember;
  expect(made.name).toBe(`Li\ufffd\ufffd ${'x'.repeat(74)}\ufffd`);
  answered = tokens(signed(honest({ name: { toString: 'root' } })));
  expect(await comeIn()).toMatchObject({ name: 'li' });
});

test('keys that are changed are known once they are shown, and the old ones no more', async () => {
  answered = tokens(signed(honest()));
  expect(await comeIn()).toMatchObject({ user: 'li' });
  keys = [jwk(other.publicKey, 'two')];
  expect(await comeIn()).toMatch(/^openid-(refused|away)$/);
  answered = tokens(signed(honest(), { kid: 'two' }, other.privateKey));
  expect(await comeIn()).toMatchObject({ user: 'li' });
});
