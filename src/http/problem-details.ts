import type { ProblemDetails } from '../contract/documents/schema-parts.ts';
import { isTransientFault } from '../jobs/job-queue.ts';
import {
  BadInputError,
  CancelledError,
  listProblems,
  NoAnswerError,
  UsageError,
  type Problem,
} from '../kernel/errors.ts';
import type { Sayable, FindingOf, NoValues } from '../kernel/finding.ts';
import { defaultLanguage, inLanguage, languages, type Language, type Text } from '../kernel/text.ts';
import { AccessError, type AccessFinding } from '../access/access-findings.ts';
import { explainFileError, placeProblem } from '../store/store-problems.ts';
import { messages } from '../words/messages.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { sayProblem, type SaidProblem } from '../words/problems.ts';
import { httpFinding, httpProblem, type HttpFindings } from './http-findings.ts';

/** A refusal of the HTTP layer itself, with its status. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly rule: string;
  readonly finding: HttpFinding;
  /** `rule`: what programs know the refusal by, where that is not the finding's code. */
  constructor(status: number, finding: HttpFinding, rule: string = finding.code) {
    super(finding.code);
    this.status = status;
    this.rule = rule;
    this.finding = finding;
  }
}

/** What is wrong with the place where records live is not the caller's: it is away for now, or they have left it. */
const ruleAndStatus = (problems: readonly Problem[]): readonly [rule: string, status: number] => {
  if (isTransientFault(problems)) return ['store-away', 503];
  if (problems.some(({ rule }) => rule === 'records-moved')) return ['records-moved', 409];
  if (problems.some(({ rule }) => rule.endsWith('-changed-meanwhile'))) return ['changed-meanwhile', 412];
  if (problems.some(({ rule }) => rule === 'plan-locked')) return ['plan-locked', 409];
  if (problems.some(({ rule }) => rule === 'large-change')) return ['large-change', 422];
  if (problems.some(({ rule }) => rule === 'roster-changed')) return ['roster-changed', 412];
  return ['bad-input', 400];
};

/** Most bytes of an answer that refuses something, and of what one problem in it says. */
const mostBytes = 48 * 1024;
const mostProblemBytes = 4 * 1024;
/** Most problems that are listed one by one, and most characters of a sentence. */
const mostProblems = 100;
const longestSentence = 2_000;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const eachLanguage = (say: (language: Language) => string): Text =>
  Object.fromEntries(languages.map((language) => [language, say(language)])) as unknown as Text;

const cut = (sentence: string, longest: number): string =>
  sentence.length <= longest ? sentence : `${sentence.slice(0, longest - 1)}…`;

/** A problem with its sentences, short enough whatever it is about. */
const saidShortly = (problem: Problem): SaidProblem => {
  const said = sayProblem(problem, 'program');
  if (bytesOf(said) <= mostProblemBytes) return said;
  const { values: _long, message, remedy, ...rest } = said;
  const short = (text: Text): Text => eachLanguage((language) => cut(inLanguage(text, language), 300));
  const places = Object.fromEntries(
    Object.entries(rest).map(([name, part]) => [name, typeof part === 'string' ? cut(part, 300) : part]),
  ) as typeof rest;
  return { ...places, message: short(message), remedy: short(remedy) };
};

/** Titles of answers that are errors, by the name of the error. */
const problemTitles: Readonly<Record<string, Text>> = messages('problem-titles');

/** What is refused, never longer than `mostBytes`: as many of its problems are listed as have room, the others counted. */
const details = (
  language: Language,
  rule: string,
  status: number,
  said: Text | undefined,
  problems: readonly Problem[] = [],
): ProblemDetails => {
  let document: ProblemDetails;
  let most = mostProblems;
  do {
    const listed = listProblems(problems, most).map(saidShortly);
    const whole = said ?? joined(listed.map(({ message }) => message));
    const text = eachLanguage((each) => cut(inLanguage(whole, each), longestSentence));
    document = {
      type: `urn:huawu:${rule}`,
      title: inLanguage(problemTitles[rule] ?? text, language),
      status,
      detail: inLanguage(text, language),
      text,
      problems: listed,
    };
    most = Math.floor(most / 2);
  } while (most > 0 && bytesOf(document) > mostBytes);
  return document;
};

