import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { readHistory } from '../../src/planning/history/read-history.ts';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

/** An interval of which a feed has seen a part is known as that, until the rest of it is. */
const opened: OpenedFeeds[] = [];
const clock = { now: 0 };
const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  return feeds;
};
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const half = 1_800_000;
const startOf = (at: number): number => at - (at % half);
const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 16);
const inPart = async ({ store }: OpenedFeeds): Promise<string[]> => {
  const found: string[] = [];
  for (const { queue } of await store.trafficSummary())
    for (const at of (await store.traffic(queue)).inPart ?? []) found.push(`${queue} ${clockOf(at)}`);
  return found.sort();
};
const planned = async ({ store }: OpenedFeeds): Promise<string[]> => {
  const span = { fromMillis: 0, toMillis: 8.64e15 };
  const { queues } = await readHistory(store, 'UTC', 30, span).catch((error: unknown) => {
    // no interval is whole
    if (!(error instanceof BadInputError)) throw error;
    return { queues: [] };
  });
  return queues.flatMap(({ queue, startMillis }) =>
    Array.from(startMillis, (at) => `${queue} ${clockOf(at)}`),
  );
};
const stored = async ({ store }: OpenedFeeds): Promise<string[]> => {
  const found: string[] = [];
  for (const { queue } of await store.trafficSummary())
    for (const at of (await store.traffic(queue)).startMillis) found.push(`${queue} ${clockOf(at)}`);
  return found;
};

test('the intervals amid which a log begins and ends are known in part; the others, and zeros, are whole', async () => {
  const lines = makeCalls(5, 200, 5).lines.slice(40);
  const atOf = (line: string | undefined): number => 1000 * Number.parseInt(line ?? '', 10);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.array(fc.integer({ min: 20, max: lines.length }), { minLength: 1, maxLength: 3 }),
      async (from, ends) => {
        const feeds = await open();
        const log = join(feeds.folder, 'queue_log');
        await writeFile(log, '');
        const reader = feeds.another({ pieceBytes: 2000, piecesPerStep: 2 });
        await reader.put('pbx', settingsOf({ kind: 'queue-log', from: log }));
        let [at, last] = [from, 0];
        for (const end of ends.sort((a, b) => a - b)) {
          await appendFile(log, asText(lines.slice(at, Math.max(at, from + end))));
          at = Math.max(at, from + end);
          last = atOf(lines[Math.min(at, lines.length) - 1]);
          clock.now = last + 1000;
          await reader.run('pbx');
        }
        const first = atOf(lines[from]);
        const parts = new Set(
          [startOf(last), ...(first === startOf(first) ? [] : [startOf(first)])].map(clockOf),
        );
        const isPart = (said: string): boolean => parts.has(said.split(' ')[1] ?? '');
        const all = await stored(feeds);
        expect(await inPart(feeds)).toEqual(all.filter(isPart).sort());
        expect((await planned(feeds)).sort()).toEqual(all.filter((said) => !isPart(said)).sort());
        const zeros = (await feeds.stored()).filter((row) => row.split(' ')[2] === '0');
        expect(zeros.filter((row) => isPart(`q ${row.slice(11, 16)}`))).toEqual([]);
      },
    ),
    // the second: nobody called in the last half hour that is over
    {
      numRuns: isLongRun ? 40 : 5,
      examples: [
        [0, [200]],
        [0, [324]],
      ],
    },
  );
});

test('an interval is whole once a file brings all of it, and one that is pushed before its end is not', async () => {
  const feeds = await open();
  const log = join(feeds.folder, 'queue_log');
  const at = Date.parse('2026-11-20T13:12:00Z') / 1000;
  const call = (began: number): string[] => [
    `${began}|${began}.1|general|NONE|ENTERQUEUE||1|1`,
    `${began + 9}|${began}.1|general|NONE|ABANDON|1|1|9`,
  ];
  await writeFile(log, asText([...call(at), ...call(at + 3000)]));
  clock.now = 1000 * (at + 3100);
  const reader = feeds.another();
  await reader.put('pbx', settingsOf({ kind: 'queue-log', from: log }));
  await reader.run('pbx');
  expect(await inPart(feeds)).toEqual(['general 13:00', 'general 14:00']);
  const before = await feeds.store.dataHash();
  await feeds.ingest(
    ['call_id,queue,arrived_at,wait_seconds,outcome', 'a,general,2026-11-20T13:02:00Z,3,abandoned'].join(
      '\n',
    ),
  );
  expect(await inPart(feeds)).toEqual(['general 14:00']);
  expect(await feeds.store.dataHash()).not.toBe(before);
  await reader.put('push', settingsOf({ kind: 'push', queues: { welfare: 'welfare' } }));
  const push = (queue: string, start: string) =>
    reader.push('push', { intervals: [{ queue, start, interval_minutes: 30, offered: 4 }] });
  await push('welfare', '2026-11-20T13:30:00Z');
  await push('welfare', '2026-11-20T14:00:00Z');
  expect(await inPart(feeds)).toEqual(['general 14:00', 'welfare 14:00']);
  clock.now += 1_800_000;
  await push('welfare', '2026-11-20T14:00:00Z');
  expect(await inPart(feeds)).toEqual(['general 14:00']);
});
