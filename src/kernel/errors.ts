import type { NoValues, Sayable } from './finding.ts';
import { replaceUnwritable, type Text } from './text.ts';

/**
 * One thing that is wrong with what a user gave, and where. `rule` is a stable kebab-case name, by which src/words says
 * what is wrong and what to do, with `values` in its sentences. `row` counts lines of the file from 1, the heading
 * included.
 */
export interface Problem {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly file?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  /** The value found, shortened to what fits on a line. */
  readonly value?: string | undefined;
  /** JSON path inside a document, for problems that have no row: `targets.queues.general`. */
  readonly path?: string | undefined;
  /** What the sentences need beyond the value found. */
  readonly values?: unknown;
  /** How many rows have this value; left out: the one. */
  readonly rows?: number | undefined;
  /** The problem stands for so many more of its rule, which are not listed one by one. */
  readonly unlisted?: number | undefined;
  readonly message?: Text | undefined;
  readonly remedy?: Text | undefined;
}

/** What the problems of a file's rows that are one line to a reader have in common; a name that is not known follows from itself. */
export const alikeKey = ({ rule, severity, file, column, value }: Problem): string =>
  JSON.stringify([rule, severity, file, column, ...(rule.startsWith('unknown-') ? [value] : [])]);

/** A row that was left out, for the problems file. Callers' numbers are blanked in `text`. */
export interface RejectedRow {
  readonly file: string;
  readonly row: number;
  readonly text: string;
  readonly problem: Problem;
}

/** What a user gave cannot be used: exit code 3, HTTP 400. Carries every problem found, not only the first. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(
      problems.map(({ rule, value, message }) => message?.en ?? `${rule} ${value ?? ''}`.trim()).join('\n'),
    );
    this.problems = problems;
  }
}

/** No answer exists under rules that are marked hard: exit code 4, HTTP 422. Names the clashing rules. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly clashingRules: readonly Sayable[];
  constructor(clashingRules: readonly Sayable[]) {
    super(clashingRules.map(plainly).join('\n'));
    this.clashingRules = clashingRules;
  }
}

/** The command or request itself is wrong (unknown option, missing argument): exit code 2, HTTP 400. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly said: Sayable;
  constructor(said: Sayable) {
    super(plainly(said));
    this.said = said;
  }
}

/** For logs: the code of a finding, or the sentence that is there. */
const plainly = (said: Sayable): string => ('code' in said ? said.code : said.en);

/** Work was given up because the user asked to stop. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('cancelled');
  }
}

/** Makes the problems of one table about values of a JSON document or an option, each with its path. */
export const problemsOf =
  <Table>() =>
  <Rule extends keyof Table & string>(
    path: string,
    rule: Rule,
    value: unknown,
    ...[values]: NoValues extends Table[Rule] ? [] : [values: Table[Rule]]
  ): Problem => ({
    rule,
    severity: 'error',
    path,
    value: shownValue(value),
    ...(values === undefined ? {} : { values }),
  });

/** Makes the problems of one table that are in no document: of a file or a machine, or why something ended. */
export const placelessProblemsOf =
  <Table>() =>
  <Rule extends keyof Table & string>(
    rule: Rule,
    ...[values]: NoValues extends Table[Rule] ? [] : [values: Table[Rule]]
  ): Problem => ({ rule, severity: 'error', ...(values === undefined ? {} : { values }) });

/** The first so many problems as they are, the others counted, by rule; what is counted already stays counted. */
export const listProblems = (problems: readonly Problem[], most: number): readonly Problem[] => {
  if (problems.length <= most) return problems;
  const listed: Problem[] = [];
  const unlisted = new Map<string, number>();
  for (const problem of problems)
    if (problem.unlisted === undefined && listed.length < most) listed.push(problem);
    else unlisted.set(problem.rule, (unlisted.get(problem.rule) ?? 0) + (problem.unlisted ?? 1));
  return [
    ...listed,
    ...[...unlisted].map(([rule, n]): Problem => ({ rule, severity: 'error', unlisted: n })),
  ];
};

/** A value as it appears in a message: at most 60 characters, none of which a terminal obeys. */
export const shownValue = (value: unknown): string => {
  const plain = typeof value === 'string' ? value : (JSON.stringify(value, firstParts()) ?? String(value));
  return replaceUnwritable(plain.length <= longestShown ? plain : `${plain.slice(0, longestShown - 3)}...`);
};

const longestShown = 60;

/** Leaves of a value only what can be in its first characters: it may be as large as a request. */
const firstParts = () => {
  let left = longestShown;
  return (_key: string, part: unknown): unknown => {
    left -= 1;
    if (left < 0) return undefined;
    if (typeof part === 'string') return part.slice(0, longestShown);
    if (Array.isArray(part)) return part.slice(0, longestShown);
    return part;
  };
};
