import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { doorWords, memberWords } from '../../src/words/door-words.ts';
import { settingsPageWords } from '../../src/words/settings-page-words.ts';
import { firstWords } from '../../src/words/first-words.ts';
import { messages } from '../../src/words/messages.ts';
import { pageWords } from '../../src/words/page-words.ts';

const files = new Map(
  globSync('src/web/**/*.{ts,tsx}').map((file) => [file, readFileSync(file, 'utf8')] as const),
);
const named: Readonly<Record<string, object>> = { doorWords, memberWords, settingsPageWords };

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Which files of the page one file leads to, at once and, but for the first page's own, later. */
const ledTo = (first: string, andLater: boolean): ReadonlySet<string> => {
  const found = new Set([first]);
  const pattern = andLater ? /(?:from |import\()'(\.[^']+)'/g : /from '(\.[^']+)'/g;
  for (const file of found)
    for (const taken of matches(files.get(file) ?? '', pattern))
      if (files.has(join(dirname(file), taken))) found.add(join(dirname(file), taken));
  return found;
};

const wordsIn = (brought: ReadonlySet<string>): ReadonlySet<string> => {
  const texts = [...brought].map((file) => files.get(file) ?? '');
  const families = texts.flatMap((text) => matches(text, /addWords\(messages\('([^']+)'\)\)/g));
  const tables = texts.flatMap((text) => matches(text, /addWords\((\w+)\)/g));
  return new Set([
    ...Object.keys(firstWords),
    ...families.flatMap((family) => Object.keys(messages(family as never))),
    ...tables.flatMap((table) => Object.keys(named[table] ?? {})),
  ]);
};

const atOnce = ledTo('src/web/main.tsx', false);
const pages = matches(files.get('src/web/main.tsx') ?? '', /import\('(\.[^']+)'\)/g).map((taken) =>
  join('src/web', taken),
);

test.each(pages)('%s brings every sentence that it says', (page) => {
  const led = ledTo(page, true);
  const words = wordsIn(new Set([...atOnce, ...led]));
  const missing = [...led].flatMap((file) =>
    matches(files.get(file) ?? '', /\bsay\(\s*'([^']+)'/g)
      .filter((key) => key in pageWords && !words.has(key))
      .map((key) => `${file} says ${key}`),
  );
  expect(led.size).toBeGreaterThan(1);
  expect(missing).toEqual([]);
});
