import type { NoValues } from '../../kernel/finding.ts';

/** Kinds of files that hold no table. */
export type OtherFile =
  | 'pdf'
  | 'word'
  | 'powerpoint'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'zip'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | '7z'
  | 'rar'
  | 'gzip-in-gzip'
  | 'parquet'
  | 'json'
  | 'sqlite'
  | 'program'
  | 'media'
  | 'audio'
  | 'web-page'
  | 'binary';

/** Names out of a file as far as they are listed, each shortened to what fits, and how many there are in all. */
export interface ShownNames {
  readonly shown: readonly string[];
  readonly all: number;
}

/** What can be wrong with a file as a whole, by rule, with what its sentences need. */
export interface FileProblems {
  'empty-file': NoValues;
  'no-rows': NoValues;
  'no-files': NoValues;
  'encoding-not-told': NoValues;
  'zero-bytes': NoValues;
  'too-many-columns': { readonly most: number };
  'hidden-rows-read': { readonly rows: number };
  'wrong-encoding': { readonly encoding: string };
  'unknown-encoding': { readonly label: string };
  'cell-too-long': { readonly bytes: number };
  'line-too-long': { readonly bytes: number };
  'inflates-too-far': { readonly limit: string };
  /** Seconds of processor time. */
  'file-exceeds-time': { readonly most: number };
  'damaged-archive': NoValues;
  'spreadsheet-too-large': { readonly megabytes: number };
  'series-too-large': { readonly megabytes: number };
  'damaged-spreadsheet': NoValues;
  'no-such-sheet': { readonly sheet: string; readonly sheets: readonly string[] };
  'unreadable-file': { readonly why: string };
  'rows-dropped': { readonly count: number };
  'too-many-bad-rows': { readonly limit: number };
  'not-a-table': { readonly what: OtherFile };
  'sheets-left-out': { readonly sheets: ShownNames };
  /** Cells, megabytes, megabytes, seconds. */
  'workbook-exceeds-cells': { readonly most: number };
  'workbook-exceeds-text': { readonly most: number };
  'workbook-exceeds-memory': { readonly most: number };
  'workbook-exceeds-time': { readonly most: number };
}
