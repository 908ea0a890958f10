import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { findSentences } from './find-sentences.ts';
import { silentProgram } from '../support/silent-program.ts';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** What is no sentence for users: headings that are recognised in files, words of data, names in made-up data. */
const recognised: readonly string[] = [
  'src/ingest/columns/headings.ts',
  'src/ingest/columns/traffic-presets.ts',
  'src/ingest/columns/call-presets.ts',
  'src/ingest/tables/find-wide.ts',
  'src/ingest/cells/call-outcomes.ts',
  'src/ingest/cells/wall-clock.ts',
  'src/ingest/cells/mask-numbers.ts',
  'src/ingest/rows/row-reader.ts',
  'src/ingest/rows/chosen-word.ts',
  'src/ingest/kinds/ingest-monitoring.ts',
  'src/demo/made-up-hotlines.ts',
  'src/kernel/calendar-china.ts',
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

/** Command lines that a page of documentation shows, as words: `huawu plan --week 2026-W48`. */
const commandLines = (markdown: string): string[][] =>
  [...markdown.matchAll(/^(?:npx |\$ )?(?:npx )?huawu ([^\n#`]+)/gm)].map(([, rest = '']) =>
    rest.trim().split(/\s+/),
  );

const program = await silentProgram();

/** The command that a line names, and the options it uses that the command does not have. */
const unknownParts = (line: readonly string[]): string[] => {
  let command: Command = program;
  const known = new Set(program.options.map((option) => option.long));
  for (const word of line) {
    const next = command.commands.find((c) => c.name() === word);
    if (next === undefined) break;
    command = next;
    for (const option of next.options) known.add(option.long);
  }
  const options = line.filter((word) => word.startsWith('--') && word !== '--help');
  return [
    ...(command === program && line.some((word) => !word.startsWith('-')) ? [`command ${line[0]}`] : []),
    ...options.map((option) => option.split('=')[0] ?? '').filter((option) => !known.has(option)),
  ];
};

describe('the commands that the documentation shows exist', () => {
  test('the check finds a command and an option that do not exist', () => {
    expect(unknownParts(['plann'])).toEqual(['command plann']);
    expect(unknownParts(['plan', '--weeks', '3'])).toEqual(['--weeks']);
    expect(unknownParts(['overrule', 'add', '--factor', '2', '--json'])).toEqual([]);
  });

  test.each(['README.md', 'docs/data-formats.md'])('%s', (page) => {
    const lines = commandLines(readText(page));
    if (page === 'README.md') expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => unknownParts(line).length > 0)).toEqual([]);
  });

  test('npm scripts that README and CONTRIBUTING name exist', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const pages = readText('README.md') + readText('CONTRIBUTING.md');
    const named = [...pages.matchAll(/npm (?:run )?(start|test|[a-z]+(?::[a-z]+)?)\b/g)]
      .filter(([whole]) => /npm (run |start|test)/.test(whole))
      .map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

/** Folders whose Chinese sentences are held to full-width marks; a colon inside code is code. */
const proofread = ['src/words', 'src/cli', 'src/ingest', 'src/render'];

/** Half-width marks that stand against Chinese in quoted text, code in sentences aside. */
const halfWidthMarks = (source: string): string[] =>
  [...source.matchAll(/(['`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)]
    .map(([, , said = '']) => said)
    .filter((said) => /\p{Script=Han}/u.test(said) && !said.includes('://') && !/indicator:名称/.test(said))
    .filter((said) => /\p{Script=Han}[,;:?!](?!\/)|[,;](?=\p{Script=Han})|\p{Script=Han}\(/u.test(said));

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
});
