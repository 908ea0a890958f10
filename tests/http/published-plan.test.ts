import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/run-cli.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { endpoints, type EndpointName } from '../../src/contract/http/endpoints.ts';
import { planStepNames } from '../../src/contract/plan-states.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { apiClient, jsonRequest } from '../support/api-client.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const id = '2026-W10-a';
const folder = join(await temporaryFolder(), 'line');
let server: RunningServer;

beforeAll(async () => {
  const workspace = await createWorkspace(folder, {
    modelsFrom: new URL('../../models', import.meta.url).pathname,
  });
  await workspace.store.savePlan(planOf(id, '2026-W10', 'a'), new Uint8Array([1]), new Uint8Array([2]));
  for (const step of ['propose', 'approve', 'publish'] as const) await workspace.store.stepPlan(id, { step });
  await workspace.close();
  server = await serveWorkspace({ folder, settings: settingsSchema.parse({ port: 0, threads: 1 }) });
});
afterAll(() => server.close());

/** All that a published plan is: what it says, its operation, its kept forecast, name and state. Notes are about it. */
const standing = async (): Promise<unknown> => {
  const { store, close } = await openWorkspace(folder);
  try {
    const life = await store.planLife(id);
    return [
      await store.plan(id),
      await store.plannedOperation(id),
      await store.frozenForecast(id),
      life?.name,
      life?.state,
    ];
  } finally {
    await close();
  }
};

/** What one might send to change a plan: each on its own, to every endpoint that writes. */
const bodies = [
  undefined,
  {},
  { name: 'another' },
  { plan: id },
  { week: '2026-W10' },
  // It may be superseded, with a reason: that is said, and kept.
  ...planStepNames.filter((step) => step !== 'supersede').map((step) => ({ step, reason: 'because' })),
  { step: 'supersede' },
];
const writes = (Object.keys(endpoints) as EndpointName[]).filter(
  // With this plan no day can be worked out: it has no operation.
  (name) => endpoints[name].method !== 'get' && name !== 'takeDayActions',
);

test('no route changes a published plan, whatever is sent to it', async () => {
  const before = await standing();
  const call = apiClient(server);
  const statuses = new Map<string, number>();
  for (const name of writes) {
    const { method, path } = endpoints[name];
    const address = `${apiRoot}${path.replace(':plan', id).replace(':model', 'targets').replaceAll(/:\w+/g, '1')}`;
    for (const body of bodies) {
      const request = body === undefined ? { method } : jsonRequest(method, body);
      const { status } = await call(address, { ...request, method: method.toUpperCase() });
      expect(status, `${name} ${JSON.stringify(body)}`).not.toBe(500);
      statuses.set(`${name} ${JSON.stringify(body)}`, status);
    }
  }
  expect(await standing()).toEqual(before);
  // They were asked in earnest: the ones that would change it were refused for what it is.
  expect(statuses.get(`namePlan ${JSON.stringify({ name: 'another' })}`)).toBe(409);
  expect(statuses.get('removePlan undefined')).toBe(409);
  expect(statuses.get(`stepPlan ${JSON.stringify({ step: 'return', reason: 'because' })}`)).toBe(400);
});

/** Every command that takes a plan by its id, as an argument or with --plan, as one would type it. */
const commandsOnPlans = (command: Command, above: readonly string[] = []): string[][] =>
  command.commands.flatMap((each) => {
    const words = [...above, each.name()];
    const named = each.registeredArguments.some((argument) => argument.name() === 'plan')
      ? [[...words, id]]
      : [];
    const optional = each.options.some(({ long }) => long === '--plan') ? [[...words, '--plan', id]] : [];
    return [...named, ...optional, ...commandsOnPlans(each, words)];
  });

test('no command changes a published plan', async () => {
  const terminal = { out: () => undefined, err: () => undefined, interactive: false, nowMillis: Date.now };
  const { signal } = new AbortController();
  const found = commandsOnPlans(await createProgram({ ...terminal, signal }, '0'));
  expect(found.map((words) => words.slice(0, -1).join(' '))).toEqual(
    expect.arrayContaining(['plans name', 'plans remove', 'plans return', 'divert --plan', 'report --plan']),
  );
  const before = await standing();
  const codes = new Map<string, number>();
  for (const words of found) {
    const more = words[1] === 'name' || words[1] === 'note' ? ['another'] : [];
    const why = words[1] === 'return' ? ['--reason', 'because'] : [];
    const { code } = await runCommand(['--workspace', folder, ...words, ...more, ...why]);
    codes.set(words.slice(0, 2).join(' '), code);
  }
  expect(await standing()).toEqual(before);
  expect([codes.get('plans name'), codes.get('plans remove'), codes.get('plans return')]).toEqual([3, 3, 3]);
});
