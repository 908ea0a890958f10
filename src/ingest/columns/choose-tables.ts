import { bindColumns, type BoundTable, missingFields } from './bind-columns.ts';
import type { RecordKind } from '../../kernel/records.ts';
import { normalHeading } from './headings.ts';
import type { FileKnowledge } from './ingest-options.ts';
import type { OpenTable, Tables } from '../tables/open-table.ts';
import { lengthened, ungrouped } from '../tables/grouped-table.ts';

/** Tables of one file that are read, and the names of sheets that are not. */
interface ChosenTables {
  readonly kind: RecordKind;
  readonly tables: Tables;
  readonly left: readonly string[];
}

/**
 * Which sheets of a workbook hold the data: the first in which every needed column is found, and all others with
 * the same heading (a sheet a month). A cover sheet is passed over. Where no sheet has all, the first is taken.
 */
export const chooseTables = (
  tables: Tables,
  kinds: readonly RecordKind[],
  options: FileKnowledge,
): ChosenTables => {
  const [first, ...further] = kinds.includes('traffic') ? allLengthened(tables, options) : tables;
  const firstKind = likeliestKind(first, kinds, options);
  if (further.length === 0) return { kind: firstKind, tables: [first], left: leftOf([first]) };
  const whole = [first, ...further]
    .map((table) => ({ table, kind: likeliestKind(table, kinds, options) }))
    .map(({ table, kind }) => ({ table, kind, bound: bindColumns(table.head, kind, options) }))
    .filter(({ bound }) => missingFields(bound).every((field) => field === 'queue'));
  const [best, ...others] = whole;
  if (best === undefined) return { kind: firstKind, tables: [first], left: leftOf([first]) };
  const heading = headingKey(best.bound);
  const alike = others.filter(({ bound }) => headingKey(bound) === heading).map(({ table }) => table);
  const taken: Tables = [best.table, ...alike];
  return { kind: best.kind, tables: taken, left: leftOf(taken) };
};

/** Wide tables of traffic with one row per figure. Names of queues count only where no column holds the calls. */
export const allLengthened = ([first, ...further]: Tables, options: FileKnowledge): Tables => {
  const wide = options.map?.wide;
  const names = [...(options.knownQueues ?? []), ...Object.keys(options.queueAliases ?? {})];
  const longer = (given: OpenTable): OpenTable => {
    const isMapped = wide !== undefined || Object.keys(options.map?.columns ?? {}).length > 0;
    const ofQueue = bindColumns(given.head, 'traffic', { ...options, queue: undefined }).bindings.get(
      'queue',
    );
    const table = isMapped ? given : ungrouped(given, (ofQueue?.columns.length ?? 0) === 0);
    const missing = missingFields(bindColumns(table.head, 'traffic', options));
    const byQueue = missing.includes('offered') && !missing.includes('start');
    if (wide === undefined && missing.length === 0) return table;
    const queueNames = new Set(byQueue ? names.map((name) => name.toLowerCase()) : []);
    return lengthened(table, { queueNames, map: wide });
  };
  return [longer(first), ...further.map(longer)];
};

const headingKey = ({ headings }: BoundTable): string => headings.map(normalHeading).join('\n').trimEnd();

const leftOf = (taken: Tables): string[] =>
  (taken[0].sheets ?? []).filter((name) => !taken.some((table) => table.sheet === name));

/** The kind whose required columns are all there, most columns bound; the first kind where none is. */
const likeliestKind = (
  table: OpenTable,
  kinds: readonly RecordKind[],
  options: FileKnowledge,
): RecordKind => {
  const first = kinds[0] ?? 'traffic';
  const named = options.map?.kind;
  if (named !== undefined && kinds.includes(named)) return named;
  if (kinds.length === 1) return first;
  let best = first;
  let most = -Infinity;
  for (const kind of kinds) {
    const bound = bindColumns(table.head, kind, options);
    const score = bound.bindings.size - 10 * missingFields(bound).length;
    if (score > most) {
      most = score;
      best = kind;
    }
  }
  return best;
};
