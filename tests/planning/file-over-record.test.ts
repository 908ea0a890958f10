import { afterAll, beforeAll, expect, it } from 'vitest';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { ingestFiles, type IngestOrder, removeTraffic } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { likeliestOf } from '../../src/web/data/remedies.ts';
import { firstHandling, firstReading } from '../../src/web/data/column-map.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';
import { messageOf, remedyOf } from '../support/said.ts';

let workspace: Awaited<ReturnType<typeof demoWorkspace>>;
let ports: Ports;
beforeAll(async () => {
  workspace = await demoWorkspace(28);
  const { models } = workspace.ports;
  ports = { ...workspace.ports, models: { ...models, hotline: { ...models.hotline, madeUp: false } } };
  for (const { queue } of await ports.store.trafficSummary()) await removeTraffic(ports, { queue });
});
afterAll(() => workspace.close());

const source = (content: string) => ({
  name: '监控报表.csv',
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
  addQueues: true,
  callerKey: 'k',
};
/** Half-hours from 8 to 18 o'clock of the days, each with a row of cells. */
const rows = (days: readonly number[], row: (start: string, slot: number) => readonly string[]): string[] =>
  days.flatMap((day) =>
    Array.from({ length: 20 }, (_, slot) => {
      const time = `${String(8 + Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
      return row(`2026-11-${String(day).padStart(2, '0')}T${time}`, slot);
    }).flat(),
  );
const week = [2, 3, 4, 5, 6, 7, 8];
const byQueue = [
  'queue,start,interval_minutes,offered',
  ...rows(week, (start, slot) => [
    `咨询,${start},30,${10 + (slot % 5)}`,
    `投诉,${start},30,${5 + (slot % 3)}`,
  ]),
].join('\n');
const whole = (days: readonly number[]): string =>
  [
    'start,interval_minutes,offered',
    ...rows(days, (start, slot) => [`${start},30,${15 + (slot % 5) + (slot % 3)}`]),
  ].join('\n');
const offeredOf = async (queue: string): Promise<number> =>
  (await ports.store.traffic(queue)).offered.reduce((sum, calls) => sum + calls, 0);
const take = async (content: string, order: Partial<IngestOrder> = {}) =>
  (await ingestFiles(ports, [source(content)], { ...request, ...order })).document;
const refusal = async (content: string, order: Partial<IngestOrder> = {}): Promise<readonly Problem[]> => {
  const error = await take(content, order).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof BadInputError ? error.problems : [];
};
/** What the page does of itself about problems. */
const answerOfPage = (problems: readonly Problem[]) =>
  likeliestOf(problems, { reading: firstReading, handling: firstHandling, queues: [] }, () => false)?.remedy
    .handling;

it('asks before the whole line takes the place of one of its queues, and leaves out what is on record', async () => {
  await take(byQueue);
  const [advice, complaints] = [await offeredOf('咨询'), await offeredOf('投诉')];
  expect([advice, complaints]).toEqual([1680, 833]);
  const hash = await ports.store.dataHash();
  for (const dryRun of [true, false]) {
    const [asked, ...others] = await refusal(whole(week), { queue: '咨询', dryRun });
    expect(others).toEqual([]);
    expect(asked?.path).toBeUndefined();
    expect(messageOf(asked)).toEqual({
      'zh-CN':
        '文件 2026-11-02 至 2026-11-08（7 天）共 2,513 通，这些天已有记录：咨询 1,680 通，投诉 833 通，合计 2,513 通。文件是全线的数，盖到咨询上，投诉的来电就算两遍',
      en: 'the file has 2,513 calls from 2026-11-02 to 2026-11-08 (7 days) where 1,680 are on record for 咨询 and 833 for 投诉, together 2,513: it is the whole line; put over 咨询, it would count the calls of 投诉 twice',
    });
    expect(remedyOf(asked).en).toContain('--overlap keep');
    // On the page what does no harm is taken without being asked, and shown.
    expect(answerOfPage([asked as Problem])).toEqual({ overlap: 'keep' });
  }
  expect(await ports.store.dataHash()).toBe(hash);
  const kept = await take(whole(week), { queue: '咨询', overlap: 'keep' });
  expect(kept.stored).toEqual({ added: 0, changed: 0, unchanged: 0 });
  expect(kept.files[0]).toMatchObject({ rows: 140, accepted: 0, dropped: 140 });
  const told = kept.problems.find(({ rule }) => rule === 'file-over-record');
  expect(told).toMatchObject({ severity: 'warning', values: { taken: 'kept' } });
  expect(await ports.store.dataHash()).toBe(hash);
  // Days without records would be all of one queue: that only the planner can want.
  const [longer] = await refusal(whole([1, ...week, 9]), { queue: '咨询' });
  expect(longer?.values).toMatchObject({ days: 7, left: 2 });
  expect(answerOfPage([longer as Problem])).toBeUndefined();
  const rest = await take(whole([1, ...week, 9]), { queue: '咨询', overlap: 'keep' });
  expect(rest.stored).toEqual({ added: 40, changed: 0, unchanged: 0 });
  expect(await offeredOf('投诉')).toBe(complaints);
  expect(await offeredOf('咨询')).toBe(advice + 2 * (2513 / 7));
  await removeTraffic(ports, { queue: '咨询' });
  await removeTraffic(ports, { queue: '投诉' });
});

it('asks before figures on record change by more than a fifth, and not for a correction or more of a day', async () => {
  await take(byQueue);
  const more = (factor: number): string =>
    byQueue.replaceAll(/,30,(\d+)/g, (_, calls) => `,30,${Math.round(factor * Number(calls))}`);
  expect(await refusal(more(1.1), { dryRun: true })).toEqual([]);
  const [asked] = await refusal(more(1.5));
  expect(asked).toMatchObject({ rule: 'file-over-record', values: { isWhole: false, own: 2513, left: 0 } });
  expect(messageOf(asked).en).toMatch(
    /^the file has 3,\d{3} calls from 2026-11-02 to 2026-11-08 \(7 days\) where 2,513 are on record$/,
  );
  expect((await take(more(1.5), { overlap: 'replace' })).stored.changed).toBeGreaterThan(200);
  // The file of a day that is not over grows.
  const day = (hours: number): string =>
    byQueue
      .split('\n')
      .slice(0, 1 + 4 * hours)
      .join('\n')
      .replaceAll('2026-11-02', '2026-11-20');
  await take(day(4));
  expect((await take(day(10))).stored).toEqual({ added: 24, changed: 0, unchanged: 16 });
});
