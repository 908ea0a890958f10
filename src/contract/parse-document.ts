import { z } from 'zod';
import { BadInputError, listProblems, shownValue, type Problem } from '../kernel/errors.ts';
import { contractProblem, type Issue, describeIssue, mostKeysNamed } from './contract-findings.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { firstUnwritable } from '../kernel/text.ts';

/**
 * Turns what came from outside into what the schema promises. Throws `BadInputError` with every problem at
 * once, each with its path in the document (`queues.2.priority`) and, where given, the file.
 */
export const parseDocument = <Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
  file?: string,
): z.output<Schema> => {
  const unwritable = unwritableTexts(document, '', file);
  if (unwritable.length > 0) throw new BadInputError(unwritable);
  const parsed = schema.safeParse(document, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new BadInputError(listOf(parsed.error.issues, (issue) => [problemOfIssue(issue, document, file)]));
};

/** So many issues of one document are described; the others are counted, by rule. */
const mostIssues = 100;

const listOf = (
  issues: readonly z.core.$ZodIssue[],
  describe: (issue: z.core.$ZodIssue) => readonly Problem[],
): readonly Problem[] =>
  listProblems(
    issues.flatMap((issue, at) =>
      at < mostIssues ? describe(issue) : [{ rule: ruleOf(issue), severity: 'error' as const }],
    ),
    mostIssues,
  );

const ruleOf = ({ code }: z.core.$ZodIssue): string => code.replaceAll('_', '-');

/**
 * Every problem of a part of a request, each with its path, which begins with `at`, where the part came in. Of keys that
 * nobody knows each has a problem of its own, up to ten; the others are counted.
 */
export const requestProblems = (error: z.ZodError, at: string, part: unknown): readonly Problem[] =>
  listOf(error.issues, (issue) => {
    const placed = (path: readonly PropertyKey[], problem: Problem): Problem => ({
      ...problem,
      path: [at, ...path.map(stepName)].join('.'),
    });
    if (issue.code !== 'unrecognized_keys') return [placed(issue.path, problemOfIssue(issue, part))];
    const problems = issue.keys
      .slice(0, mostKeysNamed)
      .map((key) => placed([...issue.path, key], problemOfIssue({ ...issue, keys: [key] }, part)));
    const unlisted = issue.keys.length - problems.length;
    return unlisted === 0 ? problems : [...problems, { rule: ruleOf(issue), severity: 'error', unlisted }];
  });

/** A step of a path: no longer than any name that there is. */
const stepName = (step: PropertyKey): string => {
  const name = String(step);
  return name.length <= 200 ? name : `${name.slice(0, 197)}...`;
};

/** The text of a file as UTF-8; throws where it is in another encoding, whose characters would be lost in silence. */
export const utf8Of = (bytes: Uint8Array, file: string): string => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.slice(0, 4).includes('\0')) return text;
  } catch {
    // told below
  }
  throw new BadInputError([{ ...contractProblem('not-utf-8'), file }]);
};

/** What the text of a JSON file holds; of a key that is given twice the second would win in silence, so it is refused. */
export const parseJson = (json: string, file: string): unknown => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new BadInputError([notJson(file, error instanceof Error ? error.message : '')]);
  }
  const twice = keyGivenTwice(json);
  if (twice !== undefined)
    throw new BadInputError([{ ...contractProblem('key-given-twice'), file, ...twice }]);
  return parsed;
};

/** The first key that an object of a JSON text has twice, and the line of the second. */
const keyGivenTwice = (json: string): Pick<Problem, 'path' | 'row'> | undefined => {
  const open: Set<unknown>[] = [];
  for (const { 0: token, index } of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    if (!token.endsWith(':')) continue;
    const key = JSON.parse(token.slice(0, -1)) as string;
    const keys = open.at(-1);
    if (keys?.has(key) === true) return { path: key, row: json.slice(0, index).split('\n').length };
    keys?.add(key);
  }
  return undefined;
};

/** What the schema promises of the text of a JSON file. */
export const parseJsonDocument = <Schema extends z.ZodType>(
  schema: Schema,
  json: string,
  file: string,
): z.output<Schema> => parseDocument(schema, parseJson(json, file), file);

/** Most texts of one document that are listed one by one. */
const mostTold = 10;

/** A value inside a document: under which key, within what. */
interface Inside {
  readonly value: unknown;
  readonly key: string;
  readonly within: Inside | undefined;
}

/**
 * Names and values anywhere in a document that have a character which no text may have: ten at most, each with its path.
 * Every door asks it of what it takes in, before any schema does. A document of any depth is walked without recursion.
 */
export const unwritableTexts = (document: unknown, at: string, file?: string): Problem[] => {
  const found: Problem[] = [];
  const open: Inside[] = [{ value: document, key: at, within: undefined }];
  const look = (text: string, inside: Inside): void => {
    const character = firstUnwritable(text);
    if (character === undefined || found.length >= mostTold) return;
    const told = kernelProblem(pathOf(inside), 'character-not-allowed', text, { character });
    found.push(file === undefined ? told : { ...told, file });
  };
  for (let next = open.pop(); next !== undefined && found.length < mostTold; next = open.pop()) {
    const { value } = next;
    if (typeof value === 'string') look(value, next);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      look(key, next);
      if (typeof item === 'string' || typeof item === 'object') open.push({ value: item, key, within: next });
    }
  }
  return found;
};

const pathOf = (inside: Inside): string => {
  const steps: string[] = [];
  for (
    let each: Inside | undefined = inside;
    each !== undefined && steps.length < mostTold;
    each = each.within
  )
    if (each.key !== '') steps.unshift(shownValue(each.key));
  return steps.join('.');
};

/**
 * What a schema's own check may say of itself in `params`: a problem of ours instead of one English sentence. `value`: what
 * is shown of what is there, all of it where nothing is said; null: nothing, since a password may be in it.
 */
const ownProblemSchema = z.object({ rule: z.string(), value: z.union([z.string(), z.number()]).nullish() });

/** One thing that a schema found wrong in a document, with its place, what is there and what is wanted. */
export const problemOfIssue = (issue: z.core.$ZodIssue, document: unknown, file?: string): Problem => {
  const path = issue.path.map(stepName);
  const place = file === undefined ? {} : { file };
  const problem = issue.code === 'custom' ? ownProblemSchema.safeParse(issue.params).data : undefined;
  const value = valueAtPath(document, issue.path);
  if (problem !== undefined) {
    const shown = problem.value === null ? {} : { value: shownValue(problem.value ?? value) };
    return { rule: problem.rule, severity: 'error', path: path.join('.'), ...shown, ...place };
  }
  const { message, remedy } = describeIssue(issue, value);
  // Of a whole object or list only the names inside are worth showing, and those the message names.
  const shown =
    value === undefined || (typeof value === 'object' && value !== null) ? {} : { value: shownValue(value) };
  return {
    rule: ruleOf(issue),
    severity: 'error',
    ...place,
    ...(path.length > 0 ? { path: path.join('.') } : file === undefined ? { path: '(document)' } : {}),
    ...shown,
    values: { wrong: message, wanted: remedy } satisfies Issue,
  };
};

/** What a document holds at a path; undefined where it holds nothing. */
export const valueAtPath = (document: unknown, path: readonly PropertyKey[]): unknown => {
  let value: unknown = document;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
};

/** Where a parser stopped, where it says so. */
const notJson = (file: string, text: string): Problem => {
  const at = /line (\d+) column (\d+)/.exec(text);
  return { ...contractProblem('not-json'), file, ...(at === null ? {} : { row: Number(at[1]) }) };
};
