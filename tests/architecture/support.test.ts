import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readModule } from './read-module.ts';

const root = new URL('../../', import.meta.url).pathname;

/** Folder of a helper as far as sharing goes: `tests/ingest`, `tests/support`, `bench`, `src`. */
const homeOf = (path: string): string => {
  const [top = '', below = ''] = path.split('/');
  return top === 'tests' ? `${top}/${below}` : top;
};

/** Imports by which a test or a bench takes a helper from where it is not shared. */
const takenElsewhere = (path: string, source: string): string[] => {
  const home = homeOf(path);
  const tested = home === 'bench' ? [] : ['tests/conformance', 'bench', 'scripts', 'docs'];
  const shared = ['src', 'tests/support', home, ...tested];
  const elsewhere = (specifiers: readonly string[]): string[] =>
    specifiers
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.join(posix.dirname(path), specifier))
      .filter((target) => !shared.includes(homeOf(target)));
  // Every import is a text: where no text of a file leads elsewhere it need not be parsed.
  if (elsewhere([...source.matchAll(/['"`]([^'"`\n]*)/g)].map(([, text = '']) => text)).length === 0)
    return [];
  return elsewhere(readModule(path, source).imports.map(({ specifier }) => specifier)).map(
    (target) => `${path} takes ${target}`,
  );
};

test('tests and benches share helpers by tests/support alone', () => {
  const paths = globSync('{tests,bench}/**/*.{ts,tsx}', { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.flatMap((path) => takenElsewhere(path, readFileSync(`${root}${path}`, 'utf8')))).toEqual([]);
});

test('a helper that is taken from another folder is named', () => {
  const source = `import { a } from '../ingest/a.ts'; import { b } from './b.ts'; import { c } from '../support/c.ts'; import { d } from '../../src/kernel/d.ts';`;
  expect(takenElsewhere('tests/render/x.test.ts', source)).toEqual([
    'tests/render/x.test.ts takes tests/ingest/a.ts',
  ]);
  expect(takenElsewhere('bench/x.ts', `import { a } from '../tests/store/a.ts';`)).toEqual([
    'bench/x.ts takes tests/store/a.ts',
  ]);
});
