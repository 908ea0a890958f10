import type { NoValues } from '../../kernel/finding.ts';

/** Where another row stands. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** What only the records of all files together show, by rule, with what its sentences need. */
export interface RecordProblems {
  'identical-duplicates': { readonly count: number };
  /** Columns that count from the beginning of the day on. */
  'running-sums': { readonly headings: readonly string[] };
  /** Calls rise through each day and begin anew with the next. */
  'unusual-running': { readonly queue: string };
  'running-sum-falls': { readonly before: number };
  /** Days so far apart that they are totals of weeks or months. */
  'totals-not-days': { readonly by: 'week' | 'month' | 'longer' };
  'whole-days': { readonly intervalMinutes: number };
  'days-spread': { readonly days: number; readonly intervalMinutes: number };
  'mixed-steps': { readonly one: number; readonly other: number; readonly where: string };
  'interval-unknown': NoValues;
  'interval-not-of-a-day': { readonly minutes: number };
  'start-off-grid': { readonly minutes: number };
  'grid-shifted': { readonly phase: number; readonly minutes: number };
  'other-threshold': { readonly seconds: number; readonly hotlineSeconds: number };
  'times-ahead': { readonly rows: number; readonly first: string };
  'interval-inferred': { readonly minutes: number };
  'absent-taken-as-zero': { readonly runs: number; readonly intervals: number };
  /** Rows that tell their time and leave every figure of calls blank. */
  'rows-without-calls': { readonly rows: number; readonly taken: 'zero' | 'gap' };
  'absent-taken-as-gap': { readonly runs: number; readonly intervals: number };
  'offered-derived': NoValues;
  /** Only the wait of answered calls stands in the file. */
  'abandoned-waits-assumed': { readonly heading: string };
  'too-many-absent-intervals': { readonly intervals: number; readonly from: string; readonly to: string };
  'conflicting-duplicates':
    | { readonly of: 'interval'; readonly queue: string; readonly start: string; readonly other: RowPlace }
    | { readonly of: 'record'; readonly other: RowPlace }
    | { readonly of: 'call' };
  'parts-above-whole': { readonly parts: string; readonly whole: string };
  'parts-above-whole-of-day': { readonly parts: string; readonly whole: string };
  /** The first of them by name, and how many there are. */
  'hotline-replaced': { readonly named: readonly string[]; readonly hotlines: number };
}
