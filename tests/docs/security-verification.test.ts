import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/developers/security-verification.md'), 'utf8');

/** How many sections each chapter of the standard has, in its order. */
const sections = [5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3];
const rows = [...page.matchAll(/^\| (\d+\.\d+) [^|]*\| ([^|]*) \| (.*) \|$/gm)];

test('every section of the standard stands there once, with how it is met', () => {
  const wanted = sections.flatMap((count, chapter) =>
    Array.from({ length: count }, (_, section) => `${chapter + 1}.${section + 1}`),
  );
  expect(rows.map(([, section]) => section)).toEqual(wanted);
  for (const [, section, state, said = ''] of rows) {
    expect([section, state]).toEqual([section, expect.stringMatching(/^(held|part|open|none)$/)]);
    // What is held is held by a test, or is nothing but words.
    if (state === 'held') expect([section, said]).toEqual([section, expect.stringContaining('`tests/')]);
  }
});

test('every test that it names is there', () => {
  const named = [...page.matchAll(/`((?:tests|src)\/[\w/.-]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
