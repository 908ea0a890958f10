import { fieldsOfKind } from '../ingest/columns/headings.ts';
import { type FileKind, recordKindsOfFile } from '../kernel/records.ts';
import { UsageError } from '../kernel/errors.ts';
import { cliFinding } from './cli-findings.ts';
import { emptyMap, type MapFile } from '../ingest/columns/map-file.ts';
import type { ColumnsNamed } from './option-values.ts';

/**
 * A map file with the columns that options name; what they do not name is found by the headings. Throws UsageError for
 * a field that files of the kind do not have.
 */
export const withColumns = (
  kind: FileKind,
  map: MapFile | undefined,
  { column = {}, headings }: { readonly column?: ColumnsNamed; readonly headings: boolean },
): MapFile | undefined => {
  if (Object.keys(column).length === 0 && headings) return map;
  const fields = fieldsOfFile(kind);
  const foreign = Object.keys(column).find((field) => !fields.includes(field));
  if (foreign !== undefined)
    throw new UsageError(
      cliFinding('bad-column-option', { fields, given: `${foreign}=${[column[foreign]].flat().join('+')}` }),
    );
  const whole = map ?? { ...emptyMap, others: 'guess' as const };
  return {
    ...whole,
    columns: { ...whole.columns, ...column },
    ...(headings ? {} : { headings: whole.headings ?? [] }),
  };
};

/** Canonical columns that a kind of file may have. */
const fieldsOfFile = (kind: FileKind): readonly string[] => [
  ...new Set(recordKindsOfFile(kind).flatMap((each) => fieldsOfKind[each].map(({ field }) => field))),
];
