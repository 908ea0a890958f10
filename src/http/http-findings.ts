import { placelessProblemsOf } from '../kernel/errors.ts';
import type { JobHolder } from '../jobs/job-queue.ts';
import { findingsOf } from '../kernel/finding.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** What the HTTP layer itself refuses, by code. */
export interface HttpFindings extends SaidOf<'http'> {
  /** `own`: of the caller; who holds the queue, most first. */
  'too-many-jobs': { readonly own: boolean; readonly holders: readonly JobHolder[] };
}

export const httpFinding = findingsOf<HttpFindings>();

/** What can be wrong with what a request brings along. */
export interface HttpProblems extends SaidOf<'http-problems'> {
  /** Of somebody who only asks: so many weeks at most. */
  'simulation-too-long': { readonly most: number };
}

export const httpProblem = placelessProblemsOf<HttpProblems>();
