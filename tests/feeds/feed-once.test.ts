import { appendFile, copyFile, mkdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { startPostgres } from '../support/postgres-server.ts';
import { isLongRun } from '../support/sweep.ts';
import { asText, drawer, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** Every event counts once: whatever comes in pieces, again, late, or after a break is stored as what came at once. */
const runs = isLongRun ? 30 : 3;
const opened: OpenedFeeds[] = [];
const open = async (): Promise<OpenedFeeds> => {
  const feeds = await openFeeds();
  opened.push(feeds);
  return feeds;
};
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const asOneFile = async (csv: string): Promise<readonly string[]> => {
  const { ingest, stored } = await open();
  await ingest(csv);
  return stored();
};

/** A feed on a log of its own. */
const follow = async () => {
  const feeds = await open();
  const path = join(feeds.folder, 'queue_log');
  await writeFile(path, '');
  await feeds.another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  return { ...feeds, path };
};

const seeds = fc.integer({ min: 1, max: 1e9 });

test('at once: stored as one file of the same calls is, quiet intervals included', async () => {
  const { lines, csv } = makeCalls(7, 300, 30);
  const { path, another, stored } = await follow();
  await writeFile(path, asText(lines));
  const run = await another().run('pbx');
  expect(run).toMatchObject({
    read: lines.length,
    stored: lines.length,
    unknown: 0,
    refused: 0,
    repeated: 0,
  });
  const wanted = await asOneFile(csv);
  expect(wanted.length).toBeGreaterThan(100);
  expect(await stored()).toEqual(wanted);
  expect(run.intervals.length).toBeGreaterThanOrEqual(wanted.length);
  expect(run.intervals.reduce((sum, { offered }) => sum + offered, 0)).toBe(300);
  expect(run.intervals[0]?.start).toBe('2026-11-20T21:00:00+08:00');
});

test('in any pieces, by readers that begin anew at any time', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const draw = drawer(seed);
      const { lines, csv } = makeCalls(seed);
      const { path, another, stored } = await follow();
      const text = Buffer.from(asText(lines));
      let feeds = another();
      for (let at = 0; at < text.length;) {
        const next = at + 1 + draw(text.length / 4);
        await appendFile(path, text.subarray(at, next));
        at = next;
        if (draw(2) === 0) feeds = another({ pieceBytes: 200 + draw(4000), piecesPerStep: 1 + draw(3) });
        await feeds.run('pbx');
      }
      const { total } = await feeds.run('pbx');
      expect(total).toMatchObject({ read: lines.length, stored: lines.length, refused: 0, repeated: 0 });
      expect(await stored()).toEqual(await asOneFile(csv));
    }),
    { numRuns: runs },
  );
});

test.runIf(isLongRun)('in any order within the allowed lateness, and again', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const draw = drawer(seed);
      const { lines, csv } = makeCalls(seed, 150, 20);
      const late = lines.map((line) => [Number(line.split('|')[0]) + draw(8 * 3600), line] as const);
      const mixed = late.toSorted(([a], [b]) => a - b).map(([, line]) => line);
      const { path, another, stored } = await follow();
      const feeds = another({ pieceBytes: 1000 + draw(9000), piecesPerStep: 1 + draw(3) });
      await writeFile(path, asText(mixed));
      await feeds.run('pbx');
      const wanted = await asOneFile(csv);
      expect(await stored()).toEqual(wanted);
      // the whole stream once more, in another order
      await appendFile(path, asText(lines));
      const { stored: fresh, read } = await another().run('pbx');
      expect([read, fresh]).toEqual([lines.length, 0]);
      expect(await stored()).toEqual(wanted);
    }),
    { numRuns: runs },
  );
});

