import type { NoValues, Sayable } from '../../kernel/finding.ts';
import type { WideHeadings } from '../wide-headings.ts';
import type { ShownNames } from './file-problems.ts';

/** What can be wrong with the columns of a file, or with the map of them, by rule, with what its sentences need. */
export interface ColumnProblems {
  'two-columns-for-field': { readonly taken: string; readonly other: string; readonly field: string };
  'two-columns-for-indicator': { readonly key: string };
  /** The file has the headings, or the cells, of a known export. */
  'preset-recognised': { readonly preset: string };
  /** What the title above a table says of every row. */
  'taken-from-title': { readonly said: readonly string[] };
  /** What is taken for handle time is likely talk alone. */
  'talk-for-handle': { readonly heading: string };
  /** What is taken for calls that asked for an operator may count those that ended in the menu. */
  'all-calls-for-offered': { readonly heading: string };
  'zone-of-map-file': { readonly map: string; readonly hotline: string };
  'headings-garbled': NoValues;
  /** What each of the columns stands for. */
  'wide-table': { readonly by: WideHeadings };
  'columns-left-out': { readonly headings: ShownNames };
  /** Columns left out that look like what a plan then has to assume. */
  'needed-columns-left-out': { readonly headings: ShownNames; readonly assumed: 'handle-time' | 'patience' };
  'missing-column': { readonly field: string; readonly headings: ShownNames };
  'mapped-column-absent': { readonly field: string; readonly headings: ShownNames };
  /** Headings with the field that each was taken for. */
  'columns-guessed': {
    readonly columns: readonly { readonly heading: string; readonly field: string }[];
  };
  'map-file-shape': { readonly fault: Sayable };
  'map-file-field': { readonly fields: readonly string[] };
}
