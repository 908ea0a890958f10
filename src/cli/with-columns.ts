import { emptyMap, type MapFile } from '../ingest/columns/map-file.ts';
import type { ColumnsNamed } from './column-option.ts';

/** A map file with the columns that options name; what they do not name is found by the headings. */
export const withColumns = (
  map: MapFile | undefined,
  { column = {}, headings }: { readonly column?: ColumnsNamed; readonly headings: boolean },
): MapFile | undefined => {
  if (Object.keys(column).length === 0 && headings) return map;
  const whole = map ?? { ...emptyMap, others: 'guess' as const };
  return {
    ...whole,
    columns: { ...whole.columns, ...column },
    ...(headings ? {} : { headings: whole.headings ?? [] }),
  };
};
