import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readModule } from './read-module.ts';

/** Packages that a module brings along at once, itself and through others. */
const packagesOf = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { specifier, kind } of readModule(file, readFileSync(file, 'utf8')).imports) {
    if (kind !== 'value' || specifier.startsWith('node:') || specifier.endsWith('.json')) continue;
    if (specifier.startsWith('.')) packagesOf(join(dirname(file), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
};

const readers = { options: 'commander', messages: '@formatjs/icu-messageformat-parser' };

test.each([
  ['command-thread.ts', [readers.messages, readers.options]],
  ['commands/erlang.ts', [readers.options]],
])('for a formula %s loads no package but the readers of options and messages', (file, readersOfIt) => {
  const loaded = packagesOf(join(import.meta.dirname, '../../src/cli', file));
  expect([...loaded].filter((each) => !each.startsWith('/')).toSorted()).toEqual(readersOfIt);
});
