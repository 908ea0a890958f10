import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { ingestCalls } from '../support/ingested.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { wallClockOf } from '../../src/kernel/time.ts';
import { shanghai } from '../support/ingest-options.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'Africa/Cairo'];
const steps = [5, 15, 30, 60];

/** Instants around both clock changes of 2025 in most zones. */
const instants = fc.array(
  fc.oneof(
    fc.integer({ min: Date.UTC(2025, 2, 29) / 1000, max: Date.UTC(2025, 3, 7) / 1000 }),
    fc.integer({ min: Date.UTC(2025, 9, 4) / 1000, max: Date.UTC(2025, 10, 4) / 1000 }),
  ),
  { minLength: 1, maxLength: 200 },
);

const readCalls = async (lines: readonly string[], zone: string, intervalMinutes: number) =>
  ingestCalls([byteSourceOf('calls.csv', `queue,arrived_at,wait_seconds,outcome\n${lines.join('\n')}`)], {
    ...shanghai,
    zone,
    intervalMinutes,
    absent: 'gap',
  });

describe('binning call records', () => {
  it('conserves calls across both clock changes, each in the interval of its own instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        instants,
        fc.constantFrom(...zones),
        fc.constantFrom(...steps),
        async (seconds, zone, step) => {
          const sorted = seconds.toSorted((a, b) => a - b);
          const lines = sorted.map((at) => `a,${new Date(at * 1000).toISOString()},1,answered`);
          const { records } = await readCalls(lines, zone, step);
          expect(records.reduce((sum, { offered }) => sum + offered, 0)).toBe(sorted.length);
          for (const { startMillis, offered } of records) {
            const within = sorted.filter(
              (at) => at * 1000 >= startMillis && at * 1000 < startMillis + step * 60_000,
            );
            // an interval cut off by a half-hour change holds fewer
            expect(offered).toBeLessThanOrEqual(within.length);
          }
        },
      ),
      // A clock that changes by half an hour moves a grid of hours.
      { numRuns: 60, examples: [[[1759536000, 1743865200], 'Australia/Lord_Howe', 60]] },
    );
  });

  it('finds the instants again from wall clocks in order, but where no order can tell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 59 }), fc.boolean(), async (second, backwards) => {
        const from = Date.UTC(2025, 9, 25, 22) + second * 1000;
        const every = Array.from({ length: 6 * 60 }, (_, i) => from + i * 60_000);
        const order = backwards ? every.toReversed() : every;
        const lines = order.map((at) => `a,${wallClockOf(at, 'Europe/Berlin')},1,answered`);
        const { records } = await readCalls(lines, 'Europe/Berlin', 15);
        expect(records.map(({ offered }) => offered)).toEqual(Array.from({ length: 24 }, () => 15));
      }),
      { numRuns: 20 },
    );
  });
});

const rows = fc.uniqueArray(
  fc.record({
    slot: fc.integer({ min: 0, max: 500 }),
    queue: fc.constantFrom('a', 'b'),
    offered: fc.integer({ min: 0, max: 99 }),
  }),
  { selector: ({ slot, queue }) => `${queue}${slot}`, minLength: 2, maxLength: 80 },
);
const lineOf = ({ slot, queue, offered }: { slot: number; queue: string; offered: number }): string =>
  `${queue},${wallClockOf(Date.UTC(2025, 2, 28) + slot * 1_800_000, 'Asia/Shanghai')},30,${offered}`;
const readTraffic = async (...files: readonly (readonly string[])[]) =>
  (
    await ingestTraffic(
      files.map((lines) =>
        byteSourceOf('t.csv', ['queue,start,interval_minutes,offered', ...lines].join('\n'), 64),
      ),
      // Days far from one another are questioned, which is not what this is about.
      { ...shanghai, absent: 'gap', acceptUnusual: true },
    )
  ).records;
const sorted = <T extends { readonly queue: string; readonly startMillis: number }>(
  records: readonly T[],
): T[] =>
  records.toSorted((x, y) =>
    x.queue < y.queue ? -1 : x.queue > y.queue ? 1 : x.startMillis - y.startMillis,
  );

