import { messageOf, remedyOf } from '../support/said.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { ingestFiles, type IngestOrder, removeTraffic } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let ports: Ports;
beforeAll(async () => {
  workspace = await demoWorkspace(28);
  ports = workspace.ports;
});
afterAll(() => workspace.close());

const source = (content: string) => ({
  name: 'own.csv',
  chunks: (async function* () {
    yield new TextEncoder().encode(content);
  })(),
});
const request: IngestOrder = {
  kind: 'traffic',
  absent: 'auto',
  attribution: 'arrival',
  skipBadRows: false,
  acceptUnusual: false,
  dryRun: false,
  callerKey: 'k',
};
const own = 'queue,start,offered\nmy-queue,2026-03-02T08:00,4\nmy-queue,2026-03-02T08:30,6\n';

it('keeps the made-up line when the own file is bad, or only looked at', async () => {
  await expect(
    ingestFiles(ports, [source('queue,start,offered\nmy-queue,2026-03-02T08:00,-4\n')], request),
  ).rejects.toThrow(BadInputError);
  const { document } = await ingestFiles(ports, [source(own)], { ...request, dryRun: true });
  const [told] = document.problems.filter(({ rule }) => rule === 'made-up-line-goes');
  expect(messageOf(told).en).toContain('your own events, diary, lists, names and settings stay');
  expect((await ports.store.trafficSummary()).map((queue) => queue.queue)).toHaveLength(5);
});

it("puts the first own traffic in the made-up line's place, and says no longer that the data are made up", async () => {
  const event = { date: '2026-03-03', kind: 'policy', label: 'school enrolment', expectedEffect: 0.2 };
  await ports.store.changeEvent(null, event);
  const named = { ...ports.models.hotline, name: { 'zh-CN': '本市热线', en: 'Our line' } };
  await ports.store.noteChange([], undefined, [{ model: 'hotline', document: ports.models.hotline }]);
  const renamed = { ...ports, models: { ...ports.models, hotline: named } };
  const { document } = await ingestFiles(renamed, [source(own)], request);
  expect(document.stored).toEqual({ added: 2, changed: 0, unchanged: 0 });
  expect(await ports.store.read('events')).toEqual([event]);
  expect((await ports.store.trafficSummary()).map((queue) => queue.queue)).toEqual(['my-queue']);
  expect(await ports.store.read('operators')).toEqual([]);
  const folder = workspace.folder;
  const hotline = JSON.parse(await readFile(join(folder, 'models/hotline.json'), 'utf8')) as {
    madeUp: boolean;
    name: unknown;
    trunks: unknown;
  };
  expect(hotline).toMatchObject({ madeUp: false, name: named.name, trunks: null });
});

it('tells at once of queues that models/hotline.json does not name, and takes them all the same', async () => {
  const two =
    'queue,start,interval_minutes,offered\nmy-queue,2026-03-02T09:00,30,4\ngeneral,2026-03-02T09:00,30,6\n';
  const { document } = await ingestFiles(ports, [source(two)], { ...request, dryRun: true });
  const [told, ...others] = document.problems.filter(({ rule }) => rule === 'queue-not-in-models');
  expect(others).toEqual([]);
  expect(told?.severity).toBe('notice');
  expect(messageOf(told).en).toMatch(/^Queue my-queue is not in models\/hotline\.json: it is planned with/);
  expect(messageOf(told)['zh-CN']).toContain('队列 my-queue 在 models/hotline.json 中未登记');
  expect(remedyOf(told).en).toContain('models/tiers.json');
  expect(document.files[0]?.accepted).toBe(2);
  const presence = 'tier,start,interval_minutes,operators\ntier-1,2026-03-02T09:00,30,4\n';
  const other = await ingestFiles(ports, [source(presence)], { ...request, kind: 'presence', dryRun: true });
  expect(other.document.problems.map(({ rule }) => rule)).not.toContain('queue-not-in-models');
});