test('through renamed, cut and replaced files', async () => {
  const { lines, csv } = makeCalls(11, 200, 12);
  const { path, another, stored } = await follow();
  const feeds = another();
  const part = (from: number, to: number): string => asText(lines.slice(from, to));
  await writeFile(path, part(0, 100));
  await feeds.run('pbx');
  // renamed with lines that were not read yet, twice
  await appendFile(path, part(100, 150));
  await rename(path, `${path}.1`);
  await writeFile(path, part(150, 180));
  await rename(path, `${path}.0`);
  await writeFile(path, part(180, 250));
  await feeds.run('pbx');
  // cut: what follows stands at the beginning, with line ends of another system
  await truncate(path, 0);
  await appendFile(path, part(250, 300).replaceAll('\n', '\r\n'));
  await feeds.run('pbx');
  // replaced by a copy with all of it, and more
  await writeFile(`${path}.new`, part(0, lines.length - 1));
  await rename(`${path}.new`, path);
  await feeds.run('pbx');
  // half a line waits for its other half
  const last = lines.at(-1) ?? '';
  await appendFile(path, last.slice(0, 20));
  expect((await feeds.run('pbx')).read).toBe(0);
  await appendFile(path, `${last.slice(20)}\n`);
  expect((await feeds.run('pbx')).stored).toBe(1);
  expect(await stored()).toEqual(await asOneFile(csv));
});

test('with two who read one feed at the same time', async () => {
  const { lines, csv } = makeCalls(13, 200, 6);
  const { path, another, stored } = await follow();
  const text = asText(lines);
  await writeFile(path, text.slice(0, 3000));
  const readers = [
    another({ pieceBytes: 700, piecesPerStep: 1 }),
    another({ pieceBytes: 900, piecesPerStep: 1 }),
  ];
  await Promise.all(readers.map((feeds) => feeds.run('pbx')));
  await appendFile(path, text.slice(3000));
  await Promise.all(readers.map((feeds) => feeds.run('pbx')));
  const [feed] = await another().list();
  expect(feed).toMatchObject({ read: lines.length, stored: lines.length, repeated: 0, refused: 0 });
  expect(await stored()).toEqual(await asOneFile(csv));
});

