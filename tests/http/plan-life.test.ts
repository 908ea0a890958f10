import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { auditDocumentSchema, EarlierModel } from '../../src/contract/documents/audit-document.ts';
import { apiRoot, nameHeader } from '../../src/contract/http/api-root.ts';
import type { ProblemDetails } from '../../src/contract/documents/schema-parts.ts';
import type { PlanLife } from '../../src/contract/plan-life.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { localUser } from '../../src/store/audit-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type AuditDocument = z.output<typeof auditDocumentSchema>;

const folder = join(await temporaryFolder(), 'line');
let server: RunningServer;
let call: ReturnType<typeof apiClient>;

beforeAll(async () => {
  const workspace = await createWorkspace(folder, {
    modelsFrom: fileURLToPath(new URL('../../models', import.meta.url)),
  });
  await workspace.store.savePlan(planOf('2026-W10-a', '2026-W10', 'a'));
  await workspace.store.savePlan(planOf('2026-W10-b', '2026-W10', 'b'));
  await workspace.close();
  server = await serveWorkspace({ folder, settings: settingsSchema.parse({ port: 0, threads: 1 }) });
  call = apiClient(server);
});
afterAll(() => server.close());

/** Asks with the version that the change was decided on. */
const send = async (method: string, path: string, body?: unknown, version?: string) => {
  const request = jsonRequest(method, body);
  const headers = {
    ...(request.headers as Record<string, string>),
    ...(version === undefined ? {} : { 'if-match': version }),
  };
  const answer = await call(`${apiRoot}${path}`, { ...request, headers });
  const text = await answer.text();
  return {
    status: answer.status,
    tag: answer.headers.get('etag') ?? '',
    body: (text === '' ? undefined : JSON.parse(text)) as unknown,
  };
};
const rulesOf = (body: unknown): string[] => (body as ProblemDetails).problems.map(({ rule }) => rule);
const read = async (path: string) => send('GET', path);

test('a plan goes its way step by step, each answer with its version; a step out of turn is refused', async () => {
  const life = await read('/plans/2026-W10-a/life');
  expect([life.tag, (life.body as PlanLife).state]).toEqual(['"0"', 'draft']);
  const early = await send('PUT', '/plans/2026-W10-a/state', { step: 'approve' });
  expect([early.status, rulesOf(early.body)]).toEqual([400, ['plan-step-not-allowed']]);
  let tag = life.tag;
  for (const step of ['propose', 'approve', 'publish']) {
    const took = await send('PUT', '/plans/2026-W10-a/state', { step }, tag);
    expect(took.status).toBe(200);
    expect(took.tag).not.toBe(tag);
    tag = took.tag;
  }
  const stale = await send('POST', '/plans/2026-W10-a/notes', { text: 'late' }, life.tag);
  expect([stale.status, (stale.body as ProblemDetails).type, rulesOf(stale.body)]).toEqual([
    412,
    'urn:huawu:changed-meanwhile',
    ['plan-changed-meanwhile'],
  ]);
  expect((stale.body as ProblemDetails).problems[0]?.values).toMatchObject({
    state: 'published',
    version: 3,
  });
});

test('a what-if is not put in force; what to do instead is said', async () => {
  const workspace = await openWorkspace(folder);
  await workspace.store.savePlan(planOf('2026-W11-what-if-b', '2026-W11', 'b'));
  await workspace.close();
  for (const step of ['propose', 'publish']) {
    const refused = await send('PUT', '/plans/2026-W11-what-if-b/state', { step });
    expect([refused.status, rulesOf(refused.body)]).toEqual([400, ['what-if-onward']]);
    expect(JSON.stringify(refused.body)).toContain('plan the week again');
  }
  expect((await send('DELETE', '/plans/2026-W11-what-if-b')).status).toBe(204);
});

