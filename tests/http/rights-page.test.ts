import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { rightsTable } from '../support/rights-table.ts';

/** A table as it reads, whatever its columns' widths. */
const cells = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .filter((line) => !/^\|[ :|-]+\|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

test.each([
  ['en', 'en'],
  ['zh', 'zh-CN'],
] as const)('docs/%s/how-to/team.md shows the table of rights as it is', async (folder, language) => {
  const page = await readFile(new URL(`../../docs/${folder}/how-to/team.md`, import.meta.url), 'utf8');
  const [, shown = ''] = /<!-- rights -->([^]*)<!-- \/rights -->/.exec(page) ?? [];
  expect(cells(shown)).toEqual(cells(rightsTable(language)));
});
