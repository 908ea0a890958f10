import { messageOf } from '../support/said.ts';
import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { CellDecoder } from '../../src/ingest/tables/text-encoding.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, gzip, inShanghai, refusal, shanghai } from '../support/ingest-options.ts';

const utf8 = (said: string): Uint8Array => new TextEncoder().encode(said);
const body = 'queue,start,offered\na,2026-11-23 08:00,5\na,2026-11-23 08:30,6\n';
const wanted = [
  { queue: 'a', startMillis: inShanghai('2026-11-23 08:00'), intervalMinutes: 30, offered: 5 },
  { queue: 'a', startMillis: inShanghai('2026-11-23 08:30'), intervalMinutes: 30, offered: 6 },
];
const recordsOf = async (source: ByteSource, options = shanghai): Promise<readonly unknown[]> =>
  (await ingestTraffic([source], options)).records;

const utf16 = (said: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(said.length * 2));
  for (let i = 0; i < said.length; i += 1) view.setUint16(i * 2, said.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
};

/** 技能组,时段,人工请求量 / 综合 in GB18030. */
const gb18030 = (): Uint8Array => {
  const heading = [
    0xbc, 0xbc, 0xc4, 0xdc, 0xd7, 0xe9, 44, 0xca, 0xb1, 0xb6, 0xce, 44, 0xc8, 0xcb, 0xb9, 0xa4, 0xc7, 0xeb,
    0xc7, 0xf3, 0xc1, 0xbf, 10,
  ];
  const queue = [0xd7, 0xdb, 0xba, 0xcf];
  const rows = [',2026/11/23 8:00,5\r\n', ',2026/11/23 8:30,6\r\n'].flatMap((rest) => [
    ...queue,
    ...utf8(rest),
  ]);
  return new Uint8Array([...heading, ...rows]);
};

describe('formats', () => {
  it.each([
    ['line feeds', body],
    ['CRLF', body.replaceAll('\n', '\r\n')],
    ['bare CR', body.replaceAll('\n', '\r')],
    ['no final line end', body.trimEnd()],
    ['semicolons', body.replaceAll(',', ';')],
    ['tabs', body.replaceAll(',', '\t')],
    ['quotes', body.replaceAll(/[^,\n]+/g, '"$&"')],
    ['a UTF-8 mark', `\ufeff${body}`],
    ['a UTF-8 mark before a quote', `\ufeff${body.replace('queue', '"queue (skill, group)"')}`],
    ['blank lines and empty columns', body.replace('\n', ',\n\n').replaceAll(/(\d)\n/g, '$1,\n,,,\n')],
    ['a title above', `12345 热线话务报表\n统计周期:2026-11-23\n${body}`],
    ['a total below', `${body}合计,,11\n`],
    ['a total of another shape below', `${body}合计,11\n`],
  ])('reads CSV with %s', async (_, content) => {
    expect(await recordsOf(byteSourceOf('a.csv', content))).toEqual(wanted);
  });

  it.each([1, 2, 3, 7])('reads the same in pieces of %i bytes', async (bytes) => {
    const content = `queue,start,offered\r\n"a ""b"", c",2026-11-23 08:00,5\r\n"line\nfeed",2026-11-23 08:00,6\r\n`;
    const records = await recordsOf(byteSourceOf('a.csv', content, bytes), {
      ...shanghai,
      map: intervalOf30,
    });
    expect(records).toMatchObject([
      { queue: 'a "b", c', offered: 5 },
      { queue: 'line\nfeed', offered: 6 },
    ]);
  });

  it('counts lines inside quoted cells', async () => {
    const source = csv('queue,start,offered', '"line\nfeed",2026-11-23 08:00,6', 'a,2026-11-23 08:00,-1');
    expect(await refusal(ingestTraffic([source], { ...shanghai, map: intervalOf30 }))).toMatchObject([
      { row: 4 },
    ]);
  });

  it('reads gzip', async () => {
    const { records, report } = await ingestTraffic(
      [byteSourceOf('a.csv.gz', await gzip(utf8(body)), 10)],
      shanghai,
    );
    expect(records).toEqual(wanted);
    expect(report.files[0]?.encoding).toBe('utf-8 (gzip)');
  });

  it.each([
    ['little-endian with a mark', utf16(`\ufeff${body}`, true)],
    ['big-endian with a mark', utf16(`\ufeff${body}`, false)],
    ['little-endian without', utf16(body, true)],
  ])('reads UTF-16 %s', async (_, bytes) => {
    expect(await recordsOf(byteSourceOf('a.csv', bytes, 5))).toEqual(wanted);
  });

  it('tells GB18030 from UTF-8 and reads Chinese headings without a map', async () => {
    const { records, report } = await ingestTraffic([byteSourceOf('gb.csv', gb18030())], shanghai);
    expect(records).toEqual(wanted.map((record) => ({ ...record, queue: '综合' })));
    expect(report.files[0]?.encoding).toBe('gb18030');
    const guessed = report.problems.filter(({ rule }) => rule === 'columns-guessed');
    expect(guessed).toHaveLength(1);
    for (const pair of [
      '人工请求量 → 人工请求量（offered）',
      '技能组 → 队列（queue）',
      '时段 → 开始时间（start）',
    ])
      expect(messageOf(guessed[0])['zh-CN']).toContain(pair);
  });

  it('settles the encoding late when the head is plain ASCII', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => {
      const at = new Date(Date.UTC(2026, 0, 1) + i * 1_800_000).toISOString().slice(0, 16);
      return `plain-queue-name,${at},5`;
    });
    const late = [
      ...utf8(`queue,start,offered\n${many.join('\n')}\n`),
      0xd7,
      0xdb,
      ...utf8(',2026-01-01 08:00,6\n'),
    ];
    const { report } = await ingestTraffic([byteSourceOf('late.csv', new Uint8Array(late))], shanghai);
    expect(report.queues).toEqual(['plain-queue-name', '综']);
    expect(report.files[0]?.encoding).toBe('gb18030');
  });
});

