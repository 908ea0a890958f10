import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../../src/kernel/text.ts';
import type { Table } from '../../src/render/table.ts';
import { reportWords } from '../../src/render/report-words.ts';
import { workbookOf } from '../../src/render/workbook.ts';
import { expectReadable } from '../support/read-back.ts';

const cover = { name: 'About', title: 'A title', parts: [{ lines: ['=1+1', '一句话'] }] };
const table: Table & { title: string } = {
  title: 'All kinds: [of] figures/columns?',
  columns: [
    { heading: 'Moment', kind: 'moment' },
    { heading: 'Day', kind: 'date' },
    { heading: 'Time', kind: 'time' },
    { heading: 'Calls', kind: 'calls' },
    { heading: 'Rate', kind: 'share' },
    { heading: 'Wages', kind: 'money' },
    { heading: 'Words', kind: 'text' },
  ],
  rows: [
    [
      '2026-11-23T08:30',
      '2026-11-23',
      '08:30',
      { mean: 26_576.193, q10: 25_000, q90: 28_000 },
      0.958,
      192_323,
      '007',
    ],
    ['2026-03-29T02:30', '2028-02-29', '00:00', { mean: 0, q10: 0, q90: 1 }, 1, 0, '=SUM(A1:A9)'],
    [null, null, null, { mean: null, q10: null, q90: null }, null, null, '话务 "x"\n, ;'],
  ],
  currency: 'CNY',
  chart: { title: 'Calls', lines: [{ column: 3, colour: '#0b5cad' }] },
};

/** A moment as a part of a day is a binary fraction: readers may be a millisecond off. */
const toSeconds = (value: unknown): unknown =>
  value instanceof Date ? new Date(1000 * Math.round(value.getTime() / 1000)) : value;

test('values, dates, times, shares and money are read back as they are, with their headings', async () => {
  for (const language of languages) {
    const [about, sheet] = await expectReadable(
      await workbookOf(cover, [table], reportWords(language), language),
    );
    expect(about?.rows.flat()).toEqual(expect.arrayContaining(['A title', '=1+1', '一句话']));
    expect(sheet?.name).toBe('All kinds   of  figures columns');
    const day = (text: string): Date => new Date(`${text}Z`);
    const [head, first, second, third] = sheet?.rows ?? [];
    expect(head?.slice(0, 4)).toEqual(['Moment', 'Day', 'Time', 'Calls']);
    expect(head).toHaveLength(9);
    expect(first?.slice(0, 2).map(toSeconds)).toEqual([day('2026-11-23T08:30'), day('2026-11-23T00:00')]);
    expect(first?.slice(3)).toEqual([26_576.193, 25_000, 28_000, 0.958, 192_323, '007']);
    expect(second?.slice(0, 2).map(toSeconds)).toEqual([day('2026-03-29T02:30'), day('2028-02-29T00:00')]);
    expect(second?.at(-1)).toBe('=SUM(A1:A9)');
    expect(third).toEqual([null, null, null, null, null, null, null, null, '话务 "x"\n, ;']);
    expect(sheet?.charts).toHaveLength(1);
    // A time of day is a part of a day, written as a clock.
    expect(sheet?.xml).toMatch(/<c r="C2" s="\d+"><v>0\.354166/);
  }
});

test('any table is read back equal', async () => {
  const word = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((said) => `x${said.replaceAll(/[\p{C}\r]/gu, '')}`);
  const figure = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value + 0);
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 4 }).chain((headings) =>
        fc.record({
          headings: fc.constant(headings),
          rows: fc.array(fc.tuple(...headings.map((_, i) => (i % 2 === 0 ? word : fc.option(figure)))), {
            minLength: 1,
            maxLength: 6,
          }),
        }),
      ),
      async ({ headings, rows }) => {
        const columns = headings.map((heading, i) => ({
          heading,
          kind: i % 2 === 0 ? ('text' as const) : ('number' as const),
        }));
        const [, sheet] = await expectReadable(
          await workbookOf(cover, [{ title: 'T', columns, rows }], reportWords('en'), 'en'),
        );
        expect(sheet?.rows).toEqual([headings, ...rows]);
      },
    ),
    { numRuns: 40 },
  );
});
