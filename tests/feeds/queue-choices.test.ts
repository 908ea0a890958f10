import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

/** Which queue of the switchboard is which of the hotline's may be chosen, and chosen otherwise, at any time. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

type Queues = FeedSettings['queues'];
const { lines, rows } = makeCalls(71, isLongRun ? 120 : 60, 40);
const atOf = (line: string | undefined): number => 1000 * Number.parseInt(line ?? '', 10);
/** The log's last minute: whatever it has is known. */
const now = atOf(lines.at(-1)) + 30_000;

const ways = ['queue-log', 'push', 'calls', 'intervals'] as const;
type Way = (typeof ways)[number];

/** A feed of some way in: what it has is brought in parts, its queues chosen before, between and after. */
const openWay = async (way: Way) => {
  const feeds = await openFeeds(() => now);
  opened.push(feeds);
  const place = join(feeds.folder, 'place');
  if (way === 'queue-log') await writeFile(place, '');
  else await mkdir(place);
  const kind = way === 'calls' || way === 'intervals' ? 'folder' : way;
  const choose = (queues: Queues) =>
    feeds
      .another()
      // what is pushed is kept as long as it may be late; a log is read again
      .put('pbx', settingsOf({ kind, from: place, queues, lateHours: way === 'push' ? 72 : 0 }));
  const csv = (some: readonly object[], names: readonly string[]): string =>
    asText([names.join(), ...some.map((row) => names.map((name) => (row as never)[name] ?? '').join())]);
  const bring = async (part: number, parts: number): Promise<void> => {
    const of = <Each>(all: readonly Each[]): readonly Each[] =>
      all.slice((part * all.length) / parts, ((part + 1) * all.length) / parts);
    if (way === 'queue-log') await appendFile(place, asText(of(lines)));
    if (way === 'push') {
      const calls = of(rows).map((row) => ({ ...row, caller: String(row['caller']) })) as never;
      await feeds.another().push('pbx', { calls });
    }
    if (way === 'calls')
      await writeFile(join(place, `${part}.csv`), csv(of(rows), Object.keys(rows[0] ?? {})));
    if (way === 'intervals') {
      const starts = Array.from({ length: 60 }, (_, i) => ({
        queue: i % 2 === 0 ? 'general' : 'welfare',
        start: new Date(Date.parse('2026-11-20T13:00:00Z') + 1_800_000 * (i >> 1)).toISOString(),
        interval_minutes: 30,
        offered: i,
      }));
      await writeFile(join(place, `${part}.csv`), csv(of(starts), Object.keys(starts[0] ?? {})));
    }
  };
  const read = async () => feeds.another({ pieceBytes: 900, piecesPerStep: 3 }).run('pbx');
  return { ...feeds, choose, bring, read };
};

const choices = fc.constantFrom<Queues>(
  { general: 'general', welfare: 'welfare' },
  { general: 'one', welfare: 'two' },
  { general: 'two', welfare: 'one' },
  { general: 'one', welfare: 'one' },
  { general: 'one', welfare: null },
  { welfare: 'two' },
  {},
);

test('however often queues are chosen otherwise, rows are those of the last choice from the start', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ways),
      fc.array(choices, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      async (way, chosen, parts, reads) => {
        const [feed, whole] = [await openWay(way), await openWay(way)];
        let brought = 0;
        for (const [i, queues] of chosen.entries()) {
          await feed.choose(queues);
          if (brought < parts && reads[i] === true) await feed.bring(brought++, parts);
          if (reads[i + 4] === true) await feed.read();
        }
        for (; brought < parts; brought += 1) await feed.bring(brought, parts);
        await feed.read();
        await whole.choose(chosen.at(-1) ?? {});
        for (let part = 0; part < parts; part += 1) await whole.bring(part, parts);
        await whole.read();
        const [got, wanted] = [await feed.stored(), await whole.stored()];
        expect([
          got.filter((row) => !wanted.includes(row)),
          wanted.filter((row) => !got.includes(row)),
        ]).toEqual([[], []]);
      },
    ),
    { numRuns: isLongRun ? 150 : 5 },
  );
}, 300_000);