test('what cannot be read is said, and what follows it is read all the same', async () => {
  const { lines, csv } = makeCalls(17, 60, 3);
  const { path, another, stored } = await follow();
  const feeds = another({ pieceBytes: 300_000 });
  await writeFile(path, asText(lines.slice(0, 50)));
  await appendFile(path, Buffer.from([0, 1, 2, 255, 254, 10, 124, 124, 0, 10]));
  await appendFile(path, `${'x'.repeat(200_000)}\n`);
  const last = (lines[49] ?? '').split('|')[0] ?? '';
  await appendFile(path, `a|b\n${last}|x|general|NONE|DID|13800138000\n`);
  await appendFile(path, asText(lines.slice(50)));
  const run = await feeds.run('pbx');
  expect(run.read).toBe(lines.length + 5);
  expect([run.stored, run.unknown]).toEqual([lines.length, 1]);
  const [feed] = await feeds.list();
  expect(feed?.unknownEvents).toEqual([{ event: 'DID', count: 1 }]);
  expect(feed?.refusals.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(JSON.stringify(feed)).not.toContain('13800138000');
  expect(await stored()).toEqual(await asOneFile(csv));
});

test('an unknown queue is kept and counted, and stored once it is named', async () => {
  const { lines } = makeCalls(19, 60, 3);
  const { path, another, stored } = await follow();
  await another().put('pbx', settingsOf({ kind: 'queue-log', from: path, queues: { general: 'main' } }));
  await writeFile(path, asText(lines));
  const feeds = another();
  const run = await feeds.run('pbx');
  expect([run.stored, run.refused]).toEqual([lines.length, 0]);
  const welfare = lines.filter((line) => line.includes('|welfare|NONE|ENTERQUEUE')).length;
  expect((await feeds.list())[0]?.unknownQueues).toEqual([{ queue: 'welfare', count: welfare }]);
  expect((await stored()).every((row) => row.includes(' main '))).toBe(true);
  await feeds.put(
    'pbx',
    settingsOf({ kind: 'queue-log', from: path, queues: { general: 'main', welfare: 'aid' } }),
  );
  const { intervals } = await feeds.run('pbx');
  const ofAid = intervals.filter(({ queue }) => queue === 'aid');
  expect(ofAid.reduce((sum, { offered }) => sum + offered, 0)).toBe(welfare);
  expect((await feeds.list())[0]?.unknownQueues).toEqual([]);
});

test('a source that vanishes is said with what to do, and read on once it is back', async () => {
  const { lines, csv } = makeCalls(23, 60, 3);
  const { path, another, stored } = await follow();
  const feeds = another();
  await writeFile(path, asText(lines.slice(0, 40)));
  await feeds.run('pbx');
  await rename(path, `${path}-away`);
  expect((await feeds.run('pbx')).state).toMatchObject({
    is: 'broken',
    why: { rule: 'feed-source-missing' },
  });
  await copyFile(`${path}-away`, path);
  await appendFile(path, asText(lines.slice(40)));
  expect((await feeds.run('pbx')).state.is).not.toBe('broken');
  expect(await stored()).toEqual(await asOneFile(csv));
});

test('pushed in portions of 1 to 500, some of them twice: stored as one file', async () => {
  const { rows, csv } = makeCalls(29, 700, 30);
  const { another, stored } = await open();
  let feeds = another();
  await feeds.put('other', settingsOf({ kind: 'push' }));
  const draw = drawer(31);
  let repeated = 0;
  for (let at = 0; at < rows.length;) {
    const next = at + 1 + draw(draw(4) === 0 ? 500 : 9);
    const calls = rows.slice(at, next).map((row) => ({ ...row, caller: String(row['caller']) })) as never;
    expect(await feeds.push(undefined, { calls })).toMatchObject({ refused: 0 });
    if (draw(3) === 0) repeated += (await feeds.push('other', { calls })).repeated;
    if (draw(5) === 0) feeds = another();
    at = next;
  }
  const [feed] = await feeds.list();
  expect([feed?.stored, feed?.repeated]).toEqual([rows.length, repeated]);
  const wanted = await asOneFile(csv);
  const got = await stored();
  expect(got).toEqual(wanted);
});

test.runIf(isLongRun)(
  'intervals pushed in portions of 1 to 500, some of them twice: stored as one file of them',
  async () => {
    const draw = drawer(37);
    const rows = Array.from({ length: 1500 }, (_, i) => {
      const [offered, answered] = [40 + draw(60), 20 + draw(20)];
      return {
        queue: i % 3 === 0 ? 'welfare' : 'general',
        start: new Date(
          Date.parse('2026-11-01T00:00:00Z') + 1_800_000 * Math.floor(i / 3 + (i % 3 === 2 ? 500 : 0)),
        ).toISOString(),
        interval_minutes: 30,
        offered,
        answered,
        abandoned: offered - answered,
        wait_seconds_total: draw(9000) / 8,
        handle_seconds_total: draw(90_000) / 8,
      };
    });
    const { another, stored } = await open();
    await another().put('pbx', settingsOf({ kind: 'push' }));
    let repeated = 0;
    for (let at = 0; at < rows.length;) {
      const intervals = rows.slice(at, at + 1 + draw(draw(3) === 0 ? 500 : 9));
      expect(await another().push('pbx', { intervals })).toMatchObject({
        stored: intervals.length,
        refused: 0,
      });
      if (draw(3) === 0) repeated += (await another().push('pbx', { intervals })).repeated;
      at += intervals.length;
    }
    expect((await another().list())[0]).toMatchObject({ stored: rows.length, repeated });
    const whole = await open();
    const from = join(whole.folder, 'drop');
    await mkdir(from);
    const names = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
    await writeFile(
      join(from, 'all.csv'),
      asText([names.join(), ...rows.map((row) => names.map((name) => row[name]).join())]),
    );
    await whole.another().put('files', settingsOf({ kind: 'folder', from }));
    expect(await whole.another().run('files')).toMatchObject({ stored: rows.length, refused: 0 });
    expect(await stored()).toEqual(await whole.stored());
  },
);

test('who called is nowhere in the database', async () => {
  const { lines } = makeCalls(37, 60, 3);
  const { path, folder, another, store } = await follow();
  await writeFile(path, asText(lines));
  await another().run('pbx');
  const kept = JSON.stringify(await store.feeds.calls('pbx'));
  expect(kept.length).toBeGreaterThan(1000);
  for (const text of [kept, (await readFile(join(folder, 'huawu.db'))).toString('latin1')]) {
    expect(text).not.toMatch(/138100000|PJSIP/);
  }
});

test.runIf(isLongRun)('the same on PostgreSQL', async ({ skip }) => {
  const server = await startPostgres();
  if (server === undefined) {
    skip();
    return;
  }
  try {
    const { lines, csv } = makeCalls(43, 150, 6);
    const feeds = await openFeeds(undefined, await server.makeDatabase('feeds'));
    const { folder, another, stored } = feeds;
    const path = join(folder, 'queue_log');
    await writeFile(path, asText(lines.slice(0, 200)));
    await another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
    const readers = [1, 2].map(() => another({ pieceBytes: 900, piecesPerStep: 2 }));
    await Promise.all(readers.map((each) => each.run('pbx')));
    await appendFile(path, asText(lines.slice(200)));
    await readers[0]?.run('pbx');
    expect((await another().list())[0]).toMatchObject({
      read: lines.length,
      stored: lines.length,
      repeated: 0,
    });
    expect(await stored()).toEqual(await asOneFile(csv));
    await feeds.close();
  } finally {
    await server.close();
  }
});

test('handle time where it was spent, or where calls ended: the same seconds in other intervals', async () => {
  const { lines, rows } = makeCalls(47, 150, 6);
  const half = 1800;
  const byStart = (
    place: (from: number, talk: number) => readonly (readonly [at: number, seconds: number])[],
  ) => {
    const found = new Map<number, number>();
    for (const { arrived_at: at, wait_seconds: wait, handle_seconds: talk } of rows) {
      if (talk === undefined) continue;
      for (const [when, seconds] of place(Date.parse(String(at)) / 1000 + Number(wait), Number(talk))) {
        const start = when - (when % half);
        if (seconds > 0) found.set(start, (found.get(start) ?? 0) + seconds);
      }
    }
    return [...found].sort(([a], [b]) => a - b);
  };
  const wanted = {
    end: byStart((from, talk) => [[from + talk, talk]]),
    spread: byStart((from, talk) => Array.from({ length: talk }, (_, i) => [from + i, 1])),
  };
  for (const handleTime of ['end', 'spread'] as const) {
    const { path, another } = await follow();
    await another().put('pbx', settingsOf({ kind: 'queue-log', from: path, handleTime }));
    for (let at = 0; at < lines.length; at += 70) {
      await appendFile(path, asText(lines.slice(at, at + 70)));
      await another().run('pbx');
    }
    const found = new Map<number, number>();
    for (const { start, handleSecondsTotal } of (await another().run('pbx')).intervals)
      found.set(Date.parse(start) / 1000, (found.get(Date.parse(start) / 1000) ?? 0) + handleSecondsTotal);
    const filled = [...found].filter(([, seconds]) => seconds > 0).sort(([a], [b]) => a - b);
    expect(filled).toEqual(wanted[handleTime]);
  }
});

test('calls in hand leave the handle time of an interval unknown until the last of them has ended', async () => {
  const at = Date.parse('2026-11-20T13:00:00Z') / 1000;
  const call = (id: number, began: number, talk?: number): string[] => [
    `${began}|${began}.${id}|general|NONE|ENTERQUEUE||1|1`,
    `${began + 10}|${began}.${id}|general|PJSIP/1|CONNECT|10|x|1`,
    ...(talk === undefined
      ? []
      : [`${began + 10 + talk}|${began}.${id}|general|PJSIP/1|COMPLETEAGENT|10|${talk}|1`]),
  ];
  for (const [handleTime, whole] of [
    ['arrival', [['13:00', 900]]],
    [
      'spread',
      [
        ['13:00', 400],
        ['13:30', 500],
      ],
    ],
  ] as const) {
    const { path, another, store } = await follow();
    await another().put('pbx', settingsOf({ kind: 'queue-log', from: path, handleTime }));
    const handled = async () => {
      await another().run('pbx');
      const { startMillis, answered, handleSecondsTotal } = await store.traffic('general');
      return Array.from(startMillis, (start, i) => [
        new Date(start).toISOString().slice(11, 16),
        answered[i],
        handleSecondsTotal[i],
      ]);
    };
    await writeFile(path, asText([...call(1, at, 100), ...call(2, at + 1490)]));
    expect(await handled()).toEqual([['13:00', 2, Number.NaN]]);
    await appendFile(path, asText(call(2, at + 1490, 800).slice(2)));
    expect((await handled()).map(([start, , seconds]) => [start, seconds])).toEqual(whole);
  }
});

test('what may be lost is a gap, never zeros', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const feeds = await openFeeds(() => now);
  opened.push(feeds);
  const path = join(feeds.folder, 'queue_log');
  const at = (clock: string): number => Date.parse(`2026-11-20T${clock}:00Z`) / 1000;
  const call = (clock: string): string =>
    asText([
      `${at(clock)}|${at(clock)}.1|a|NONE|ENTERQUEUE||X|1`,
      `${at(clock) + 9}|${at(clock)}.1|a|NONE|ABANDON|1|1|9`,
    ]);
  await writeFile(path, call('09:00') + call('09:40'));
  const reader = feeds.another();
  await reader.put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  await reader.run('pbx');
  // read on three hours later: the log was cut meanwhile, and calls again after a quiet hour
  now = Date.parse('2026-11-20T14:30:00Z');
  await writeFile(path, call('13:05'));
  await feeds.another().run('pbx');
  await appendFile(path, call('14:25'));
  await reader.run('pbx');
  const [feed] = await reader.list();
  expect(feed?.gaps).toEqual([{ from: '2026-11-20T10:00:00.000Z', to: '2026-11-20T13:05:00.000Z' }]);
  const starts = (await feeds.stored()).map((row) => [row.slice(11, 16), Number(row.split(' ')[2])]);
  expect(starts).toEqual([
    ['09:00', 1],
    ['09:30', 1],
    ['13:00', 1],
    ['13:30', 0],
    ['14:00', 1],
  ]);
  now += 3 * 86_400_000;
  expect((await reader.list())[0]?.state).toMatchObject({ is: 'late', since: '2026-11-20T14:25:09.000Z' });
});

