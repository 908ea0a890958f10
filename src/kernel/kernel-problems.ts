import { problemsOf } from './errors.ts';
import type { NoValues } from './finding.ts';

/** What can be wrong with dates, zones and transfers, whoever finds it, by rule, with what its sentences need. */
export interface KernelProblems {
  'unknown-zone': NoValues;
  'bad-date': NoValues;
  /** `character`: as U+0000. */
  'character-not-allowed': { readonly character: string };
  'transfer-circle': { readonly toItself: boolean };
}

export const kernelProblem = problemsOf<KernelProblems>();
