import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readModule } from './read-module.ts';

/** Packages that a module brings along at once, itself and through others. */
const packagesOf = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { specifier, kind } of readModule(file, readFileSync(file, 'utf8')).imports) {
    if (kind !== 'value' || specifier.startsWith('node:')) continue;
    if (specifier.startsWith('.')) packagesOf(join(dirname(file), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
};

test.each(['command-thread.ts', 'commands/erlang.ts'])(
  'for a formula %s loads no package but the reader of options',
  (file) => {
    const loaded = packagesOf(join(import.meta.dirname, '../../src/cli', file));
    expect([...loaded].filter((each) => !each.startsWith('/'))).toEqual(['commander']);
  },
);
