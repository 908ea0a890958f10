import { placelessProblemsOf } from '../kernel/errors.ts';
import { findingsOf, type NoValues } from '../kernel/finding.ts';

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
}

export const feedProblem = placelessProblemsOf<FeedProblems>();

/** What is said of feeds beside that. */
export interface FeedFindings {
  'feed-added': { readonly name: string };
  'feed-removed': { readonly name: string };
  'feed-following': NoValues;
  'no-such-feed': { readonly name: string; readonly known: readonly string[] };
  'no-feeds': NoValues;
  'feed-name-wrong': { readonly name: string };
  'feed-wants-from': { readonly kind: string };
  'feed-place-not-allowed': { readonly folder: string };
  'feed-not-pushed': { readonly name: string };
  'feed-to-name': { readonly known: readonly string[] };
  'queue-of-two-feeds': { readonly queue: string; readonly feed: string };
  'too-many-feeds': { readonly most: number };
  'bad-queue-pair': { readonly given: string };
}

export const feedFinding = findingsOf<FeedFindings>();