/** What stands between several problems that are reported as one. */
const problemSeparator: Text = messages('http-marks').problemSeparator;

const joined = (parts: readonly Text[]): Text =>
  eachLanguage((language) =>
    parts.map((part) => inLanguage(part, language)).join(problemSeparator[language]),
  );

const forPrograms = (said: Sayable): Text => inEveryLanguage(said, 'program');

const refusal = (code: ValuelessCode): Text => forPrograms(httpFinding(code));

/** What is refused of sign-in and accounts, by status; what a person typed wrong is a 400. */
const accessStatuses: Partial<Record<AccessFinding['code'], number>> = {
  'sign-in-failed': 401,
  'code-wrong': 401,
  'sign-in-wait': 429,
  'sign-in-busy': 503,
  'account-there': 409,
  'too-many-tokens': 409,
  'last-administrator': 409,
  'account-of-other-hotline': 403,
  'no-account': 404,
};

/** The one table from error to HTTP status and problem details (RFC 9457). Unknown errors tell nothing inside. */
export const problemDetailsOf = (error: unknown, language: Language = defaultLanguage): ProblemDetails => {
  if (error instanceof BadInputError) {
    const [rule, status] = ruleAndStatus(error.problems);
    return details(language, rule, status, undefined, error.problems);
  }
  if (error instanceof NoAnswerError)
    return details(
      language,
      'no-answer',
      422,
      joined(error.clashingRules.slice(0, mostProblems).map(forPrograms)),
      error.clashingRules.map((clash) => httpProblem('hard-rules-clash', { clash })),
    );
  if (error instanceof UsageError) return details(language, 'usage', 400, forPrograms(error.said));
  if (error instanceof CancelledError) return details(language, 'cancelled', 409, refusal('stopped'));
  if (error instanceof AccessError) {
    const { code } = error.finding;
    return details(language, code, accessStatuses[code] ?? 400, forPrograms(error.finding));
  }
  if (error instanceof HttpError)
    return details(language, error.rule, error.status, forPrograms(error.finding));
  // A file of the workspace: where it lies is nobody's business.
  if (explainFileError(error)?.rule === 'disk-full')
    return problemDetailsOf(new BadInputError([placeProblem('disk-full', undefined)]), language);
  return bodyError(error, language) ?? details(language, 'internal', 500, refusal('internal-error'));
};

/** What the router, the body readers and the file server refuse, by status: what they say is in English, and theirs. */
const refusals: Readonly<Record<number, readonly [rule: string, code: ValuelessCode]>> = {
  400: ['unreadable-body', 'unreadable-body'],
  404: ['not-found', 'nothing-there'],
  413: ['too-large', 'body-too-large'],
  415: ['unknown-encoding', 'unknown-encoding'],
};

/** Errors of the router, the body readers and the file server: whose status says that they are the caller's. */
const bodyError = (error: unknown, language: Language): ProblemDetails | undefined => {
  // Express says so of a path or query that is no text once its percent signs are read.
  if (error instanceof URIError) return details(language, 'bad-address', 400, refusal('bad-address'));
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if ('type' in error && error.type === 'entity.parse.failed')
    return details(language, 'not-json', 400, refusal('body-not-json'));
  const status = Number(error.status);
  if (!(status >= 400 && status < 500)) return undefined;
  const [rule, code] = refusals[status] ?? (['usage', 'wrong-request'] as const);
  return details(language, rule, status, refusal(code));
};

type HttpFinding = FindingOf<HttpFindings>;

/** Codes of findings that need no values. */
type ValuelessCode = {
  [Code in keyof HttpFindings]: NoValues extends HttpFindings[Code] ? Code : never;
}[keyof HttpFindings];
