import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentProgram } from '../support/silent-program.ts';
import { namedCommands, shownCommands } from './command-lines.ts';
import { allPages, root, textOf } from './markdown.ts';
import { runsByItself, tryShown } from './run-commands.ts';
import { sweep } from '../support/sweep.ts';

const program = await silentProgram();

/** The command that a line names, and the options it uses that the command does not have. */
const unknownParts = (line: readonly string[]): string[] => {
  let command: Command = program;
  const known = new Set(program.options.flatMap((option) => [option.long, option.short]));
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

/** The same program with nothing behind its commands: it reads a line and does nothing. */
const parser = await silentProgram();
const still = (command: Command): void => {
  if (command.commands.length === 0) command.action(() => {});
  command.exitOverride();
  for (const child of command.commands) still(child);
};
still(parser);

/** What the argument parser says of a line. */
const refused = async (line: readonly string[]): Promise<string | undefined> => {
  try {
    await parser.parseAsync(line, { from: 'user' });
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code === 'commander.helpDisplayed' ? undefined : message;
  }
};

describe('the commands that the documentation shows exist', () => {
  test('the check finds a command, an option and a value that do not exist', async () => {
    expect(unknownParts(['plann'])).toEqual(['command plann']);
    expect(unknownParts(['plan', '--weeks', '3'])).toEqual(['--weeks']);
    expect(unknownParts(['overrule', 'add', '--factor', '2', '--json'])).toEqual([]);
    expect(await refused(['bands', '--test-calls', '-3'])).toBeDefined();
    expect(await refused(['template'])).toBeDefined();
    expect(await refused(['template', 'traffic', '--out', 'a.csv'])).toBeUndefined();
  });

  const shown = allPages.filter((page) => shownCommands(page).length > 0);
  test('there are many of them', () => {
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.flatMap(shownCommands).length).toBeGreaterThan(150);
  });

  test.each(shown)('in blocks of %s, as the parser reads them', async (page) => {
    const wrong: string[] = [];
    for (const { words } of shownCommands(page)) {
      if (words.includes('…')) continue;
      const message = await refused(words);
      if (message !== undefined) wrong.push(`${words.join(' ')}: ${message}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each(allPages)('in sentences of %s', (page) => {
    expect(namedCommands(page).filter((line) => unknownParts(line).length > 0)).toEqual([]);
  });

  test('blocks can be typed as they stand: nothing is installed for the whole machine', () => {
    const bare = allPages
      .filter((page) => /^docs\/(?:en|zh)\//.test(page))
      .flatMap((page) => textOf(page).match(/^(?: {4})?huawu [a-z].*$/gm) ?? []);
    expect(bare).toEqual([]);
  });

  test('npm scripts that pages name exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const missing = allPages.flatMap((page) =>
      [...textOf(page).matchAll(/npm run ([a-z:]+)/g)]
        .filter(([, name = '']) => !(name in scripts))
        .map(([, name]) => `${page}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Pages whose commands need nothing but the example that comes with them. */
const short = ['tutorials/own-line', 'explanation/formulas'];

const languages = sweep(['zh', 'en'], () => false);

describe.each(languages)('in %s, commands do what the page says, in its order', (language) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-docs-'));
    await copyFile(`${root}docs/public/example/traffic.csv`, join(folder, 'traffic.csv'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('from the first to the last', { timeout: 600_000 }, () => {
    const commands = short
      .flatMap((page) => shownCommands(`docs/${language}/${page}.md`))
      .filter(runsByItself);
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.flatMap((command) => tryShown(folder, command).faults)).toEqual([]);
  });
});
