import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names this program's code: it changes with every release, every edited source file and every change in the list of
 * its packages. Results that are kept for the next time are kept under it, so that no other code's
 * results are ever taken for its own.
 */
export const programEdition = (): string => {
  const source = join(import.meta.dirname, '..');
  const hash = createHash('sha256').update(readFileSync(join(source, '..', 'package.json')));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.[jt]s$/.test(name),
  );
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(source, name)));
  return hash.digest('base64url');
};