test('no route changes a published plan; it stands as the latest before a later draft', async () => {
  const before = await read('/plans/2026-W10-a/life');
  expect((await send('PUT', '/plans/2026-W10-a/name', { name: 'x' })).status).toBe(409);
  expect((await send('DELETE', '/plans/2026-W10-a')).status).toBe(409);
  const latest = (await read('/plans/latest/life')).body as PlanLife;
  expect([latest.plan, latest.state, latest.name]).toEqual(['2026-W10-a', 'published', null]);
  expect(await read('/plans/2026-W10-a/life')).toEqual(before);
  expect((await send('DELETE', '/plans/2026-W10-b', undefined, '"7"')).status).toBe(412);
  expect((await send('DELETE', '/plans/2026-W10-b', undefined, '"0"')).status).toBe(204);
});

test('models and changes to forecasts are kept only as the version that was read', async () => {
  const targets = await read('/models/targets');
  expect(targets.tag).toMatch(/^"targets\.[0-9a-f]{16}"$/);
  const mine = { ...(targets.body as object), confidence: 0.71 };
  const saved = await send('PUT', '/models', { targets: mine }, targets.tag);
  expect(saved.status).toBe(200);
  const theirs = { ...(targets.body as object), confidence: 0.72 };
  for (const [path, body] of [
    ['/models', { targets: theirs }],
    ['/models/targets', theirs],
  ] as const) {
    const late = await send('PUT', path, body, targets.tag);
    expect([late.status, rulesOf(late.body)]).toEqual([412, ['model-changed-meanwhile']]);
    const [{ values }] = (late.body as { problems: [{ values: unknown }] }).problems;
    const { confidence: before } = targets.body as { confidence: number };
    expect(values).toEqual({
      version: (await read('/models/targets')).tag.replaceAll('"', ''),
      changes: [{ path: ['confidence'], before, after: 0.71 }],
    });
  }
  const now = await read('/models/targets');
  expect(now.body).toEqual(mine);
  expect((await send('PUT', '/models/targets', mine, now.tag)).tag).toBe(now.tag);
  // What was replaced is kept, once: a save that changes nothing keeps nothing.
  const earlier = (await read('/models/targets/earlier')).body as EarlierModel[];
  expect(earlier.map(({ model, document }) => ({ model, document }))).toEqual([
    { model: 'targets', document: targets.body },
  ]);
  expect((await read('/models/tiers/earlier')).body).toEqual([]);

  const overrule = {
    queue: null,
    date: '2026-03-02',
    from: null,
    to: null,
    factor: 1.1,
    calls: null,
    reason: 'fair',
    author: 'p',
  };
  const none = await read('/overrules');
  expect((await send('POST', '/overrules', overrule, none.tag)).status).toBe(201);
  const late = await send('POST', '/overrules', overrule, none.tag);
  expect([late.status, rulesOf(late.body)]).toEqual([412, ['overrules-changed-meanwhile']]);

  // More than half of a day is asked back: the refusal names the field that confirms it, which is not kept.
  const large = { ...overrule, date: '2026-03-03', factor: 1.6 };
  const asked = await send('POST', '/overrules', large);
  expect([asked.status, rulesOf(asked.body)]).toEqual([422, ['large-change']]);
  expect(JSON.stringify(asked.body)).toContain('confirmLargeChange');
  expect((await send('POST', '/overrules', { ...large, factor: 1.5 })).status).toBe(201);
  const made = await send('POST', '/overrules', { ...large, confirmLargeChange: true });
  expect([made.status, made.body]).toEqual([201, { ...large, id: expect.any(Number) as number }]);
});

test('each change is in the log, models by the version before and after', async () => {
  const workspace = await openWorkspace(folder);
  const entries = await workspace.store.audit();
  await workspace.close();
  const count = (action: string): number => entries.filter((entry) => entry.action === action).length;
  expect(['plan-state', 'plan-removed', 'models-changed', 'overrule-added'].map(count)).toEqual([3, 2, 1, 3]);
  const model = entries.findLast(({ action }) => action === 'models-changed');
  expect(model?.before).not.toEqual(model?.after);
  // Who, and from what to what: where nobody signs in, the account of the machine.
  expect(model?.actor).toEqual({ kind: 'local', id: 'local', name: localUser.name });
  const fields = Object.keys(model?.after ?? {}).filter((key) => key.startsWith('/'));
  expect(fields).toEqual(['/confidence']);
  expect(typeof model?.before?.['/confidence']).toBe('number');
});

