import { afterEach, expect, test } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { ingestFiles, removeTraffic } from '../../src/planning/ingest-files.ts';
import { countedTwice } from '../../src/planning/history/read-history.ts';
import { lineHistory } from '../../src/planning/history/line-history.ts';
import { openFeeds, type OpenedFeeds } from '../support/open-feeds.ts';

/** The same calls stored under two queues are planned for twice: it is said, and one of them can be taken out. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const first = Date.UTC(2026, 9, 5);
const dayMillis = 86_400_000;

/** Calls of each day of a queue. */
const queueOf = (queue: string, calls: readonly number[]) => ({
  queue,
  startMillis: Float64Array.from(calls, (_, day) => first + day * dayMillis),
  intervalMinutes: 1440,
  offered: Float64Array.from(calls),
});

/** A line with weekends, of 5 to 5,000 calls a day, on 7 to 60 days: the mean of each. */
const lineOf = (random: Random): number[] => {
  const level = 5 * 1000 ** random.uniform();
  const rest = 0.05 + 0.95 * random.uniform();
  return Array.from({ length: 7 + Math.floor(54 * random.uniform()) }, (_, day) =>
    Math.max(5, level * (day % 7 > 4 ? rest : 1)),
  );
};

test('two lines of the very same level and weekends are not taken for one, in 2,000 pairs', () => {
  const random = seededRandom(29);
  let found = 0;
  for (let pair = 0; pair < 2000; pair += 1) {
    const means = lineOf(random);
    const [one, other] = ['one', 'other'].map((queue) =>
      queueOf(
        queue,
        means.map((mean) => random.poisson(mean)),
      ),
    );
    if (one !== undefined && other !== undefined) found += countedTwice([one, other], 'UTC').length;
  }
  expect(found).toBe(0);
});

test('calls kept twice are found, also where an export lacks three in a thousand and ends amid a day', () => {
  const random = seededRandom(30);
  for (let pair = 0; pair < 300; pair += 1) {
    const means = Array.from(
      { length: 21 + (pair % 60) },
      (_, day) => (day % 7 > 4 ? 60 : 200) * (1 + (pair % 30)),
    );
    const calls = means.map((mean) => random.poisson(mean));
    const again = calls.map((n) => n - random.poisson(0.003 * n));
    again[again.length - 1] = Math.floor((again.at(-1) ?? 0) / 3);
    const found = countedTwice([queueOf('A', calls), queueOf('B', again)], 'UTC');
    expect(found).toMatchObject([
      { values: { queue: 'A', others: ['B'], from: '2026-10-05', days: calls.length } },
    ]);
  }
});

test('a queue of all calls beside its parts is found as their sum, and no part of it beside', () => {
  const random = seededRandom(31);
  const parts = [40, 300, 90].map((mean) => Array.from({ length: 35 }, () => random.poisson(mean)));
  const sum = Array.from({ length: 35 }, (_, day) => parts.reduce((all, own) => all + (own[day] ?? 0), 0));
  const queues = parts.map((calls, i) => queueOf(`part ${i}`, calls));
  expect(countedTwice([...queues, queueOf('all', sum)], 'UTC')).toMatchObject([
    { values: { queue: 'all', others: ['part 0', 'part 1', 'part 2'], to: '2026-11-08' } },
  ]);
  expect(countedTwice(queues, 'UTC')).toEqual([]);
});

test('queues of which a planner has said that they are different are asked about no more, others still are', () => {
  const calls = Array.from({ length: 35 }, (_, day) => 200 + ((day * 37) % 90));
  const queues = ['A', 'B', 'C'].map((queue) => queueOf(queue, calls));
  const found = (different: readonly (readonly string[])[]) =>
    countedTwice(queues, 'UTC', different).map(({ values }) => values.keys);
  expect(found([])).toEqual([
    ['A', 'B'],
    ['A', 'C'],
  ]);
  expect(found([['B', 'A']])).toEqual([['A', 'C']]);
  expect(
    found([
      ['B', 'A'],
      ['A', 'C'],
      ['C', 'B'],
    ]),
  ).toEqual([]);
});

