import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { shownPlan } from '../../src/planning/shown-plan.ts';
import { planStanding } from '../../src/render/week-tables.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import type { Workspace } from '../../src/store/open-workspace.ts';
import { planOf } from '../conformance/plan-store-conformance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let workspace: Workspace;
beforeAll(async () => {
  const modelsFrom = join(import.meta.dirname, '../../models');
  workspace = await createWorkspace(join(folder, 'line'), { modelsFrom });
});
afterAll(() => workspace.close());

test('a plan that is shown says what it is by now, since when and by whom: stored, over HTTP and in words', async () => {
  const { store } = workspace;
  const plan = planOf('2026-W48-a', '2026-W48', '2026-11-23T08:00:00.000Z');
  await store.savePlan(plan);
  const server = await serveWorkspace({
    folder: join(folder, 'line'),
    settings: settingsSchema.parse({ port: 0, threads: 1, logLevel: 'silent' }),
  });
  const asked = async (): Promise<PlanDocument> => {
    const headers = { authorization: `Bearer ${server.token}` };
    return (await (
      await fetch(`${server.url}${apiRoot}/plans/${plan.id}`, { headers })
    ).json()) as PlanDocument;
  };
  const made = await shownPlan(store, plan.id);
  expect(made?.standing).toEqual({ state: 'draft', at: plan.createdAt, by: '' });
  expect((await asked()).standing).toEqual(made?.standing);
  const li = store.by({ kind: 'person', id: 'p', name: '李' });
  for (const step of ['propose', 'approve', 'publish'] as const) await li.stepPlan(plan.id, { step });
  const shown = await shownPlan(store);
  expect(shown?.standing).toMatchObject({ state: 'published', by: '李' });
  expect((await asked()).standing).toEqual(shown?.standing);
  expect(planStanding(shown ?? plan, 'en')).toMatch(/^published \(.+, 李\)$/u);
  expect(planStanding(shown ?? plan, 'zh-CN')).toMatch(/^已发布（.+，李）$/u);
  // What is kept says nothing of it: it is told, not stored.
  expect((await store.plan(plan.id))?.standing).toBeUndefined();
  expect(planStanding(plan, 'en')).toBeUndefined();
  await server.close();
});
