import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folders, parts } from '../../docs/.vitepress/pages.ts';
import { referencePages } from '../../scripts/docs/reference.ts';
import { recordKindNames } from '../../src/kernel/records.ts';
import { presetNames } from '../../src/ingest/columns/presets.ts';
import { allPages, anchorsOf, headingsOf, linksOf, root, textOf } from './markdown.ts';

const pagesIn = (folder: string): string[] =>
  globSync('**/*.md', { cwd: `${root}docs/${folder}` })
    .map((page) => page.replace(/\.md$/, ''))
    .toSorted();

describe('both languages', () => {
  const listed = ['README', ...parts.flatMap(({ pages }) => pages)].toSorted();

  test.each(folders)('%s has every page that is listed, and no other', (folder) => {
    expect(pagesIn(folder)).toEqual(listed);
  });

  test.each(listed)('%s has the same headings in both, level by level', (page) => {
    const [first, second] = folders.map((folder) =>
      headingsOf(textOf(`docs/${folder}/${page}.md`)).map(({ level }) => level),
    );
    expect(first).toEqual(second);
    expect(first?.[0]).toBe(1);
  });

  test.each(pagesIn('zh'))('%s is written in Chinese, with its own marks', (page) => {
    const text = textOf(`docs/zh/${page}.md`).replaceAll(
      /```[^]*?```|`[^`]*`|\$\$[^]*?\$\$|\]\([^)]*\)/g,
      '',
    );
    expect(/\p{Script=Han}/u.test(text)).toBe(true);
    expect(text.match(/\p{Script=Han}[,;:?!](?!\/)|[,;](?=\p{Script=Han})/gu) ?? []).toEqual([]);
  });
});

test.each(folders)('%s names a template of every kind of record', (folder) => {
  const [said = ''] = /.*`huawu template .*/.exec(textOf(`docs/${folder}/reference/data-formats.md`)) ?? [];
  expect(recordKindNames.filter((kind) => !new RegExp(`[ 、]${kind}(?=[ 、,;；])`).test(said))).toEqual([]);
});

describe('pages keep to the glossary', () => {
  /** Words that the glossary of a language would not have, from the last column of its table. */
  const unwanted = (folder: string): string[] =>
    textOf(`docs/${folder}/reference/glossary.md`)
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1)
      .flatMap((line) => line.split('|').at(-2)?.split(/[,、]/) ?? [])
      .map((word) => word.trim())
      .filter((word) => word !== '' && !word.startsWith('---'));

  test.each(folders)('%s', (folder) => {
    const words = unwanted(folder);
    expect(words.length).toBeGreaterThan(8);
    const found = pagesIn(folder)
      .filter((page) => page !== 'reference/glossary')
      .flatMap((page) => {
        const text = ` ${textOf(`docs/${folder}/${page}.md`).toLowerCase()} `;
        return words
          .filter((word) =>
            (/^[a-z ]+$/.test(word) ? new RegExp(`\\b${word}\\b`) : new RegExp(`(?<!座)${word}`)).test(text),
          )
          .map((word) => `${page}: ${word}`);
      });
    expect(found).toEqual([]);
  });
});

describe('what is linked is there', () => {
  const broken = (page: string): string[] =>
    linksOf(textOf(page)).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!existsSync(`${root}${target}`)) return true;
      return anchor !== undefined && !anchorsOf(textOf(target)).has(decodeURIComponent(anchor));
    });

  test('the check finds a page and an anchor that are not there', () => {
    const links = linksOf('[a](no.md) [b](docs/en/start.md#nothing) [c](docs/en/start.md#see-it-work)');
    expect(links).toHaveLength(3);
    expect(anchorsOf(textOf('docs/en/start.md')).has('see-it-work')).toBe(true);
    expect(anchorsOf(textOf('docs/en/start.md')).has('nothing')).toBe(false);
  });

  test.each(allPages)('%s', (page) => {
    expect(broken(page)).toEqual([]);
  });
});

test('generated pages are those that the program makes: npm run docs:reference', async () => {
  const pages = await referencePages();
  expect(pages.size).toBe(8);
  const stale = [...pages].filter(([page, text]) => readFileSync(`${root}docs/${page}`, 'utf8') !== text);
  expect(stale.map(([page]) => page)).toEqual([]);
});

test('pictures are small, and all of them are shown', () => {
  const pictures = globSync('docs/pictures/**/*.webp', { cwd: root });
  const sizes = pictures.map((picture) => statSync(`${root}${picture}`).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  const shown = new Set(
    allPages.flatMap((page) => linksOf(textOf(page)).map((link) => posix.join(posix.dirname(page), link))),
  );
  expect(pictures.filter((picture) => !shown.has(picture))).toEqual([]);
  expect(pictures).toHaveLength(14);
});

test.each(folders)('%s names every known export', (folder) => {
  const page = textOf(`docs/${folder}/reference/data-formats.md`);
  const files = globSync('models/presets/*.json', { cwd: root }).map((file) => posix.basename(file, '.json'));
  expect([...presetNames, ...files].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
