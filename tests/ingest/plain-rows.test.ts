import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ingestCalls, ingestTraffic } from '../support/ingested.ts';
import { type IngestOptions, parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { csv, inShanghai, shanghai } from '../support/ingest-options.ts';

/** Cells by heading, the usual one first: plain for the most part, and what files have beside them. */
type Cells = Readonly<Record<string, readonly [string, ...string[]]>>;

const times = [
  ...['2025-11-02 01:10:07', '2025-11-02 01:50:00', '2025-11-02 00:59', '2025/11/02 09:00:59'],
  ...['2025-11-02T23:59:59', '2025-03-09 02:30:00', '2025-13-02 01:10:00', '2025-11-02 25:00:00'],
  ...['2025-11-02 9:00', '2025-11-02 08:00:61', '2025-11-02 08:00:00.5', '2025-11-02T08:00:00Z'],
  ...['2099-01-01 00:00:00', 'start', ''],
] as const;

const ofCalls = {
  queue: ['general', 'general', 'gen', '住房', 'a b', '"x"', '', '合计', 'Page 3'],
  arrived_at: times,
  wait_seconds: ['0', '7', '0012', '7', '', '-', '1.5', '0:30', ' 9', '1234567890123456', '99999999', 'x'],
  outcome: ['answered', 'answered', 'abandoned', 'blocked', 'ended_in_menu', 'Answered', '接通', 'maybe', ''],
  handle_seconds: ['120', '120', '', '4:00', '99999999', '-5'],
  remark: ['', 'ok', 'say "hi"', 'a;b', '合计'],
  call_id: ['', '1', '2', '3'],
  caller: ['13800001111', '13800002222', ''],
  operator: ['7', '8', ''],
} as const satisfies Cells;

const ofIntervals = {
  queue: ['general', 'general', 'gen', '住房', '"x"', '', '合计', 'Page 3'],
  start: [
    ...[
      '2025-11-02 08:00',
      '2025-11-02 08:30',
      '2025-11-02 09:00:00',
      '2025-11-02 01:00',
      '2025-11-02 01:30',
    ],
    ...['2025-03-09 02:30', '2025-11-02 08:00-08:30', '2025-11-02', ...times],
  ],
  interval_minutes: ['30', '30', '', '15', '0', '30.0', 'half'],
  offered: ['12', '0', '', '-', '12.0', '1.5', '-3', '12 calls', '1234567890123456'],
  answered: ['9', '0', '', '13', '9.0'],
  wait_seconds_total: ['60', '0', '', '1:00', '99999999999'],
  handle_seconds_total: ['2400', '', '40:00', '9'],
  remark: ['', 'ok', 'say "hi"', '合计'],
} as const satisfies Cells;

/** A file's parts: rows in quotes or not, and lines that are none: the heading again, blanks, a remark, too few, too many. */
const partOf = (cells: Cells) => {
  const headings = Object.keys(cells);
  const row = fc.record({
    cells: fc.tuple(
      ...Object.values(cells).map(([usual, ...others]) =>
        fc.oneof(
          { weight: 30, arbitrary: fc.constant(usual) },
          { weight: 4, arbitrary: fc.constantFrom(...others) },
        ),
      ),
    ),
    quoted: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  });
  const line = fc.constantFrom(
    headings.join(','),
    '',
    ','.repeat(headings.length - 1),
    `第 2 页${','.repeat(headings.length - 1)}`,
    `备注:人工,2025-11-02 08:00:00${','.repeat(headings.length - 2)}`,
    'a,b',
    Array.from({ length: headings.length + 1 }, (_, i) => i).join(','),
  );
  return fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: line });
};

type Part = string | { readonly cells: readonly string[]; readonly quoted: boolean };

/** A file of rows in quotes or not; with all in quotes, none is plain. Cells that begin with a quote need them anyway. */
const written = (cells: Cells, parts: readonly Part[], allQuoted: boolean, end: string): string => {
  const lines = parts.map((each) => {
    if (typeof each === 'string') return each;
    const isQuoted = allQuoted || each.quoted;
    return each.cells
      .map((said) => (isQuoted || said.startsWith('"') ? `"${said.replaceAll('"', '""')}"` : said))
      .join(',');
  });
  return [Object.keys(cells).join(','), ...lines, ''].join(end);
};

/** So small that rows of a longer file are cut by its pieces. */
const pieceBytes = 1000;

const kinds = [
  { cells: ofCalls, ingest: ingestCalls },
  { cells: ofIntervals, ingest: ingestTraffic },
];

type Ingest = (sources: readonly ByteSource[], options: IngestOptions) => Promise<unknown>;

const outcomeOf = async (ingest: Ingest, text: string, options: IngestOptions): Promise<unknown> => {
  try {
    return await ingest([byteSourceOf('rows.csv', text, pieceBytes)], options);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
};

test.each(kinds)(
  'rows that are read in one look give what they give when each is read with care: $ingest.name',
  async ({ cells, ingest }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(partOf(cells), { minLength: 1, maxLength: 60 }),
        fc.record({ skipBadRows: fc.boolean(), zone: fc.constantFrom('America/New_York', 'Asia/Shanghai') }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(1, 1, 1, 10),
        async (some, wish, end, times) => {
          const parts = Array.from({ length: times }, () => some).flat();
          const options = { ...shanghai, ...wish, callerKey: 'key' };
          const [plain, careful] = await Promise.all(
            [false, true].map((quoted) => outcomeOf(ingest, written(cells, parts, quoted, end), options)),
          );
          expect(plain).toEqual(careful);
        },
      ),
      { numRuns: 200, seed: 20261127 },
    );
  },
);

const readOf = (...lines: readonly string[]): Promise<Awaited<ReturnType<typeof ingestCalls>>> =>
  ingestCalls([csv('queue,arrived_at,wait_seconds,outcome,handle_seconds', ...lines)], {
    ...shanghai,
    skipBadRows: true,
  });

test('a line of few cells that may be a remark is read with care', async () => {
  const file = csv(
    'note,arrived_at,wait_seconds,handle_seconds',
    'ok,2026-11-02 08:00:00,5,60',
    'Page 3,2026-11-02 08:00:00,5,',
  );
  const map = parseMapFile({ constants: { queue: 'main', outcome: 'answered' } });
  const { report, records } = await ingestCalls([file], { ...shanghai, map });
  expect(report.files[0]).toMatchObject({ rows: 2, accepted: 1, dropped: 1 });
  expect(records).toMatchObject([{ queue: 'main', offered: 1 }]);
});

test('a quote that does not pair up is told, though its letters are those of a name', async () => {
  const rest = ',2026-11-02 08:00:00,5,answered,60';
  const { report, records } = await readOf(`"""a"""${rest}`, `""a""${rest}`);
  expect(report.files[0]).toMatchObject({ rows: 2, accepted: 1, rejected: 1 });
  expect(records).toMatchObject([{ queue: '"a"', offered: 1 }]);
});

test('a time is local, though the one before it had an offset', async () => {
  const rest = ',5,answered,60';
  const { records } = await readOf(
    ...[`a,2026-11-02 08:00:00${rest}`, `a,2026-11-02T00:00:00Z${rest}`, `a,2026-11-02 08:00:00${rest}`],
  );
  expect(records).toMatchObject([{ startMillis: inShanghai('2026-11-02 08:00'), offered: 3 }]);
});
