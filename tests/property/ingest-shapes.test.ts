import { utils, write } from '@e965/xlsx';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingestTraffic } from '../support/ingested.ts';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { inShanghai, shanghai } from '../support/ingest-options.ts';
import { isLongRun } from '../support/sweep.ts';

/** Calls of an interval, as every shape can hold them. */
interface Interval {
  readonly offered: number;
  readonly answered: number;
  /** Handle seconds of the interval. */
  readonly handle: number;
}

/** Half-hours of some days, from 8:00 on, of some queues: `intervals[queue][day][slot]`. */
interface Table {
  readonly intervals: readonly (readonly (readonly Interval[])[])[];
}

const queues = ['general', 'social', 'parking'];
const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
const slots = ['08:00', '08:30', '09:00', '09:30', '10:00'];

const interval: fc.Arbitrary<Interval> = fc
  .record({
    // Never twenty times the usual: that would be asked about.
    answered: fc.integer({ min: 110, max: 2000 }),
    lost: fc.nat(20),
    each: fc.integer({ min: 60, max: 300 }),
  })
  .map(({ answered, lost, each }) => ({ offered: answered + lost, answered, handle: answered * each }));
const table: fc.Arbitrary<Table> = fc
  .record({ queues: fc.integer({ min: 1, max: 3 }), days: fc.integer({ min: 2, max: 3 }) })
  .chain((size) =>
    fc
      .array(
        fc.array(fc.array(interval, { minLength: 5, maxLength: 5 }), {
          minLength: size.days,
          maxLength: size.days,
        }),
        { minLength: size.queues, maxLength: size.queues },
      )
      .map((intervals) => ({ intervals })),
  );

const [two, full] = [
  (n: number): string => String(n).padStart(2, '0'),
  (said: string): string =>
    said.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
];
const minutesOf = (slot: string): number => Number(slot.slice(0, 2)) * 60 + Number(slot.slice(3));
const later = (slot: string): string =>
  `${two(Math.floor((minutesOf(slot) + 30) / 60))}:${two((minutesOf(slot) + 30) % 60)}`;
const [year, month, day] = [
  (d: string) => d.slice(0, 4),
  (d: string) => d.slice(5, 7),
  (d: string) => d.slice(8),
];
const twelve = (slot: string): string =>
  `${Number(slot.slice(0, 2)) % 12 || 12}:${slot.slice(3)} ${slot < '12' ? 'AM' : 'PM'}`;
const serial = (d: string, slot: string): number =>
  Date.parse(`${d}T00:00Z`) / 86_400_000 + 25_569 + minutesOf(slot) / 1440;

/** Ways in which a start is written. */
const times: readonly ((d: string, slot: string) => string)[] = [
  (d, slot) => `${d} ${slot}`,
  (d, slot) => `${d}T${slot}:00`,
  (d, slot) => `${d}T${slot}:00+08:00`,
  (d, slot) => `${d.replaceAll('-', '/')} ${slot}`,
  (d, slot) =>
    `${year(d)}年${Number(month(d))}月${Number(day(d))}日${Number(slot.slice(0, 2))}时${slot.slice(3)}分`,
  (d, slot) => `${d.replaceAll('-', '')} ${slot.replace(':', '')}`,
  (d, slot) => `${day(d)}.${month(d)}.${year(d)} ${slot}`,
  (d, slot) => `${month(d)}/${day(d)}/${year(d)} ${twelve(slot)}`,
  (d, slot) => `${d} ${slot}-${later(slot)}`,
  (d, slot) => `${d} ${slot}~${later(slot)}`,
  (d, slot) =>
    `${month(d)}/${day(d)}/${year(d)} ${twelve(slot).replace(' ', '')}-${twelve(later(slot)).replace(' ', '')}`,
  (d, slot) => String(inShanghai(`${d} ${slot}`) / 1000),
  (d, slot) => String(inShanghai(`${d} ${slot}`)),
  (d, slot) => serial(d, slot).toFixed(7),
  (d, slot) => full(`${d} ${slot}`),
];
/** Ways in which a count is written. */
const counts: readonly ((n: number) => string)[] = [
  String,
  (n) => (n >= 1000 ? `"${Math.floor(n / 1000)},${String(n % 1000).padStart(3, '0')}"` : String(n)),
  (n) => `${n}.0`,
  (n) => full(String(n)),
  (n) => `${n}次`,
  (n) => ` ${n} `,
];
/** Ways in which a mean is written, with what is beside its heading. */
const means: readonly (readonly [string, (seconds: number) => string])[] = [
  ['', String],
  ['', (s) => `${Math.floor(s / 60)}:${two(s % 60)}`],
  ['', (s) => `0:${two(Math.floor(s / 60))}:${two(s % 60)}`],
  ['', (s) => `${Math.floor(s / 60)}分${s % 60}秒`],
  ['(ms)', (s) => String(s * 1000)],
];
const headings = [
  ['queue', 'start', 'offered', 'answered', 'handle_seconds_mean'],
  ['技能组', '开始时间', '人工请求量', '接通量', '平均处理时长'],
  ['Queue Name', 'Interval Start', 'Calls Offered', 'Calls Handled', 'AHT'],
];
const encodings: readonly ((said: string) => Uint8Array)[] = [
  (said) => new TextEncoder().encode(said),
  (said) => new TextEncoder().encode(`\uFEFF${said}`),
  (said) => Buffer.from(`\uFEFF${said}`, 'utf16le'),
  (said) => toGb18030(said),
];

