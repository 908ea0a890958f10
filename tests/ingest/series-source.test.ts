import { chinese, english } from '../support/said.ts';
import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { seriesSheetsOf, seriesTextOf } from '../../src/ingest/series/series-source.ts';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { describeProblem } from '../../src/words/problems.ts';
import type { SeriesCsvOptions } from '../../src/ingest/series/series-columns.ts';
import { fileUnpacker as unpacker } from '../../src/engine/file-unpacker.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { gzip, refusal } from '../support/ingest-options.ts';

const utf8 = (said: string): Uint8Array => new TextEncoder().encode(said);

const read = async (content: string | Uint8Array, options: SeriesCsvOptions = {}) =>
  readSeriesCsv(await seriesTextOf(byteSourceOf('in', content), { unpacker }), options);

/** Counts of the only queue, or of one of several, with the gaps left out. */
const counts = (series: Awaited<ReturnType<typeof read>>, queue = ''): number[] =>
  [...(series.queues.get(queue)?.values ?? [])].filter((value) => !Number.isNaN(value));

const plain = 'start,calls\n2026-11-23 08:00,5\n2026-11-23 08:30,6\n2026-11-23 09:00,0\n';

it('columns that are named are taken where all of them stand, below a row that lacks one too', async () => {
  const named = { timeColumn: 'from', countColumn: 'n', queueColumn: 'desk' };
  const rows = 'from,n,desk\n2026-11-23 08:00,5,a\n2026-11-23 08:30,6,a\n2026-11-23 08:00,7,b\n';
  for (const said of [rows, `from,n,calls by half-hour\n${rows}`]) {
    const series = await read(said, named);
    expect([counts(series, 'a'), counts(series, 'b')]).toEqual([[5, 6], [7]]);
  }
  expect(await refusal(read(rows, { ...named, queueColumn: 'skill' }))).toMatchObject([
    { rule: 'missing-queue-column', row: 1 },
  ]);
  expect(await refusal(read(rows, { timeColumn: 'until', countColumn: 'calls' }))).toMatchObject([
    { rule: 'missing-time-column' },
    { rule: 'missing-count-column' },
  ]);
  // a queue that stands in the first column is there; one that nobody asked for is not missed
  const first = 'desk,from,n\na,2026-11-23 08:00,5\n';
  const rulesOf = async (content: string, options: SeriesCsvOptions): Promise<string[]> =>
    (await refusal(read(content, options))).map(({ rule }) => rule);
  expect(await rulesOf(first, { ...named, timeColumn: 'until' })).toEqual(['missing-time-column']);
  expect(await rulesOf(first, { timeColumn: 'until', countColumn: 'n' })).toEqual(['missing-time-column']);
});

