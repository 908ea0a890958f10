import { utils, write, type WorkSheet } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { byteSourceOf, joinBytes, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { guess, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

const heading = ['日期', '时段', '技能组', '呼入量', '平均通话时长'];
const day = (date: string, first = 5): unknown[][] => [
  [date, '8:00', '综合', first, '0:03:20'],
  [date, '8:30', '综合', first + 1, '0:03:30'],
];
const sheet = (...rows: unknown[][]): WorkSheet => utils.aoa_to_sheet(rows);
const book = (
  sheets: Readonly<Record<string, WorkSheet>>,
  hidden: readonly string[] = [],
  name = 'report.xlsx',
): ByteSource => {
  const workbook = utils.book_new();
  for (const [title, content] of Object.entries(sheets)) utils.book_append_sheet(workbook, content, title);
  workbook.Workbook = {
    Sheets: workbook.SheetNames.map((title) => ({ Hidden: hidden.includes(title) ? 1 : 0 })),
  };
  return byteSourceOf(
    name,
    new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
  );
};
const read = (source: ByteSource, options = shanghai) => ingestTraffic([source], options);
const starts = ({ records }: Awaited<ReturnType<typeof read>>) => records.map((row) => row.startMillis);

describe('which sheets of a workbook are read', () => {
  it('passes over a cover sheet and says so', async () => {
    const source = book({
      说明: sheet(['本表由系统导出'], ['联系人', '运维']),
      数据: sheet(['话务报表'], heading, ...day('2026-11-23')),
    });
    const { records, report } = await read(source);
    expect(records.map(({ offered }) => offered)).toEqual([5, 6]);
    expect(report.files).toMatchObject([{ file: 'report.xlsx[数据]', accepted: 2 }]);
    expect(report.problems).toContainEqual(
      expect.objectContaining({ rule: 'sheets-left-out', file: 'report.xlsx' }),
    );
    expect(await guess(source)).toMatchObject({
      sheet: '数据',
      sheets: ['说明', '数据'],
      headingLine: 2,
    });
  });

  it('reads a sheet a month together, with the row of its own sheet in a problem', async () => {
    const months = {
      十月: sheet(heading, ...day('2026-10-31')),
      十一月: sheet(heading, ...day('2026-11-01')),
    };
    expect(starts(await read(book(months)))).toEqual([
      ...['2026-10-31 08:00', '2026-10-31 08:30', '2026-11-01 08:00', '2026-11-01 08:30'].map(inShanghai),
    ]);
    const bad = book({ ...months, 十二月: sheet(heading, ['2026-12-01', '8:00', '综合', -4, '']) });
    expect(await refusal(read(bad))).toContainEqual(
      expect.objectContaining({
        rule: 'negative-count',
        file: 'report.xlsx[十二月]',
        row: 2,
        column: '呼入量',
      }),
    );
  });

  it('leaves a sheet of another form alone and takes only the one that is named', async () => {
    const both = book({
      明细: sheet(heading, ...day('2026-11-23')),
      汇总: sheet(['日期', '呼入量', '技能组'], ['2026-11-23', 11, '综合'], ['2026-11-24', 12, '综合']),
    });
    expect((await read(both)).records).toHaveLength(2);
    const named = await read(both, { ...shanghai, sheet: '汇总', map: undefined });
    expect(named.report.problems.map(({ rule }) => rule)).not.toContain('sheets-left-out');
    expect(await refusal(read(both, { ...shanghai, sheet: '没有' }))).toMatchObject([
      { rule: 'no-such-sheet' },
    ]);
  });

  it('does not read a hidden sheet, and tells hidden rows that it reads', async () => {
    const shown = sheet(heading, ...day('2026-11-23'));
    shown['!rows'] = [{}, { hidden: true }];
    const source = book({ 旧数据: sheet(heading, ...day('2025-01-01')), 数据: shown }, ['旧数据']);
    const answer = await read(source);
    expect(starts(answer)[0]).toBe(inShanghai('2026-11-23 08:00'));
    expect(answer.report.problems.map(({ rule }) => rule)).toContain('hidden-rows-read');
  });
});

describe('cells of a workbook', () => {
  it('a date merged downwards stands for each of its rows, a merged figure does not', async () => {
    const merged = sheet(heading, ...day('2026-11-23'));
    merged['A3'] = { t: 'z' };
    merged['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }];
    expect(starts(await read(book({ A: merged })))).toEqual([
      inShanghai('2026-11-23 08:00'),
      inShanghai('2026-11-23 08:30'),
    ]);
    merged['D3'] = { t: 'z' };
    merged['!merges'].push({ s: { r: 1, c: 3 }, e: { r: 2, c: 3 } });
    expect(await refusal(read(book({ A: merged })))).toContainEqual(
      expect.objectContaining({ rule: 'missing-value', row: 3, column: '呼入量' }),
    );
  });

  it('a heading of two rows is put together from its merged cells', async () => {
    const tiers = sheet(
      ['日期', '时段', '技能组', '话务', ''],
      ['', '', '', '呼入量', '接通量'],
      ['2026-11-23', '8:00', '综合', 5, 4],
      ['2026-11-23', '8:30', '综合', 6, 6],
    );
    tiers['!merges'] = [0, 1, 2].map((c) => ({ s: { r: 0, c }, e: { r: 1, c } }));
    expect((await read(book({ A: tiers }))).records).toMatchObject([
      { offered: 5, answered: 4 },
      { offered: 6, answered: 6 },
    ]);
  });

  it('errors and formulas without a result are shown as they stand; a mean over no calls is absent', async () => {
    const odd = sheet(heading, ...day('2026-11-23'), ...day('2026-11-24'), ...day('2026-11-25'));
    odd['E2'] = { t: 'e', v: 7 };
    expect((await read(book({ A: odd }))).records).toHaveLength(6);
    odd['D3'] = { t: 'e', v: 23 };
    odd['D4'] = { t: 'n', f: 'E4+F4' };
    expect(await refusal(read(book({ A: odd })))).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'not-a-count', row: 3, value: '#REF!' }),
        expect.objectContaining({ rule: 'not-a-count', row: 4, value: '=E4+F4' }),
      ]) as object,
    );
  });
});

