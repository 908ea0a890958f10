import { expect, test } from 'vitest';
import { compareWords } from '../../src/words/page/compare.ts';
import { dataWords } from '../../src/words/page/data.ts';
import { divertWords } from '../../src/words/page/divert.ts';
import { everywhereWords } from '../../src/words/page/everywhere.ts';
import { modelPartWords } from '../../src/words/page/model-parts.ts';
import { pageWords } from '../../src/words/page/page-words.ts';
import { planWords } from '../../src/words/page/plan.ts';
import { rankWords } from '../../src/words/page/rank.ts';
import { formatOf } from '../../src/web/ui/use-format.ts';

test('no key stands in two tables of the page, where one would take the place of the other', () => {
  const tables = [
    everywhereWords,
    planWords,
    divertWords,
    compareWords,
    rankWords,
    dataWords,
    modelPartWords,
  ];
  const keys = tables.flatMap((table) => Object.keys(table));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(Object.keys(pageWords)).toHaveLength(keys.length);
});

test('seconds are written with their figure', () => {
  expect([formatOf('en').seconds(11.04), formatOf('zh-CN').seconds(11.04)]).toEqual(['11.0 s', '11.0 秒']);
});
