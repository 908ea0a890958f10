import { withMade } from '../tables/made-columns.ts';
import type { OpenTable } from '../tables/open-table.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import { clockMillis } from '../cells/wall-clock.ts';
import { bindColumns, missingFields } from './bind-columns.ts';
import type { IngestKind } from './fields.ts';
import { datePartConfidence, meaningsOf } from './headings.ts';
import type { FileKnowledge } from './ingest-options.ts';

const aDate = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d)/g;
const labelled = /^([^:：]{1,30})[:：]\s*(.*)$/;
const leastClocks = 4;

/**
 * A report of one day, or of one queue, that names it in a title above the table: as if each row did. Only where the
 * columns say neither, the rows have a time of day, and the title tells one day or one queue.
 */
export const withTitle = (table: OpenTable, kind: IngestKind, options: FileKnowledge): OpenTable => {
  const bound = bindColumns(table.head, kind, options);
  const at = table.head.findIndex(({ line }) => line === bound.headingLine);
  const above = table.head.slice(0, Math.max(0, at));
  const missing = missingFields(bound);
  const mapped = [options.map?.columns['start'] ?? 'date'].flat();
  if (above.length === 0 || bound.bindings.size === 0 || !mapped.includes('date')) return table;
  const day = missing.includes('start') && hasClocks(bound.headings) ? dayOf(above) : undefined;
  const queue = missing.includes('queue') ? queueOf(above, kind) : undefined;
  const title = {
    ...(day === undefined ? {} : { date: day }),
    ...(queue === undefined ? {} : { queue }),
  };
  if (Object.keys(title).length === 0) return table;
  const made = Object.fromEntries(Object.entries(title).map(([field, always]) => [field, { always }]));
  return { ...withMade(table, made, undefined, at), title };
};

const hasClocks = (headings: readonly string[]): boolean =>
  headings.some((heading) => datePartConfidence(heading, 'clock') > 0) ||
  headings.filter((heading) => !Number.isNaN(clockMillis(heading.split(/[-~—–至到]/)[0] ?? ''))).length >=
    leastClocks;

/** The one day that the rows above a table name. */
const dayOf = (above: readonly SheetRow[]): string | undefined => {
  const days = new Set(
    above.flatMap(({ cells }) => cells.flatMap((cell) => cell.normalize('NFKC').match(aDate) ?? [])),
  );
  return days.size === 1 ? [...days][0] : undefined;
};

/** The queue that a row above a table names: its label and, behind a colon or in the next cell, its name. */
const queueOf = (above: readonly SheetRow[], kind: IngestKind): string | undefined => {
  const isQueue = (label: string): boolean => meaningsOf(label, kind)?.has('queue') === true;
  const found = above.flatMap(({ cells }) =>
    cells.flatMap((cell, i) => {
      const [, label = '', value = ''] = labelled.exec(cell.trim()) ?? [];
      return isQueue(label) ? [(value === '' ? (cells[i + 1] ?? '') : value).trim()] : [];
    }),
  );
  const names = new Set(found.filter((name) => name !== ''));
  return names.size === 1 ? [...names][0] : undefined;
};