test('a hundred queues of five years, as many calls in each, are judged in half a second of processor time', () => {
  const random = seededRandom(33);
  const means = Array.from({ length: 1800 }, (_, day) => (day % 7 > 4 ? 400 : 2000));
  const queues = Array.from({ length: 100 }, (_, i) =>
    queueOf(
      `queue ${i}`,
      means.map((mean) => random.poisson(mean)),
    ),
  );
  const again = { ...queueOf('again', []), ...queues[40], queue: 'again' };
  const before = process.cpuUsage();
  const found = countedTwice([...queues.slice(1), again], 'UTC');
  const { user, system } = process.cpuUsage(before);
  expect(found).toMatchObject([{ values: { queue: 'queue 40', others: ['again'], days: 1800 } }]);
  expect((user + system) / 1e6).toBeLessThan(0.5);
});

test('a second export under another name, and totals of days over intervals, are said until one is taken out', async () => {
  const feeds = await openFeeds();
  opened.push(feeds);
  const { store, models } = feeds;
  const random = seededRandom(32);
  const rows = Array.from({ length: 14 * 24 }, (_, hour) => {
    // midnight in Shanghai
    const at = new Date(first + (hour - 8) * 3_600_000).toISOString();
    const date = new Date(first + hour * 3_600_000).toISOString().slice(0, 10);
    return { date, at, calls: random.poisson(hour % 24 < 8 ? 2 : 20) };
  });
  const take = async (queue: string, lines: readonly string[]) =>
    ingestFiles(
      {
        store,
        models,
        saveHotline: async () => undefined,
        unpacker: fileUnpacker,
        nowMillis: first + 30 * dayMillis,
      },
      [byteSourceOf(`${queue}.csv`, ['queue,start,interval_minutes,offered', ...lines].join('\n'))],
      {
        kind: 'traffic',
        absent: 'gap',
        attribution: 'arrival',
        skipBadRows: false,
        acceptUnusual: true,
        dryRun: false,
        addQueues: true,
        ...(queue === 'by day' ? { dayShape: 'usual' as const } : {}),
        callerKey: 'key',
      },
    );
  const halves = (queue: string) =>
    rows.flatMap(({ at, calls }) => {
      const second = new Date(Date.parse(at) + 1_800_000).toISOString();
      return [`${queue},${at},30,${Math.floor(calls / 2)}`, `${queue},${second},30,${Math.ceil(calls / 2)}`];
    });
  const said = async () => {
    const { unusual } = await lineHistory({ store, models });
    return unusual.flatMap((each) =>
      'code' in each && each.code === 'calls-counted-twice' ? [each.values] : [],
    );
  };
  await take('A', halves('A'));
  expect(await said()).toEqual([]);
  await take('B', halves('B'));
  expect(await said()).toMatchObject([{ queue: 'A', others: ['B'] }]);
  const days = Map.groupBy(rows, ({ date }) => date);
  await expect(removeTraffic({ store, models }, { queue: 'C' })).rejects.toMatchObject({
    problems: [{ rule: 'queue-without-traffic' }],
  });
  const doubtOf = (queue: string) => ({ code: 'unusual-interval', values: { queue, value: 9, usual: 1 } });
  const at = '2026-10-05T08:00:00Z';
  await store.keepAccepted('traffic', [{ file: 'both.csv', at, said: [doubtOf('A'), doubtOf('B')] }]);
  const accepted = async () => (await store.accepted()).flatMap((each) => each.said);
  // what would go is said, and stays
  expect(await removeTraffic({ store, models }, { queue: 'B', dryRun: true })).toEqual({
    queue: 'B',
    rows: 14 * 48,
    from: '2026-10-05',
    to: '2026-10-18',
  });
  // the first week only: seven days are left
  const to = new Date(first + 6 * dayMillis).toISOString().slice(0, 10);
  expect(await removeTraffic({ store, models }, { queue: 'B', to })).toEqual({
    queue: 'B',
    rows: 7 * 48,
    from: '2026-10-05',
    to,
  });
  expect((await store.trafficSummary()).map(({ queue }) => queue)).toEqual(['A', 'B']);
  expect(await accepted()).toEqual([doubtOf('A'), doubtOf('B')]);
  await removeTraffic({ store, models }, { queue: 'B' });
  expect(await said()).toEqual([]);
  expect(await accepted()).toEqual([doubtOf('A')]);
  expect((await store.audit({ limit: 1 }))[0]).toMatchObject({
    action: 'traffic-removed',
    subject: 'B',
    before: { queue: 'B', rows: 7 * 48, from: '2026-10-12', to: '2026-10-18' },
  });
  await take(
    'by day',
    [...days].map(([date, own]) => `by day,${date},1440,${own.reduce((sum, { calls }) => sum + calls, 0)}`),
  );
  expect(await said()).toMatchObject([{ queue: 'A', others: ['by day'], days: 14 }]);
});
