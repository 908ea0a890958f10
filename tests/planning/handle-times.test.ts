import { afterEach, expect, test } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { ingestFiles, type IngestOrder } from '../../src/planning/ingest-files.ts';
import { lineHistory } from '../../src/planning/history/line-history.ts';
import { readHistory, reportUnusual } from '../../src/planning/history/read-history.ts';
import { makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** By which convention handle times are counted is kept, and said wherever two of them meet. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const half = 1_800_000;
const from = Date.parse('2026-11-02T00:00:00Z');

const traffic = (queue: string, first: number, rows: number): string =>
  [
    'queue,start,interval_minutes,offered,answered,abandoned,wait_seconds_total,handle_seconds_total',
    ...Array.from({ length: rows }, (_, i) =>
      [queue, new Date(from + (first + i) * half).toISOString(), 30, 20, 19, 1, 200, 4000].join(),
    ),
  ].join('\n');

test('two conventions that meet are said in what is imported, forecast, planned and compared', async () => {
  const feeds = await openFeeds();
  opened.push(feeds);
  const { store, models, another } = feeds;
  const ingest = async (csv: string, attribution: IngestOrder['attribution']) => {
    const { document } = await ingestFiles(
      {
        store,
        models,
        saveHotline: async () => undefined,
        unpacker: fileUnpacker,
        nowMillis: Date.parse('2026-11-24T08:00:00Z'),
      },
      [byteSourceOf('traffic.csv', csv)],
      {
        kind: 'traffic',
        absent: 'gap',
        attribution,
        skipBadRows: false,
        acceptUnusual: false,
        dryRun: false,
        callerKey: 'key',
      },
    );
    return document.problems.filter(({ rule }) => rule === 'handle-times-differ');
  };
  const span = (queue: string, convention: string, first: number, last: number) => ({
    queue,
    convention,
    fromMillis: from + first * half,
    toMillis: from + last * half,
  });
  const said = async () =>
    (await lineHistory({ store, models })).unusual.filter(
      (each) => 'code' in each && each.code === 'handle-times-differ',
    );
  expect(await ingest(traffic('general', 0, 96), 'arrival')).toEqual([]);
  expect(await ingest(traffic('general', 96, 48), 'arrival')).toEqual([]);
  expect(await store.handleTimes()).toEqual([span('general', 'arrival', 0, 144)]);
  expect(await said()).toEqual([]);
  // the middle is taken in again by another convention
  expect(await ingest(traffic('general', 48, 48), 'end')).toHaveLength(1);
  expect(await store.handleTimes()).toEqual([
    span('general', 'arrival', 0, 48),
    span('general', 'end', 48, 96),
    span('general', 'arrival', 96, 144),
  ]);
  const conventions = [
    { convention: 'arrival', from: '2026-11-02', to: '2026-11-05' },
    { convention: 'end', from: '2026-11-03', to: '2026-11-04' },
  ];
  expect(await said()).toEqual([{ code: 'handle-times-differ', values: { conventions } }]);
  // a week before they meet has one
  const week = await readHistory(store, models.hotline.zone, 30, {
    fromMillis: 0,
    toMillis: from + 40 * half,
  });
  const compared = (handleTimes: Awaited<ReturnType<typeof store.handleTimes>>) =>
    reportUnusual(week, [], handleTimes, models.hotline.zone);
  expect(compared(await store.handleTimes())).toEqual([]);
  // put right, nothing is left to say
  expect(await ingest(traffic('general', 48, 48), 'arrival')).toEqual([]);
  expect(await store.handleTimes()).toEqual([span('general', 'arrival', 0, 144)]);
  expect(await said()).toEqual([]);
  // a feed counts where calls end
  const { rows } = makeCalls(5, 60, 3);
  await another().put('push', settingsOf({ kind: 'push', handleTime: 'end' }));
  await another().push('push', { calls: rows.map((row) => ({ ...row, caller: '' })) as never });
  expect((await store.handleTimes()).map(({ queue, convention }) => `${queue} ${convention}`)).toEqual([
    'general arrival',
    'general end',
  ]);
  expect(await said()).toHaveLength(1);
});
