import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { planStepsTable } from '../support/plan-steps-table.ts';
import { rightsTable } from '../support/rights-table.ts';

/** A table as it reads, whatever its columns' widths. */
const cells = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .filter((line) => !/^\|[ :|-]+\|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

/** The cells of the table that a page has between the comments of a name. */
const shownCells = async (folder: string, page: string, name: string): Promise<string[][]> => {
  const text = await readFile(new URL(`../../docs/${folder}/how-to/${page}.md`, import.meta.url), 'utf8');
  return cells(text.split(`<!-- ${name} -->`)[1]?.split(`<!-- /${name} -->`)[0] ?? '');
};

describe.each([
  ['en', 'en'],
  ['zh', 'zh-CN'],
] as const)('docs/%s/how-to', (folder, language) => {
  test('team.md shows the table of rights as it is', async () => {
    expect(await shownCells(folder, 'team', 'rights')).toEqual(cells(rightsTable(language)));
  });
  test("plans.md shows who may take which of a plan's steps as it is", async () => {
    expect(await shownCells(folder, 'plans', 'plan-steps')).toEqual(cells(planStepsTable(language)));
  });
});
