import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];

/** Places in the repository that a page names: local links, and paths between back quotes. */
const placesNamed = (page: string): string[] => {
  const said = readFileSync(join(root, page), 'utf8');
  const linked = [...said.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, to = '']) =>
    join(dirname(page), to),
  );
  const quoted = [...said.matchAll(/`((?:src|tests|bench|models|docs|scripts)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
  return [...new Set([...linked, ...quoted])];
};

describe('what documents name is there', () => {
  test.each(pages)('%s', (page) => {
    expect(placesNamed(page).filter((place) => !existsSync(join(root, place)))).toEqual([]);
  });

  test('the walk through the house names functions and types that there are', () => {
    const said = readFileSync(join(root, 'docs/developers/architecture.md'), 'utf8');
    const names = [...said.matchAll(/`([A-Za-z]*[a-z][A-Z][A-Za-z]*)(?:\(\))?`/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(4);
    const source = globSync('{src,tests}/**/*.{ts,tsx}', { cwd: root })
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const known = new Set(source.match(/\b[A-Za-z]+\b/g));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  test('the walk through the house names every folder of the source', () => {
    const named = placesNamed('docs/developers/architecture.md');
    expect(named.length).toBeGreaterThan(30);
    const folders = globSync('src/*', { cwd: root }).map((folder) => folder.replaceAll('\\', '/'));
    const map = readFileSync(join(root, 'docs/developers/architecture.md'), 'utf8');
    expect(folders.filter((folder) => !map.includes(folder))).toEqual([]);
  });
});
