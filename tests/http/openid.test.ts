import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { createOpenId, type OpenIdPeople, openIdRoles } from '../../src/access/openid.ts';
import type { Role } from '../../src/contract/access/roles.ts';
import { localActor } from '../../src/kernel/actor.ts';
import type { CallerDocument } from '../../src/contract/http/account-endpoints.ts';
import { openDoorway, password, type TestDoor } from './door.ts';
import { clientId, clientSecret, openProvider, type TestProvider } from './openid-provider.ts';

let provider: TestProvider;
let door: TestDoor;
let people: OpenIdPeople;
let url = '';
let lines: string[] = [];

beforeEach(async () => {
  lines = [];
  people = { userClaim: 'preferred_username', roleClaim: '', roles: [] };
  provider = await openProvider(() => `${url}/sign-in/openid/return`);
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  door = await openDoorway(
    { log },
    {
      openId: createOpenId(
        { issuer: provider.issuer, clientId, clientSecret, scopes: 'openid profile email' },
        Date.now,
      ),
      get people() {
        return people;
      },
      name: 'Test',
    },
  );
  url = door.url;
  await invite('li', 'planner');
});
afterEach(async () => {
  await door.close();
  await provider.close();
});

/** An account that nobody has come into yet: its name is how the provider's person is known the first time. */
const invite = (user: string, role: Role): Promise<unknown> =>
  door.services.door?.accounts(localActor).add({ user, name: user, role, operator: null }) ??
  Promise.resolve();

interface Begun {
  readonly address: URL;
  readonly cookie: string;
}

const begin = async (): Promise<Begun> => {
  const answer = await request(url).get('/sign-in/openid').expect(303);
  const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  return { address: new URL(String(answer.headers['location'])), cookie: cookie.split(';')[0] ?? '' };
};