const layout = fc.record({
  time: fc.constantFrom(...times),
  count: fc.constantFrom(...counts),
  mean: fc.constantFrom(...means),
  names: fc.constantFrom(...headings),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  encode: fc.constantFrom(...encodings),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n'),
  title: fc.boolean(),
  totals: fc.boolean(),
  blank: fc.boolean(),
  backwards: fc.boolean(),
});

type Cell = readonly [queue: string, day: string, slot: string, Interval];
const cellsOf = ({ intervals }: Table): Cell[] =>
  intervals.flatMap((byDay, q) =>
    byDay.flatMap((bySlot, d) =>
      bySlot.map((one, s): Cell => [queues[q] ?? '', days[d] ?? '', slots[s] ?? '', one]),
    ),
  );

const written = (given: Table, how: typeof layout extends fc.Arbitrary<infer L> ? L : never): ByteSource => {
  const row = (cells: readonly string[]): string =>
    how.order.map((at) => cells[at] ?? '').join(how.delimiter);
  const [unit, mean] = how.mean;
  const rows = cellsOf(given).map(([queue, d, slot, { offered, answered, handle }]) =>
    row([queue, how.time(d, slot), how.count(offered), how.count(answered), mean(handle / answered)]),
  );
  const all = [
    ...(how.title ? ['某市热线话务报表', ''] : []),
    row(how.names.map((name, i) => (i === 4 ? `${name}${unit}` : name))),
    ...(how.blank ? [''] : []),
    ...(how.backwards ? rows.toReversed() : rows),
    ...(how.totals ? [row(['合计', '', '1', '1', '1'])] : []),
  ];
  return byteSourceOf('shape.csv', how.encode(all.join(how.end) + how.end));
};

const read = async (source: ByteSource, all: boolean): Promise<Map<string, readonly number[]>> => {
  const aliases = Object.fromEntries(queues.map((queue) => [queue, queue]));
  const { records } = await ingestTraffic([source], {
    ...shanghai,
    queueAliases: aliases,
    queue: all ? undefined : 'general',
  });
  return new Map(
    records.map((r) => [
      `${r.queue} ${r.startMillis}`,
      all ? [r.offered, r.answered ?? -1, r.handleSecondsTotal ?? -1] : [r.offered],
    ]),
  );
};
const expected = (given: Table, all: boolean): Map<string, readonly number[]> =>
  new Map(
    cellsOf(given).map(([queue, d, slot, { offered, answered, handle }]) => [
      `${queue} ${inShanghai(`${d} ${slot}`)}`,
      all ? [offered, answered, handle] : [offered],
    ]),
  );
const sorted = (found: Map<string, readonly number[]>) => [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));

test('a table reads back equal, however its times, figures, headings and rows are written', async () => {
  await fc.assert(
    fc.asyncProperty(table, layout, async (given, how) => {
      expect(sorted(await read(written(given, how), true))).toEqual(sorted(expected(given, true)));
    }),
    { numRuns: isLongRun ? 300 : 60 },
  );
});

/** Shapes with a column per day, time of day or queue, of one queue where the shape holds no more. */
const shapes: readonly ((given: Table) => {
  readonly rows: readonly (readonly (string | number)[])[];
  readonly of: Table;
})[] = [
  (given) => {
    const own = given.intervals[0] ?? [];
    const head = ['时段', ...own.map((_, d) => days[d] ?? '')];
    return {
      rows: [head, ...slots.map((slot, s) => [slot, ...own.map((bySlot) => bySlot[s]?.offered ?? 0)])],
      of: { intervals: [own] },
    };
  },
  (given) => {
    const own = given.intervals[0] ?? [];
    return {
      rows: [
        ['日期', ...slots],
        ...own.map((bySlot, d) => [days[d] ?? '', ...bySlot.map((one) => one.offered)]),
      ],
      of: { intervals: [own] },
    };
  },
  (given) => ({
    rows: [
      ['时间', ...queues.slice(0, given.intervals.length)],
      ...(given.intervals[0] ?? []).flatMap((bySlot, d) =>
        bySlot.map((_, s) => [
          `${days[d]} ${slots[s]}`,
          ...given.intervals.map((byDay) => byDay[d]?.[s]?.offered ?? 0),
        ]),
      ),
    ],
    of: given,
  }),
  (given) => ({
    rows: [
      ['队列', '日期', '时段', '累计来电量'],
      ...given.intervals.flatMap((byDay, q) =>
        byDay.flatMap((bySlot, d) => {
          let sum = 0;
          return bySlot.map(({ offered }, s) => [
            queues[q] ?? '',
            days[d] ?? '',
            slots[s] ?? '',
            (sum += offered),
          ]);
        }),
      ),
    ],
    of: given,
  }),
];

test('a table reads back equal in every shape, as CSV and as a workbook', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(...shapes), fc.boolean(), async (given, shape, workbook) => {
      const { rows, of } = shape(given);
      const book = utils.book_new();
      utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), '数据');
      const source = workbook
        ? byteSourceOf(
            'shape.xlsx',
            new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
          )
        : byteSourceOf('shape.csv', rows.map((row) => row.join(',')).join('\n'));
      expect(sorted(await read(source, false))).toEqual(sorted(expected(of, false)));
    }),
    { numRuns: 60 },
  );
});
