import type { z } from 'zod';
import { contractFinding, type ContractFinding } from './contract-findings.ts';
import { shownValue } from '../kernel/errors.ts';
import { isSchemaForm, type SchemaForm } from './schema-forms.ts';

/** What is wrong with one value, and what to do. */
interface IssueFindings {
  readonly message: ContractFinding;
  readonly remedy: ContractFinding;
}

/** So many keys that a schema does not know are named; the others are counted. */
export const mostKeysNamed = 10;

/** What a schema found wrong; `value` is what stands there, undefined for nothing. */
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
