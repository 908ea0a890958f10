import type { CallOutcome } from '../../kernel/records.ts';
import type { NoValues } from '../../kernel/finding.ts';
import type { UnusualValue } from './unusual-value.ts';

/** What can be wrong with a row or a cell, by rule, with what its sentences need. */
export interface RowProblems {
  'unterminated-quote': NoValues;
  'wrong-cell-count': { readonly found: number; readonly wanted: number };
  'not-a-count': NoValues;
  'negative-count': NoValues;
  'fractional-count': NoValues;
  'not-a-number': NoValues;
  'negative-number': NoValues;
  'not-a-duration': NoValues;
  'not-a-share': NoValues;
  'not-yes-or-no': NoValues;
  'not-a-time': NoValues;
  'impossible-date': NoValues;
  'ambiguous-date': NoValues;
  'time-does-not-exist': { readonly zone: string };
  'date-out-of-range': { readonly latest: string };
  'queue-renamed': { readonly key: string };
  'unknown-outcome': NoValues;
  'outcome-guessed': { readonly outcome: CallOutcome };
  'end-before-start': NoValues;
  /** A forecast that was issued after the time it is for: it may have seen what came. */
  'issued-after-its-time': { readonly issued: string };
  'lower-above-upper': NoValues;
  /** Calls of a day that a model foresees are far from what the queue has had. */
  'unusual-forecast': {
    readonly model: string;
    readonly queue: string;
    readonly perDay: number;
    readonly usual: number;
    readonly confirmed: boolean;
  };
  'not-a-period': NoValues;
  'repeated-hour': { readonly zone: string; readonly count: number };
  /** `summed`: offered calls would be added up from it. */
  'missing-value': { readonly field: string; readonly summed: boolean };
  'unknown-queue': { readonly near: readonly string[] };
  'unusual-value': UnusualValue;
  'missing-date-column': NoValues;
  'bad-holiday-kind': NoValues;
  'not-one-of': { readonly choices: readonly string[] };
  'not-weekdays': NoValues;
  'not-a-clock-time': NoValues;
  'hours-not-positive': NoValues;
  'day-published': { readonly from: string; readonly to: string };
  'leave-overlaps': { readonly from: string; readonly to: string };
}
