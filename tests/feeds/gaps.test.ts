import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { readPast } from '../../src/feeds/follow-file.ts';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** What was missed is asked for again where the source still has it; what nobody has stays a gap, never a zero. */
const clock = { now: 0 };
const evening = Date.parse('2026-11-20T20:00:00Z');
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const { lines, csv } = makeCalls(11, 150, 6);
const thirds = [0, 1, 2].map((third) =>
  lines.slice((third * lines.length) / 3, ((third + 1) * lines.length) / 3),
);

const open = async () => {
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  const log = join(feeds.folder, 'queue_log');
  await writeFile(log, asText(thirds[0] ?? []));
  clock.now = 1000 * Number.parseInt(thirds[0]?.at(-1) ?? '', 10) + 30_000;
  const reader = feeds.another();
  await reader.put('pbx', settingsOf({ kind: 'queue-log', from: log }));
  await reader.run('pbx');
  const show = async () => (await reader.list())[0];
  return { ...feeds, log, reader, show };
};

/** The log is renamed and packed, and another begun, while nobody reads. */
const packAway = async (log: string): Promise<Buffer> => {
  await writeFile(log, asText([...(thirds[0] ?? []), ...(thirds[1] ?? [])]));
  await rename(log, `${log}.1`);
  const packed = gzipSync(await readFile(`${log}.1`));
  await rm(`${log}.1`);
  await writeFile(log, asText(thirds[2] ?? []));
  clock.now = evening;
  return packed;
};

test('what was written before the log was packed is read out of it, as if it had been read in time', async () => {
  const { log, reader, show, stored } = await open();
  await writeFile(`${log}-20261121.gz`, await packAway(log));
  await reader.run('pbx');
  expect((await show())?.gaps).toEqual([]);
  const whole = await openFeeds(() => clock.now);
  opened.push(whole);
  await whole.ingest(csv);
  expect(await stored()).toEqual(await whole.stored());
  const before = await show();
  expect((await reader.run('pbx')).stored).toBe(0);
  expect(await show()).toEqual(before);
});

test('without it the time is a gap and no zero; it is asked for again, ever more rarely, and filled once it is there', async () => {
  const { log, reader, show, stored } = await open();
  const packed = await packAway(log);
  await reader.run('pbx');
  const [gap] = (await show())?.gaps ?? [];
  const [from, to] = [Date.parse(gap?.from ?? ''), Date.parse(gap?.to ?? '')];
  expect(to - from).toBeGreaterThan(3_600_000);
  const rowsIn = async (): Promise<number> =>
    (await stored()).filter((row) => {
      const at = Date.parse(row.slice(0, 24));
      return at >= from && at + 1_800_000 <= to;
    }).length;
  expect(await rowsIn()).toBe(0);
  await writeFile(`${log}.2.gz`, packed.subarray(0, 200));
  clock.now += 400_000;
  await reader.run('pbx');
  expect((await show())?.gaps).toHaveLength(1);
  await writeFile(`${log}.2.gz`, packed);
  await reader.run('pbx');
  // it is not asked for at every look
  expect((await show())?.gaps).toHaveLength(1);
  clock.now += 3_600_000;
  await reader.run('pbx');
  expect((await show())?.gaps).toEqual([]);
  expect(await rowsIn()).toBeGreaterThan(2);
});

test('what is packed beside a log costs a little at a time, however much comes out of it', async () => {
  const { folder } = await open();
  const path = join(folder, 'large', 'queue_log');
  await mkdir(join(folder, 'large'));
  const line = '1795180000|1795180000.1|q|NONE|ABANDON|1|1|30\n';
  await writeFile(path, line);
  const member = gzipSync(Buffer.alloc(2 ** 24, line), { level: 1 });
  await writeFile(`${path}.1.gz`, Buffer.concat(Array.from({ length: 32 }, () => member)));
  await writeFile(`${path}.2.gz`, gzipSync(Buffer.from(line.repeat(3))).subarray(0, 40));
  await writeFile(`${path}.3`, 'x'.repeat(3_000_000));
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const past = await readPast(path, { from: 0, to: 10 }, (each) => 1000 * Number.parseInt(each, 10));
  clearInterval(watch);
  const at = 1_795_180_000_000;
  expect(past).toEqual({ lines: [], covers: [{ from: at, to: at }] });
  expect((most - before) / 2 ** 20).toBeLessThan(250);
});