describe('web pages and XML workbooks called .xls', () => {
  const rows = [heading, ...day('2026-11-23')];
  const html = `<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="5">报表</td></tr>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${String(cell)}</td>`).join('')}</tr>`)
    .join('')}</table></body></html>`;
  const xml = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>${rows
    .map(
      (cells) =>
        `<Row>${cells.map((cell) => `<Cell><Data ss:Type="${typeof cell === 'number' ? 'Number' : 'String'}">${String(cell)}</Data></Cell>`).join('')}</Row>`,
    )
    .join('')}</Table></Worksheet></Workbook>`;
  it.each([
    ['HTML', html],
    ['XML', xml],
  ])('reads the table of %s', async (_, content) => {
    const { records } = await read(byteSourceOf('report.xls', content));
    expect(records).toMatchObject([
      { startMillis: inShanghai('2026-11-23 08:00'), offered: 5 },
      { startMillis: inShanghai('2026-11-23 08:30'), offered: 6 },
    ]);
  });

  it('a page without a table is no table', async () => {
    const page = byteSourceOf('error.xls', '<html><body>请登录</body></html>');
    expect(await refusal(read(page))).toMatchObject([{ rule: 'not-a-table' }]);
  });
});

it('a workbook with words behind its directory, as some programs write them, is read all the same', async () => {
  const source = book({ 数据: sheet(heading, ...day('2026-11-23')) });
  const bytes = joinBytes(await Array.fromAsync(source.chunks));
  const comment = new TextEncoder().encode('made by a switchboard');
  const whole = new Uint8Array([...bytes, ...comment]);
  new DataView(whole.buffer).setUint16(bytes.length - 2, comment.length, true);
  const { records } = await read(byteSourceOf('report.xlsx', whole));
  expect(records.map(({ offered }) => offered)).toEqual([5, 6]);
});
