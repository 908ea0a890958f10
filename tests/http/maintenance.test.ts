import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Job } from '../../src/contract/http/job.ts';
import type { ProblemDetails } from '../../src/contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../src/contract/http/workspace-document.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import type { Endpoint } from '../../src/contract/http/endpoint.ts';
import { endpoints, type EndpointName } from '../../src/contract/http/endpoints.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { inMaintenance } from '../../src/http/guard.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { waitForMaintenance } from '../../src/jobs/job-queue.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runCommand } from '../support/run-command.ts';

const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
const server = await startPostgres();
afterAll(() => server?.close());
const places: [string, string | undefined][] = [
  ['SQLite', 'sqlite'],
  ['PostgreSQL', await server?.makeDatabase('maintenance')],
];
const all = Object.entries(endpoints) as [EndpointName, Endpoint][];

describe.each(places.filter(([, store]) => store !== undefined))('maintenance in %s', (_, store = '') => {
  test('changes are answered 503 in words, reads go on, jobs wait, and everything works afterwards', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'huawu-maintenance-')), 'line');
    const workspace = await createWorkspace(folder, { modelsFrom, store });
    await workspace.store.savePlan(planOf('2026-W10-a', '2026-W10', 'a'));
    await workspace.close();
    const running = await serveWorkspace({
      folder,
      settings: settingsSchema.parse({ port: 0, threads: 1, store, logLevel: 'silent' }),
    });
    const call = apiClient(running);
    const admin = (...args: readonly string[]) =>
      runCommand(['admin', 'maintenance', ...args, '--workspace', folder, '--lang', 'en'], {});
    const settings = process.env['HUAWU_STORE'];
    process.env['HUAWU_STORE'] = store;
    try {
      expect(await admin('on', '--message', 'back at noon')).toMatchObject({ code: 0 });
      const { maintenance } = (await (await call(`${apiRoot}/workspace`)).json()) as WorkspaceDocument;
      expect(maintenance?.message).toBe('back at noon');
      for (const [name, { method, path }] of all) {
        // Reading everything takes long: what is read in one go stands for it.
        if (method === 'get' && !['workspace', 'plans', 'jobs', 'diary', 'lines'].includes(name)) continue;
        if (name === 'endSession') continue;
        const at = `${apiRoot}${path.replaceAll(/:\w+/g, '1')}`;
        const answer = await call(at, method === 'get' ? {} : jsonRequest(method.toUpperCase(), {}));
        expect([name, answer.status === 503]).toEqual([name, method !== 'get' && !inMaintenance.has(name)]);
        if (answer.status !== 503) continue;
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        const { type, text } = (await answer.json()) as ProblemDetails;
        expect(type).toBe('urn:huawu:in-maintenance');
        expect([text.en, text['zh-CN']]).toEqual([
          expect.stringContaining('back at noon'),
          expect.stringContaining('维护'),
        ]);
      }
      expect(await admin('off')).toMatchObject({ code: 0 });
      const name = jsonRequest('PUT', { name: 'ours' });
      expect((await call(`${apiRoot}/plans/2026-W10-a/name`, name)).status).toBe(200);
      const order = await call(`${apiRoot}/overviews`, jsonRequest('POST', {}));
      const { id } = (await order.json()) as Job;
      const job = async () => (await (await call(`${apiRoot}/jobs/${id}`)).json()) as Job;
      await expect.poll(async () => (await job()).state, { timeout: 90_000 }).toBe('done');
    } finally {
      if (settings === undefined) delete process.env['HUAWU_STORE'];
      else process.env['HUAWU_STORE'] = settings;
      await running.close();
      await rm(join(folder, '..'), { recursive: true });
    }
  }, 150_000);
});

test('a job waits until maintenance is over; one that waits can be cancelled', async () => {
  let isOn = true;
  let ran = 0;
  const run = waitForMaintenance(
    async () => {
      ran += 1;
      return { json: '1' };
    },
    async () => isOn,
    5,
  );
  const task = {} as Parameters<typeof run>[0];
  const waiting = run(task, () => undefined, new AbortController().signal);
  const given = new AbortController();
  const cancelled = run(task, () => undefined, given.signal);
  given.abort();
  await expect(cancelled).rejects.toMatchObject({ name: 'CancelledError' });
  expect(ran).toBe(0);
  isOn = false;
  expect(await waiting).toEqual({ json: '1' });
  expect(ran).toBe(1);
});
