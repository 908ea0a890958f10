import { problemsOf } from './errors.ts';
import type { NoValues } from './finding.ts';

/** What can be wrong with dates, zones and transfers, wherever they are found, by rule, with what its sentences need. */
export interface KernelProblems {
  'unknown-zone': NoValues;
  'bad-date': NoValues;
  /** `character`: as U+0000. */
  'character-not-allowed': { readonly character: string };
  'transfer-circle': { readonly toItself: boolean };
}

export const kernelProblem = problemsOf<KernelProblems>();

/** What can be wrong with monitored results, whether a file or a form brings them, by rule. */
export interface MonitoredProblems {
  'connected-above-test-calls': { readonly testCalls: number };
  /** `inFile`: the indicator is a column, which a map file can leave alone. */
  'unknown-indicator': { readonly indicators: readonly string[]; readonly inFile: boolean };
  'unknown-hotline': NoValues;
  /** Where the other result of the same hotline and period stands, as far as that is known. */
  'two-results': { readonly other: { readonly file: string | null; readonly row: number } | null };
}
