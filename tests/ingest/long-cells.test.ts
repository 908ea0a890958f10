import { describe, expect, test } from 'vitest';
import { fieldsOfKind, type FieldType } from '../../src/ingest/columns/headings.ts';
import { recordKindNames, recordKinds, type RecordKind } from '../../src/kernel/records.ts';
import { readHolidayCsv } from '../../src/ingest/kinds/holiday-csv.ts';
import { ingestRecords } from '../../src/ingest/kinds/ingest-records.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { readRate } from '../../src/monitoring/check-results.ts';
import { runErlangTable } from '../../src/queueing/erlang-table.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';
import { sweep } from '../support/sweep.ts';

// Long enough that trying again from every place takes many times what is allowed.
const length = 100_000;

/** Long texts that patterns with open ends try at every place, up to their very end. */
const longTexts: Readonly<Record<string, string>> = {
  digits: `${'1'.repeat(length)}x`,
  spaces: `1${' '.repeat(length)}x`,
  clocks: `${'8:00-'.repeat(length / 5)}x`,
  dashes: `2026${'-'.repeat(length)}1`,
  thousands: `${'1,000'.repeat(length / 5)}x`.replaceAll(',', '.'),
  brackets: '('.repeat(length),
  holidays: '(observed'.repeat(length / 9),
};

const sound: Readonly<Record<FieldType, string>> = {
  text: 'a',
  list: 'a',
  time: '2026-01-05 08:00',
  date: '2026-01-05',
  count: '3',
  number: '3',
  share: '0.5',
  seconds: '3',
  truth: '1',
};

const refusedOrTaken = async (work: () => unknown): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
  }
};

/** Seconds: a hundred times what is usual, and a tenth of what a cell costs that is gone through from each of its letters. */
const aMoment = 4;

/** Processor seconds of this process; of other work on the machine they tell nothing. */
const secondsOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await refusedOrTaken(work);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const heading = (kind: RecordKind): string => fieldsOfKind[kind].map(({ field }) => field).join(',');
const row = (kind: RecordKind, long?: { readonly field: string; readonly said: string }): string =>
  fieldsOfKind[kind].map((spec) => (spec.field === long?.field ? long.said : sound[spec.type])).join(',');

/** Between them they have fields of every type. */
const usual: ReadonlySet<RecordKind> = new Set(['traffic', 'calls', 'test-calls', 'operators', 'roster']);

describe.each(Object.entries(longTexts))('a cell of 100 kB of %s', (_, said) => {
  test.each(sweep(recordKindNames, (kind) => usual.has(kind)))(
    'costs no field of %s more than a moment',
    async (kind) => {
      for (const { field } of fieldsOfKind[kind]) {
        const source = csv(heading(kind), row(kind), row(kind, { field, said }));
        expect(
          await secondsOf(() => ingestRecords(recordKinds[kind].file, [source], shanghai)),
          field,
        ).toBeLessThan(aMoment);
      }
    },
  );

  test('costs a look at a file, a heading and a series no more', async () => {
    const looks = [
      () => guess(csv('start,offered', `2026-01-05 08:00,3`, `${said},3`, `2026-01-05 08:30,${said}`)),
      () => guess(csv(`start,offered,${said}`, `2026-01-05 08:00,3,1`)),
      () => guess(csv(`date,08:00,08:30,${said},09:30`, `2026-01-05,3,1,${said},4`)),
      () => readSeriesCsv(`t,calls\n2026-01-05 08:00,3\n${said},3\n2026-01-05 08:30,${said}\n`),
      () => readHolidayCsv(`date,name\n2026-01-05,${said}\n${said},a\n`),
      () => runErlangTable(`load_erl,n,aht_s,patience_s,K,t_s\n${said},10,200,100,20,15\n`),
      () =>
        calendarOf({
          country: null,
          overrides: [{ date: '2026-03-02', kind: 'holiday', name: said }],
        }).dayKind('2026-03-02'),
      () => readRate(said),
    ];
    for (const [i, look] of looks.entries()) expect(await secondsOf(look), `${i}`).toBeLessThan(aMoment);
  });
});

/** Sixty rows under some columns, of one kind of heading and one kind of cell. */
const manyColumns = (columns: number, heading: (column: number) => string, cell: string): ByteSource => {
  const rowOf = (of: (column: number) => string): string =>
    Array.from({ length: columns }, (_, column) => of(column)).join(',');
  return csv(rowOf(heading), ...Array.from({ length: 60 }, () => rowOf(() => cell)));
};

const headings = [
  ['unknown names', (column: number) => `c${column}`, '1'],
  ['one name for all', () => 'calls', '1'],
  ['days', () => '日期', '2026-01-05'],
  ['times of day', () => '08:00', '8:00'],
  ['dates', () => '2026-01-05', '2026-01-05'],
] as const;
test.each(sweep(headings, ([name]) => name === 'days'))(
  'a look at a table of 1,000 columns headed by %s costs as much more as it is wider',
  async (_, heading, cell) => {
    const least = async (columns: number): Promise<number> => {
      const table = manyColumns(columns, heading, cell);
      return Math.min(await secondsOf(() => guess(table)), await secondsOf(() => guess(table)));
    };
    // Were each column held against each other, it would be sixteen times as much.
    expect(await least(1000)).toBeLessThan(8 * (await least(250)));
  },
);

test('a cell longer than any that is read is named by its place, with its beginning', async () => {
  const long = `${'b'.repeat(5000)},2026-01-05 08:30,3`;
  const source = csv('queue,start,offered', 'a,2026-01-05 08:00,3', long, 'a,2026-01-05 08:30,3');
  const problems = await refusal(ingestTraffic([source], shanghai));
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    { rule: 'cell-too-long', row: 3, column: 'queue', value: `${'b'.repeat(57)}...` },
  ]);
});
