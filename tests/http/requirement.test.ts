import { remedyOf } from '../support/said.ts';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import {
  requirementDocumentSchema,
  type RequirementDocument,
} from '../../src/contract/documents/requirement-document.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { jobSchema, type Job } from '../../src/contract/http/job.ts';
import { type ProblemDetails, problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// What would it take, over HTTP: a real server on a workspace that holds a plan.

const folder = await temporaryFolder();
let server: RunningServer;
let call: ReturnType<typeof apiClient>;

beforeAll(async () => {
  const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
  const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom });
  const { planned, week } = await plannedOperationOf(2, 2);
  const plan = {
    document: 'plan',
    id: '2026-W48-two',
    week: week.week,
    createdAt: '2026-11-20T00:00:00Z',
    hotline: { zone: planned.models.hotline.zone },
    intervalMinutes: planned.models.hotline.intervalMinutes,
    targets: planned.models.targets,
    total: { requiredOperatorHours: 1234 },
  } as unknown as PlanDocument;
  await workspace.store.savePlan(plan, packOperation(planned));
  await workspace.close();
  server = await serveWorkspace({
    folder: join(folder, 'line'),
    settings: settingsSchema.parse({ port: 0, threads: 1 }),
  });
  call = apiClient(server);
});
afterAll(() => server.close());

const ask = (body: unknown): Promise<Response> => call(`${apiRoot}/requirements`, jsonRequest('POST', body));

/** Every state of a job that its events tell, the last one being its end. */
const watch = async ({ id }: Job): Promise<Job[]> => {
  const events = await (await call(`${apiRoot}/jobs/${id}/events`)).text();
  return events
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => jobSchema.parse(JSON.parse(line.slice('data: '.length))));
};

const started = async (body: unknown): Promise<Job> => {
  const answer = await ask(body);
  expect(answer.status).toBe(202);
  return jobSchema.parse(await answer.json());
};

const answered = async (body: unknown): Promise<RequirementDocument> => {
  const job = await started(body);
  expect(job.kind).toBe('requirement');
  const end = (await watch(job)).at(-1);
  expect(end).toMatchObject({ state: 'done', done: 1, problem: null });
  const answer = await call(end?.result ?? '');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('application/json'),
  ]);
  const document: unknown = await answer.json();
  expect(requirementDocumentSchema.parse(document)).toEqual(document);
  return document as RequirementDocument;
};

const failed = async (body: unknown): Promise<ProblemDetails> => {
  const end = (await watch(await started(body))).at(-1);
  expect(end).toMatchObject({ state: 'failed', result: null });
  return problemDetailsSchema.parse(end?.problem);
};

test('the weakest interval of the latest plan, tier by tier, and the price of a rate', async () => {
  const found = await answered({});
  expect(found).toMatchObject({ plan: '2026-W48-two', atFrom: 'weakest' });
  // The busiest hours of a day with the same operators all day.
  expect(['09', '10']).toContain(found.at.slice(11, 13));
  expect(found.tiers.length).toBeGreaterThan(1);
  for (const { effects } of found.tiers)
    expect(effects.map(({ change, operators }) => operators - change)).toEqual([2, 2, 2, 2, 2]);
  expect(found.curve).toMatchObject({ measure: 'connection-rate', requiredOperatorHours: 1234 });
  const hours = found.curve?.points.map(({ operatorHours }) => operatorHours) ?? [];
  expect(hours.length).toBeGreaterThan(4);
  expect(hours).toEqual(hours.toSorted((a, b) => a - b));
});

test('one interval and tier of a plan by name, without a curve', async () => {
  const found = await answered({
    plan: '2026-W48-two',
    at: '2026-11-25T10:45',
    tier: 'senior',
    curve: 'none',
  });
  expect(found).toMatchObject({ at: '2026-11-25T10:30', atFrom: 'asked', curve: null });
  expect(found.tiers.map(({ tier }) => tier)).toEqual(['senior']);
});

test('what cannot be answered fails with every place, the value found and the remedy in both languages', async () => {
  const outside = await failed({ at: '2026-12-25T10:45', curve: 'none' });
  expect(outside.status).toBe(400);
  expect(outside.problems).toMatchObject([{ path: 'at', value: '2026-12-25T10:45' }]);
  expect(remedyOf(outside.problems[0]).en).toContain('2026-11-23T10:30');
  const nobody = await failed({ tier: 'nobody', curve: 'none' });
  expect(nobody.problems).toMatchObject([{ path: 'tier', value: 'nobody' }]);
  expect(remedyOf(nobody.problems[0])['zh-CN']).toContain('senior');
  expect((await failed({ plan: '2026-W01-none', curve: 'none' })).detail).toContain('2026-W01-none');
});

test('what is no request is refused before anything starts', async () => {
  for (const body of [{ at: 'tomorrow' }, { curve: 'occupancy' }, { plans: 'x' }]) {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    const { problems } = problemDetailsSchema.parse(await answer.json());
    expect(problems).toHaveLength(1);
  }
  const without = await fetch(`${server.url}${apiRoot}/requirements`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(without.status).toBe(403);
});
