import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import { notedAccounts } from '../../src/access/accounts.ts';
import { createApiTokens } from '../../src/access/recognise.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { pageToken } from '../../src/http/guard.ts';
import { createLocalJobs } from '../../src/jobs/local-jobs.ts';
import type { FeedDocument, FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import type { AuditNote } from '../../src/contract/documents/audit-document.ts';
import { type Alarms, createAlarms } from '../../src/feeds/alarms.ts';
import { countName } from '../../src/feeds/feed-state.ts';
import type { DataReport } from '../../src/contract/http/file-documents.ts';
import type { NamesSeen } from '../../src/contract/http/model-name.ts';
import type { Store } from '../../src/planning/ports.ts';
import { standInServices, untilStopped } from './stand-ins.ts';
import { openDoorway, password, setUpCode, type TestDoor } from './door.ts';
import { isLongRun } from '../support/sweep.ts';

let door: TestDoor;
beforeEach(async () => {
  door = await openDoorway();
});
afterEach(() => door.close());

const minute = 60_000;
const typeOf = (answer: { text: string }): string => problemDetailsSchema.parse(JSON.parse(answer.text)).type;

describe('the first who comes', () => {
  const first = { code: setUpCode, user: 'Wang', name: '王主任', password };
  test('becomes the administrator with the terminal’s code, once', async () => {
    const browser = door.browser();
    await browser.send('post', '/set-up', { ...first, code: 'abcd efgh jklm npqr' }).expect(204);
    const { body } = await browser.get('/caller').expect(200);
    expect(body).toMatchObject({ signIn: 'on', user: 'wang', name: '王主任', role: 'administrator' });
    const again = await door
      .browser()
      .send('post', '/set-up', { ...first, user: 'li' })
      .expect(401);
    expect(typeOf(again)).toBe('urn:huawu:code-wrong');
    await door.browser().send('post', '/set-up', first).expect(401);
  });
  test('has nothing with a wrong code, nor with a weak password', async () => {
    await door
      .browser()
      .send('post', '/set-up', { ...first, code: 'ABCD-EFGH-JKLM-NPQS' })
      .expect(401);
    await door
      .browser()
      .send('post', '/set-up', { ...first, password: 'password1234' })
      .expect(400);
    expect(await door.accounts.anyAccount()).toBe(false);
  });
});

describe('coming in', () => {
  test('whether an account is there, closed or has no password is told to nobody: one answer, word for word', async () => {
    await door.addMember('li', 'planner');
    await door.addMember('closed', 'planner');
    await door.accounts.changeAccount('closed', { disabled: true });
    await door.services.door
      ?.accounts(localActor)
      .add({ user: 'invited', name: 'i', role: 'viewer', operator: null });
    const told = await Promise.all([
      door.browser().signIn('li', 'wrong-wrong-wrong'),
      door.browser().signIn('closed'),
      door.browser().signIn('invited', ''.padEnd(12, 'x')),
      door.browser().signIn('nobody'),
      door.browser().signIn('not a name!'),
    ]);
    expect(told.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
    const headers = told.map(({ headers }) => Object.keys(headers).sort().join());
    expect(new Set(headers).size).toBe(1);
  });
  test('a session begins under a name that no browser brought along', async () => {
    await door.addMember('li', 'planner');
    const browser = door.browser();
    await browser.signIn('li').expect(204);
    const [name = '', planted = ''] = [...browser.cookies].find(([each]) => each.includes('session')) ?? [];
    await browser.signIn('li').expect(204);
    expect(browser.cookies.get(name)).not.toBe(planted);
    const fixed = door.browser();
    fixed.cookies.set(name, 'x'.repeat(43));
    await fixed.get('/caller').expect(401);
    await fixed.signIn('li').expect(204);
    expect(fixed.cookies.get(name)).not.toBe('x'.repeat(43));
  });
  test('its cookie is the server’s alone, and Secure where the browser speaks TLS', async () => {
    await door.addMember('li', 'planner');
    const answer = await door.browser().signIn('li');
    const [session = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(session).toMatch(/^huawu-session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const behind = await openDoorway({ publicUrl: 'https://huawu.example.org', trustedProxy: '127.0.0.1' });
    await behind.addMember('li', 'planner');
    const secure = await request(behind.app)
      .post(`${apiRoot}/sign-in`)
      .set({ Host: 'huawu.example.org', 'X-Forwarded-Proto': 'https', Origin: 'https://huawu.example.org' })
      .send({ user: 'li', password })
      .expect(204);
    for (const cookie of secure.headers['set-cookie'] as unknown as string[])
      expect(cookie).toMatch(/^__Host-huawu-\w+=[\w.-]+; .*HttpOnly; Secure; SameSite=/);
    expect(secure.headers['strict-transport-security']).toContain('max-age=31536000');
    await behind.close();
  });
});

describe('the cookie of a session that has ended', () => {
  /** A browser whose session is over, as it shows the door: its page has no token. */
  const stale = async (): Promise<{ cookie: string; send: (path: string, body: object) => request.Test }> => {
    const browser = door.browser();
    await browser.signIn('li').expect(204);
    const [name = '', secret = ''] = [...browser.cookies].find(([each]) => each.includes('session')) ?? [];
    const cookie = `${name}=${secret}`;
    const send = (path: string, body: object): request.Test =>
      request(door.url).post(`${apiRoot}${path}`).set('Cookie', cookie).send(body);
    await send('/sign-in', { user: 'li', password }).expect(403);
    await door.accounts.endSessions('li');
    return { cookie, send };
  };
  test('keeps nobody from signing in, nor from setting up an account', async () => {
    await door.addMember('li', 'planner');
    const { send } = await stale();
    await send('/sign-in', { user: 'li', password: 'wrong-wrong-wrong' }).expect(401);
    await send('/sign-in', { user: 'li', password }).expect(204);
    const invited = await door.services.door
      ?.accounts(localActor)
      .add({ user: 'zhou', name: '周', role: 'viewer', operator: null });
    await send('/set-up', { code: invited?.code, user: 'zhou', password }).expect(204);
    await send('/tokens', {}).expect(401);
  });
  test('is taken away by the page', async () => {
    await door.close();
    const publicFolder = await mkdtemp(join(tmpdir(), 'huawu-page-'));
    door = await openDoorway({ publicFolder });
    await door.addMember('li', 'planner');
    const { cookie } = await stale();
    const app = join(publicFolder, 'app');
    await mkdir(app);
    await writeFile(join(app, 'index.html'), '<!doctype html>');
    const page = await request(door.url).get('/').set('Cookie', cookie);
    const [gone = ''] = (page.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    expect(gone).toMatch(/^huawu-session-\d+=; Path=\/; Expires=Thu, 01 Jan 1970/);
    await rm(publicFolder, { recursive: true });
  });
});

describe('what a refusal says', () => {
  test('a token that is unknown is called that, and not somebody who should sign in', async () => {
    const told = await request(door.url)
      .get(`${apiRoot}/caller`)
      .set('Authorization', `Bearer huawu_${'x'.repeat(12)}.${'y'.repeat(43)}`)
      .expect(401);
    expect(typeOf(told)).toBe('urn:huawu:token-refused');
    expect(typeOf(await request(door.url).get(`${apiRoot}/caller`).expect(401))).toBe('urn:huawu:no-sign-in');
  });
  test('another address is told which one to open', async () => {
    const team = await openDoorway({ publicUrl: 'https://huawu.example.org' });
    const told = await request(team.url).get(`${apiRoot}/health`).set('Host', '10.0.0.7').expect(421);
    expect(problemDetailsSchema.parse(told.body).detail).toContain('https://huawu.example.org');
    await team.close();
  });
});

describe('guessing', () => {
  test('after five wrong tries from an address one waits, whether the account is there or not', async () => {
    await door.addMember('li', 'planner');
    for (const user of ['li', 'nobody']) {
      for (let turn = 0; turn < 5; turn += 1)
        await door.browser().signIn(user, 'wrong-wrong-wrong').expect(401);
      const waiting = await door.browser().signIn(user, password).expect(429);
      expect(waiting.headers['retry-after']).toBe('180');
      expect(typeOf(waiting)).toBe('urn:huawu:sign-in-wait');
    }
    door.clock.now += 15 * minute;
    await door.browser().signIn('li').expect(204);
  });
  test('the account’s own browser is not kept out by it', async () => {
    await door.addMember('li', 'planner');
    const own = door.browser();
    await own.signIn('li').expect(204);
    await own.send('post', '/sign-out', {}).expect(204);
    for (let turn = 0; turn < 8; turn += 1) await door.browser().signIn('li', 'wrong-wrong-wrong');
    await door.browser().signIn('li').expect(429);
    await own.signIn('li').expect(204);
  });
  test('whoever has an address of IPv6 has a network of them, which counts as one', async () => {
    await door.close();
    door = await openDoorway({ trustedProxy: '127.0.0.1' });
    await door.addMember('li', 'planner');
    const statuses: number[] = [];
    for (let turn = 1; turn < 8; turn += 1) {
      const from = `2001:db8:1:1::${turn.toString(16)}`;
      const typed = { user: 'li', password: 'wrong-wrong-wrong' };
      const asked = request(door.app).post(`${apiRoot}/sign-in`).set('X-Forwarded-For', from);
      statuses.push((await asked.set('X-Forwarded-Proto', 'https').send(typed)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });
  test('a browser is known by what was drawn for it, whatever is written behind', async () => {
    await door.addMember('li', 'planner');
    const own = door.browser();
    await own.signIn('li').expect(204);
    const [name = '', kept = ''] = [...own.cookies].find(([each]) => each.includes('-browser')) ?? [];
    const statuses: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const browser = door.browser();
      browser.cookies.set(name, `${kept}.${turn}`);
      statuses.push((await browser.signIn('li', 'wrong-wrong-wrong')).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });
  test('a made-up address in a header does not make one another', async () => {
    await door.addMember('li', 'planner');
    const statuses: number[] = [];
    for (let turn = 0; turn < 7; turn += 1)
      statuses.push(
        (
          await request(door.app)
            .post(`${apiRoot}/sign-in`)
            .set('X-Forwarded-For', `10.0.0.${turn}`)
            .send({ user: 'li', password: 'wrong-wrong-wrong' })
        ).status,
      );
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });
});

describe('many at one address', () => {
  test.runIf(isLongRun)(
    'names that are nobody’s keep no colleague’s new browser out, and are answered as before',
    async () => {
      await door.addMember('li', 'planner');
      const names = Array.from({ length: 120 }, (_, i) => `invented${i}`);
      const knock = async (name: string) => (await door.browser().signIn(name, 'wrong-wrong-wrong')).status;
      // Two passwords are looked at at once.
      for (let at = 0; at < names.length; at += 20)
        expect(new Set(await Promise.all(names.slice(at, at + 20).map(knock)))).toEqual(new Set([401]));
      await door.browser().signIn('li').expect(204);
    },
  );
  test('each account has its own requests of a minute; the address has those of nobody', async () => {
    await door.close();
    door = await openDoorway({ requestsPerMinute: 20 });
    const people = ['li', 'wang', 'zhao'];
    for (const user of people) await door.addMember(user, 'planner');
    for (const user of people) {
      const browser = door.browser();
      await browser.signIn(user).expect(204);
      for (let turn = 0; turn < 15; turn += 1) await browser.get('/caller').expect(200);
    }
    const strangers = door.browser();
    const statuses = new Set<number>();
    for (let turn = 0; turn < 25; turn += 1) statuses.add((await strangers.get('/caller')).status);
    expect(statuses).toEqual(new Set([401, 429]));
  });
});

describe('whoever orders work', () => {
  const openQueue = async () => {
    await door.close();
    const options = { hotline: 'main', now: Date.now, onFailure: () => undefined };
    const jobs = createLocalJobs({ run: untilStopped, ...options });
    door = await openDoorway({ jobs });
    return jobs;
  };
  test('gives up their own, a viewer too, and nobody else’s', async () => {
    const jobs = await openQueue();
    await door.addMember('viewer', 'viewer');
    await door.addMember('other', 'bureau');
    const [viewer, other] = [door.browser(), door.browser()];
    await viewer.signIn('viewer').expect(204);
    await other.signIn('other').expect(204);
    const { body } = await viewer.send('post', '/forecasts', {}).expect(202);
    const { id, by } = body as { readonly id: string; readonly by: string };
    expect(by).toBe('viewer name');
    const refused = await other.send('delete', `/jobs/${id}`).expect(403);
    expect(typeOf(refused)).toBe('urn:huawu:job-of-another');
    await viewer.send('delete', `/jobs/${id}`).expect(200);
    await jobs.close();
  });
  test('leaves places to a planner, whatever a viewer has asked; who holds the queue is shown', async () => {
    const jobs = await openQueue();
    await door.addMember('viewer', 'viewer');
    await door.addMember('planner', 'planner');
    const [viewer, planner] = [door.browser(), door.browser()];
    await viewer.signIn('viewer').expect(204);
    await planner.signIn('planner').expect(204);
    const statuses: number[] = [];
    for (let turn = 0; turn < 300; turn += 1)
      statuses.push((await viewer.send('post', '/forecasts', { seed: turn })).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(16);
    expect(statuses.at(-1)).toBe(429);
    await planner.send('post', '/plans', {}).expect(202);
    const { body } = await planner.get('/jobs').expect(200);
    const holders = (body as { readonly by: string }[]).map(({ by }) => by);
    expect(holders.filter((by) => by === 'viewer name')).toHaveLength(16);
    await jobs.close();
  });
});

describe('a session', () => {
  beforeEach(() => door.addMember('li', 'planner'));
  test('ends after an hour of nothing, and after half a day whatever is done', async () => {
    const idle = door.browser();
    await idle.signIn('li');
    door.clock.now += 59 * minute;
    await idle.get('/caller').expect(200);
    await expect.poll(async () => (await door.accounts.session('x'), true)).toBe(true);
    door.clock.now += 59 * minute;
    await idle.get('/caller').expect(200);
    door.clock.now += 60 * minute;
    await idle.get('/caller').expect(401);
    const busy = door.browser();
    await busy.signIn('li');
    for (let turn = 0; turn < 23; turn += 1) {
      door.clock.now += 31 * minute;
      await busy.get('/caller').expect(200);
    }
    door.clock.now += 8 * minute;
    await busy.get('/caller').expect(401);
  });
  test('is not brought back by a clock that ran backwards', async () => {
    const browser = door.browser();
    await browser.signIn('li');
    door.clock.now -= 48 * 60 * minute;
    await browser.get('/caller').expect(401);
  });
  test('is idle after an hour, on a clock that was set back as well', async () => {
    const browser = door.browser();
    await browser.signIn('li');
    door.clock.now -= 5 * 60 * minute;
    await browser.get('/caller').expect(200);
    const seen = async () => (await door.accounts.sessionsOf('li')).map(({ seenMillis }) => seenMillis);
    await expect.poll(seen).toEqual([door.clock.now]);
    door.clock.now += 61 * minute;
    await browser.get('/caller').expect(401);
  });
  test('ends when one signs out, here or everywhere, and when the account is closed', async () => {
    const [here, there] = [door.browser(), door.browser()];
    await here.signIn('li');
    await there.signIn('li');
    const kept = new Map(here.cookies);
    await here.send('post', '/sign-out', {}).expect(204);
    for (const [name, value] of kept) here.cookies.set(name, value);
    await here.get('/caller').expect(401);
    await there.get('/caller').expect(200);
    await here.signIn('li');
    await here.send('post', '/sign-out', { everywhere: true }).expect(204);
    await there.get('/caller').expect(401);
    await there.signIn('li');
    await door.accounts.changeAccount('li', { disabled: true });
    await there.get('/caller').expect(401);
  });
  test('goes on under another name when the password is changed, and every other one ends', async () => {
    const [here, there] = [door.browser(), door.browser()];
    await here.signIn('li');
    await there.signIn('li');
    const old = { old: 'wrong-wrong-wrong', new: 'quiet-meadow-ladder-19' };
    await here.send('put', '/password', old).expect(401);
    await here.send('put', '/password', { ...old, old: password, new: 'password1234' }).expect(400);
    await here.send('put', '/password', { ...old, old: password }).expect(204);
    await here.get('/caller').expect(200);
    await there.get('/caller').expect(401);
    await there.signIn('li').expect(401);
    await there.signIn('li', 'quiet-meadow-ladder-19').expect(204);
  });
  test('each sees their own, and ends one of them; nobody else’s', async () => {
    await door.addMember('wu', 'administrator');
    const [here, there, other] = [door.browser(), door.browser(), door.browser()];
    await here.signIn('li');
    door.clock.now += minute;
    await there.signIn('li');
    await other.signIn('wu');
    const { body } = await here.get('/sessions').expect(200);
    const listed = body as { id: string; current: boolean }[];
    expect(listed.map(({ current }) => current)).toEqual([false, true]);
    for (const { id } of listed) {
      await other.send('delete', `/sessions/${id}`).expect(404);
      // Its name opens nothing.
      const [name = ''] = [...here.cookies.keys()].filter((each) => each.includes('session'));
      const thief = door.browser();
      thief.cookies.set(name, id);
      await thief.get('/caller').expect(401);
    }
    await here.send('delete', `/sessions/${listed[0]?.id}`).expect(204);
    await there.get('/caller').expect(401);
    await here.get('/caller').expect(200);
  });
  test('writes only for its own page: a cookie alone, or another session’s token, writes nothing', async () => {
    const [browser, other] = [door.browser(), door.browser()];
    await browser.signIn('li');
    await other.signIn('li');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const theirs = [...other.cookies].find(([name]) => name.includes('session'))?.[1] ?? '';
    for (const given of [{}, { [tokenHeader]: pageToken(theirs) }, { [tokenHeader]: 'x' }]) {
      const answer = await browser
        .send('post', '/sign-out', {})
        .unset(tokenHeader)
        .set('Cookie', cookie)
        .set(given);
      expect(answer.status).toBe(403);
    }
    await browser.get('/caller').expect(200);
  });
  test('another page signs nobody in', async () => {
    const body = { user: 'li', password };
    const from = (headers: Record<string, string>) =>
      request(door.app).post(`${apiRoot}/sign-in`).set(headers).send(body);
    await from({ Origin: 'https://evil.example' }).expect(403);
    await from({ 'Sec-Fetch-Site': 'cross-site' }).expect(403);
    const form = request(door.app).post(`${apiRoot}/sign-in`).type('form').send(body);
    expect((await form).status).toBe(400);
  });
});

describe('tokens of programs', () => {
  const bearer = (secret: string) =>
    request(door.app).get(`${apiRoot}/caller`).set('Authorization', `Bearer ${secret}`);
  const issue = async (): Promise<{
    secret: string;
    id: string;
    signedIn: ReturnType<TestDoor['browser']>;
  }> => {
    await door.addMember('li', 'planner');
    const signedIn = door.browser();
    await signedIn.signIn('li');
    const { body } = await signedIn.send('post', '/tokens', { name: '大屏', days: 2 }).expect(201);
    const issued = body as { secret: string; token: { id: string } };
    return { secret: issued.secret, id: issued.token.id, signedIn };
  };
  const issueFor = async (user: string, store = door.accounts): Promise<string> =>
    (
      await createApiTokens({ store, now: () => door.clock.now }).issue(localActor, {
        user,
        name: 'x',
        scope: 'read',
        days: 2,
      })
    ).secret;
  test('are shown once, are kept as hashes, and let a program read', async () => {
    const { secret, signedIn } = await issue();
    const { body } = await bearer(secret).expect(200);
    expect(body).toMatchObject({ user: 'li', program: '大屏', role: 'planner' });
    const listed = await signedIn.get('/tokens').expect(200);
    const [, hidden = 'none'] = secret.split('.');
    expect(listed.text).not.toContain(hidden);
    expect(JSON.stringify(await door.accounts.tokens())).not.toContain(hidden);
  });
  test.each([
    ['forged', (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`],
    ['of another id', (secret: string) => `huawu_${'x'.repeat(12)}.${secret.split('.')[1] ?? ''}`],
    ['cut short', (secret: string) => secret.slice(0, -1)],
    ['in none’s place', () => 'huawu_'],
    ['the workspace’s own', () => 'a-token-of-at-least-thirty-two-characters'],
  ])('one that is %s opens nothing', async (_, change) => {
    const { secret } = await issue();
    await bearer(change(secret)).expect(401);
  });
  test('expire, are taken back, and end with their owner', async () => {
    const { secret, id, signedIn } = await issue();
    await signedIn.send('delete', '/tokens/none').expect(404);
    await signedIn.send('delete', `/tokens/${id}`).expect(204);
    await bearer(secret).expect(401);
    const { body } = await signedIn.send('post', '/tokens', { name: 'x', days: 2 }).expect(201);
    const next = (body as { secret: string }).secret;
    await bearer(next).expect(200);
    door.clock.now += 2 * 86_400_000;
    await bearer(next).expect(401);
    door.clock.now -= 86_400_000;
    await door.accounts.changeAccount('li', { disabled: true });
    await bearer(next).expect(401);
  });
  test('end with the password: changed, reset, given anew, or the account closed; of all hotlines', async () => {
    const ways: [string, (signedIn: ReturnType<TestDoor['browser']>) => Promise<unknown>][] = [
      ['changed', (own) => own.send('put', '/password', { old: password, new: `${password}x` }).expect(204)],
      ['reset', async () => notedAccounts({ store: door.accounts, now: Date.now }, localActor).invite('li')],
      [
        'given',
        async () =>
          notedAccounts({ store: door.accounts, now: Date.now }, localActor).setPassword(
            'li',
            'orbit-velvet-lantern-7',
          ),
      ],
      [
        'closed',
        async () => {
          const accounts = notedAccounts({ store: door.accounts, now: Date.now }, localActor);
          await accounts.change('li', { disabled: true });
          await accounts.change('li', { disabled: false });
        },
      ],
    ];
    const { secret, signedIn } = await issue();
    await door.addMember('wu', 'planner');
    const kept = await issueFor('wu');
    for (const [way, end] of ways) {
      const own = way === 'changed' ? secret : await issueFor('li');
      const elsewhere = await issueFor('li', door.others);
      await bearer(own).expect(200);
      await end(signedIn);
      const { status } = await bearer(own);
      expect([way, status, await door.others.token(elsewhere.slice(6, 18))]).toEqual([way, 401, undefined]);
    }
    await bearer(kept).expect(200);
    const gone = (await door.store.audit({})).filter(({ before }) => before?.['token'] !== undefined);
    expect(gone.length).toBe(8);
  });
  test('nobody takes back another’s but an administrator', async () => {
    const { id } = await issue();
    await door.addMember('wu', 'planner');
    await door.addMember('chief', 'administrator');
    const [wu, chief] = [door.browser(), door.browser()];
    await wu.signIn('wu');
    await chief.signIn('chief');
    expect((await wu.get('/tokens')).body).toEqual([]);
    await wu.send('delete', `/tokens/${id}`).expect(404);
    await chief.send('delete', `/tokens/${id}`).expect(204);
  });
});

describe('looking after people', () => {
  let chief: ReturnType<TestDoor['browser']>;
  beforeEach(async () => {
    await door.addMember('chief', 'administrator');
    chief = door.browser();
    await chief.signIn('chief');
  });
  test('somebody who is invited gives themselves a password with the code, once', async () => {
    const wanted = { user: 'Li', name: '李', role: 'planner' };
    const { body } = await chief.send('post', '/members', wanted).expect(201);
    const { code } = body as { code: string };
    await chief.send('post', '/members', wanted).expect(409);
    const own = door.browser();
    await own.send('post', '/set-up', { code, user: 'wu', password }).expect(401);
    await own.send('post', '/set-up', { code, user: 'li', password }).expect(204);
    expect((await own.get('/caller')).body).toMatchObject({ user: 'li', role: 'planner' });
    await door.browser().send('post', '/set-up', { code, user: 'li', password }).expect(401);
    const listed = await chief.get('/members').expect(200);
    expect(listed.text).not.toContain('argon2');
  });
  test('an invitation is good for a week', async () => {
    const { body } = await chief.send('post', '/members', { user: 'li', name: 'l', role: 'viewer' });
    door.clock.now += 7 * 86_400_000;
    const late = { code: (body as { code: string }).code, user: 'li', password };
    await door.browser().send('post', '/set-up', late).expect(401);
  });
  test('another role, a new code and a closed account end what is open at once', async () => {
    await door.addMember('li', 'planner');
    const li = door.browser();
    const signedIn = async (): Promise<void> => void (await li.signIn('li').expect(204));
    await signedIn();
    await chief.send('put', '/members/li', { role: 'viewer' }).expect(200);
    await li.get('/caller').expect(401);
    await signedIn();
    await chief.send('delete', '/members/li/sessions').expect(204);
    await li.get('/caller').expect(401);
    await signedIn();
    await chief.send('post', '/members/li/invitation').expect(201);
    await li.get('/caller').expect(401);
    await li.signIn('li').expect(401);
  });
  test('the last administrator stays one', async () => {
    await chief.send('put', '/members/chief', { role: 'viewer' }).expect(409);
    await chief.send('put', '/members/chief', { disabled: true }).expect(409);
    await door.addMember('second', 'administrator');
    await chief.send('put', '/members/chief', { role: 'viewer' }).expect(200);
  });
  /** What only an administrator of all hotlines of somebody may do, as `chief` here tries it. */
  const wholePerson = async (user: string): Promise<number[]> => {
    const tries = [
      chief.send('put', `/members/${user}`, { name: 'x' }),
      chief.send('put', `/members/${user}`, { disabled: true }),
      chief.send('delete', `/members/${user}/sessions`),
      chief.send('post', `/members/${user}/invitation`),
    ];
    const statuses: number[] = [];
    for (const asked of tries) statuses.push((await asked).status);
    return statuses;
  };
  const refused = [403, 403, 403, 403];

  test('whoever has a role on another hotline is looked after there too: only the role here is ours', async () => {
    await door.addMember('bureau', 'bureau');
    await door.others.setRole('bureau', 'bureau', null);
    const bureau = door.browser();
    await bureau.signIn('bureau').expect(204);
    // Added here, they are signed out and closed from here, whatever role they were given elsewhere.
    expect(await wholePerson('bureau')).toEqual([200, 200, 204, 201]);
    // Another password: the role elsewhere is not for whoever hands its code over.
    expect(await door.others.member('bureau')).toMatchObject({ role: null, password: null });
    await door.others.setRole('bureau', 'bureau', null);
    await door.accounts.changeAccount('bureau', { password: await hashPassword(password), invitation: null });
    await chief.send('put', '/members/bureau', { disabled: false }).expect(200);
    await bureau.signIn('bureau').expect(204);
    // The role here is taken at once; what is open on the other hotline goes on.
    await chief.send('put', '/members/bureau', { role: null }).expect(200);
    expect((await bureau.get('/caller').expect(200)).body).toMatchObject({ role: null });
    await bureau.get('/plans').expect(403);
    await chief.send('put', '/members/bureau', { role: 'viewer' }).expect(200);
    await bureau.get('/caller').expect(200);
    expect(await door.others.member('bureau')).toMatchObject({ role: 'bureau', disabled: false });
    await door.browser().signIn('bureau').expect(204);
  });
  test('the administrator of another hotline is neither signed out, closed nor invited from here', async () => {
    await notedAccounts({ store: door.others, now: () => door.clock.now }, localActor).add({
      user: 'theirs',
      name: 'T',
      role: 'administrator',
      operator: null,
    });
    expect(await wholePerson('theirs')).toEqual(refused);
    await chief.send('put', '/members/theirs', { role: 'viewer' }).expect(200);
    expect(await wholePerson('theirs')).toEqual(refused);
    expect(await door.others.member('theirs')).toMatchObject({ role: 'administrator', name: 'T' });
  });
  test('an account that another hotline’s administrator added is theirs before it has a role', async () => {
    const { code } = await notedAccounts({ store: door.others, now: () => door.clock.now }, localActor).add({
      user: 'new',
      name: 'N',
      role: null,
      operator: null,
    });
    expect(await wholePerson('new')).toEqual(refused);
    await door.browser().send('post', '/set-up', { code, user: 'new', password }).expect(204);
  });
  test('whoever administers all of somebody’s hotlines looks after them as a whole', async () => {
    await door.addMember('bureau', 'bureau');
    await door.others.setRole('bureau', 'bureau', null);
    await door.others.setRole('chief', 'viewer', null);
    await door.others.setRole('chief', 'administrator', null);
    expect(await wholePerson('bureau')).toEqual([200, 200, 204, 201]);
    expect(await door.others.member('bureau')).toMatchObject({ role: 'bureau' });
  });
  test('nobody’s role elsewhere keeps those who added them from giving them another password', async () => {
    await door.addMember('li', 'planner');
    // The administrator of the other hotline, unasked.
    await door.others.setRole('li', 'viewer', null);
    expect(await wholePerson('li')).toEqual([200, 200, 204, 201]);
    // But the last who administers it stays.
    await door.addMember('east', 'viewer');
    await door.others.setRole('east', 'administrator', null);
    await chief.send('post', '/members/east/invitation').expect(409);
    expect(await door.others.member('east')).toMatchObject({ role: 'administrator' });
  });
  test('who is listed has a role here, or was added here; others get a role here by their exact name', async () => {
    await notedAccounts({ store: door.others, now: () => door.clock.now }, localActor).add({
      user: 'theirs',
      name: 'T',
      role: 'planner',
      operator: null,
    });
    await door.addMember('idle', null);
    const listed = async () =>
      ((await chief.get('/members').expect(200)).body as { readonly user: string }[]).map(({ user }) => user);
    expect(await listed()).toEqual(['chief', 'idle']);
    await chief.send('put', '/members/theirs', { role: 'viewer' }).expect(200);
    expect(await listed()).toEqual(['chief', 'idle', 'theirs']);
  });
  test('no hotline loses its last administrator by an account that is closed from another', async () => {
    await door.addMember('bureau', 'viewer');
    await door.others.setRole('chief', 'administrator', null);
    await door.others.setRole('bureau', 'administrator', null);
    await chief.send('put', '/members/bureau', { disabled: true }).expect(200);
    await chief.send('put', '/members/bureau', { disabled: false }).expect(200);
    await door.addMember('second', 'administrator');
    await door.others.setRole('bureau', null, null);
    // chief is the last one there now, though not here.
    await chief.send('put', '/members/chief', { disabled: true }).expect(409);
  });
  test('a name whose roles on another hotline came with a backup is not added again from here', async () => {
    await door.others.setRole('wang', 'administrator', null);
    const wanted = { user: 'wang', name: 'W', role: 'viewer' };
    await chief.send('post', '/members', wanted).expect(403);
    expect(await door.accounts.member('wang')).toBeUndefined();
    await door.accounts.setRole('li', 'planner', null);
    await chief.send('post', '/members', { ...wanted, user: 'li' }).expect(201);
  });
  test.each(['r\u043eot', '\u0430dmin', 'l\u0131', 'a\u034fb', 'root\u0661'])(
    'a name that looks like another (%s) is not given out',
    async (user) => {
      await chief.send('post', '/members', { user, name: 'x', role: 'viewer' }).expect(400);
    },
  );
  test('an operator’s account names the operator', async () => {
    await chief.send('post', '/members', { user: 'a01', name: 'A', role: 'operator' }).expect(400);
    await chief
      .send('post', '/members', { user: 'a01', name: 'A', role: 'operator', operator: 'A01' })
      .expect(201);
  });
});

test('an account has twenty tokens that are good, each known as its owner’s', async () => {
  await door.addMember('plan1', 'planner');
  const owner = door.browser();
  await owner.signIn('plan1').expect(204);
  const make = () => owner.send('post', '/tokens', { name: 'Boss', scope: 'write', days: 1 });
  const first = (await make().expect(201)).body as { readonly secret: string };
  for (let turn = 1; turn < 20; turn += 1) await make().expect(201);
  expect((await make().expect(409)).body).toMatchObject({ type: 'urn:huawu:too-many-tokens' });
  door.clock.now += 2 * 86_400_000;
  await owner.signIn('plan1').expect(204);
  const { secret } = (await make().expect(201)).body as { readonly secret: string };
  const order = (carried: string) =>
    request(door.url).post('/api/v1/forecasts').set('Authorization', `Bearer ${carried}`).send({});
  await order(first.secret).expect(401);
  const ordered = (await order(secret).expect(202)).body as { readonly id: string; readonly by: string };
  expect(ordered.by).toBe('plan1 name · Boss');
  const record = await door.services.jobs.job(ordered.id);
  expect(record).toMatchObject({
    by: { kind: 'program' },
    holder: (await door.accounts.member('plan1'))?.id,
  });
});

describe('the log of changes', () => {
  test('has accounts, passwords and tokens, under whoever changed them, and nothing that lets anybody in', async () => {
    await door.addMember('chief', 'administrator');
    const chief = door.browser();
    await chief.signIn('chief').expect(204);
    const { number: before = 0 } = (await door.store.audit())[0] ?? {};
    const { body } = await chief.send('post', '/members', { user: 'li', name: '李', role: 'planner' });
    const { code } = body as { code: string };
    const li = door.browser();
    await li.send('post', '/set-up', { code, user: 'li', password }).expect(204);
    const another = 'walnut-harbour-violet-17';
    await li.send('put', '/password', { old: password, new: another }).expect(204);
    const made = await li.send('post', '/tokens', { name: 'dashboard', scope: 'read', days: 7 }).expect(201);
    const { token, secret } = made.body as { token: { id: string }; secret: string };
    await li.send('delete', `/tokens/${token.id}`).expect(204);
    await chief.send('delete', '/members/li/sessions').expect(204);
    const kept = (await door.store.audit()).filter(({ number }) => number > before).toReversed();
    expect(kept.map(({ actor, before: was, after }) => [actor.name, was, after])).toEqual([
      ['chief name', null, { role: 'planner', closed: false, password: false }],
      ['李', null, { password: 'changed' }],
      ['李', null, { password: 'changed' }],
      ['李', null, { token: token.id, scope: 'read' }],
      ['李', { token: token.id, scope: 'read' }, null],
      ['chief name', { sessions: 1 }, { sessions: 0 }],
    ]);
    const notes = JSON.stringify(kept.map(({ subject, before: was, after }) => [subject, was, after]));
    for (const unsaid of [code, password, another, secret, '李', 'dashboard'])
      expect(notes).not.toContain(unsaid);
    expect((await door.store.auditChain()).broken).toEqual([]);
  });
  test('a change that is refused leaves neither itself nor a note', async () => {
    await door.addMember('chief', 'administrator');
    const chief = door.browser();
    await chief.signIn('chief').expect(204);
    const entries = (await door.store.audit()).length;
    await chief.send('put', '/members/chief', { name: '改名', role: 'viewer' }).expect(409);
    await chief.send('post', '/members', { user: 'chief', name: 'x', role: 'viewer' }).expect(409);
    expect(await door.store.audit()).toHaveLength(entries);
    expect(await door.accounts.member('chief')).toMatchObject({ name: 'chief name', role: 'administrator' });
  });
});

describe('the log', () => {
  test('tells who came, failed and went by the account’s id alone', async () => {
    await door.addMember('li', 'planner');
    const id = (await door.accounts.member('li'))?.id ?? '';
    await door.browser().signIn('li', 'wrong-wrong-wrong').expect(401);
    await door.browser().signIn('nobody', 'wrong-wrong-wrong').expect(401);
    const li = door.browser();
    await li.signIn('li').expect(204);
    await li.send('post', '/sign-out', {}).expect(204);
    await li.signIn('li').expect(204);
    door.clock.now += 60 * minute;
    await li.get('/caller').expect(401);
    await li.get('/caller').expect(401);
    expect(door.heard).toEqual([
      { event: 'sign-in-failed', account: id, why: 'password' },
      { event: 'sign-in-failed', account: null, why: 'password' },
      { event: 'signed-in', account: id },
      { event: 'signed-out', account: id },
      { event: 'signed-in', account: id },
      { event: 'session-ended', account: id, why: 'idle' },
    ]);
  });
});

describe('who did it', () => {
  test('is who is signed in, whatever a request says', async () => {
    const kept: unknown[] = [];
    const addOverrule = async (overrule: unknown): Promise<number> => kept.push(overrule);
    const { store } = door.services;
    const other = await openDoorway({ store: { ...store, by: () => ({ ...store, addOverrule }) } });
    try {
      await other.addMember('li', 'planner');
      const li = other.browser();
      await li.signIn('li');
      const overrule = {
        queue: null,
        date: '2026-11-30',
        from: null,
        to: null,
        factor: 1.2,
        calls: null,
        reason: 'fair',
        author: '主任',
      };
      const { body } = await li.send('post', '/overrules', overrule).set('If-Match', '*').expect(201);
      expect(body).toMatchObject({ author: 'li name', reason: 'fair' });
      // A program is called by its owner, whatever name it was given: here that of somebody who decides.
      const boss = { name: 'chief name', days: 2, scope: 'write' };
      const { secret } = (await li.send('post', '/tokens', boss).expect(201)).body as { secret: string };
      await request(other.app)
        .post(`${apiRoot}/overrules`)
        .set('Authorization', `Bearer ${secret}`)
        .set('If-Match', '*')
        .send(overrule)
        .expect(201);
      expect(kept).toMatchObject([{ author: 'li name' }, { author: 'li name · chief name' }]);
    } finally {
      await other.close();
    }
  });
});

describe('a feed that is set up from afar', () => {
  test('reads in the folder of feeds alone, whatever it was before and wherever the server was started', async () => {
    const kept = new Map<string, FeedSettings>();
    const feeds = {
      ...door.services.feeds,
      list: async () => [...kept].map(([name, settings]) => ({ name, ...settings }) as FeedDocument),
      put: async (name: string, settings: FeedSettings) => {
        kept.set(name, settings);
        return { name, ...settings } as FeedDocument;
      },
    };
    const feedFolder = join(tmpdir(), 'feeds');
    const other = await openDoorway({ feeds, feedFolder });
    try {
      await other.addMember('li', 'planner');
      const li = other.browser();
      await li.signIn('li');
      const put = async (kind: string, from: string): Promise<readonly [number, string | undefined]> => {
        const { status } = await li.send('put', '/feeds/a', { kind, from });
        return [status, kept.get('a')?.from];
      };
      expect(await put('folder', '/etc')).toEqual([400, undefined]);
      // Of a kind that reads nothing no place is kept, which another kind would then have.
      expect(await put('push', '/etc')).toEqual([200, '']);
      expect(await put('folder', '/etc')).toEqual([400, '']);
      // As the server would look for it, and not where it happens to be at work.
      expect(await put('folder', 'calls')).toEqual([200, join(feedFolder, 'calls')]);
      for (const out of ['..', '../feeds-not', 'calls/../../x', `${feedFolder}x`])
        expect([out, await put('folder', out)]).toEqual([out, [400, join(feedFolder, 'calls')]]);
      // Set up on the machine itself: it stays there, as long as it is of the same kind.
      kept.set('a', { kind: 'queue-log', from: '/var/log/queue_log' } as FeedSettings);
      expect(await put('queue-log', '/var/log/queue_log')).toEqual([200, '/var/log/queue_log']);
      expect(await put('folder', '/var/log/queue_log')).toEqual([400, '/var/log/queue_log']);
      // Whoever may not say where it reads is not told how the machine's folders are called.
      const why = { rule: 'feed-source-missing', severity: 'error', values: { from: '/var/log/queue_log' } };
      const set = {
        kind: 'queue-log',
        from: '/var/log/queue_log',
        state: { is: 'broken', since: null, why },
      };
      kept.set('a', set as unknown as FeedSettings);
      await other.addMember('wu', 'viewer');
      const wu = other.browser();
      await wu.signIn('wu');
      const seen = async (of: typeof wu): Promise<string> => JSON.stringify((await of.get('/feeds')).body);
      expect(await seen(li)).toContain('/var/log');
      expect(await seen(wu)).not.toContain('/var');
      expect(await seen(wu)).toContain('queue_log');
    } finally {
      await other.close();
    }
  });
  test('alarms are changed under somebody’s name, and tried one after the other', async () => {
    let tried = 0;
    const folder = await mkdtemp(join(tmpdir(), 'huawu-alarms-'));
    await writeFile(join(folder, 'alarms.json'), '{"webhook":"https://b.example/token"}');
    const ground = {
      store: door.store,
      folder,
      now: Date.now,
      feeds: async () => [],
      day: async () => undefined,
    };
    const alarms: Alarms = {
      ...createAlarms({
        ...ground,
        hotline: async () => ({ name: { 'zh-CN': '', en: '' }, zone: 'UTC' }),
        settings: { smtpUrl: 'smtp://a.example', smtpFrom: '', alarmsInside: 'off' },
      }),
      test: async () => {
        tried += 1;
        return [];
      },
    };
    const [noted, names]: [AuditNote[], string[]] = [[], []];
    const noting: Store = {
      ...door.services.store,
      by: ({ name }) => {
        names.push(name);
        return noting;
      },
      noteChange: async (notes) => void noted.push(...notes),
    };
    const other = await openDoorway({ alarms, store: noting });
    try {
      await other.addMember('li', 'planner');
      const li = other.browser();
      await li.signIn('li');
      await li.send('put', '/alarms', { mail: ['x@example.org'] });
      expect([names, noted]).toMatchObject([
        ['li name'],
        [{ subject: 'alarms', after: { webhook: 'https://b.example/…', mail: 1 } }],
      ]);
      expect(JSON.stringify(noted)).not.toContain('token');
      const statuses: number[] = [];
      for (let i = 0; i < 3; i += 1) statuses.push((await li.send('post', '/alarms/test')).status);
      expect([statuses, tried]).toEqual([[200, 429, 429], 1]);
    } finally {
      await other.close();
      await rm(folder, { recursive: true });
    }
  });
  test('counts names that are every object’s own', () => {
    const names: Record<string, number> = {};
    for (const name of ['constructor', '__proto__', 'constructor', 'toString']) countName(names, name);
    expect(Object.entries(names)).toEqual([
      ['constructor', 2],
      ['…', 1],
      ['toString', 1],
    ]);
  });
});

describe('what one person holds', () => {
  test('streams of progress: twenty of an account, and those of others beside them', async () => {
    await door.close();
    door = await openDoorway({ jobs: standInServices({}, {}, { plan: untilStopped }).jobs });
    for (const user of ['li', 'wang']) await door.addMember(user, 'planner');
    const browsers = [door.browser(), door.browser()];
    for (const [at, user] of ['li', 'wang'].entries()) await browsers[at]?.signIn(user).expect(204);
    const { body } = (await browsers[0]?.send('post', '/plans', {}).expect(202)) ?? {};
    const stop = new AbortController();
    // Held on to: what nobody has a hold of any more is closed.
    const held: Response[] = [];
    const streamOf = async (at: number): Promise<number> => {
      const cookie = [...(browsers[at]?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
      const address = `${door.url}${apiRoot}/jobs/${(body as { id: string }).id}/events`;
      const response = await fetch(address, { headers: { cookie }, signal: stop.signal });
      held.push(response);
      return response.status;
    };
    const statuses = await Promise.all(Array.from({ length: 25 }, () => streamOf(0)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect(await streamOf(1)).toBe(200);
    expect(held).toHaveLength(26);
    stop.abort();
  });
  test('whoever asks for the head of a stream has it, and holds no place', async () => {
    await door.close();
    door = await openDoorway({ jobs: standInServices({}, {}, { plan: untilStopped }).jobs });
    await door.addMember('li', 'planner');
    const li = door.browser();
    await li.signIn('li').expect(204);
    const { body } = await li.send('post', '/plans', {}).expect(202);
    const { id } = body as { readonly id: string };
    const cookie = [...li.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (let turn = 0; turn < 25; turn += 1) {
      const signal = AbortSignal.timeout(10_000);
      const address = `${door.url}${apiRoot}/jobs/${id}/events`;
      expect((await fetch(address, { method: 'HEAD', headers: { cookie }, signal })).status).toBe(200);
    }
    await li.send('delete', `/jobs/${id}`).expect(200);
  });
  test('four answers that cost much at once, one for all who ask the same; others have theirs', async () => {
    await door.close();
    const asked: (() => void)[] = [];
    const reportData = () =>
      new Promise<DataReport>((resolve) => asked.push(() => resolve({} as DataReport)));
    const { useCases } = standInServices({ reportData });
    door = await openDoorway({ useCases });
    for (const user of ['li', 'wang']) await door.addMember(user, 'viewer');
    const [li, wang] = [door.browser(), door.browser()];
    await li.signIn('li').expect(204);
    await wang.signIn('wang').expect(204);
    const statuses: number[] = [];
    const ask = (one: typeof li): Promise<void> =>
      Promise.resolve(one.get('/data-report')).then(({ status }) => void statuses.push(status));
    const all = Array.from({ length: 10 }, () => ask(li));
    await expect.poll(() => statuses).toEqual([429, 429, 429, 429, 429, 429]);
    all.push(ask(wang));
    await expect.poll(() => asked.length).toBe(1);
    for (const answer of asked) answer();
    await Promise.all(all);
    expect(statuses.slice(6)).toEqual([200, 200, 200, 200, 200]);
    expect(asked).toHaveLength(1);
  });
  test('the log proves itself beside the server’s thread, for one person four times at once', async () => {
    await door.close();
    const asked: (() => void)[] = [];
    const chain = { entries: 0, head: null, first: 1, broken: [] };
    const auditChain = () => new Promise<typeof chain>((resolve) => asked.push(() => resolve(chain)));
    door = await openDoorway({ useCases: standInServices({ auditChain }).useCases });
    await door.addMember('li', 'planner');
    const li = door.browser();
    await li.signIn('li').expect(204);
    const statuses: number[] = [];
    const all = Array.from({ length: 6 }, async () => void statuses.push((await li.get('/audit')).status));
    await expect.poll(() => statuses).toEqual([429, 429]);
    for (const answer of asked) answer();
    await Promise.all(all);
    expect(statuses.slice(2)).toEqual([200, 200, 200, 200]);
  });
  test('names seen are looked for once, as long as nothing is written, and not by the server’s own thread', async () => {
    await door.close();
    let looked = 0;
    const describeNames = async () => {
      looked += 1;
      return { queues: [] } as unknown as NamesSeen;
    };
    door = await openDoorway({ useCases: standInServices({ describeNames }).useCases });
    await door.addMember('li', 'viewer');
    const li = door.browser();
    await li.signIn('li').expect(204);
    for (let turn = 0; turn < 3; turn += 1) await li.get('/names-seen').expect(200);
    expect(looked).toBe(1);
  });
  test('a simulation that somebody only asks for is as long as others wait', async () => {
    await door.close();
    door = await openDoorway({ jobs: standInServices({}, {}, { simulate: untilStopped }).jobs });
    for (const role of ['viewer', 'planner'] as const) await door.addMember(role, role);
    const simulate = async (user: string, callsFactor: number, replications?: number): Promise<number> => {
      const browser = door.browser();
      await browser.signIn(user).expect(204);
      const body = { scenario: { scenario: 'x', callsFactor }, replications };
      const { status } = await browser.send('post', '/simulations', body);
      for (const { id } of await door.services.jobs.list()) await door.services.jobs.cancel(id);
      return status;
    };
    expect(await simulate('viewer', 10, 100_000)).toBe(400);
    expect(await simulate('viewer', 10, 101)).toBe(400);
    expect(await simulate('viewer', 10, 100)).toBe(202);
    expect(await simulate('viewer', 1)).toBe(202);
    expect(await simulate('planner', 10, 100_000)).toBe(202);
  });
  test('an operator judges exchanges of their own on published rosters alone', async () => {
    await door.close();
    const draft = { id: 'r', from: '2026-11-23', to: '2026-11-29', createdAt: '', publishedAt: null };
    const store = {
      ...standInServices().store,
      rosters: async () => [draft],
      roster: async () => ({ ...draft, revision: 1 }),
    } as unknown as Store;
    door = await openDoorway({ store });
    await door.addMember('li', 'operator', 'A01');
    const own = door.browser();
    await own.signIn('li').expect(204);
    const days = (...operators: string[]) => operators.map((operator) => ({ operator, date: '2026-11-24' }));
    const asked = async (body: object) => (await own.send('post', '/swaps', body)).status;
    expect(await asked({ roster: 'r', revision: 0, duties: days('A01', 'A02') })).toBe(404);
    expect(await asked({ duties: days('A01', 'A02') })).toBe(404);
    expect(await asked({ duties: days('A01', 'A02', 'A03') })).toBe(403);
    expect(await asked({ duties: days('A02', 'A03') })).toBe(403);
  });
});
