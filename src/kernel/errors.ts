import { placeName } from './place-names.ts';
import { text, type Text } from './text.ts';

/**
 * One thing that is wrong with what a user gave, told so that a planner can mend it.
 * `rule` is a stable kebab-case name (for programs and tests); `message` says what is wrong and `remedy`
 * what to do. `row` counts lines of the file from 1, the heading included.
 */
export interface Problem {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'notice';
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
  /** The value found, shortened to what fits on a line. */
  readonly value?: string;
  /** JSON path inside a document, for problems that have no row: `targets.queues.general`. */
  readonly path?: string;
  readonly message: Text;
  readonly remedy: Text;
}

/** What a user gave cannot be used: exit code 3, HTTP 400. Carries every problem found, not only the first. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map((p) => p.message.en).join('\n'));
    this.problems = problems;
  }
}

/** No answer exists under rules that are marked hard: exit code 4, HTTP 422. Names the clashing rules. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly clashingRules: readonly Text[];
  constructor(clashingRules: readonly Text[]) {
    super(clashingRules.map((r) => r.en).join('\n'));
    this.clashingRules = clashingRules;
  }
}

/** The command or request itself is wrong (unknown option, missing argument): exit code 2, HTTP 400. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: Text;
  constructor(said: Text) {
    super(said.en);
    this.text = said;
  }
}

/** Work was given up because the user asked to stop. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('cancelled');
  }
}

/** A problem about one value of a JSON document or option, with its path. */
export const problemAt = (
  path: string,
  rule: string,
  value: unknown,
  message: Text,
  remedy: Text,
): Problem => ({
  rule,
  severity: 'error',
  path,
  value: shorten(value),
  message,
  remedy,
});

/** A value as it appears in a message: at most 60 characters. */
export const shorten = (value: unknown): string => {
  const plain = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return plain.length <= 60 ? plain : `${plain.slice(0, 57)}...`;
};

/** The one-line form of a problem: where, what, what was found, what to do. */
export const describeProblem = (problem: Problem, language: 'zh-CN' | 'en'): string => {
  const chinese = language === 'zh-CN';
  const where = [
    problem.file,
    problem.row === undefined ? undefined : chinese ? `第 ${problem.row} 行` : `row ${problem.row}`,
    problem.column === undefined
      ? undefined
      : chinese
        ? `「${problem.column}」列`
        : `column "${problem.column}"`,
    placeOf(problem, language),
  ].filter((part) => part !== undefined);
  const place = where.length === 0 ? '' : where.join(chinese ? ' ' : ', ') + (chinese ? '：' : ': ');
  const found =
    problem.value === undefined || problem.value === ''
      ? ''
      : chinese
        ? `（读到「${problem.value}」）`
        : ` (found "${problem.value}")`;
  return `${place}${problem.message[language]}${found}${chinese ? '。' : '. '}${sentence(problem.remedy[language], chinese)}`;
};

/** Where in a document the problem is, or what was asked about: the former only is written as in its file. */
export const placeOf = (
  { file, path }: { readonly file?: string | undefined; readonly path?: string | undefined },
  language: 'zh-CN' | 'en',
): string | undefined => (file !== undefined || path === undefined ? path : placeName(path, language));

/** With a capital and a full stop, where the words lack them. */
const sentence = (said: string, chinese: boolean): string => {
  const begun = chinese || said.startsWith('huawu') ? said : said.charAt(0).toUpperCase() + said.slice(1);
  return /[.。!?！？]$/.test(begun) ? begun : `${begun}${chinese ? '。' : '.'}`;
};

/** Sentence used when a file or document holds nothing to work on. */
export const nothingThere = text('里面没有可用的数据', 'there is nothing in it to work on');
