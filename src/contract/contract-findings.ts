import { placelessProblemsOf } from '../kernel/errors.ts';
import { type FindingOf, findingsOf, type NoValues, type Sayable } from '../kernel/finding.ts';
import type { SchemaForm } from './schema-forms.ts';

/** What a schema can find wrong in a document, and what it wants instead. */
export interface ContractFindings {
  'value-missing': NoValues;
  'wrong-kind': NoValues;
  'value-not-allowed': NoValues;
  'text-too-short': NoValues;
  'text-too-long': NoValues;
  'too-few': NoValues;
  'too-many': NoValues;
  'number-too-small': NoValues;
  'number-too-large': NoValues;
  /** `others`: so many more, which are not named. */
  'no-such-keys': { readonly keys: readonly string[]; readonly others?: number };
  'check-the-spelling': NoValues;
  'written-wrongly': NoValues;
  'give-form': { readonly form: SchemaForm };
  'give-kind': { readonly kind: string };
  'use-one-of': { readonly values: readonly string[] };
  'give-size': {
    readonly of: 'items' | 'characters' | 'value';
    readonly bound: 'exactly' | 'above' | 'at-least' | 'below' | 'at-most';
    /** With its unit where it is said in one. */
    readonly limit: number | string;
  };
  'see-the-schema': NoValues;
  /** What a schema's own check says of itself. */
  'schema-check': { readonly check: string };
  'correct-this-place': NoValues;
  /** Whom a prompt is played to. */
  'played-to-all': NoValues;
  'played-to-those-who-wait': { readonly seconds: number };
}

export type ContractFinding = FindingOf<ContractFindings>;

export const contractFinding = findingsOf<ContractFindings>();

/** What a schema found wrong, and what it wants. */
export interface Issue {
  readonly wrong: Sayable;
  readonly wanted: Sayable;
}

/** What can be wrong with a document: by the schema library's codes, and by checks of our own. */
/** Of a break: where in the shift it has to begin, and when those before it are over; hours from the shift's start. */
interface BreakFault {
  readonly minutes: number;
  readonly hours: number;
  readonly most: number;
  readonly begins: number;
}

export interface ContractProblems {
  'not-json': NoValues;
  'not-utf-8': NoValues;
  'key-given-twice': NoValues;
  'unknown-store': NoValues;
  'event-ends-before-it-starts': NoValues;
  /** Of two numbers the one that is to be the larger is the smaller. */
  'pair-reversed': { readonly low: string; readonly high: string; readonly least: number };
  /** A break that would end after its shift, and one that those before it leave no time for. */
  'break-beyond-shift': BreakFault;
  'break-overtaken': BreakFault;
  /** A window that would run past midnight for most of a day; `asSuch` is its end as it is written where that is meant. */
  'window-reversed': {
    readonly low: string;
    readonly high: string;
    readonly from: string;
    readonly to: string;
    readonly hours: number;
    readonly asSuch: string;
  };
  'invalid-type': Issue;
  'invalid-value': Issue;
  'invalid-format': Issue;
  'invalid-union': Issue;
  'invalid-key': Issue;
  'invalid-element': Issue;
  'too-small': Issue;
  'too-big': Issue;
  'not-multiple-of': Issue;
  'unrecognized-keys': Issue;
  custom: Issue;
}

export const contractProblem = placelessProblemsOf<ContractProblems>();

/** Whom a prompt is played to; 0 seconds: everyone. */
export const audienceFinding = (waitAboveSeconds = 0): ContractFinding =>
  waitAboveSeconds > 0
    ? contractFinding('played-to-those-who-wait', { seconds: waitAboveSeconds })
    : contractFinding('played-to-all');
