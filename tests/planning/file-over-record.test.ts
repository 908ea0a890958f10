import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { ingestFiles, type IngestOrder, removeTraffic } from '../../src/planning/ingest-files.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { likeliestOf } from '../../src/web/data/remedies.ts';
import { firstHandling, firstReading } from '../../src/web/data/column-map.ts';
import { demoWorkspace } from '../support/demo-workspace.ts';
import { openFeeds } from '../support/open-feeds.ts';
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
      en: 'the file has 2,513 calls from 2026-11-02 to 2026-11-08 (7 days) where 1,680 are on record for 咨询 and 833 for 投诉, together 2,513: it is the whole hotline; put over 咨询, it would count the calls of 投诉 twice',
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
    /^the file has 3,\d{3} calls from 2026-11-02 to 2026-11-08 \(7 days\) where 2,513 are on record; day by day they differ by 1,\d{3} calls \(most of them 咨询\)$/,
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

const half = 1_800_000;
const midnight = Date.parse('2026-11-02T00:00:00+08:00');
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
/** A row of the half-hour so many after midnight, or of the day that begins there. */
const rowOf = (queue: string, at: number, calls: number, minutes = 30): string =>
  [queue, new Date(midnight + at * half).toISOString(), minutes, calls, calls, 200, 200 * calls].join();
/** A line without records, with what its files come to. */
const newLine = async () => {
  const feeds = await openFeeds();
  const { store, models } = feeds;
  const heads = 'queue,start,interval_minutes,offered,answered,wait_seconds_total,handle_seconds_total';
  const put = async (lines: readonly string[], order: Partial<IngestOrder> = {}) => {
    try {
      return (
        await ingestFiles(
          {
            store,
            models,
            saveHotline: async () => undefined,
            unpacker: fileUnpacker,
            nowMillis: Date.parse('2026-11-24T08:00:00Z'),
          },
          [byteSourceOf('traffic.csv', [heads, ...lines].join('\n'))],
          { ...request, absent: 'gap', acceptUnusual: true, ...order },
        )
      ).document;
    } catch (error) {
      if (error instanceof BadInputError) return { refused: error.problems };
      throw error;
    }
  };
  const rowsOf = async (queue: string): Promise<readonly (readonly [at: number, calls: number])[]> => {
    const { startMillis, offered } = await store.traffic(queue);
    return Array.from(
      startMillis,
      (start, i) => [(start - midnight) / half, offered[i] ?? Number.NaN] as const,
    );
  };
  return { ...feeds, put, rowsOf };
};
const week48 = range(0, 336);

it('keeps what is on record and takes a queue that is not', async () => {
  const { put, rowsOf, close } = await newLine();
  await put(week48.map((at) => rowOf('general', at, 20)));
  const both = week48.flatMap((at) => [rowOf('general', at, 30), rowOf('advice', at, 10)]);
  const kept = await put(both, { overlap: 'keep' });
  expect(kept).toMatchObject({
    stored: { added: 336, changed: 0 },
    files: [{ rows: 672, accepted: 336, dropped: 336 }],
  });
  expect(await rowsOf('advice')).toEqual(week48.map((at) => [at, 10]));
  expect(await rowsOf('general')).toEqual(week48.map((at) => [at, 20]));
  await close();
});

it('holds hours of a day to the same hours on record, and days and queues each by itself', async () => {
  const { put, close } = await newLine();
  await put(week48.flatMap((at) => [rowOf('general', at, 90), rowOf('advice', at, 5)]));
  const hours = range(0, 7).flatMap((day) =>
    range(20, 24).map((slot) => rowOf('general', day * 48 + slot, 91)),
  );
  expect(await put(hours)).toMatchObject({ stored: { changed: 28 } });
  const tripled = week48.flatMap((at) => [rowOf('general', at, 90), rowOf('advice', at, 15)]);
  const asked = await put(tripled, { dryRun: true });
  expect(asked).toMatchObject({ refused: [{ rule: 'file-over-record', values: { moved: 3388 } }] });
  expect('refused' in asked && messageOf(asked.refused[0])).toEqual({
    en: 'the file has 35,280 calls from 2026-11-02 to 2026-11-08 (7 days) where 31,948 are on record; day by day they differ by 3,388 calls (most of them advice)',
    'zh-CN':
      '文件 2026-11-02 至 2026-11-08（7 天）共 35,280 通，这些天已有记录 31,948 通，逐日相比，共相差 3,388 通，advice相差最多',
  });
  const calls = (day: number): number => (day % 7 < 5 ? 40 : 10);
  const days = (later: number): string[] =>
    range(0, 14).flatMap((day) =>
      range(16, 36).map((slot) => rowOf('other', day * 48 + slot, calls(day + later))),
    );
  await put(days(0));
  const shifted = await put(days(1));
  expect(shifted).toMatchObject({ refused: [{ values: { file: 8800, own: 8800, moved: 2400 } }] });
  // A correction is nobody's to leave out but the planner's.
  expect('refused' in shifted && answerOfPage(shifted.refused)).toBeUndefined();
  await close();
});

