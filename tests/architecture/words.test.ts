import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findSentences } from './find-sentences.ts';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** What is no sentence for users: headings that are recognised in files, words of data, names in made-up data. */
const recognised: readonly string[] = [
  'src/ingest/columns/headings.ts',
  'src/ingest/tables/made-columns.ts',
  'src/ingest/columns/preset-tables.ts',
  'src/ingest/cells/call-outcomes.ts',
  'src/demo/generate-demo.ts',
  'src/ingest/cells/wall-clock.ts',
  'src/ingest/kinds/ingest-leave.ts',
  'src/ingest/kinds/ingest-operators.ts',
  'src/ingest/kinds/ingest-monitoring.ts',
  'src/demo/made-up-hotlines.ts',
  'src/kernel/calendar.ts',
  'src/kernel/records.ts',
  'src/kernel/record-fields.ts',
];

/** Folders whose sentences still stand beside their rules. */
const notYetApart: readonly string[] = [];

const sourceFiles = (): string[] =>
  readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('src/words/'));

describe('sentences for users stand in src/words', () => {
  test('the check finds Chinese, a call of text() and a choice by language, and leaves comments alone', () => {
    const found = (code: string): number => findSentences('a.tsx', code).length;
    expect(found("const a = '接通率';")).toBe(1);
    expect(found('const a = (n: number) => `共 ${n} 条`;')).toBe(1);
    expect(found("const a = text('x', 'calls');")).toBe(1);
    expect(found("const a = language === 'en' ? 'calls' : other;")).toBe(1);
    expect(found("const a = english ? ['calls'] : [];")).toBe(1);
    expect(found('const a = <p>接通率</p>;')).toBe(1);
    expect(found("// 接通率\nconst a = kind === 'en-route' ? 'left' : 'right';")).toBe(0);
  });

  test('and nowhere else', () => {
    const found = sourceFiles()
      .filter((file) => ![...recognised, ...notYetApart].some((known) => file.startsWith(known)))
      .flatMap((file) => findSentences(file, readText(file)).map((sentence) => `${file}: ${sentence}`));
    expect(found).toEqual([]);
  });

  test('what is excepted has Chinese of its own', () => {
    for (const known of recognised)
      expect(
        sourceFiles()
          .filter((file) => file.startsWith(known))
          .flatMap((file) => findSentences(file, readText(file))),
      ).not.toEqual([]);
  });
});

/** Folders whose Chinese sentences are held to full-width marks; a colon inside code is code. */
const proofread = ['src/words', 'src/cli', 'src/ingest', 'src/render'];

/** Half-width marks that stand against Chinese in quoted text, code in sentences aside. */
const halfWidthMarks = (source: string): string[] =>
  [...source.matchAll(/(['`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)]
    .map(([, , said = '']) => said)
    .filter(hasHalfWidth);

const hasHalfWidth = (said: string): boolean =>
  /\p{Script=Han}/u.test(said) &&
  !said.includes('://') &&
  !/indicator:名称/.test(said) &&
  /\p{Script=Han}[,;:?!](?!\/)|[,;](?=\p{Script=Han})|\p{Script=Han}\(/u.test(said);

describe('Chinese sentences', () => {
  test('the check finds a half-width mark and leaves code alone', () => {
    expect(halfWidthMarks("text('请检查,再试', 'a, b')")).toEqual(['请检查,再试']);
    expect(halfWidthMarks("text('读到(空)', 'x')")).toEqual(['读到(空)']);
    expect(halfWidthMarks("text('列为 date,name[,kind]，时刻 HH:MM（如 08:30）', 'x')")).toEqual([]);
  });

  test.each(proofread)('have full-width marks in %s', (folder) => {
    const files = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(3);
    const found = files.flatMap((file) => halfWidthMarks(readText(`${folder}/${file}`)));
    expect(found).toEqual([]);
  });

  test('have full-width marks in the catalogue', () => {
    const all: string[] = [];
    JSON.parse(readText('src/words/locales/zh-CN.json'), (_, said: unknown) => {
      if (typeof said === 'string') all.push(said);
      return said;
    });
    expect(all.length).toBeGreaterThan(4000);
    expect(all.filter(hasHalfWidth)).toEqual([]);
  });
});
