import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { firstWords } from '../../src/words/first-words.ts';
import { pageWords } from '../../src/words/page-words.ts';
import { pageWord } from '../support/page-word.ts';

const webFolder = fileURLToPath(new URL('../../src/web', import.meta.url));

/** All of the page's code. */
const pageCode = (): string =>
  readdirSync(webFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(webFolder, file), 'utf8'))
    .join('\n');

describe("the page's words", () => {
  test('the worst interval has the rate in time, and is called that', () => {
    expect([pageWord('effect.worst', 'zh-CN', { n: 20 }), pageWord('effect.worst', 'en', { n: 20 })]).toEqual(
      ['最差时段 20 秒接通率', 'Worst interval, 20-second rate'],
    );
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
    'today',
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
  for (const key of named) expect(pageWords).toHaveProperty([key]);
});
