import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fieldWords } from '../../src/words/record-kinds.ts';
import { pageWords } from '../../src/words/page/page-words.ts';
import { formatOf } from '../../src/web/ui/use-format.ts';

test('no key stands in two tables of the page, where one would take the place of the other', async () => {
  const folder = new URL('../../src/words/page/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => !/^(?:page|first|settings)-words\.ts$/.test(file));
  const tables = await Promise.all(
    files.map(async (file) => Object.values((await import(new URL(file, folder).href)) as object)),
  );
  // the data page takes the names of kinds of file in; those of columns stand beside it
  const keys = [...tables, fieldWords].flat().flatMap((table) => Object.keys(table as object));
  expect(files.length).toBeGreaterThan(8);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(Object.keys(pageWords)).toHaveLength(keys.length);
});

test('seconds are written with their figure', () => {
  expect([formatOf('en').seconds(11.04), formatOf('zh-CN').seconds(11.04)]).toEqual(['11.0 s', '11.0 秒']);
});
