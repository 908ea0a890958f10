import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  hotlineDocumentSchema,
  type RankDocument,
  rankDocumentSchema,
} from '../../src/contract/documents/rank-document.ts';
import { outlookDocumentSchema } from '../../src/contract/documents/forecast-document.ts';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { type Job } from '../../src/contract/http/job.ts';
import { problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import type { TargetsModel } from '../../src/contract/models/targets-model.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { makeDemo } from '../../src/planning/make-demo.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const inRoot = (...path: string[]): string =>
  join(fileURLToPath(new URL('../../', import.meta.url)), ...path);

const folder = join(await temporaryFolder(), 'workspace');
let server: RunningServer;
let call: ReturnType<typeof apiClient>;
const settings = settingsSchema.parse({ port: 0, threads: 1 });

beforeAll(async () => {
  const workspace = await createWorkspace(folder, { modelsFrom: inRoot('models') });
  const made = JSON.parse(await readFile(inRoot('data', 'demo.json'), 'utf8')) as object;
  await makeDemo(workspace.store, { ...made, days: 98 });
  await workspace.close();
  server = await serveWorkspace({ folder, settings });
  call = apiClient(server);
});
afterAll(() => server.close());

const read = (path: string): Promise<Response> => call(`${apiRoot}${path}`);
const send = (method: string, path: string, body: unknown): Promise<Response> =>
  call(`${apiRoot}${path}`, jsonRequest(method, body));
const endOf = async (job: Job): Promise<Job> => {
  const events = await (await read(`/jobs/${job.id}/events`)).text();
  const last = events.split('\n').findLast((line) => line.startsWith('data: ')) ?? '';
  return JSON.parse(last.slice('data: '.length)) as Job;
};

/** The status of a path as it stands: fetch would mend it first. */
const statusOf = (path: string): Promise<{ status: number; body: string; location: string | undefined }> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    ask({ host: '127.0.0.1', port, path, headers: { [tokenHeader]: server.token } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body, location: answer.headers.location }),
      );
    })
      .on('error', reject)
      .end();
  });

test('weeks and months ahead are long work as any other: fourteen weeks are enough, four months too few', async () => {
  const order = async (body: object): Promise<Job> =>
    endOf((await (await send('POST', '/outlooks', body)).json()) as Job);
  const weeks = await order({ by: 'week', periods: 4 });
  const answer = outlookDocumentSchema.parse(await (await call(weeks.result ?? '')).json());
  expect(answer.queues.map(({ periods }) => periods.length)).toEqual(answer.queues.map(() => 4));
  const months = await order({ periods: 3 });
  expect(months.problem?.problems[0]).toMatchObject({ rule: 'too-few-periods', values: { by: 'month' } });
});

test.each(['/api/v1/plans/%E0', '/%E0', '/assets/%E0%A4%A', '/api/v1/jobs/%'])(
  'a path that is no text (%s) is a bad request, told as every other',
  async (path) => {
    const { status, body } = await statusOf(path);
    expect(status).toBe(400);
    expect(problemDetailsSchema.parse(JSON.parse(body)).status).toBe(400);
  },
);

test.each([
  '/app/index.html',
  '/app',
  '/app/',
  '/APP/index.html',
  '/app/%69ndex.html',
  '/x/../app/index.html',
])('the page is never served as it lies on disk (%s)', async (path) => {
  const { body, status, location } = await statusOf(path);
  expect(body).not.toContain('__TOKEN__');
  expect(body).not.toContain('__NONCE__');
  expect([status, location]).toEqual([302, '/']);
});

test('answers go on while a plan is made, and cancelling ends it', async () => {
  const job = (await (await send('POST', '/plans', { week: '2026-W48' })).json()) as Job;
  const waits: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const from = performance.now();
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    waits.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(waits.toSorted((a, b) => a - b)[10]).toBeLessThan(1000);
  const asked = performance.now();
  await call(`${apiRoot}/jobs/${job.id}`, { method: 'DELETE' });
  expect((await endOf(job)).state).toBe('cancelled');
  expect(performance.now() - asked).toBeLessThan(10_000);
  // A thread that was ended in the midst of its work leaves the store as free as it found it.
  const workspace = await openWorkspace(folder);
  await workspace.store.write('events', [{ date: '2026-10-01', kind: 'test', label: 'after a cancel' }]);
  await workspace.close();
});

test('a forecast is made by a job; what cannot be is told as the error that it is, a method at once', async () => {
  const from = { from: '2026-11-23', days: 1 };
  const good = (await (await send('POST', '/forecasts', { ...from, method: 'weekday-mean' })).json()) as Job;
  const done = await endOf(good);
  expect(done).toMatchObject({ state: 'done', problem: null });
  expect(await (await call(done.result ?? '')).json()).toMatchObject({ document: 'forecast' });
  const bad = (await (await send('POST', '/forecasts', { ...from, queue: 'tea' })).json()) as Job;
  const failed = await endOf(bad);
  expect(failed).toMatchObject({ state: 'failed', problem: { status: 400 } });
  expect(JSON.stringify(failed.problem)).toContain('"tea"');
  const refused = await send('POST', '/forecasts', { ...from, method: 'tea-leaves' });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(await refused.json())).toMatch(/tea-leaves.*holt-winters/);
});

