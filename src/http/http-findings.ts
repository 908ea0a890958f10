import { placelessProblemsOf } from '../kernel/errors.ts';
import type { JobHolder } from '../jobs/job-queue.ts';
import { findingsOf, type Bare, type Sayable } from '../kernel/finding.ts';

/** What the HTTP layer itself refuses, by code. */
export interface HttpFindings extends Bare<'http'> {
  'records-moved-away': { readonly place: string };
  'not-ready': { readonly parts: readonly string[] };
  'not-found': { readonly path: string };
  'file-too-large': { readonly megabytes: number };
  /** `own`: of the caller; who holds the queue, most first. */
  'too-many-jobs': { readonly own: boolean; readonly holders: readonly JobHolder[] };
  'in-maintenance': { readonly message: string | null };
  'no-line': { readonly line: string };
  'no-plan': { readonly id: string | null };
  'no-roster': { readonly id: string | null };
  'foreign-host': { readonly publicUrl: string | null };
  'header-twice': { readonly header: string };
  'https-wanted': { readonly publicUrl: string | null };
  'beyond-this-machine': { readonly host: string };
  'beyond-wants-address': { readonly host: string };
  'beyond-wants-tls': { readonly host: string };
  'address-wants-sign-in': { readonly url: string };
  'certificate-unusable': { readonly file: string };
  'port-in-use': { readonly port: number };
}

export const httpFinding = findingsOf<HttpFindings>();

/** What can be wrong with what a request brings along. */
export interface HttpProblems extends Bare<'http-problems'> {
  /** Of somebody who only asks: so many weeks at most. */
  'simulation-too-long': { readonly most: number };
  'hard-rules-clash': { readonly clash: Sayable };
}

export const httpProblem = placelessProblemsOf<HttpProblems>();
