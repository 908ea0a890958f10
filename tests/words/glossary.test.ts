import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { silentProgram } from '../support/silent-program.ts';

const root = join(import.meta.dirname, '../..');

/** Words that the glossary refuses: the last column of its table. */
const refused = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| English'))
  .flatMap((line) => (line.split('|')[4] ?? '').split(','))
  .map((word) => word.trim())
  .filter((word) => word !== '');

const isLatin = (word: string): boolean => /^[\w ]+$/.test(word);

/** Refused words in a text; English ones as whole words. */
const refusedIn = (text: string): string[] =>
  refused.filter((word) =>
    isLatin(word) ? new RegExp(String.raw`\b${word}\b`, 'i').test(text) : text.includes(word),
  );

/** Every text of a module: strings, and templates without what fills them. */
const textsOf = (file: string): string[] => {
  const found: string[] = [];
  const visit = (value: unknown, key?: string): void => {
    if (Array.isArray(value)) for (const part of value) visit(part);
    if (typeof value !== 'object' || value === null) return;
    const node = value as { type?: string; value?: unknown };
    if (node.type === 'ImportDeclaration') return;
    if (node.type === 'Literal' && typeof node.value === 'string' && key !== 'key') found.push(node.value);
    if (node.type === 'TemplateElement') found.push((node.value as { raw: string }).raw);
    for (const [name, field] of Object.entries(value)) visit(field, name);
  };
  visit(parseSync(file, readFileSync(join(root, file), 'utf8')).program.body);
  return [...new Set(found)];
};

const filesOfWords = ['src/words', 'src/web/words'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file)),
);

const helpOf = (command: Command): string[] => [
  command.description(),
  command.summary(),
  ...[...command.options, ...command.registeredArguments].map(({ description }) => description),
  ...command.commands.flatMap(helpOf),
];

describe('the glossary', () => {
  test('refuses words, and finds them', () => {
    expect(refused.length).toBeGreaterThan(10);
    expect(refusedIn('on 100 futures of demand, 席时')).toEqual(['席时', 'futures']);
    expect(refusedIn('the futuresque')).toEqual([]);
  });

  test.each(filesOfWords)('%s keeps to it', (file) => {
    expect(textsOf(file).filter((text) => refusedIn(text).length > 0)).toEqual([]);
  });

  test('--help keeps to it', () => {
    expect(helpOf(silentProgram()).filter((text) => refusedIn(text).length > 0)).toEqual([]);
  });
});