test('whatever is written into a log, each line is one of stored, unknown, refused and repeated', async () => {
  const { lines } = makeCalls(53, 40, 3);
  const { path, another } = await follow();
  const feeds = another({ pieceBytes: 100_000 });
  // A line that is cut off may be another event: so many may be stored at most.
  const written = new Set(lines);
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
          fc.constantFrom(...lines).map((line) => Buffer.from(`${line}\n`)),
          fc
            .tuple(fc.constantFrom(...lines), fc.nat(80))
            .map(([line, length]) => Buffer.from(line.slice(0, length))),
        ),
        { maxLength: 12 },
      ),
      fc.constantFrom('append', 'replace', 'cut'),
      async (parts, how) => {
        const bytes = Buffer.concat([...parts, Buffer.from('\n')]);
        for (const line of bytes.toString('latin1').split('\n')) written.add(line);
        if (how === 'append') await appendFile(path, bytes);
        else if (how === 'replace') {
          await writeFile(`${path}-new`, bytes);
          await rename(`${path}-new`, path);
        } else await writeFile(path, bytes);
        const { read, stored, unknown, refused, repeated, state } = await feeds.run('pbx');
        expect(state.is).not.toBe('broken');
        expect(stored + unknown + refused + repeated).toBe(read);
      },
    ),
    { numRuns: isLongRun ? 2500 : 60 },
  );
  expect((await feeds.run('pbx')).total.stored).toBeLessThanOrEqual(written.size);
}, 600_000);
