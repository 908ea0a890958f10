import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/web/words/en.ts';
import { zhCN } from '../../src/web/words/zh-CN.ts';

const webFolder = fileURLToPath(new URL('../../src/web', import.meta.url));
const gaps = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
const chinese: Readonly<Record<string, string>> = zhCN;
const english: Readonly<Record<string, string>> = en;

/** All of the page's own text but the dictionaries. */
const pageCode = (): string =>
  readdirSync(webFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/words[\\/](zh-CN|en)\b/.test(file))
    .map((file) => readFileSync(join(webFolder, file), 'utf8'))
    .join('\n');

describe('the two dictionaries', () => {
  test('the worst interval has the rate in time, and is called that', () => {
    expect(chinese['effect.worst']).toBe('最差时段 {n} 秒接通率');
    expect(english['effect.worst']).toBe('Worst interval, {n}-second rate');
  });
  test('have the same keys', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
  });
  test.each(Object.keys(chinese))('%s says something, with the same gaps', (key) => {
    expect(chinese[key]?.trim()).not.toBe('');
    expect(english[key]?.trim()).not.toBe('');
    expect(gaps(english[key] ?? '')).toEqual(gaps(chinese[key] ?? ''));
  });
  test('Chinese sentences use Chinese punctuation', () => {
    const odd = Object.entries(chinese).filter(([, sentence]) =>
      /[\u4E00-\u9FFF][,;:(?!][\u4E00-\u9FFF]/.test(sentence),
    );
    expect(odd).toEqual([]);
  });
});

test('every key that the page names exists', () => {
  const named = [...pageCode().matchAll(/\bsay\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
  expect(named.length).toBeGreaterThan(150);
  for (const key of named) expect(chinese).toHaveProperty([key]);
});

test('no words stand outside the dictionaries', () => {
  const withoutComments = pageCode().replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
  const strays = withoutComments
    .split('\n')
    .filter((line) => /[\u4E00-\u9FFF]/.test(line))
    .map((line) => line.trim());
  const allowed = strays.filter(
    (line) => /text\(|^'.*',?$|中文|话务|'秒'|名次/.test(line) || line.startsWith("'zh-CN'"),
  );
  expect(strays).toEqual(allowed);
});
