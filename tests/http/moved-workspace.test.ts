import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apiClient } from '../support/api-client.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { type ProblemDetails, problemDetailsSchema } from '../../src/contract/documents/schema-parts.ts';
import {
  workspaceDocumentSchema,
  type WorkspaceDocument,
} from '../../src/contract/http/workspace-document.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { moveWorkspace } from '../../src/store/move-workspace.ts';
import { fillStore } from '../support/fill-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modelsFrom = new URL('../../models', import.meta.url).pathname;
const settings = settingsSchema.parse({ port: 0, threads: 1, logLevel: 'silent' });

const root = await temporaryFolder();
const folder = join(root, 'line');
let server: RunningServer;
beforeAll(async () => {
  const workspace = await createWorkspace(folder, { modelsFrom });
  await fillStore(workspace.store);
  await workspace.close();
  server = await serveWorkspace({ folder, settings });
});
afterAll(() => server.close());

const workspaceOf = async (of: RunningServer): Promise<WorkspaceDocument> =>
  workspaceDocumentSchema.parse(await (await apiClient(of)(`${apiRoot}/workspace`)).json());

const send = async (
  method: string,
  path: string,
  body: unknown,
  language: string,
): Promise<ProblemDetails> => {
  const response = await apiClient(server)(`${apiRoot}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
    },
    body: JSON.stringify(body),
  });
  const answered = problemDetailsSchema.parse(await response.json());
  expect(response.status).toBe(answered.status);
  return answered;
};

test('a server whose workspace was moved under it says so, refuses what would be lost, and shows the rest', async () => {
  expect((await workspaceOf(server)).movedTo).toBeNull();
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  const before = await workspaceOf(server);
  const tiers = await readFile(join(folder, 'models', 'tiers.json'), 'utf8');

  const { place } = await moveWorkspace({ folder }, join(root, 'elsewhere'), { replace: false });
  expect(await workspaceOf(server)).toEqual({ ...before, movedTo: place });
  const ready = await fetch(`${server.url}/health/ready`, { headers: { 'accept-language': 'en' } });
  expect(ready.status).toBe(503);
  expect(problemDetailsSchema.parse(await ready.json())).toMatchObject({
    type: 'urn:huawu:records-moved',
    detail: expect.stringContaining(place) as string,
  });
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);

  const overrule = { queue: null, date: '2026-01-06', from: null, to: null, factor: 1.1, calls: null };
  const writes: readonly (readonly [string, string, unknown])[] = [
    ['POST', '/overrules', { ...overrule, reason: 'school', author: 'p' }],
    ['POST', '/plans', { week: '2026-W10' }],
    ['PUT', '/models/tiers', JSON.parse(tiers)],
  ];
  for (const [method, path, body] of writes) {
    const english = await send(method, path, body, 'en');
    expect([path, english.status, english.title]).toEqual([path, 409, 'The records have been moved away']);
    expect(english.detail).toContain(`were moved to ${place}`);
    expect((await send(method, path, body, 'zh-CN')).detail).toContain(`移到 ${place}`);
  }
  expect(await readFile(join(folder, 'models', 'tiers.json'), 'utf8')).toBe(tiers);
  expect(await (await apiClient(server)(`${apiRoot}/jobs`)).json()).toEqual([]);

  const anew = await serveWorkspace({ folder: join(root, 'elsewhere'), settings });
  expect((await fetch(`${anew.url}/health/ready`)).status).toBe(200);
  expect(await workspaceOf(anew)).toEqual(before);
  await anew.close();
});