test('the log is read page by page, with what it proves', async () => {
  const log = (await read('/audit?limit=2')).body as AuditDocument;
  expect(log.entries).toHaveLength(2);
  expect(log.chain).toMatchObject({ broken: [], first: 1, entries: log.entries[0]?.number });
  const below = log.entries[1]?.number ?? 0;
  const next = (await read(`/audit?limit=2&below=${below}`)).body as AuditDocument;
  expect(next.entries[0]?.number).toBe(below - 1);
});

test('where nobody signs in, a change is logged under the name that its page says', async () => {
  for (const [said, name] of [
    [encodeURIComponent(' 王芳 '), '王芳'],
    ['%E7', localUser.name],
    ['', localUser.name],
  ] as const) {
    const { headers, ...request } = jsonRequest('POST', {
      date: '2026-03-09',
      kind: 'weather',
      text: 'storm',
    });
    const told = { ...(headers as Record<string, string>), [nameHeader]: said };
    const added = await call(`${apiRoot}/diary`, { ...request, headers: told });
    const { entries } = (await read('/audit?limit=1')).body as AuditDocument;
    expect(entries[0]?.actor).toEqual({ kind: 'local', id: 'local', name });
    const { id } = (await added.json()) as { id: number };
    expect((await send('DELETE', `/diary/${id}`)).status).toBe(204);
  }
});

test('notes of days: added, made an event, changed only as they were read, removed', async () => {
  const note = { date: '2026-03-03', kind: 'outage', text: 'switchboard down' };
  const added = await send('POST', '/diary', note);
  const { id } = added.body as { id: number };
  expect([added.status, added.tag, added.body]).toMatchObject([201, '"1"', { ...note, event: false }]);
  const used = await send('PUT', `/diary/${id}`, { ...note, event: true }, added.tag);
  expect([used.status, used.tag, (used.body as { event: boolean }).event]).toEqual([200, '"2"', true]);
  const month = (await read('/calendar?from=2026-03-01&days=31')).body as { events: unknown[] };
  expect(month.events).toEqual([{ date: note.date, kind: note.kind, label: note.text }]);
  const late = await send('DELETE', `/diary/${id}`, undefined, added.tag);
  expect([late.status, rulesOf(late.body)]).toEqual([412, ['note-changed-meanwhile']]);
  expect((await read('/diary')).body).toHaveLength(1);
  expect((await send('DELETE', `/diary/${id}`, undefined, used.tag)).status).toBe(204);
  expect((await send('DELETE', `/diary/${id}`)).status).toBe(404);
  for (const wrong of [
    { ...note, date: '2026-02-30' },
    { ...note, text: ' ' },
    { ...note, kind: 'storm' },
  ])
    expect((await send('POST', '/diary', wrong)).status).toBe(400);
  expect((await read('/diary')).body).toEqual([]);
});

test('a plan says what it rests on that was changed since it was made', async () => {
  const workspace = await openWorkspace(folder);
  await workspace.store.savePlan(planOf('2026-W10-c', '2026-W10', new Date().toISOString()));
  await workspace.close();
  const changed = async () => ((await read('/plans/2026-W10-c/life')).body as PlanLife).changedSince;
  expect(await changed()).toEqual([]);
  const adjust = async (date: string): Promise<void> => {
    const adjustment = { queue: null, date, from: null, to: null, factor: 1.2, calls: null, reason: 'fair' };
    const { status } = await send('POST', '/overrules', { ...adjustment, author: 'p' });
    expect(status).toBe(201);
  };
  await adjust('2026-03-09');
  expect(await changed()).toEqual([]);
  await adjust('2026-03-08');
  expect(await changed()).toEqual(['overrules']);
  const targets = (await read('/models/targets')).body as object;
  expect((await send('PUT', '/models/targets', { ...targets, confidence: 0.8 })).status).toBe(200);
  expect(await changed()).toEqual(['targets', 'overrules']);
  // Whatever else was noted meanwhile.
  const busy = await openWorkspace(folder);
  const note = { action: 'people-changed', subject: 't', before: null, after: { token: 't' } } as const;
  await busy.store.noteChange(Array.from({ length: 1010 }, () => note));
  await busy.close();
  expect(await changed()).toEqual(['targets', 'overrules']);
});
