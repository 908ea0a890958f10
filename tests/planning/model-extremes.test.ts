import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import type { AskedJob } from '../../src/contract/http/job-requests.ts';
import { packError } from '../../src/engine/packed-error.ts';
import { isFinal } from '../../src/jobs/job-queue.ts';
import { createTaskThread, workspaceTasksUrl } from '../../src/jobs/task-thread.ts';
import { localActor } from '../../src/kernel/actor.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Models } from '../../src/planning/ports.ts';
import { checkModels } from '../../src/store/check-models.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { isLongRun } from '../support/sweep.ts';
import { numberFields, withValue, type NumberField } from '../support/number-fields.ts';
import { tinyModels, tinyTraffic, tinyWeek } from '../support/tiny-models.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Longest that any of the jobs may take on this small line, however busy the machine; usually it is a second or two. */
const limitMillis = 180_000;
const modelNames = [
  'hotline',
  'targets',
  'tiers',
  'shifts',
  'prompts',
  'levers',
  'scorecard',
  'monitor',
] as const;
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

const folder = await temporaryFolder();
let thread: ReturnType<typeof createTaskThread>;

/** How a job ended: done, refused with reasons that a user can act on, or what must not be. */
const outcome = async (asked: AskedJob, given: Models): Promise<string> => {
  const late = AbortSignal.timeout(limitMillis);
  const task = {
    id: 'x',
    hotline: 'main',
    ...asked,
    models: given,
    actor: localActor,
    nowMillis: Date.UTC(2026, 9, 12),
  };
  try {
    await thread.run(task, () => undefined, late);
    return 'done';
  } catch (error) {
    if (late.aborted) return `longer than ${limitMillis} ms`;
    return isFinal(packError(error)) ? 'refused' : `broke: ${(error as Error).message}`;
  }
};

const planTiny: AskedJob = { kind: 'plan', request: { week: tinyWeek, seed: 1 } };
const jobsOf: Readonly<Record<string, AskedJob>> = {
  prompts: { kind: 'divert', request: { seed: 1 } },
  levers: { kind: 'levers', request: {} },
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

  test.each([
    ['targets', ['occupancyMax'], 0],
    ['targets', ['minimumOperators'], 1e6],
    ['shifts', ['minimumPerStart'], 1e9],
    ['hotline', ['queues', 0, 'assumedHandleTimeSeconds'], 1e308],
    ['hotline', ['queues', 0, 'assumedPatienceSeconds'], 1e-9],
    ['monitor', ['testCalls'], 1e9],
  ] as const)('beyond them the file is refused with its place: %s %j = %d', (name, path, value) => {
    const parsed = modelSchemas[name].safeParse(withValue(models[name], path, value));
    expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});

interface Case {
  readonly name: 'scenario' | (typeof modelNames)[number];
  readonly field: NumberField;
  readonly value: number;
}

/** Every number of every model at both of its ends. */
const allCases = (): Case[] =>
  (['scenario', ...modelNames] as const).flatMap((name) => {
    const fields =
      name === 'scenario'
        ? numberFields(scenarioSchema, scenario)
        : numberFields(modelSchemas[name], models[name]);
    return fields.flatMap((field) =>
      [field.least, field.most].flatMap((value) => (value === undefined ? [] : [{ name, field, value }])),
    );
  });

const titleOf = ({ name, field, value }: Case): string => `${name}.${pathOf(field)} = ${value}`;

/** What hung once, and as many others as a run has time for; HUAWU_ALL=1 takes all, in a quarter of an hour. */
const chosenCases = (seed: number, count: number): Case[] => {
  const all = allCases();
  if (process.env['HUAWU_ALL'] === '1') return all;
  const hung = [
    'shifts.minimumPerStart = 50',
    'targets.occupancyMax = 0.1',
    'targets.minimumOperators = 500',
  ];
  const random = seededRandom(seed);
  const order = all.map((each) => ({ each, at: hung.includes(titleOf(each)) ? -1 : random.uniform() }));
  return order
    .toSorted((one, other) => one.at - other.at)
    .slice(0, hung.length + count)
    .map(({ each }) => each);
};

const seed = Date.now() % 100_000;

describe.runIf(isLongRun)(`at its least and at its most a number is answered in time (seed ${seed})`, () => {
  beforeAll(async () => {
    const line = join(folder, 'line');
    const workspace = await createWorkspace(line, { modelsFrom: join(import.meta.dirname, '../../models') });
    await workspace.store.write('traffic', tinyTraffic());
    await workspace.close();
    thread = createTaskThread(workspaceTasksUrl, { folder: line, store: 'sqlite', threads: 1 });
    expect(await outcome(planTiny, models)).toBe('done');
  });
  afterAll(() => thread.close());

  test.each(chosenCases(seed, 20).map((each) => [titleOf(each), each] as const))(
    '%s',
    async (_title, { name, field, value }) => {
      if (name === 'scenario') {
        const request = { scenario: scenarioSchema.parse(withValue(scenario, field.path, value)), seed: 1 };
        return expect(['done', 'refused']).toContain(await outcome({ kind: 'simulate', request }, models));
      }
      const parsed = modelSchemas[name].safeParse(withValue(models[name], field.path, value));
      // Weights that no longer sum to one, and the like: told when the file is read.
      if (!parsed.success) return undefined;
      const changed = { ...models, [name]: parsed.data } as Models;
      if (checkModels(changed).length > 0) return undefined;
      return expect(['done', 'refused']).toContain(await outcome(jobsOf[name] ?? planTiny, changed));
    },
    2 * limitMillis,
  );
});
