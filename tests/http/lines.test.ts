import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LineOverview, LinesDocument } from '../../src/contract/documents/line-overview.ts';
import { notedAccounts } from '../../src/access/accounts.ts';
import { createApiTokens } from '../../src/access/recognise.ts';
import { createSignIn } from '../../src/access/sign-in.ts';
import { createSignInThrottle } from '../../src/access/sign-in-context.ts';
import { apiRoot, lineRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { Job } from '../../src/contract/http/job.ts';
import { pageToken } from '../../src/http/guard.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { ServedWorkspace } from '../../src/http/serve.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { password } from './door.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
const week = '2026-W10';

const folder = join(await temporaryFolder(), 'bureau');
let server: ServedWorkspace;
const cookies = new Map<string, string>();

/** The bureau sees both lines, the planner plans in the east, the operator of the east sees what is theirs. */
const people = {
  bureau: { main: 'bureau', east: 'bureau' },
  planner: { east: 'planner' },
  operator: { main: 'viewer', east: 'operator' },
  nobody: {},
} as const;
type User = keyof typeof people;

beforeAll(async () => {
  const home = await createWorkspace(folder, { modelsFrom });
  await (await createWorkspace(join(folder, 'lines', 'east'), { modelsFrom, hotline: 'east' })).close();
  const east = await home.another('east');
  await east.store.savePlan(planOf(`${week}-a`, week, 'a'));
  const accountsOf = (store: typeof home.accounts) => notedAccounts({ store, now: Date.now }, localActor);
  for (const [user, roles] of Object.entries(people)) {
    await accountsOf(home.accounts).add({ user, name: user, role: null, operator: null });
    await accountsOf(home.accounts).setPassword(user, password);
    for (const [line, role] of Object.entries(roles))
      await (line === 'main' ? home : east).accounts.setRole(user, role, role === 'operator' ? 'A01' : null);
    const { secret } = await createSignIn({
      store: home.accounts,
      throttle: createSignInThrottle(Date.now),
      now: Date.now,
      idleMillis: 3_600_000,
      longestMillis: 3_600_000,
    }).signIn(user, password, { address: 'a', knownBrowser: undefined });
    cookies.set(user, secret);
  }
  await home.close();
  const settings = settingsSchema.parse({ port: 0, threads: 1, signIn: 'on', logLevel: 'silent' });
  server = await serveWorkspace({ folder, settings });
});
afterAll(() => server.close());

const ask = async (user: User | undefined, path: string, init: RequestInit = {}) => {
  const secret = user === undefined ? '' : (cookies.get(user) ?? '');
  const answer = await fetch(`${server.url}${path}`, {
    ...init,
    headers: {
      cookie: `huawu-session-${server.port}=${secret}`,
      [tokenHeader]: pageToken(secret),
      'content-type': 'application/json',
    },
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as unknown };
};
const east = lineRoot('east');
const linesOf = async (user: User, path: string = apiRoot): Promise<LinesDocument['lines']> =>
  ((await ask(user, `${path}/lines`)).body as LinesDocument).lines;

test('a program of one line is nobody at another, whose records its answer would be taken for', async () => {
  const home = await openWorkspace(folder, settingsSchema.parse({}));
  const store = home.accounts;
  const { secret } = await createApiTokens({ store, now: Date.now }).issue(localActor, {
    user: 'bureau',
    name: 'x',
    scope: 'write',
    days: 2,
  });
  await home.close();
  const by = async (path: string, method = 'GET', body?: object) =>
    (
      await fetch(`${server.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    ).status;
  expect([
    await by(`${apiRoot}/workspace`),
    await by(`${east}/workspace`),
    await by(`${east}/plans`),
  ]).toEqual([200, 401, 401]);
  expect([
    await by(`${east}/feeds/x`, 'PUT', { kind: 'push' }),
    await by(`${east}/feed`, 'POST', { calls: [] }),
    await by(`${east}/jobs/none`, 'DELETE'),
    await by(`${east}/health`),
    await by(`${lineRoot('nowhere')}/workspace`),
  ]).toEqual([401, 401, 401, 200, 404]);
});

test('everybody is told of the lines on which they have a role, whichever line they ask', async () => {
  const seen = async (user: User) => (await linesOf(user)).map(({ line, role }) => [line, role]);
  expect(await seen('bureau')).toEqual([
    ['main', 'bureau'],
    ['east', 'bureau'],
  ]);
  expect(await seen('planner')).toEqual([['east', 'planner']]);
  expect(await seen('nobody')).toEqual([]);
  expect(await linesOf('bureau', east)).toEqual(await linesOf('bureau'));
  expect((await ask(undefined, `${apiRoot}/lines`)).status).toBe(401);
});

test('a program is told of the line of its token alone, and has none where its owner is nobody', async () => {
  const token = { method: 'POST', body: JSON.stringify({ name: 'wall' }) };
  expect((await ask('planner', `${apiRoot}/tokens`, token)).status).toBe(403);
  const seenBy = async (user: User, root: string) => {
    const { secret } = (await ask(user, `${root}/tokens`, token)).body as { readonly secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    const { lines } = (await (
      await fetch(`${server.url}${root}/lines`, { headers })
    ).json()) as LinesDocument;
    return lines.map(({ line }) => line);
  };
  expect(await seenBy('planner', east)).toEqual(['east']);
  expect(await seenBy('operator', apiRoot)).toEqual(['main']);
  expect(await seenBy('bureau', apiRoot)).toEqual(['main', 'east']);
});

test('a role holds on its own line alone', async () => {
  const plan = `/plans/${week}-a/life`;
  const statusOf = async (user: User | undefined, path: string) => (await ask(user, path)).status;
  expect(await statusOf('planner', `${east}${plan}`)).toBe(200);
  expect(await statusOf('planner', `${apiRoot}/plans`)).toBe(403);
  expect(await statusOf('bureau', `${apiRoot}${plan}`)).toBe(404);
  expect(await statusOf('nobody', `${east}${plan}`)).toBe(403);
  expect(await statusOf(undefined, `${east}${plan}`)).toBe(401);
  // What lines there are is nobody's business who is not known.
  expect(await statusOf(undefined, `${lineRoot('north')}/plans`)).toBe(401);
  expect(await statusOf('bureau', `${lineRoot('north')}/plans`)).toBe(404);
  expect(await statusOf('bureau', `${lineRoot('..%2F..%2Fetc')}/plans`)).toBe(404);
});

test('a bureau changes nothing on any of its lines; a planner changes the own', async () => {
  const rename = { method: 'PUT', body: JSON.stringify({ name: 'ours' }) };
  const at = `${east}/plans/${week}-a/name`;
  expect((await ask('bureau', at, rename)).status).toBe(403);
  expect((await ask('planner', at, rename)).status).toBe(428);
  const note = { method: 'POST', body: JSON.stringify({ date: '2026-03-02', kind: 'other', text: 'x' }) };
  expect((await ask('bureau', `${east}/diary`, note)).status).toBe(403);
  expect((await ask('planner', `${east}/diary`, note)).status).toBe(201);
  const workspace = await openWorkspace(join(folder, 'lines', 'east'), { hotline: 'east' });
  expect((await workspace.store.diary()).length).toBe(1);
  await workspace.close();
});

test('a line is worked out by a job under its own address, and kept; operators are not told its figures', async () => {
  const started = await ask('bureau', `${east}/overviews`, { method: 'POST', body: '{}' });
  expect(started.status).toBe(202);
  const job = async (): Promise<Job> =>
    (await ask('bureau', `${east}/jobs/${(started.body as Job).id}`)).body as Job;
  await expect.poll(async () => (await job()).state, { timeout: 100_000 }).toBe('done');
  const { result } = await job();
  expect(result).toMatch(new RegExp(`^${east}/jobs/`));
  const { body: overview } = await ask('bureau', result ?? '');
  const figureOf = async (user: User) =>
    (await linesOf(user)).find(({ line }) => line === 'east')?.overview ?? null;
  // The server may have worked it out once more meanwhile, by itself: the same figures, at a later moment.
  const { computedAt, ...figures } = overview as LineOverview;
  const shown = await figureOf('bureau');
  expect(shown).toMatchObject(figures);
  expect((shown?.computedAt ?? '') >= computedAt).toBe(true);
  expect(await figureOf('operator')).toBeNull();
  const { lines } = (await ask('bureau', `${apiRoot}/lines?figures=false`)).body as LinesDocument;
  expect(lines.map((entry) => entry.overview)).toEqual([null, null]);
});

test('a stranger is answered alike for a line that is there and one that is not', async () => {
  const asked = [
    ['GET', '/health'],
    ['GET', '/openapi.json'],
    ['GET', '/plans'],
    ['GET', '/nowhere'],
    ['POST', '/sign-in'],
    ['POST', '/set-up'],
    ['POST', '/plans'],
  ] as const;
  for (const [method, path] of asked) {
    const [there, nowhere] = await Promise.all(
      ['east', 'nowhere'].map(async (line) => {
        const init = {
          method,
          ...(method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}),
        };
        const answer = await fetch(`${server.url}${lineRoot(line)}${path}`, init);
        return {
          status: answer.status,
          body: (await answer.text()).replaceAll(`lines/${line}`, 'lines/LINE'),
        };
      }),
    );
    expect(nowhere?.status, path).toBe(there?.status);
    expect(nowhere?.body === there?.body, `what ${path} answers`).toBe(true);
  }
});
