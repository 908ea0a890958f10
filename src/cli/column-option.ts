import { allFields } from '../ingest/columns/fields.ts';
import { UsageError } from '../kernel/errors.ts';
import { cliFinding } from './cli-findings.ts';

/** Headings by field. */
export type ColumnsNamed = Record<string, string | string[]>;

/** Reads `--column handle_seconds_total="ACD Time+ACW Time"`, which may come several times. */
export const columnOption = (given: string, before: ColumnsNamed = {}): ColumnsNamed => {
  const at = given.indexOf('=');
  const field = given.slice(0, Math.max(0, at)).trim();
  const headings = given
    .slice(at + 1)
    .split('+')
    .map((heading) => heading.trim());
  const [first = ''] = headings;
  if (!allFields.has(field) || headings.includes(''))
    throw new UsageError(cliFinding('bad-column-option', { fields: [...allFields], given }));
  return { ...before, [field]: headings.length === 1 ? first : headings };
};
