import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** How a task of threads is named: a module, by its own address or one beside it, and what it exports. */
const tasks =
  /module: (?:new URL\('([^']+)', import\.meta\.url\)\.href|new URL\(import\.meta\.url\)\.href|import\.meta\.url),\s*name: (?:'(\w+)'|(\w+)\.name)/g;

test('what a thread is asked for is exported by the module that it is asked of', () => {
  const named = globSync('src/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(tasks)].map(([, beside, quoted, own]) => ({
      file: beside === undefined ? file : join(dirname(file), beside),
      name: quoted ?? own ?? '',
    })),
  );
  expect(named.length).toBeGreaterThan(5);
  const missing = named.filter(
    ({ file, name }) => !new RegExp(`export const ${name}\\b`).test(readFileSync(file, 'utf8')),
  );
  expect(missing).toEqual([]);
});
