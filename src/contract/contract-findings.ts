import type { z } from 'zod';
import { placelessProblemsOf, shownValue } from '../kernel/errors.ts';
import { type FindingOf, findingsOf, type NoValues, type Sayable } from '../kernel/finding.ts';
import { type SchemaForm, isSchemaForm } from './schema-forms.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** What a schema can find wrong in a document, and what it wants instead. */
export interface ContractFindings extends SaidOf<'contract'> {
  /** `others`: so many more, which are not named. */
  'no-such-keys': { readonly keys: readonly string[]; readonly others?: number };
  'give-form': { readonly form: SchemaForm };
  'give-size': {
    readonly of: 'items' | 'characters' | 'value';
    readonly bound: 'exactly' | 'above' | 'at-least' | 'below' | 'at-most';
    /** With its unit where it is said in one. */
    readonly limit: number | string;
  };
  /** What a schema's own check says of itself. */
  'schema-check': { readonly check: string };
  /** Whom a prompt is played to. */
  'played-to-all': NoValues;
}

type ContractFinding = FindingOf<ContractFindings>;

const contractFinding = findingsOf<ContractFindings>();

/** What a schema found wrong, and what it wants. */
export interface Issue {
  readonly wrong: Sayable;
  readonly wanted: Sayable;
}

/** Of a break: where in the shift it has to begin, and when those before it are over; hours from the shift's start. */
interface BreakFault {
  readonly minutes: number;
  readonly hours: number;
  readonly most: number;
  readonly begins: number;
}

/** What can be wrong with a document: by the schema library's codes, and by checks of our own. */
export interface ContractProblems extends SaidOf<'contract-problems'> {
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

/** What is wrong with one value, and what to do. */
interface IssueFindings {
  readonly message: ContractFinding;
  readonly remedy: ContractFinding;
}

/** So many keys that a schema does not know are named; the others are counted. */
export const mostKeysNamed = 10;

/** What a schema found wrong; `value` is what is there, undefined for nothing. */
export const describeIssue = (issue: z.core.$ZodIssue, value: unknown): IssueFindings => {
  if (issue.code === 'unrecognized_keys')
    return {
      message: contractFinding('no-such-keys', {
        keys: issue.keys.slice(0, mostKeysNamed).map(shownValue),
        ...(issue.keys.length > mostKeysNamed ? { others: issue.keys.length - mostKeysNamed } : {}),
      }),
      remedy: contractFinding('check-the-spelling'),
    };
  const form = issue.code === 'invalid_format' && issue.format === 'date' ? 'date' : issue.message;
  if (issue.code === 'invalid_format' || issue.code === 'custom')
    return isSchemaForm(form)
      ? wrongForm(form)
      : {
          message: contractFinding('schema-check', { check: form }),
          remedy: contractFinding('correct-this-place'),
        };
  const message = value === undefined ? contractFinding('value-missing') : messageOf(issue);
  return { message, remedy: wanted(issue) };
};

const wrongForm = (form: SchemaForm): IssueFindings => ({
  message: contractFinding('written-wrongly'),
  remedy: contractFinding('give-form', { form }),
});

const messageOf = (issue: z.core.$ZodIssue): ContractFinding => {
  if (issue.code === 'too_small') return contractFinding(sizes[kindOf(issue.origin)].small);
  if (issue.code === 'too_big') return contractFinding(sizes[kindOf(issue.origin)].large);
  return contractFinding(issue.code === 'invalid_type' ? 'wrong-kind' : 'value-not-allowed');
};

const kindOf = (origin: string): 'items' | 'characters' | 'value' =>
  origin === 'array' ? 'items' : origin === 'string' ? 'characters' : 'value';

const sizes = {
  characters: { small: 'text-too-short', large: 'text-too-long' },
  items: { small: 'too-few', large: 'too-many' },
  value: { small: 'number-too-small', large: 'number-too-large' },
} as const;

/** What would be right, as far as the schema says it in numbers, types or a list. */
const wanted = (issue: z.core.$ZodIssue): ContractFinding => {
  switch (issue.code) {
    case 'invalid_type':
      return contractFinding('give-kind', { kind: issue.expected });
    case 'invalid_value':
      return contractFinding('use-one-of', {
        values: issue.values.map((allowed) => JSON.stringify(allowed)),
      });
    case 'too_small':
      return contractFinding('give-size', {
        of: kindOf(issue.origin),
        bound: issue.exact === true ? 'exactly' : issue.inclusive === false ? 'above' : 'at-least',
        limit: Number(issue.minimum),
      });
    case 'too_big':
      return contractFinding('give-size', {
        of: kindOf(issue.origin),
        bound: issue.exact === true ? 'exactly' : issue.inclusive === false ? 'below' : 'at-most',
        limit: Number(issue.maximum),
      });
    default:
      return contractFinding('see-the-schema');
  }
};