describe('interval traffic', () => {
  it('does not depend on the order of rows, nor on how often or in which files they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 0, max: 80 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (some, cut, noise) => {
          const lines = some.map(lineOf);
          const plain = sorted(await readTraffic(lines));
          expect(plain).toHaveLength(some.length);
          const shuffled = lines
            .map((line) => ({ line, key: noise.next().value ?? 0 }))
            .sort((x, y) => x.key - y.key)
            .map(({ line }) => line);
          expect(sorted(await readTraffic(shuffled))).toEqual(plain);
          expect(sorted(await readTraffic(lines, lines))).toEqual(plain);
          const parts = [lines.slice(0, cut), lines.slice(Math.max(0, cut - 3))].filter(
            (part) => part.length > 0,
          );
          expect(sorted(await readTraffic(...parts))).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Intervals of three days; of some no handle time is known. */
const measured = fc.uniqueArray(
  fc.record({
    slot: fc.integer({ min: 0, max: 143 }),
    queue: fc.constantFrom('a', 'b', 'c'),
    answered: fc.integer({ min: 0, max: 50 }),
    abandoned: fc.nat(9),
    each: fc.option(fc.integer({ min: 100, max: 400 }), { freq: 2, nil: undefined }),
    waited: fc.nat(60),
  }),
  { selector: ({ slot, queue }) => `${queue}${slot}`, minLength: 4, maxLength: 40 },
);

it('a report says of traffic what its records come to', async () => {
  await fc.assert(
    fc.asyncProperty(measured, async (some) => {
      const instantOf = (slot: number): number => Date.UTC(2025, 2, 28) + slot * 1_800_000;
      const lines = some.map(({ slot, queue, answered, abandoned, each, waited }) =>
        [
          ...[
            queue,
            wallClockOf(instantOf(slot), 'Asia/Shanghai'),
            30,
            answered + abandoned,
            answered,
            abandoned,
          ],
          ...[waited * (answered + abandoned), each === undefined ? '' : each * answered],
        ].join(','),
      );
      const head =
        'queue,start,interval_minutes,offered,answered,abandoned,wait_seconds_total,handle_seconds_total';
      const { report, handled } = await ingestTraffic([byteSourceOf('t.csv', [head, ...lines].join('\n'))], {
        ...shanghai,
        ...{ absent: 'gap', acceptUnusual: true },
      });
      const dayOf = (slot: number): string => wallClockOf(instantOf(slot), 'Asia/Shanghai').slice(0, 10);
      const all = some.map(({ slot }) => dayOf(slot)).toSorted();
      expect([report.firstDate, report.lastDate]).toEqual([all[0], all.at(-1)]);
      const queues = [...new Set(some.map(({ queue }) => queue))];
      expect(report.queues).toEqual(queues);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const mean = (seconds: number, calls: number) =>
        calls > 0 ? expect.closeTo(seconds / calls, 9) : null;
      expect(report.measured).toEqual(
        queues.map((queue) => {
          const own = some.filter((row) => row.queue === queue);
          const calls = sum(own.map(({ answered, abandoned }) => answered + abandoned));
          const known = own.filter(({ each }) => each !== undefined);
          const worked = sum(known.map(({ answered, each = 0 }) => answered * each));
          const waits = sum(own.map(({ answered, abandoned, waited }) => waited * (answered + abandoned)));
          return {
            queue,
            callsPerDay: expect.closeTo(
              calls / new Set(own.map(({ slot }) => dayOf(slot))).size,
              9,
            ) as number,
            handleSeconds: mean(worked, sum(known.map(({ answered }) => answered))) as number | null,
            waitSeconds: mean(waits, calls) as number | null,
          };
        }),
      );
      expect(handled).toEqual(
        queues.flatMap((queue) => {
          const own = some.filter((row) => row.queue === queue && row.each !== undefined);
          const starts = own.map(({ slot }) => instantOf(slot));
          const toMillis = Math.max(...starts) + 1_800_000;
          return own.length === 0 ? [] : [{ queue, fromMillis: Math.min(...starts), toMillis }];
        }),
      );
    }),
    { numRuns: 40 },
  );
});

describe('any bytes at all', () => {
  it('are read or refused with problems, never with a crash', async () => {
    const cells = fc.constantFrom(
      'a',
      '2026-11-23 08:00',
      '"',
      '""',
      ',',
      '\n',
      '\r',
      ';',
      '\t',
      '-1',
      '9e99',
      '\u0000',
      '中',
      ' ',
      '1,5',
      '#',
    );
    const text = fc.array(cells, { maxLength: 60 }).map((parts) => `queue,start,offered\n${parts.join('')}`);
    const bytes = fc.oneof(
      text.map((said) => new TextEncoder().encode(said)),
      fc.uint8Array({ maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (content, skipBadRows) => {
        try {
          await ingestTraffic([byteSourceOf('x', content)], { ...shanghai, skipBadRows });
        } catch (error) {
          expect(error).toMatchObject({ name: 'BadInputError' });
        }
      }),
      { numRuns: 400 },
    );
  });
});
