import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/kernel/text.ts';
import { firstWords } from '../../src/words/page/first-words.ts';
import { pageWords } from '../../src/words/page/page-words.ts';

const webFolder = fileURLToPath(new URL('../../src/web', import.meta.url));
const gaps = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = pageWords;

/** All of the page's code. */
const pageCode = (): string =>
  readdirSync(webFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(webFolder, file), 'utf8'))
    .join('\n');

describe("the page's words", () => {
  test('the worst interval has the rate in time, and is called that', () => {
    expect(pageWords['effect.worst']).toEqual({
      'zh-CN': '最差时段 {n} 秒接通率',
      en: 'Worst interval, {n}-second rate',
    });
  });
  test.each(Object.entries(words))('%s says something in every language, with the same gaps', (_, each) => {
    expect(Object.keys(each)).toEqual([...languages]);
    for (const language of languages) {
      expect(each[language]?.trim()).not.toBe('');
      expect(gaps(each[language] ?? '')).toEqual(gaps(each.en ?? ''));
    }
  });
});

test('what a page says before its own words are there stands among the first ones', () => {
  const laterFolders = [
    'causes',
    'door',
    'life',
    'lines',
    'members',
    'outlook',
    'overrules',
    'rank',
    'roster',
    'data',
    'settings',
    'together',
    'topics',
    'tour',
  ];
  const early = readdirSync(webFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !laterFolders.includes(file.split('/')[0] ?? ''))
    .flatMap((file) => [...readFileSync(join(webFolder, file), 'utf8').matchAll(/\bsay\(\s*'([\w.]+)'/g)]);
  expect(early.length).toBeGreaterThan(150);
  for (const [, key = ''] of early) expect(firstWords).toHaveProperty([key]);
});

test('every key that the page names exists', () => {
  const named = [...pageCode().matchAll(/\bsay\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(150);
  for (const key of named) expect(words).toHaveProperty([key]);
});