const comeBack = async (returned: URL, cookie: string) => {
  const answer = await request(url).get(`${returned.pathname}${returned.search}`).set('Cookie', cookie);
  expect(answer.status).toBe(303);
  const session = ((answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []).find((line) =>
    /^huawu-session-\d+=[\w-]{43};/.test(line),
  );
  return { to: String(answer.headers['location']), session: session?.split(';')[0] };
};

const signIn = async (login: string) => {
  const { address, cookie } = await begin();
  return comeBack(await provider.visit(address.href, login), cookie);
};

const callerOf = async (session: string | undefined) =>
  (
    await request(url)
      .get('/api/v1/caller')
      .set('Cookie', session ?? '')
  ).body as unknown;

/** Refused in one of three words, nothing of why in the answer, the reason in the log, and nobody’s name there. */
const expectRefused = (
  answered: Awaited<ReturnType<typeof comeBack>>,
  code: string,
  logged: RegExp | undefined,
): void => {
  expect(answered).toEqual({ to: `/?refused=${code}`, session: undefined });
  const told = lines.filter((line) => line.includes('OpenID'));
  expect(told.join('')).toContain(`"refused":"${code}"`);
  if (logged !== undefined) expect(told.join('')).toMatch(logged);
  expect(lines.join('')).not.toMatch(/li name|li@example|@example/);
};

describe('signing in through OpenID Connect', () => {
  test('lets in who was invited, with the role given here, once the provider says who it is', async () => {
    const { address } = await begin();
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile email',
    });
    const { to, session } = await signIn('li');
    expect(to).toBe('/');
    expect(await callerOf(session)).toMatchObject({ user: 'li', role: 'planner' });
  });
  test('who is not invited, closed, or has a name that is none, is told the same', async () => {
    expectRefused(await signIn('stranger'), 'openid-unknown', undefined);
    await door.accounts.changeAccount('li', { disabled: true });
    expectRefused(await signIn('li'), 'openid-unknown', undefined);
    expectRefused(await signIn('not a name'), 'openid-unknown', undefined);
    people = { ...people, userClaim: 'email' };
    expectRefused(await signIn('unverified'), 'openid-unknown', undefined);
  });
  test('an account is tied to who came in first, whatever anybody is called at the provider by now', async () => {
    await signIn('li');
    provider.renamed.set('li', 'li-married');
    provider.renamed.set('mallory', 'li');
    expect(await callerOf((await signIn('li')).session)).toMatchObject({ user: 'li', role: 'planner' });
    expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    people = { ...people, userClaim: 'email' };
    await invite('li@example.org', 'viewer');
    expect(await callerOf((await signIn('li')).session)).toMatchObject({ user: 'li' });
    people = {
      ...people,
      roleClaim: 'groups',
      roles: openIdRoles('staff=administrator'),
      userClaim: 'preferred_username',
    };
    expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    // Invited anew, the tie is gone: an administrator gives an account to somebody else on purpose.
    people = { ...people, roleClaim: '' };
    await door.services.door?.accounts(localActor).invite('li');
    expect(await callerOf((await signIn('mallory')).session)).toMatchObject({ user: 'li' });
    expectRefused(await signIn('li'), 'openid-unknown', undefined);
  });
  test('who comes back again and again with what is no code has the provider asked thirty times, and no more', async () => {
    const refusals = new Map<string, number>();
    for (let i = 0; i < 40; i += 1) {
      const { address, cookie } = await begin();
      const state = address.searchParams.get('state') ?? '';
      const returned = new URL(`${url}/sign-in/openid/return?code=none&state=${state}`);
      returned.searchParams.set('iss', provider.issuer);
      const { to } = await comeBack(returned, cookie);
      refusals.set(to, (refusals.get(to) ?? 0) + 1);
    }
    const asked = lines.filter((line) =>
      line.includes('what the OpenID provider answered was refused'),
    ).length;
    expect(asked).toBeGreaterThanOrEqual(30);
    expect(asked).toBeLessThan(39);
    expect(refusals.get('/?refused=openid-away')).toBe(40 - asked);
    expect(refusals.get('/?refused=openid-refused')).toBe(asked);
  });
  test('a name counts as it is written: one that only looks like it, or is it in wider signs, is another’s', async () => {
    await invite('root1', 'administrator');
    await invite('kein', 'viewer');
    const looksLike = [
      '\uff32\uff2f\uff2f\uff34\uff11',
      '\uff52oot1',
      'r\u043eot1',
      'root\u2081',
      'root1\ufe0f',
      'root1\u200b',
      'root\u0661',
      ' root1',
      'root1 ',
      'ke\u0131n',
      'KE\u0130N',
      '\u212aein',
    ];
    for (const name of looksLike) {
      provider.renamed.set('mallory', name);
      expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    }
    // Nor is an account made of such a name where groups make accounts.
    people = { ...people, roleClaim: 'groups', roles: openIdRoles('staff=administrator') };
    const before = (await door.accounts.members()).length;
    for (const name of looksLike) {
      provider.renamed.set('mallory', name);
      expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    }
    expect(await door.accounts.members()).toHaveLength(before);
    people = { ...people, roleClaim: '' };
    // Capital letters A to Z are the one thing that is not told apart.
    provider.renamed.set('mallory', 'Root1');
    expect(await callerOf((await signIn('mallory')).session)).toMatchObject({ user: 'root1' });
  });
  test('an account with a password is nobody’s by its name: an administrator ties it, or gives it anew', async () => {
    await door.addMember('root1', 'administrator');
    provider.renamed.set('mallory', 'root1');
    expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    people = { ...people, roleClaim: 'groups', roles: openIdRoles('staff=viewer') };
    expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    people = { ...people, roleClaim: '' };
    expect(await door.accounts.member('root1')).toMatchObject({ role: 'administrator', openid: null });
    await door.browser().signIn('root1').expect(204);
    const accounts = door.services.door?.accounts(localActor);
    await accounts?.bind('root1', `${provider.issuer}/ chief`);
    expect(await callerOf((await signIn('chief')).session)).toMatchObject({ user: 'root1' });
    expectRefused(await signIn('mallory'), 'openid-unknown', undefined);
    await door.browser().signIn('root1').expect(204);
    await accounts?.bind('root1', null);
    expectRefused(await signIn('chief'), 'openid-unknown', undefined);
    await accounts?.invite('root1');
    expect(await callerOf((await signIn('mallory')).session)).toMatchObject({ user: 'root1' });
  });
  test('whoever has a password ties the account to who they are at the provider, on their own account’s page', async () => {
    await door.addMember('root1', 'administrator');
    const browser = door.browser();
    await browser.signIn('root1').expect(204);
    const provided = async () => ((await browser.get('/caller')).body as CallerDocument).provider;
    expect(await provided()).toEqual({ name: 'Test', tied: false });
    // Nobody else's browser, and no wrong password.
    await request(url).post('/api/v1/provider').send({ password }).expect(401);
    await browser.send('post', '/provider', { password: 'no' }).expect(401);
    const tie = async (login: string, as = browser) => {
      const { body } = await as.send('post', '/provider', { password }).expect(200);
      const returned = await provider.visit((body as { address: string }).address, login);
      return { returned, kept: [...as.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    };
    // It is finished in the browser that began it, signed in as it was then.
    const { returned, kept } = await tie('chief');
    const sealed = kept.split('; ').find((each) => each.includes('-openid'));
    expect(await comeBack(returned, sealed ?? '')).toEqual({
      to: '/#/account?refused=openid-refused',
      session: undefined,
    });
    expect(await provided()).toEqual({ name: 'Test', tied: false });
    const again = await tie('chief');
    expect(await comeBack(again.returned, again.kept)).toEqual({
      to: '/#/account?changed=provider',
      session: undefined,
    });
    expect(await provided()).toEqual({ name: 'Test', tied: true });
    expect(await callerOf((await signIn('chief')).session)).toMatchObject({ user: 'root1' });
    await door.browser().signIn('root1').expect(204);
    // What is one's is nobody else's, and is not let go by a try.
    await door.addMember('wang', 'planner');
    const other = door.browser();
    await other.signIn('wang').expect(204);
    const taken = await tie('chief', other);
    expect(await comeBack(taken.returned, taken.kept)).toEqual({
      to: '/#/account?refused=openid-unknown',
      session: undefined,
    });
    expect(await door.accounts.member('wang')).toMatchObject({ openid: null });
    const notes = await door.store.audit({ limit: 20 });
    expect(
      notes.filter(({ after }) => (after as { openid?: boolean } | null)?.openid === true),
    ).toMatchObject([{ actor: { kind: 'person', name: 'root1 name' } }]);
  });
  test('roles that came with a backup are given to nobody by a name at the provider', async () => {
    await door.others.setRole('pang', 'administrator', null);
    people = { ...people, roleClaim: 'groups', roles: openIdRoles('dispatch=viewer') };
    expectRefused(await signIn('pang'), 'openid-unknown', undefined);
    expect(await door.accounts.member('pang')).toBeUndefined();
  });
  test('a group of the provider’s makes an account, keeps its role, and takes it away', async () => {
    people = { ...people, roleClaim: 'groups', roles: openIdRoles('boss=administrator, dispatch = planner') };
    const { session } = await signIn('ping');
    expect(await callerOf(session)).toMatchObject({ user: 'ping', name: 'ping name', role: 'planner' });
    await door.accounts.setRole('ping', 'viewer', null);
    const again = await signIn('ping');
    expect(await callerOf(again.session)).toMatchObject({ role: 'planner' });
    const last = (await door.store.audit({ limit: 1 }))[0];
    expect(last).toMatchObject({ actor: { kind: 'program', id: 'openid' }, action: 'people-changed' });
    expectRefused(await signIn('li'), 'openid-unknown', undefined);
  });
});

describe('what is wrong is refused, logged, and told to nobody:', () => {
  test('another issuer in the answer', async () => {
    const { address, cookie } = await begin();
    const returned = await provider.visit(address.href, 'li');
    returned.searchParams.set('iss', 'https://evil.example');
    expectRefused(await comeBack(returned, cookie), 'openid-refused', /unexpected .{0,3}iss/);
  });
  test('a provider that calls itself something else', async () => {
    provider.faults.otherIssuer = true;
    const answer = await request(url).get('/sign-in/openid').expect(303);
    expect(answer.headers['location']).toBe('/?refused=openid-away');
    expect(lines.join('')).toMatch(/issuer/i);
  });
  test('another nonce', async () => {
    const { address, cookie } = await begin();
    address.searchParams.set('nonce', 'another');
    expectRefused(
      await comeBack(await provider.visit(address.href, 'li'), cookie),
      'openid-refused',
      /nonce/,
    );
  });
  test('another key', async () => {
    const { address, cookie } = await begin();
    provider.faults.otherKeys = true;
    expectRefused(
      await comeBack(await provider.visit(address.href, 'li'), cookie),
      'openid-refused',
      /signature/i,
    );
  });
  test('an answer that is out of date', async () => {
    provider.faults.expired = true;
    expectRefused(await signIn('li'), 'openid-refused', /TIMESTAMP/);
  });
  test('another verifier of PKCE', async () => {
    const { address, cookie } = await begin();
    address.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    expectRefused(await comeBack(await provider.visit(address.href, 'li'), cookie), 'openid-refused', /./);
  });
  test('a state that was used, is of another browser, is altered, too old, or none', async () => {
    const { address, cookie } = await begin();
    const returned = await provider.visit(address.href, 'li');
    const other = await begin();
    expectRefused(await comeBack(returned, other.cookie), 'openid-refused', /state/);
    expectRefused(await comeBack(returned, ''), 'openid-refused', undefined);
    expectRefused(await comeBack(returned, `${cookie}x`), 'openid-refused', undefined);
    expect((await comeBack(returned, cookie)).to).toBe('/');
    const before = lines.length;
    expectRefused(await comeBack(returned, cookie), 'openid-refused', undefined);
    // Refused here, before the provider is asked a second time.
    expect(lines.slice(before).join('')).not.toContain('provider answered');
  });
  test('what the provider itself refuses', async () => {
    const { address, cookie } = await begin();
    const state = address.searchParams.get('state') ?? '';
    const back = new URL(`${url}/sign-in/openid/return`);
    back.search = String(
      new URLSearchParams({
        error: 'access_denied',
        state,
        iss: provider.issuer,
        error_description: 'li name',
      }),
    );
    expectRefused(await comeBack(back, cookie), 'openid-refused', undefined);
  });
  test('a provider that is away, before and after', async () => {
    const { address, cookie } = await begin();
    const returned = await provider.visit(address.href, 'li');
    await provider.close();
    expectRefused(await comeBack(returned, cookie), 'openid-away', /fetch failed/);
    const fresh = await openDoorway(
      {},
      {
        openId: createOpenId({ issuer: provider.issuer, clientId, clientSecret, scopes: 'openid' }, Date.now),
        people,
        name: 'x',
      },
    );
    const answer = await request(fresh.url).get('/sign-in/openid').expect(303);
    expect(answer.headers['location']).toBe('/?refused=openid-away');
    await fresh.close();
  });
  test('it leads nowhere but to the provider and back to the page', async () => {
    const answer = await request(url).get(
      '/sign-in/openid?returnTo=https://evil.example&next=//evil.example',
    );
    expect(new URL(String(answer.headers['location'])).origin).toBe(provider.issuer);
    expect(decodeURIComponent(String(answer.headers['location']))).not.toContain('evil');
    await request(url).get('/sign-in/openid').set('Host', 'evil.example').expect(421);
  });
});
