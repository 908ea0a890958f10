import { BadInputError, placelessProblemsOf, type Problem, shownValue } from '../kernel/errors.ts';
import { findingsOf } from '../kernel/finding.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** Why a feed does not bring what it should. */
export interface FeedProblems {
  'feed-source-missing': { readonly from: string };
  'feed-source-unreadable': { readonly from: string; readonly code: string };
  'feed-source-wrong': { readonly from: string; readonly wants: 'file' | 'folder' };
  'feed-link-leads-out': { readonly from: string };
  'feed-silent': { readonly count: number; readonly unit: 'minutes' | 'hours' | 'days' };
  'feed-behind': { readonly megabytes: number };
  'feed-clock': { readonly clock: string };
  'feed-failed': { readonly error: string };
  'alarm-not-taken': {
    readonly way: 'webhook' | 'mail';
    readonly why: string;
    readonly at: string;
    readonly waiting: number;
  };
  'feed-no-password': { readonly secret: string };
  'feed-unreachable': { readonly place: string; readonly why: string };
  'feed-not-let-in': { readonly place: string };
  'feed-right-missing': { readonly place: string; readonly right: string };
  'feed-other-protocol': { readonly place: string };
  'feed-query-refused': { readonly place: string; readonly why: string };
  'feed-asked-too-often': { readonly place: string };
  'feed-answer-wrong': { readonly place: string; readonly why: string };
  'feed-rows-unclear': { readonly columns: readonly string[] };
}

export const feedProblem = placelessProblemsOf<FeedProblems>();

/** What is said of feeds beside that. */
export interface FeedFindings extends SaidOf<'feed'> {}

export const feedFinding = findingsOf<FeedFindings>();

/**
 * What is wrong with where a feed reads, or with what it does with it. What an error of the program's own says is for its
 * log: here stands what kind of error it is.
 */
export const sourceProblem = (error: unknown, place: string): Problem => {
  if (error instanceof BadInputError && error.problems[0] !== undefined) return error.problems[0];
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const from = shownValue(place);
  if (code === 'ENOENT') return feedProblem('feed-source-missing', { from });
  if (code === 'EISDIR' || code === 'ENOTDIR')
    return feedProblem('feed-source-wrong', { from, wants: code === 'EISDIR' ? 'file' : 'folder' });
  if (code !== '' && /^E[A-Z]+$/.test(code)) return feedProblem('feed-source-unreadable', { from, code });
  const kind = error instanceof Error ? error.name : typeof error;
  return feedProblem('feed-failed', { error: shownValue(/^[A-Z][A-Z0-9_]+$/.test(code) ? code : kind) });
};
