import { placelessProblemsOf } from '../kernel/errors.ts';
import type { JobHolder } from '../jobs/job-queue.ts';
import { findingsOf, type NoValues, type Sayable } from '../kernel/finding.ts';

/** What the HTTP layer itself refuses, by code. */
export interface HttpFindings {
  'records-moved-away': { readonly place: string };
  'not-ready': { readonly parts: readonly string[] };
  'not-found': { readonly path: string };
  'too-many-requests': NoValues;
  'file-too-large': { readonly megabytes: number };
  'not-a-file': NoValues;
  'no-job': NoValues;
  /** `own`: of the caller; who holds the queue, most first. */
  'too-many-jobs': { readonly own: boolean; readonly holders: readonly JobHolder[] };
  'job-of-another': NoValues;
  'in-maintenance': { readonly message: string | null };
  'no-line': { readonly line: string };
  'no-plan': { readonly id: string | null };
  'no-roster': { readonly id: string | null };
  'no-overrule': NoValues;
  'no-day-action': NoValues;
  'no-feed': NoValues;
  'no-note': NoValues;
  'event-changed': NoValues;
  'not-built': NoValues;
  'foreign-host': { readonly publicUrl: string | null };
  'foreign-origin': NoValues;
  'header-twice': { readonly header: string };
  'https-wanted': { readonly publicUrl: string | null };
  'no-token': NoValues;
  'no-access': NoValues;
  'no-sign-in': NoValues;
  'token-refused': NoValues;
  'signed-out': NoValues;
  'no-right': NoValues;
  'no-role-here': NoValues;
  'sign-in-off': NoValues;
  'not-your-own': NoValues;
  'no-token-there': NoValues;
  'no-session-there': NoValues;
  'beyond-this-machine': { readonly host: string };
  'beyond-wants-address': { readonly host: string };
  'beyond-wants-tls': { readonly host: string };
  'address-wants-sign-in': { readonly url: string };
  'certificate-and-key': NoValues;
  'certificate-unusable': { readonly file: string };
  'port-in-use': { readonly port: number };
  stopped: NoValues;
  'internal-error': NoValues;
  'bad-address': NoValues;
  'body-not-json': NoValues;
  'unreadable-body': NoValues;
  'nothing-there': NoValues;
  'version-wanted': NoValues;
  'body-too-large': NoValues;
  'unknown-encoding': NoValues;
  'wrong-request': NoValues;
}

export const httpFinding = findingsOf<HttpFindings>();

/** What can be wrong with what a request brings along. */
export interface HttpProblems {
  'map-not-json': NoValues;
  /** Of somebody who only asks: so many weeks at most. */
  'simulation-too-long': { readonly most: number };
  'left-out': NoValues;
  'hard-rules-clash': { readonly clash: Sayable };
}

export const httpProblem = placelessProblemsOf<HttpProblems>();
