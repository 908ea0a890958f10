import { problemsOf } from '../kernel/errors.ts';
import type { NoValues, Sayable } from '../kernel/finding.ts';

/** A law of durations that is not complete: what it lacks. */
export type LawFault =
  | 'parameter-missing'
  | 'variation-below-one'
  | 'phases-not-whole'
  | 'parameter-not-positive'
  | 'service-never-ends';

/** What a cell of a table of queues may hold. */
export interface NumberRange {
  readonly whole: boolean;
  /** 0 itself is out of range. */
  readonly positive: boolean;
  /** Whether inf is a value. */
  readonly infinite: boolean;
  /** Largest value, beside inf where that is one. */
  readonly most: number;
}

/** What can be wrong with a bare queueing model or a table of queues, by rule, with what its sentences need. */
export interface QueueingProblems {
  /** What the schema finds wrong, and what would be right where it knows. */
  'model-shape': { readonly fault: Sayable; readonly wanted: Sayable | null };
  'duration-law': { readonly fault: LawFault };
  'one-value-per-interval': { readonly intervals: number };
  'known-class': { readonly classes: number };
  'transfer-shares': NoValues;
  'known-pool': { readonly pools: number };
  'one-priority-per-class': { readonly classes: number };

  'empty-cell': NumberRange;
  'unusable-cell': NumberRange;
  'patience-too-long': { readonly handleTimes: number };
  'erlang-column-missing': { readonly columns: readonly string[] };
}

export const queueingProblem = problemsOf<QueueingProblems>();
