import type { NoValues, Sayable } from '../../kernel/finding.ts';
import type { WideHeadings } from '../wide-headings.ts';
import type { ShownNames } from './file-problems.ts';

/** What can be wrong with the columns of a file, or with the map of them, by rule, with what its sentences need. */
export interface ColumnProblems {
  'two-columns-for-field': { readonly taken: string; readonly other: string; readonly field: string };
  'two-columns-for-indicator': { readonly key: string };
  'zone-of-map-file': { readonly map: string; readonly hotline: string };
  'headings-garbled': NoValues;
  /** What each of the columns stands for. */
  'wide-table': { readonly by: WideHeadings };
  'columns-left-out': { readonly headings: ShownNames };
  'missing-column': { readonly field: string; readonly headings: ShownNames };
  'mapped-column-absent': { readonly field: string; readonly headings: ShownNames };
  /** Headings with the field that each was taken for. */
  'columns-guessed': {
    readonly columns: readonly { readonly heading: string; readonly field: string }[];
  };
  'map-file-shape': { readonly fault: Sayable };
  'map-file-field': { readonly fields: readonly string[] };
}
