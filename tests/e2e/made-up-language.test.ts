import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { inRoot } from '../support/build-page.ts';
import { madeUpLanguage, writeProductWithMadeUpLanguage } from '../support/made-up-language.ts';
import type { Met } from '../support/read-product.ts';
import { silentProgram } from '../support/silent-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const patience = 600_000;
const folder = await temporaryFolder();
let met: Met = {};

beforeAll(async () => {
  const product = join(folder, 'product');
  await writeProductWithMadeUpLanguage(product);
  const out = join(folder, 'met.json');
  const reader = join(product, 'tests', 'support', 'read-product.ts');
  await run(process.execPath, [reader, madeUpLanguage, out], { cwd: product, timeout: patience });
  met = JSON.parse(await readFile(out, 'utf8')) as Met;
}, patience);

/** Every text that models and the made-up line bring along: names and announcements stay in the languages of models. */
const textsOfData = (): string[] => {
  const values = [
    ...readdirSync(inRoot('models'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => inRoot('models', file)),
    inRoot('data', 'demo.json'),
  ].map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown);
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') for (const part of value.split(/\{hour\}| · /)) found.add(part.trim());
    else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) found.add(key);
      Object.values(value).forEach(visit);
    }
  };
  visit(values);
  return [...found].filter((text) => text.length >= 3).toSorted((a, b) => b.length - a.length);
};

/** A path, the id of a plan, the name of a step of the tables or a seal of the log of changes, which may spell a word. */
const pathOrPlan = /\/[\w./-]*|\d{4}-W\d\d-[\w-]+|\d{4}-[a-z-]+|\b(?=[a-f]*\d)[\da-f]{8,}\b/g;

/** A text without one of the data's, where that stands by itself. */
const without = (text: string, own: string): string =>
  text.includes(own)
    ? text.replaceAll(new RegExp(`(?<![A-Za-z])${RegExp.escape(own)}(?![A-Za-z])`, 'g'), ' ')
    : text;

/** What is written alike in every language: commands and options, settings, the product's and the languages' names. */
const alike = async (): Promise<ReadonlySet<string>> => {
  const words = (text: string): string[] => text.match(/[A-Za-z]{3,}|\p{Script=Han}+/gu) ?? [];
  const program = await silentProgram();
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  const settings = readFileSync(inRoot('src', 'contract', 'settings.ts'), 'utf8');
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
  return new Set(
    [
      ...[program, ...commands].flatMap((command) => [
        command.name(),
        ...command.options.flatMap((option) => [
          option.flags,
          option.envVar ?? '',
          ...(option.argChoices ?? []),
        ]),
        ...command.registeredArguments.map((argument) => argument.name()),
      ]),
      ...settings.matchAll(/^ {2}(\w+): z/gm).map(([, name = '']) => name),
      'options command sqlite main here warn off 话务 Huawu 中文 English 语言 JSON HTML CSV XLSX WAPE MAPE Erlang',
      // Scopes and claims of OpenID Connect, which doctor shows as they are set.
      'openid email preferred_username',
      // Names of icons, which Ant Design gives them; the parser's own command.
      'exclamation circle down close check info calendar inbox help',
      // Ant Design's buttons beside a number.
      'Increase Value Decrease',
      // Places of the made-up hotlines.
      'Sample Province Region Class',
      ...Array.from({ length: 7 }, (_, day) => weekday.format(Date.UTC(2024, 0, 1 + day))),
      ...Array.from({ length: 12 }, (_, each) => month.format(Date.UTC(2024, each, 1))),
      madeUpLanguage,
      'tmp huawu workspace localhost',
    ].flatMap(words),
  );
};

test(
  'a language that is added as a column is met everywhere, and no other beside it',
  { timeout: patience },
  async () => {
    const data = textsOfData();
    const known = await alike();
    const places = Object.keys(met);
    expect(places.length).toBeGreaterThan(15);
    const strays = places.flatMap((place) => {
      const text = met[place] ?? '';
      expect(text, place).toMatch(/[ȧḗīǿŭ]/);
      const written = text.replaceAll(pathOrPlan, ' ');
      const rest = data.reduce(without, written);
      return (rest.match(/[A-Za-z]{3,}|\p{Script=Han}+/gu) ?? [])
        .filter((word) => !known.has(word))
        .map((word) => `${place}: ${word}`);
    });
    expect([...new Set(strays)]).toEqual([]);
  },
);

test('nothing but the columns is asked for', { timeout: patience }, async () => {
  const product = join(folder, 'product');
  const checked = await run(
    process.execPath,
    [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', product],
    { cwd: product, maxBuffer: 2 ** 24 },
  ).catch((failed: unknown) => failed);
  const { stdout = '' } = checked as { stdout?: string };
  expect(stdout.split('\n').filter((line) => /^src\/.*error TS(?!6133)/.test(line))).toEqual([]);
});
