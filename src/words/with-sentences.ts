import type { Finding } from '../kernel/finding.ts';
import type { Problem } from '../kernel/errors.ts';
import { inEveryLanguage } from './speak.ts';
import { sayProblem } from './problems.ts';
import type { Audience } from './speech.ts';

/**
 * A document as it goes out: every finding in it with its sentences beside its code and values, every problem with its
 * message and remedy. What holds none is handed on as it is, not copied.
 */
export const withSentences = <Document>(document: Document, audience: Audience): Document =>
  spell(document, audience) as Document;

/** The same as JSON. */
export const jsonWithSentences = (document: unknown, audience: Audience): string =>
  JSON.stringify(withSentences(document, audience));

const spell = (value: unknown, audience: Audience): unknown => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    // Series of figures, which are most of a document, hold nothing to say.
    if (typeof value[0] === 'number') return value;
    return eachOf(
      value,
      value.map((item) => spell(item, audience)),
    );
  }
  if (isFinding(value)) return { ...value, ...inEveryLanguage(value, audience) };
  if (isProblem(value)) return sayProblem(value, audience);
  const entries = Object.entries(value).map(([key, item]) => [key, spell(item, audience)] as const);
  return entries.some(([key, item]) => item !== (value as Record<string, unknown>)[key])
    ? Object.fromEntries(entries)
    : value;
};

const eachOf = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.some((item, i) => item !== before[i]) ? after : before;

const isFinding = (value: object): value is Finding =>
  'code' in value && typeof value.code === 'string' && 'values' in value;

const isProblem = (value: object): value is Problem =>
  'rule' in value && 'severity' in value && typeof value.rule === 'string';