const intervalOf30 = { columns: {}, constants: { interval_minutes: 30 }, values: {}, units: {} };

/** A workbook of one sheet from cells, as a spreadsheet program writes it. */
const workbook = (rows: readonly (readonly unknown[])[], bookType: 'xlsx' | 'biff8' = 'xlsx'): Uint8Array => {
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['说明'], ['第一页']]), '说明');
  utils.book_append_sheet(book, sheet, '话务');
  return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
};

describe('spreadsheets', () => {
  const serial = (Date.UTC(2026, 10, 23, 8) / 86_400_000 + 25_569).valueOf();
  const rows = [
    ['12345 热线话务报表'],
    ['技能组', '开始时间', '人工请求量'],
    ['a', { t: 'n', v: serial, z: 'yyyy-mm-dd hh:mm' }, 5],
    ['a', { t: 'n', v: serial + 1 / 48, z: 'yyyy-mm-dd hh:mm' }, 6],
    ['合计', '', 11],
  ];

  it.each(['xlsx', 'biff8'] as const)(
    'reads a named sheet of %s with a title, real dates and a total',
    async (type) => {
      const source = byteSourceOf('a.xlsx', workbook(rows, type));
      expect(await recordsOf(source, { ...shanghai, sheet: '话务' })).toEqual(wanted);
    },
  );

  it('reads dates and clock times in two columns, and plain serial numbers', async () => {
    const clock = (share: number): object => ({ t: 'n', v: share, z: 'h:mm' });
    const date = { t: 'n', v: Math.floor(serial), z: 'yyyy/m/d' };
    const split = [
      ['技能组', '日期', '时段', '来电量'],
      ['a', date, clock(8 / 24), 5],
      ['a', date, clock(8.5 / 24), 6],
    ];
    expect(await recordsOf(byteSourceOf('b.xlsx', workbook(split)), { ...shanghai, sheet: '话务' })).toEqual(
      wanted,
    );
    const bare = [
      ['queue', 'start', 'offered'],
      ['a', serial, 5],
      ['a', serial + 1 / 48, 6],
    ];
    expect(await recordsOf(byteSourceOf('c.xlsx', workbook(bare)), { ...shanghai, sheet: '话务' })).toEqual(
      wanted,
    );
  });

  it('a row may be shorter than the heading, not longer', async () => {
    const head = ['queue', 'start', 'offered', 'answered'];
    const book = (...cells: number[]) => {
      const all = [head, ['a', '2026-11-23 08:00', ...cells], ['a', '2026-11-23 08:30', 9, 8]];
      return ingestTraffic([byteSourceOf('a.xlsx', workbook(all))], shanghai);
    };
    expect((await book(9)).records).toHaveLength(2);
    expect(await refusal(book(9, 8, 7))).toContainEqual(
      expect.objectContaining({ rule: 'wrong-cell-count', row: 2 }),
    );
  });

  it('names the sheets that there are, refuses large and damaged files', async () => {
    const source = byteSourceOf('a.xlsx', workbook(rows));
    const [missing] = await refusal(ingestTraffic([source], { ...shanghai, sheet: '其他' }));
    expect(missing?.rule).toBe('no-such-sheet');
    expect(messageOf(missing).en).toContain('说明, 话务');
    const limits = { maxSpreadsheetBytes: 1000 };
    expect(await refusal(ingestTraffic([source], { ...shanghai, limits }))).toMatchObject([
      { rule: 'spreadsheet-too-large' },
    ]);
    const cut = byteSourceOf('d.xlsx', workbook(rows).subarray(0, 3000));
    expect(await refusal(ingestTraffic([cut], shanghai))).toMatchObject([{ rule: 'damaged-spreadsheet' }]);
    const inflated = { maxSpreadsheetInflatedBytes: 2000 };
    expect(await refusal(ingestTraffic([source], { ...shanghai, limits: inflated }))).toMatchObject([
      { rule: 'inflates-too-far' },
    ]);
  });
});

it('a table of plain ASCII so far is in the encoding that its first other cell decodes in', () => {
  const read = (bytes: Uint8Array) => {
    const decoder = new CellDecoder('ascii');
    const ascii = new TextEncoder().encode('2026-11-23');
    expect([decoder.decode(ascii, 0, ascii.length), decoder.encoding]).toEqual(['2026-11-23', 'utf-8']);
    return [decoder.decode(bytes, 0, bytes.length), decoder.encoding, decoder.decode(bytes, 0, 1)];
  };
  expect(read(new TextEncoder().encode('综合 é'))).toEqual(['综合 é', 'utf-8', undefined]);
  expect(read(toGb18030('综合'))).toEqual(['综合', 'gb18030', undefined]);
});
