import type { NoValues } from '../../kernel/finding.ts';

/** What can be wrong with a bare series, beyond what any file can have, by rule. */
export interface SeriesProblems {
  'bad-interval': { readonly fileMinutes: number; readonly wanted: number };
  'conflicting-rows': { readonly row: number; readonly count: number };
  /** Rows so far apart that they are totals. */
  'totals-of-periods': { readonly by: 'week' | 'month' | 'longer' };
  'bad-time': NoValues;
  'bad-count': { readonly negative: boolean };
  /** `wanted`: the heading that was asked for; null where none was. */
  'missing-time-column': { readonly wanted: string | null; readonly usual: readonly string[] };
  'missing-count-column': { readonly wanted: string | null; readonly usual: readonly string[] };
  'missing-queue-column': { readonly wanted: string | null; readonly usual: readonly string[] };
}