it('completes a day on record in part, and leaves its handle times as they were', async () => {
  const { put, rowsOf, store, close } = await newLine();
  await put(range(0, 308).map((at) => rowOf('general', at, 20)));
  const more = range(288, 384).map((at) => rowOf('general', at, 20));
  expect(await put(more, { overlap: 'keep', attribution: 'end' })).toMatchObject({
    stored: { added: 76, changed: 0 },
    files: [{ accepted: 76, dropped: 20 }],
    problems: expect.arrayContaining([expect.objectContaining({ rule: 'handle-times-differ' })]),
  });
  expect(await rowsOf('general')).toEqual(range(0, 384).map((at) => [at, 20]));
  const spans = (await store.handleTimes()).map(({ convention, fromMillis, toMillis }) => [
    convention,
    (fromMillis - midnight) / half,
    (toMillis - midnight) / half,
  ]);
  expect(spans).toEqual([
    ['arrival', 0, 308],
    ['end', 308, 384],
  ]);
  await close();
});

it('leaves what was accepted of a file where nothing of the next of its name is taken', async () => {
  const { put, store, close } = await newLine();
  const long = range(0, 96).map((at) => rowOf('general', at, 20).replace(/,4000$/, ',400000'));
  await put(long);
  const accepted = await store.accepted();
  expect(accepted).not.toEqual([]);
  const usual = range(0, 96).map((at) => rowOf('general', at, 20));
  expect(await put(usual, { overlap: 'keep' })).toMatchObject({ files: [{ accepted: 0, dropped: 96 }] });
  expect(await store.accepted()).toEqual(accepted);
  await close();
});

it('loses no total of a day that lies between the days of a file', async () => {
  const { put, rowsOf, close } = await newLine();
  await put([0, 1, 2].map((day) => rowOf('general', 48 * day, 900, 1440)));
  const file = [0, 2].flatMap((day) => range(18, 36).map((slot) => rowOf('general', 48 * day + slot, 50)));
  const refused = await put(file, { overlap: 'replace' });
  expect(refused).toMatchObject({ refused: [{ rule: 'interval-length-differs' }] });
  expect(await rowsOf('general')).toEqual([0, 48, 96].map((at) => [at, 900]));
  await close();
});

it('keeps every row on record with keep, and every row of the file with replace', async () => {
  const slots = [18, 19, 30];
  const callsAt = fc.array(
    fc.record({
      queue: fc.constantFrom('general', 'advice', 'tax'),
      day: fc.integer({ min: 0, max: 4 }),
      slot: fc.constantFrom(...slots),
      calls: fc.integer({ min: 1, max: 90 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  const traffic = fc.record({ isDaily: fc.boolean(), calls: callsAt });
  type Drawn = typeof traffic extends fc.Arbitrary<infer Value> ? Value : never;
  const tableOf = ({ isDaily, calls }: Drawn) => {
    const table = new Map<string, readonly [queue: string, at: number, calls: number]>();
    for (const each of calls) {
      const at = each.day * 48 + (isDaily ? 0 : each.slot);
      table.set(`${each.queue} ${at}`, [each.queue, at, each.calls]);
    }
    return { table, lines: [...table.values()].map(([q, at, n]) => rowOf(q, at, n, isDaily ? 1440 : 30)) };
  };
  await fc.assert(
    fc.asyncProperty(traffic, traffic, fc.constantFrom('keep', 'replace'), async (old, own, overlap) => {
      const { put, rowsOf, close } = await newLine();
      const stand = async () =>
        new Map(
          (
            await Promise.all(
              ['general', 'advice', 'tax'].map(async (queue) =>
                (await rowsOf(queue)).map(([at, calls]) => [`${queue} ${at}`, [queue, at, calls]] as const),
              ),
            )
          ).flat(),
        );
      const [record, file] = [tableOf(old), tableOf(own)];
      expect(await put(record.lines)).toMatchObject({ stored: { added: record.table.size } });
      const done = await put(file.lines, { overlap });
      const after = await stand();
      const isMixed = old.isDaily !== own.isDaily;
      if ('refused' in done) {
        expect(done.refused.map(({ rule }) => rule)).toContain('interval-length-differs');
        expect(isMixed).toBe(true);
        expect(after).toEqual(record.table);
      } else {
        const { files, stored, problems } = done;
        const said = problems.find(({ rule }) => rule === 'file-over-record');
        const isWhole = (said?.values as { readonly isWhole?: boolean } | undefined)?.isWhole === true;
        const dayOf = (at: number): number => Math.floor(at / 48);
        const isOnRecord = ([queue, at]: readonly [string, number, number]): boolean =>
          [...record.table.values()].some(
            ([of, then]) =>
              (of === queue || isWhole) && (isMixed || isWhole ? dayOf(then) === dayOf(at) : then === at),
          );
        const fresh = [...file.table].filter(([, row]) => overlap === 'replace' || !isOnRecord(row));
        // Totals give way to intervals of their own day, and to no others.
        const gone = [...record.table].filter(
          ([, [queue, at]]) =>
            overlap === 'replace' &&
            isMixed &&
            fresh.some(([, [of, then]]) => of === queue && dayOf(then) === dayOf(at)),
        );
        const left = [...record.table].filter(([key]) => !gone.some(([other]) => other === key));
        expect(after).toEqual(new Map([...left, ...fresh]));
        const told = problems.find(({ rule }) => rule === 'rows-get-other-figures')?.values;
        expect(told).toEqual(
          gone.length === 0
            ? undefined
            : expect.objectContaining({
                rows: gone.length,
                before: gone.reduce((sum, [, [, , calls]]) => sum + calls, 0),
              }),
        );
        expect(files).toMatchObject([{ accepted: fresh.length, dropped: file.table.size - fresh.length }]);
        expect(stored.added + stored.changed + stored.unchanged).toBe(fresh.length);
      }
      await close();
    }),
    { numRuns: 60 },
  );
}, 60_000);
