import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createClient, HuawuError, type Job } from '../../src/library/client.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { isLongRun } from '../support/sweep.ts';

const folder = await temporaryFolder();
let server: RunningServer;
beforeAll(async () => {
  await (await createWorkspace(folder, { modelsFrom: join(import.meta.dirname, '../../models') })).close();
  server = await serveWorkspace({ folder, settings: settingsSchema.parse({ port: 0 }) });
});
afterAll(() => server.close());

const refusalOf = async (asked: Promise<unknown>): Promise<HuawuError> => {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HuawuError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

test('reads, writes and takes files by the names of the contract', async () => {
  const client = createClient(server);
  expect(await client.call('plans')).toEqual([]);
  const model = await client.call('model', { params: { model: 'monitor' } });
  expect(await client.call('putModel', { params: { model: 'monitor' }, body: model })).toEqual(model);
  const rows = ['queue,start,offered'];
  for (let slot = 0; slot < 48; slot += 1)
    rows.push(
      `main,2026-11-${String(2 + Math.floor(slot / 24)).padStart(2, '0')}T${String(slot % 24).padStart(2, '0')}:00:00,${10 + slot}`,
    );
  const file = new Blob([`${rows.join('\n')}\n`]);
  const taken = await client.call('ingestFile', {
    query: { kind: 'traffic', name: 'calls.csv', dryRun: 'true' },
    file,
  });
  expect(taken.files[0]?.accepted).toBe(48);
});

test('tells what was refused, with the status and every problem', async () => {
  const stranger = createClient({ url: server.url, token: 'x'.repeat(43) });
  expect((await refusalOf(stranger.call('workspace'))).problem.status).toBe(401);
  const client = createClient(server);
  const wrong = await refusalOf(client.run('makePlan', { week: 'next' }));
  expect(wrong.problem.status).toBe(400);
  expect(wrong.problem.problems.length).toBeGreaterThan(0);
});

test.runIf(isLongRun)('follows long work to its end, and says why it failed', async () => {
  const seen: Job['state'][] = [];
  const client = createClient(server);
  const failed = await refusalOf(
    client.run('makePlan', {}, { pollMillis: 20, onChange: ({ state }) => seen.push(state) }),
  );
  expect(seen.at(-1)).toBe('failed');
  expect(failed.problem.problems.length).toBeGreaterThan(0);
});