it('tells of a file that is only looked at what would come of it: rows, measures and plans', async () => {
  const day = (date: string, columns: string, cells: (i: number) => string): string =>
    `queue,start,interval_minutes,offered,${columns}\n${Array.from(
      { length: 48 },
      (_, i) =>
        `my-queue,${date}T${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'},30,20,${cells(i)}`,
    ).join('\n')}\n`;
  const full = (date: string): string =>
    day(date, 'answered,abandoned,wait_seconds_total', (i) => `${18 - (i % 3)},${2 + (i % 3)},${300 + i}`);
  const own = { ...ports, models: { ...ports.models, hotline: { ...ports.models.hotline, madeUp: false } } };
  const look = async (content: string) =>
    (await ingestFiles(own, [source(content)], { ...request, dryRun: true })).document.problems;
  const before = await ports.store.dataHash();
  const first = await look(full('2026-03-03'));
  expect(first.map(({ rule }) => rule)).toContain('history-too-short');
  expect(first.map(({ rule }) => rule)).not.toContain('rows-get-other-figures');
  expect(await ports.store.dataHash()).toBe(before);
  await ingestFiles(own, [source(full('2026-03-03'))], request);
  expect((await look(full('2026-03-03'))).map(({ rule }) => rule)).not.toContain('rows-get-other-figures');
  const poorer = await look(day('2026-03-03', 'answered,abandoned', () => '18,2'));
  const changed = poorer.find(({ rule }) => rule === 'rows-get-other-figures');
  expect(messageOf(changed).en).toBe(
    "48 stored rows are overwritten with the file's figures (2026-03-03; calls on record there: 960, then 960)",
  );
  const lost = poorer.filter(({ rule }) => rule === 'measure-would-be-lost');
  expect(lost.map(({ values }) => values)).toEqual([{ queue: 'my-queue', measure: 'patience' }]);
  expect(messageOf(lost[0])['zh-CN']).toContain('耐心时长目前为实测');
  // Totals of days give way to intervals: which, and what becomes of their calls, is told before.
  const total =
    'queue,start,interval_minutes,offered\nof-days,2026-03-02,1440,700\nof-days,2026-03-03,1440,800\n';
  await ingestFiles(own, [source(total)], { ...request, addQueues: true });
  const finer = (await look(full('2026-03-03').replaceAll('my-queue', 'of-days'))).find(
    ({ rule }) => rule === 'rows-get-other-figures',
  );
  expect(finer?.values).toEqual({ rows: 1, from: '2026-03-03', to: '2026-03-03', before: 800, after: 960 });
  await removeTraffic(ports, { queue: 'of-days' });
});

it('says which skills of people name no queue, and that no tier or rule asks for', async () => {
  const rows =
    'operator,tier,skills,contract_hours\nN1,general,my-queue;english,40\nN2,general,Genral,40\nN3,general,english,40';
  const people: IngestOrder = { ...request, kind: 'operators', dryRun: true };
  const { models } = ports;
  const own = { ...ports, models: { ...models, hotline: { ...models.hotline, madeUp: false } } };
  const [told, ...others] = (await ingestFiles(own, [source(rows)], people)).document.problems;
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    rule: 'skills-name-no-queue',
    severity: 'warning',
    values: { said: ['english', 'Genral'] },
  });
  expect(messageOf(told).en).toMatch(
    /^skills that name no queue of this hotline \(my-queue\): english, Genral\./,
  );
  expect(messageOf(told)['zh-CN']).toContain('不是本热线的队列（my-queue）');
  // queues of the made-up line go with it
  expect((await ingestFiles(ports, [source(rows)], people)).document.problems).toEqual([]);
});

it('knows tiers of people by key and by name, and says what is none of them', async () => {
  const rows = (...tiers: readonly string[]) =>
    source(
      ['operator,tier,skills,contract_hours', ...tiers.map((tier, i) => `N${i},${tier},general,40`)].join(
        '\n',
      ),
    );
  const people: IngestOrder = { ...request, kind: 'operators' };
  const [first] = ports.models.tiers.tiers;
  if (first === undefined) throw new Error('a line has tiers');
  const own = [first.tier, first.name['zh-CN'], first.name.en];
  const { document } = await ingestFiles(ports, [rows(...own)], people);
  expect(document.problems).toEqual([]);
  const stored = await ports.store.read('operators');
  expect(stored.map(({ tier }) => tier)).toEqual(own.map(() => first.tier));
  // The line is not known to have their queue: skills settle nothing.
  const { models } = ports;
  const ownLine = { ...ports, models: { ...models, hotline: { ...models.hotline, madeUp: false } } };
  const graded = await ingestFiles(ownLine, [rows('初级', '高级', first.tier, '初级')], {
    ...people,
    dryRun: true,
  });
  const [told, ...others] = graded.document.problems;
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    rule: 'tiers-not-in-models',
    severity: 'warning',
    values: { people: 3, said: ['初级', '高级'] },
  });
  expect(messageOf(told).en).toContain('): 初级, 高级. 3 people would be in no tier');
  expect(messageOf(told)['zh-CN']).toContain('3 人将不属于任何等级');
});

it('takes the tier of people without one from their skills, and says of whom it cannot', async () => {
  const rowsOf = (name: string): string[] =>
    ['综合咨询', '社保医保', '综合咨询;社保医保', '公积金;社保医保'].map(
      (skills, i) => `${name}${i},${skills},40`,
    );
  const rows = rowsOf('P');
  const look = async (models: Ports['models'], people: readonly string[]) => {
    const file = source(['operator,skills,contract_hours', ...people].join('\n'));
    const order = { ...request, kind: 'operators' as const };
    return (await ingestFiles({ ...ports, models }, [file], order)).document.problems;
  };
  const { models } = ports;
  const ownLine = { ...models, hotline: { ...models.hotline, madeUp: false } };
  // before its calls as with them: 综合咨询 is a queue that the settings do not name
  const none = {
    ...ports,
    models: ownLine,
    store: { ...ports.store, trafficSummary: () => Promise.resolve([]) },
  };
  const file = source(['operator,skills,contract_hours', ...rows.slice(0, 3)].join('\n'));
  const dry = { ...request, kind: 'operators' as const, dryRun: true };
  const ahead = (await ingestFiles(none, [file], dry)).document.problems;
  expect(ahead).toMatchObject([{ rule: 'tiers-from-skills', values: { people: 3 } }]);
  const before = await look(models, rows.slice(0, 3));
  expect(before).toMatchObject([{ rule: 'tiers-from-skills', severity: 'notice', values: { people: 3 } }]);
  const calls = ['综合咨询', 'social-security'].map((queue) => `${queue},2026-03-02T08:00,30,4`);
  await ingestFiles(ports, [source(['queue,start,interval_minutes,offered', ...calls].join('\n'))], request);
  await removeTraffic(ports, { queue: 'my-queue' });
  expect(await look(ownLine, rowsOf('Q').slice(0, 3))).toEqual(before);
  const stored = await ports.store.read('operators');
  expect(
    stored.filter(({ operator }) => operator.startsWith('Q')).map(({ operator, tier }) => [operator, tier]),
  ).toEqual([
    ['Q0', 'general'],
    ['Q1', 'insurance'],
    ['Q2', 'general'],
  ]);
  // The same list again says nothing new of them.
  expect(await look(ownLine, rowsOf('Q').slice(0, 3))).toEqual([]);
  const [without, ...others] = await look(models, rowsOf('R').slice(1));
  expect(others.map(({ values }) => values)).toEqual([{ people: 1 }]);
  expect(without).toMatchObject({ rule: 'people-without-tier', severity: 'warning', values: { people: 2 } });
  expect(remedyOf(without)['zh-CN']).toContain('社保专席');
  expect(messageOf(before[0]).en).toBe(
    'tier taken from skills: 3 people (in plans each answers every queue of the tier)',
  );
  // A grade is no tier, and whoever knows one of a tier's queues alone can only be in that tier.
  const graded = ['投诉', '建议', '投诉;建议'].map((skills, i) => `G${i},初级,${skills},40`);
  const order = { ...request, kind: 'operators' as const, dryRun: true };
  const { document } = await ingestFiles(
    ports,
    [source(['operator,tier,skills,contract_hours', ...graded].join('\n'))],
    order,
  );
  expect(document.problems).toMatchObject([{ rule: 'tiers-from-skills', values: { people: 3 } }]);
});