describe('a bare series in any form of table', () => {
  it.each([
    ['plain', plain],
    ['a byte-order mark', `\ufeff${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['bare CR', plain.replaceAll('\n', '\r')],
    ['semicolons', plain.replaceAll(',', ';')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['quotes', plain.replaceAll(/[^,\n]+/g, '"$&"')],
    ['a title above', `12345 热线话务报表\n\n${plain}`],
    ['lines within a heading', plain.replaceAll(',', ';').replace('start;calls', '"start";"offered\ncalls"')],
    ['a total below', `${plain}合计,11\n`],
    ['thousands and decimals', plain.replace(',5', ',"5.0"')],
    ['Chinese headings', plain.replace('start,calls', '开始时间,人工请求量')],
    ['slashes and no leading zero', plain.replaceAll('2026-11-23 0', '2026/11/23 ')],
    ['ranges', plain.replace('08:30,', '08:30-09:00,').replace('08:00,', '08:00-08:30,')],
    [
      'day and time of day apart, in Chinese',
      plain.replace('start,', '日期,时段,').replaceAll('2026-11-23 ', '2026年11月23日,'),
    ],
    [
      'day and time of day apart, in English',
      plain.replace('start,', 'date,time,').replaceAll('2026-11-23 ', '2026-11-23,'),
    ],
  ])('%s', async (_, content) => {
    const series = await read(content);
    expect(series.intervalMinutes).toBe(30);
    expect(counts(series)).toEqual([5, 6, 0]);
  });

  it('GB18030, whose headings and queues are Chinese, and says what was taken for what', async () => {
    const said = '技能组,时段,人工请求量\n综合,2026/11/23 8:00,5\n社保,2026/11/23 8:00,7\n';
    const series = await read(toGb18030(said));
    expect([...series.queues.keys()]).toEqual(['综合', '社保']);
    expect(counts(series, '社保')).toEqual([7]);
    expect(chinese(series.notices[0])).toContain('“人工请求量”');
    expect((await read(plain)).notices).toEqual([]);
  });

  it('GB18030 of which only a late row is not ASCII', async () => {
    const said = `queue,start,calls\n${'a,2026-11-23 08:00,5\n'.repeat(20_000)}综合,2026-11-23 08:00,7\n`;
    expect(counts(await read(toGb18030(said)), '综合')).toEqual([7]);
  });

  it('a spreadsheet, and gzip of a CSV', async () => {
    const book = utils.book_new();
    const rows = [
      ['开始时间', '来电量'],
      [new Date(Date.UTC(2026, 10, 23, 8)), 5],
      ['2026-11-23 08:30', 6],
    ];
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true }), '话务');
    const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
    expect(counts(await read(bytes))).toEqual([5, 6]);
    expect(counts(await read(await gzip(utf8(plain))))).toEqual([5, 6, 0]);
  });

  it('names lines as the file counts them, also where it had to be rendered', async () => {
    const wrong = `标题\n\n${plain.replaceAll(',', ';')}gestern;5\n`;
    const [problem] = await refusal(read(wrong));
    expect(problem).toMatchObject({ rule: 'bad-time', row: 7, value: 'gestern' });
  });

  it('takes columns that are named, two of them where day and time stand apart', async () => {
    const said = '天,几点,条数,别的\n2026-11-23,08:00,5,1\n2026-11-23,08:30,6,1\n';
    expect(counts(await read(said, { timeColumn: '天+几点', countColumn: '条数' }))).toEqual([5, 6]);
    const [time, count] = await refusal(read(said));
    expect([time?.rule, count?.rule]).toEqual(['missing-time-column', 'missing-count-column']);
    expect(describeProblem(time as Problem, 'zh-CN')).toContain('天,几点,条数');
  });
});

describe('a bare series that is none', () => {
  it.each([
    ['an empty file', '', 'empty-file'],
    ['a PDF', '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj', 'not-a-table'],
    ['JSON', '{"start": 1}', 'not-a-table'],
    ['HTML', '<!DOCTYPE html><html></html>', 'not-a-table'],
    ['binary data', new Uint8Array(4096).map((_, i) => (i * 37) % 251), 'not-a-table'],
    [
      'bytes of no encoding, far down',
      new Uint8Array([...utf8(plain + '\n'.repeat(300_000)), 0xff, 0xff, 10]),
      'wrong-encoding',
    ],
    ['a heading alone', 'start,calls\n', 'no-rows'],
    ['a heading of months alone', 'month,calls\n', 'no-rows'],
    ['a thirteenth month', 'month,calls\n2026-13,5\n', 'bad-time'],
    ['a sixtieth week', 'week,calls\n2026-W60,5\n', 'bad-time'],
  ])('%s', async (_, content, rule) => {
    expect(await refusal(read(content))).toMatchObject([{ rule }]);
  });

  it('a named encoding that it is not in', async () => {
    const source = byteSourceOf('in', toGb18030('开始时间,来电量\n2026-11-23 08:00,5\n'));
    expect(await refusal(seriesTextOf(source, { unpacker, encoding: 'utf-8' }))).toMatchObject([
      { rule: 'wrong-encoding', file: 'in' },
    ]);
  });

  it('a 200 MB line, of which no more than the limit is read', async () => {
    const piece = new Uint8Array(1_048_576).fill(120);
    let pulled = 0;
    const chunks = {
      async *[Symbol.asyncIterator]() {
        yield utf8('start,calls\n2026-11-23 08:00,');
        for (; pulled < 200; pulled += 1) yield piece;
      },
    };
    expect(await refusal(seriesTextOf({ name: 'long', chunks }, { unpacker }))).toMatchObject([
      { rule: 'line-too-long', row: 2 },
    ]);
    expect(pulled).toBeLessThan(4);
  });
});

it('a workbook of several pieces is no line that is too long', async () => {
  const pieces = ['PK\u0003\u0004', ...Array.from({ length: 20 }, () => 'x'.repeat(100_000))];
  const chunks = {
    async *[Symbol.asyncIterator]() {
      for (const piece of pieces) yield utf8(piece);
    },
  };
  const problems = await refusal(seriesTextOf({ name: 'in', chunks }, { unpacker }));
  expect(problems).toHaveLength(1);
  expect(problems[0]?.rule).not.toBe('line-too-long');
});

describe('the clock changes of a zone', () => {
  const berlin = { timezone: 'Europe/Berlin' };

  it('a time that is jumped over', async () => {
    const said = 'start,calls\n2026-03-29 01:30,5\n2026-03-29 02:30,6\n';
    expect(await refusal(read(said, berlin))).toMatchObject([{ rule: 'time-does-not-exist', row: 3 }]);
    expect(counts(await read(said))).toEqual([5, 6]);
  });

  it('an hour that comes twice is told as the mean of both passes', async () => {
    const said =
      'start,calls\n2026-10-25 02:00,5\n2026-10-25 02:30,6\n2026-10-25 02:00,7\n2026-10-25 02:30,8\n';
    expect(counts(await read(said, berlin))).toEqual([6, 7]);
    expect(await refusal(read(said))).toMatchObject([
      { rule: 'conflicting-rows', row: 4 },
      { rule: 'conflicting-rows', row: 5 },
    ]);
  });

  it('an offset is told on the clock of the zone', async () => {
    const said = 'start,calls\n2026-11-23T08:00:00Z,5\n2026-11-23T08:30:00Z,6\n';
    const grid = (await read(said, { timezone: 'Asia/Shanghai' })).queues.get('');
    expect([...(grid?.values ?? [])].indexOf(5)).toBe(32);
  });

  it('a zone that does not exist', async () => {
    await expect(read(plain, { timezone: 'Mars/Base' })).rejects.toThrow(BadInputError);
  });
});

/** A workbook of sheets with a title line, a heading and hours of one day each. */
const workbook = (
  sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>,
): Uint8Array => {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
};

describe('a workbook with a sheet a month', () => {
  const sheet = (day: string, calls: number) => [
    [`${day} 话务`],
    ['start', 'calls'],
    [`${day} 08:00`, calls],
    [`${day} 09:00`, calls + 1],
    ['制表人：王', ''],
  ];

  it('is read whole, and a sheet of another heading is said to be left out', async () => {
    const bytes = workbook({
      说明: [['关于本表']],
      一: sheet('2026-11-23', 5),
      二: sheet('2026-11-24', 7),
    });
    const { csv, placeOf, notices } = await seriesSheetsOf(byteSourceOf('in.xlsx', bytes), { unpacker });
    const series = readSeriesCsv(csv, { placeOf });
    expect(counts(series)).toEqual([5, 6, 7, 8]);
    expect(english(notices[0])).toContain('说明');
  });

  it('tells the sheet and row of a bad cell', async () => {
    const bytes = workbook({ 一: sheet('2026-11-23', 5), 二: sheet('2026-11-24', -7) });
    const { csv, placeOf } = await seriesSheetsOf(byteSourceOf('in.xlsx', bytes), { unpacker });
    try {
      readSeriesCsv(csv, { file: 'in.xlsx', placeOf });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      expect(error.problems[0]).toMatchObject({ file: 'in.xlsx[二]', row: 3, rule: 'bad-count' });
    }
  });
});

it.each(['制表人：王芳', '审核：李', '第 1 页', 'Printed on 2026-11-24', 'start,calls'])(
  'a row that ingest passes over (%s) is passed over',
  async (row) => {
    expect(counts(await read(`${plain}${row}\n`))).toEqual([5, 6, 0]);
  },
);
