import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import type { JobKind } from '../../src/contract/http/job.ts';
import { packError } from '../../src/engine/packed-error.ts';
import { isFinal } from '../../src/jobs/job-queue.ts';
import { createTaskThread } from '../../src/jobs/task-thread.ts';
import { workspaceTasksUrl } from '../../src/jobs/workspace-tasks.ts';
import type { Models } from '../../src/planning/ports.ts';
import { checkModels } from '../../src/store/check-models.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { numberFields, withValue, type NumberField } from '../support/number-fields.ts';
import { tinyModels, tinyTraffic, tinyWeek } from '../support/tiny-models.ts';

/** Longest that any of the jobs may take on this small line; usually it is about a second. */
const limitMillis = 20_000;
const models = tinyModels();
const scenario = scenarioSchema.parse({
  scenario: 'all',
  surges: [{ from: '2026-10-12T09:00', to: '2026-10-12T12:00', factor: 1.5 }],
  operatorsChange: { general: 1 },
  smartVoiceShare: 0.1,
  offeredTo: { waitAboveSeconds: 20 },
  patienceFactor: 1.1,
  prompts: 'choose',
});

let folder: string;
let thread: ReturnType<typeof createTaskThread>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-extremes-'));
  const line = join(folder, 'line');
  const workspace = await createWorkspace(line, { modelsFrom: join(import.meta.dirname, '../../models') });
  await workspace.store.writeTraffic(tinyTraffic());
  await workspace.close();
  thread = createTaskThread(workspaceTasksUrl, { folder: line, store: 'sqlite', threads: 1 });
  expect(await outcome('plan', models, { week: tinyWeek, seed: 1 })).toBe('done');
}, 60_000);
afterAll(async () => {
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

/** How a job ended: done, refused with reasons that a user can act on, or what must not be. */
const outcome = async (kind: JobKind, given: Models, request: object): Promise<string> => {
  const late = AbortSignal.timeout(limitMillis);
  const task = { id: 'x', hotline: 'main', kind, request, models: given, nowMillis: Date.UTC(2026, 9, 12) };
  try {
    await thread.run(task, () => undefined, late);
    return 'done';
  } catch (error) {
    if (late.aborted) return `longer than ${limitMillis} ms`;
    return isFinal(packError(error)) ? 'refused' : `broke: ${(error as Error).message}`;
  }
};

const jobsOf: Readonly<Record<string, readonly [JobKind, object]>> = {
  prompts: ['divert', { seed: 1 }],
  levers: ['levers', {}],
};

const pathOf = ({ path }: NumberField): string => path.join('.');

describe('every number of a model has a least and a most', () => {
  test.each(Object.keys(modelSchemas))('%s', (name) => {
    const document = name === 'calendar' ? { days: models.calendar } : models[name as keyof Models];
    const fields = numberFields(modelSchemas[name as keyof typeof modelSchemas], document);
    expect(fields.filter(({ least, most }) => least === undefined || most === undefined).map(pathOf)).toEqual(
      [],
    );
  });

  test('scenario', () => {
    const fields = numberFields(scenarioSchema, scenario);
    expect(fields.length).toBeGreaterThan(8);
    expect(fields.filter(({ least, most }) => least === undefined || most === undefined)).toEqual([]);
  });
});

describe('at its least and at its most every number is answered in time', () => {
  const cases = (
    ['hotline', 'targets', 'tiers', 'shifts', 'prompts', 'levers', 'scorecard', 'monitor'] as const
  ).flatMap((name) =>
    numberFields(modelSchemas[name], models[name]).map(
      (field) => [`${name}.${pathOf(field)}`, name, field] as const,
    ),
  );
  test.each(cases)(
    '%s',
    async (_title, name, { path, least, most }) => {
      const [kind, request] = jobsOf[name] ?? (['plan', { week: tinyWeek, seed: 1 }] as const);
      for (const value of [least, most]) {
        const parsed = modelSchemas[name].safeParse(withValue(models[name], path, value));
        // Weights that no longer sum to one, and the like: told when the file is read.
        if (!parsed.success) continue;
        const changed = { ...models, [name]: parsed.data } as Models;
        if (checkModels(changed).length > 0) continue;
        const from = performance.now();
        expect(['done', 'refused'], String(value)).toContain(await outcome(kind, changed, request));
        if (process.env['HUAWU_TIMES'])
          console.log(name, path.join('.'), value, Math.round(performance.now() - from));
      }
    },
    3 * limitMillis,
  );

  test.each(numberFields(scenarioSchema, scenario).map((field) => [pathOf(field), field] as const))(
    'scenario.%s',
    async (_title, { path, least, most }) => {
      for (const value of [least, most]) {
        const parsed = scenarioSchema.parse(withValue(scenario, path, value));
        expect(['done', 'refused'], String(value)).toContain(
          await outcome('simulate', models, { scenario: parsed, seed: 1 }),
        );
      }
    },
    3 * limitMillis,
  );
});
