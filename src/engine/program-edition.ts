import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names this program's code: it changes with every release and every edited source file. Results that are kept
 * for the next time are kept under it, so that no other code's results are ever taken for its own.
 */
export const programEdition = (): string => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return files
    .map((name) => {
      const { size, mtimeMs } = statSync(join(source, name));
      return `${name} ${size} ${Math.round(mtimeMs)}`;
    })
    .join('\n');
};
