import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g;

test('a name in camel case that a comment quotes is one of the source', () => {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((path) => ({
    path,
    text: readFileSync(`${root}${path}`, 'utf8'),
  }));
  const names = new Set(sources.flatMap(({ text }) => text.replaceAll(comments, '').match(/\w+/g) ?? []));
  const gone = sources.flatMap(({ path, text }) =>
    (text.match(comments) ?? [])
      .flatMap((comment) => [...comment.matchAll(/`([A-Za-z]+[a-z][A-Z]\w*)`/g)].map(([, name = '']) => name))
      .filter((name) => !names.has(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(gone).toEqual([]);
});
