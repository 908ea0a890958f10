import type { z } from 'zod';
import { contractFinding, type ContractFinding } from './contract-findings.ts';

/** What is wrong with one value, and what to do. */
export interface IssueFindings {
  readonly message: ContractFinding;
  readonly remedy: ContractFinding;
}

/** Forms that a schema's own check may name: of any other the words stand as the schema has them. */
export const namedForms = [
  'a clock time HH:MM',
  'a lower-case key such as social-security',
  'a country code such as CN',
  'a name without blanks at its ends',
  'a local date and time YYYY-MM-DDTHH:MM',
  'date',
  'an ISO week such as 2026-W48',
] as const;

const isForm = (words: string): boolean => (namedForms as readonly string[]).includes(words);

/** What a schema found wrong; `value` is what stands there, undefined for nothing. */
export const describeIssue = (issue: z.core.$ZodIssue, value: unknown): IssueFindings => {
  if (issue.code === 'unrecognized_keys')
    return {
      message: contractFinding('no-such-keys', { keys: issue.keys }),
      remedy: contractFinding('check-the-spelling'),
    };
  if (issue.code === 'invalid_format') return wrongForm(issue.format === 'date' ? 'date' : issue.message);
  if (issue.code === 'custom')
    return isForm(issue.message)
      ? wrongForm(issue.message)
      : {
          message: contractFinding('schema-check', { check: issue.message }),
          remedy: contractFinding('correct-this-place'),
        };
  const message = value === undefined ? contractFinding('value-missing') : messageOf(issue);
  return { message, remedy: wanted(issue) };
};

const wrongForm = (form: string): IssueFindings => ({
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
