import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { languages } from '../../src/kernel/text.ts';
import { catalogues } from '../../src/words/catalogues.ts';
import { buildPage, inRoot } from '../support/build-page.ts';

const folder = inRoot('public', 'app', 'assets');

/** A script and all that it imports at once: what must be there before it runs. */
const withImports = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(folder, file), 'utf8');
  for (const [, next = ''] of code.matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g)) withImports(next, seen);
  return seen;
};

const kilobytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0) / 1000;

test(
  'the first page takes at most 300 kB of JavaScript in few files, as it is sent, with the words of one language; charts, forms and dialogs come later',
  { timeout: 180_000 },
  async () => {
    await buildPage();
    const html = readFileSync(inRoot('public', 'app', 'index.html'), 'utf8');
    const entry = /assets\/(index-[^"]+\.js)/.exec(html)?.[1] ?? '';
    const page = readdirSync(folder).find((file) => /^plan-page-[^.]+\.js$/.test(file)) ?? '';
    const files = new Set([...withImports(entry), ...withImports(page)]);
    expect(files.size).toBeGreaterThanOrEqual(2);
    expect(files.size).toBeLessThanOrEqual(4);
    const code = [...files].map((file) => readFileSync(join(folder, file), 'utf8')).join('');
    for (const language of languages) {
      const words =
        readdirSync(folder).find(
          (file) => file.startsWith(`words-${language}-`) && !file.includes('-later-'),
        ) ?? '';
      expect(kilobytes([...files, words])).toBeLessThanOrEqual(289);
      const said = Object.values(catalogues[language]['page-compare']).filter(
        (each) => each.length > 5 && !/['"{`]/.test(each),
      );
      expect(said.length).toBeGreaterThan(20);
      expect(said.filter((each) => code.includes(`\`${each}\``))).toEqual([]);
      const own = readFileSync(join(folder, words), 'utf8');
      expect(said.filter((each) => !own.includes(each))).toEqual([]);
    }
  },
);
