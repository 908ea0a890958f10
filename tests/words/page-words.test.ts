import { expect, test } from 'vitest';
import { fieldsOfKind } from '../../src/ingest/columns/headings.ts';
import { catalogues } from '../../src/words/catalogues.ts';
import { fieldWords, fileKindWords } from '../../src/words/record-kinds.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { formatOf } from '../../src/web/words/words.tsx';

test('no key stands in two tables of the page, where one would take the place of the other', () => {
  const sections = Object.entries(catalogues.en).filter(([section]) => section.startsWith('page-'));
  const keys = [
    ...sections.flatMap(([, section]) => Object.keys(section)),
    ...Object.keys({ ...fieldWords, ...fileKindWords }),
  ];
  expect(sections.length).toBeGreaterThan(20);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(keys.filter((key) => !(key in pageWords))).toEqual([]);
});

test('seconds are written with their figure', () => {
  expect([formatOf('en').seconds(11.04), formatOf('zh-CN').seconds(11.04)]).toEqual(['11.0 s', '11.0 秒']);
});

test('the guide to files counts no required column among the optional ones', () => {
  for (const [kind, records] of [
    ['traffic', 'traffic'],
    ['calls', 'calls'],
    ['operators', 'operators'],
    ['presence', 'presence'],
    ['monitoring', 'results'],
    ['events', 'events'],
  ] as const)
    for (const language of ['en', 'zh-CN'] as const) {
      const [needed = ''] = pageWords[`guide.needs.${kind}`][language].split(/[;；]/);
      const required = fieldsOfKind[records].filter((field) => field.required === true).length;
      expect([kind, needed.split(/[,、]/).length >= required]).toEqual([kind, true]);
    }
});
