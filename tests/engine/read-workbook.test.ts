import { problemOf } from '../../src/ingest/findings/problem-ledger.ts';
import { UnreadableFileError } from '../../src/ingest/tables/inflate.ts';
import { messageOf } from '../support/said.ts';
import { describe, expect, test } from 'vitest';
import { fileUnpacker, fileUnpackerUntil } from '../../src/engine/file-unpacker.ts';
import { defaultLimits, type IngestLimits } from '../../src/ingest/ingest-limits.ts';
import { byteSourceOf, joinBytes } from '../../src/ingest/tables/byte-source.ts';
import { openTable } from '../../src/ingest/tables/open-table.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import {
  lastColumnFilled,
  lastRowFilled,
  mergedFarAway,
  oneTextInManyCells,
  rowBeyondSheets,
  sheetXml,
  trafficBook,
  twoNamedMethods,
  wideSpan,
  withFlippedBits,
  workbookParts,
  zipOf,
} from '../support/hostile-files.ts';
import { gzip } from '../support/ingest-options.ts';

/** Rows of a file's first table, or the rule by which it is refused. */
const rowsOf = async (
  bytes: Uint8Array,
  limits: Partial<IngestLimits> = {},
): Promise<{ readonly rows: number } | { readonly refused: string; readonly said: string }> => {
  try {
    const options = { limits: { ...defaultLimits, ...limits }, unpacker: fileUnpacker };
    const table = await openTable(byteSourceOf('a.xlsx', bytes), options);
    let rows = 0;
    await table.read({ row: () => (rows += 1) > 0, brokenRow: () => true });
    return { rows };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    const problem = problemOf('error', error.defect);
    return { refused: problem.rule, said: messageOf(problem).en };
  }
};

describe('a small workbook that would cost much', () => {
  test.each([
    ['cells merged to the last column and row', mergedFarAway(), 3],
    ['a row in the last line that there can be', lastRowFilled(), 4],
    ['a span of ten million columns in a table of a hundred bytes', wideSpan(10_000_000), 2],
  ])('%s: is read, what it does not hold costs nothing', async (_, bytes, rows) => {
    expect(bytes.length).toBeLessThan(2000);
    expect(await rowsOf(bytes)).toEqual({ rows });
  });

  test.each([
    ['a cell in the last column', lastColumnFilled(), 'too-many-columns'],
    ['a row that no sheet can have', rowBeyondSheets(), 'damaged-spreadsheet'],
    ['a part whose header and directory name different methods', twoNamedMethods(600), 'damaged-spreadsheet'],
    ['one text in many cells', oneTextInManyCells(10_000, 30_000), 'workbook-exceeds-text'],
  ])('%s: is refused', async (_, bytes, refused) => {
    expect(bytes.length).toBeLessThan(2 ** 20);
    expect(await rowsOf(bytes)).toMatchObject({ refused });
  });

  test('binary rows and columns that lie far away end in rows or a refusal, not in this process', async () => {
    const random = seededRandom(14);
    for (const bookType of ['xlsb', 'biff8', 'xlsx'] as const) {
      const sound = trafficBook(300, bookType);
      for (let i = 0; i < 2; i += 1) {
        const damaged = withFlippedBits(sound, 30, () => random.uniform());
        const answer = await rowsOf(damaged, { maxWorkbookSeconds: 1 });
        expect(Object.keys(answer)[0]).toMatch(/^(rows|refused)$/);
      }
    }
    expect(process.memoryUsage.rss()).toBeLessThan(2 ** 30);
  });
});

test('a damaged workbook that its reader would read for ever is refused when its time is over', async () => {
  const random = seededRandom(64);
  const endless = withFlippedBits(trafficBook(300, 'biff8'), 30, () => random.uniform());
  expect(await rowsOf(endless, { maxWorkbookSeconds: 1, maxWorkbookSecondsPerMegabyte: 0 })).toMatchObject({
    refused: 'workbook-exceeds-time',
  });
});

describe('what reading a workbook may take', () => {
  const manyRows = trafficBook(20_000, 'xlsx');

  test.each([
    ['cells', { maxWorkbookCells: 1000 }, 'more than 1000 cells'],
    ['text', { maxWorkbookTextBytes: 2 ** 17 }, 'more than 0.125 MB'],
    ['time', { maxWorkbookSeconds: 0.2, maxWorkbookSecondsPerMegabyte: 0 }, 'more than 0.2 seconds'],
    ['memory', { maxWorkbookMemoryBytes: 90 * 2 ** 20 }, 'more than 90 MB of memory'],
  ])('ends with its %s, and says which', async (what, limits, said) => {
    const answer = await rowsOf(manyRows, limits);
    expect(answer).toMatchObject({ refused: `workbook-exceeds-${what}` });
    expect('said' in answer && answer.said).toContain(said);
  });

  test('more memory than a heap can have is a refusal as well', async () => {
    // a million cells of their own in a row each: 40 MB of XML in 2 MB
    const rows = Array.from(
      { length: 400_000 },
      (_, i) => `<row r="${i + 4}"><c r="A${i + 4}"><v>${i}</v></c></row>`,
    );
    const bytes = zipOf(workbookParts(sheetXml({ rows: rows.join('') })));
    expect(await rowsOf(bytes, { maxWorkbookMemoryBytes: 110 * 2 ** 20 })).toMatchObject({
      refused: 'workbook-exceeds-memory',
    });
  });

  test('is over within a second once it is stopped, whether the workbook waits or is being read', async () => {
    const stop = new AbortController();
    const unpacker = fileUnpackerUntil(stop.signal);
    const read = async (): Promise<unknown> => {
      const table = await openTable(byteSourceOf('a.xlsx', manyRows), { limits: defaultLimits, unpacker });
      return table.read({ row: () => true, brokenRow: () => true });
    };
    const readings = Promise.allSettled([read(), read(), read()]);
    let stopped = Infinity;
    setTimeout(() => {
      stopped = performance.now();
      stop.abort();
    }, 300);
    for (const reading of await readings)
      expect(reading).toMatchObject({ status: 'rejected', reason: { name: 'CancelledError' } });
    expect(performance.now() - stopped).toBeLessThan(1000);
    await expect(read()).rejects.toThrow(CancelledError);
  });

  test('a sound workbook is read row by row while other work gets its turns', async () => {
    const table = await openTable(byteSourceOf('a.xlsx', manyRows), {
      limits: defaultLimits,
      unpacker: fileUnpacker,
    });
    let turns = 0;
    let reading = true;
    const takeTurn = (): void => {
      turns += 1;
      if (reading) setImmediate(takeTurn);
    };
    setImmediate(takeTurn);
    let rows = 0;
    await table.read({ row: () => (rows += 1) > 0, brokenRow: () => true });
    reading = false;
    expect(rows).toBe(20_001);
    // a piece is some 64 kB of rows
    expect(turns).toBeGreaterThan(10);
  });
});

test('several members of a gzip file are one file, as tools that append to logs write them', async () => {
  const member = async (...lines: string[]): Promise<Uint8Array> =>
    gzip(new TextEncoder().encode(`${lines.join('\n')}\n`));
  const first = await member('queue,start,offered', 'a,2026-01-05 08:00,3');
  const second = await member('a,2026-01-05 08:30,4');
  expect(await rowsOf(joinBytes([first, second]))).toEqual({ rows: 3 });
  expect(await rowsOf(joinBytes([first, second.subarray(0, -9)]))).toMatchObject({
    refused: 'damaged-archive',
  });
});