test('model files: writes at the same moment are checked one after the other, and leave no scraps', async () => {
  const models = join(folder, 'models');
  const before = JSON.parse(await readFile(join(models, 'targets.json'), 'utf8')) as TargetsModel;
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      send('PUT', '/models/targets', i % 3 === 2 ? { nonsense: i } : before),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(
    Array.from({ length: 12 }, (_, i) => (i % 3 === 2 ? 400 : 200)),
  );
  expect((await readdir(models)).filter((name) => !/^[a-z-]+(\.json)?$/.test(name))).toEqual([]);
  expect(JSON.parse(await readFile(join(models, 'targets.json'), 'utf8'))).toEqual(before);
});

test('two writes that are each right but clash together: the second is refused', async () => {
  const model = async (name: string) => (await (await read(`/models/${name}`)).json()) as never;
  const hotline = await model('hotline');
  const tiers = await model('tiers');
  const { queues } = hotline as { queues: { queue: string }[] };
  const [first] = queues;
  const without = { ...(hotline as object), queues: queues.slice(1) };
  const [dropped, kept] = await Promise.all([
    send('PUT', '/models/hotline', without),
    send('PUT', '/models/tiers', tiers),
  ]);
  // Every tier still answers the first queue: the hotline cannot lose it.
  expect([dropped.status, kept.status]).toEqual([400, 200]);
  expect(await dropped.text()).toContain(first?.queue);
  expect((await model('hotline')) as object).toEqual(hotline);
});

test('health and metrics', async () => {
  expect(await (await fetch(`${server.url}/health/ready`)).json()).toMatchObject({ ok: true });
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  for (const name of [
    'huawu_http_request_duration_seconds_count{method="GET",route="/health/ready",status="200"}',
    'huawu_store_duration_seconds_bucket',
    'huawu_jobs{kind="plan",state="cancelled"} 1',
    'huawu_jobs_ended_total{kind="forecast",outcome="failed"} 1',
    'process_resident_memory_bytes',
  ])
    expect(metrics).toContain(name);
  // Where models cannot be read it is not ready, and says which part.
  const file = join(folder, 'models', 'tiers.json');
  const whole = await readFile(file, 'utf8');
  await writeFile(file, '{');
  const ready = await fetch(`${server.url}/health/ready`);
  expect([ready.status, (await ready.json()) as { detail: string }]).toMatchObject([
    503,
    { detail: expect.stringContaining('models') as string },
  ]);
  await writeFile(file, whole);
});

test('a league table narrowed over HTTP keeps the places; one hotline has its rows', async () => {
  const league = async (query: string): Promise<RankDocument> => {
    const response = await read(`/ranking${query}`);
    expect(response.status).toBe(200);
    return rankDocumentSchema.parse(await response.json());
  };
  const whole = await league('');
  const some = await league('?roundTheClock=yes&smartVoice=no&band=warm');
  const wanted = whole.hotlines.filter(
    (row) => row.roundTheClock === true && row.smartVoice === false && row.band === 'warm',
  );
  expect(wanted.length).toBeGreaterThan(5);
  expect(some).toEqual({ ...whole, hotlines: wanted });
  const [row] = wanted;
  if (row === undefined) throw new Error('none');
  const one = await read(`/ranking/hotline?hotline=${encodeURIComponent(row.hotline)}`);
  const { periods, standardSeconds } = hotlineDocumentSchema.parse(await one.json());
  const same = periods.find(({ period }) => period === whole.period);
  expect(same).toEqual({ ...row, period: whole.period, among: whole.hotlines.length });
  expect(standardSeconds).toBe(whole.secondsStandard.standardSeconds);
  expect((await read('/ranking?smartVoice=maybe')).status).toBe(400);
  for (const period of ['9999', '9999-12', '9999-Q4', '0000'])
    expect((await read(`/ranking?period=${period}`)).status).toBe(400);
  const unknown = await read('/ranking/hotline?hotline=nowhere');
  expect(unknown.status).toBe(400);
  expect(problemDetailsSchema.parse(await unknown.json()).problems[0]?.rule).toBe('never-monitored');
});

test('the lines are ranked by their own traffic over HTTP', async () => {
  const response = await read('/ranking?basis=traffic');
  const { basis, hotlines } = rankDocumentSchema.parse(await response.json());
  expect([basis, hotlines.length]).toEqual(['traffic', 5]);
});

test('a guess that is answered before its file has come whole reaches the page that sent it, and nothing ends', async () => {
  const { headers } = await fetch(server.openingAddress(), { redirect: 'manual' });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await (await fetch(server.url, { headers: { cookie } })).text();
  const rows = Array.from(
    { length: 60_000 },
    (_, i) => `L${i},02/11/2026 00:08:58,Council Tax,Answered,9,548`,
  );
  const guess = () =>
    fetch(`${server.url}${apiRoot}/files/guess?name=calls.csv`, {
      method: 'POST',
      headers: {
        cookie,
        'content-type': 'application/octet-stream',
        [tokenHeader]: /huawu-token" content="([^"]*)"/.exec(page)?.[1] ?? '',
      },
      body: ['Call ref,Call arrived,Skill group,Outcome,Seconds waiting,Talk seconds', ...rows].join('\n'),
    });
  for (let time = 0; time < 3; time += 1) {
    const answer = await guess();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ document: 'guess' });
  }
  expect((await read('/jobs')).status).toBe(200);
});
