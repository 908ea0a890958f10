import type { z } from 'zod';
import type { ProblemDetails } from '../contract/http/problem-details.ts';
import { problemOfIssue } from '../contract/parse-document.ts';
import { passes } from '../jobs/job-queue.ts';
import { BadInputError, CancelledError, NoAnswerError, UsageError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { defaultLanguage, inLanguage, languages, type Language, type Text } from '../kernel/text.ts';
import { AccessError, type AccessFinding } from '../access/access-findings.ts';
import { problemSeparator, problemTitles } from '../words/http.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { sayProblem } from '../words/problems.ts';
import { httpFinding, httpProblem, type HttpFinding, type ValuelessCode } from './http-findings.ts';

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
  if (passes(problems)) return ['store-away', 503];
  if (problems.some(({ rule }) => rule === 'records-moved')) return ['records-moved', 409];
  if (problems.some(({ rule }) => rule.endsWith('-changed-meanwhile'))) return ['changed-meanwhile', 412];
  if (problems.some(({ rule }) => rule === 'plan-locked')) return ['plan-locked', 409];
  if (problems.some(({ rule }) => rule === 'roster-changed')) return ['roster-changed', 412];
  return ['bad-input', 400];
};

const details = (
  rule: string,
  status: number,
  said: Text,
  problems: readonly Problem[],
  language: Language,
): ProblemDetails => ({
  type: `urn:huawu:${rule}`,
  title: inLanguage(problemTitles[rule] ?? said, language),
  status,
  detail: inLanguage(said, language),
  text: said,
  problems: problems.map((problem) => sayProblem(problem, 'program')),
});

/** Sentences of several problems as one. */
const joined = (parts: readonly Text[]): Text =>
  Object.fromEntries(
    languages.map((language) => [
      language,
      parts.map((part) => inLanguage(part, language)).join(problemSeparator[language]),
    ]),
  ) as unknown as Text;

const forPrograms = (said: Sayable): Text => inEveryLanguage(said, 'program');

const refusal = (code: ValuelessCode): Text => forPrograms(httpFinding(code));

/** What is refused of sign-in and accounts, by status; what a person typed wrong is a 400. */
const accessStatuses: Partial<Record<AccessFinding['code'], number>> = {
  'sign-in-failed': 401,
  'code-wrong': 401,
  'sign-in-wait': 429,
  'sign-in-busy': 503,
  'account-there': 409,
  'last-administrator': 409,
  'account-of-other-hotline': 403,
  'no-account': 404,
};

const accessStatus = (code: AccessFinding['code']): number => accessStatuses[code] ?? 400;

/** The one table from error to HTTP status and problem details (RFC 9457). Unknown errors tell nothing inside. */
export const problemDetailsOf = (error: unknown, language: Language = defaultLanguage): ProblemDetails => {
  if (error instanceof BadInputError) {
    const said = joined(error.problems.map((problem) => sayProblem(problem, 'program').message));
    const [rule, status] = ruleAndStatus(error.problems);
    return details(rule, status, said, error.problems, language);
  }
  if (error instanceof NoAnswerError)
    return details(
      'no-answer',
      422,
      joined(error.clashingRules.map(forPrograms)),
      error.clashingRules.map((clash) => httpProblem('hard-rules-clash', { clash })),
      language,
    );
  if (error instanceof UsageError) return details('usage', 400, forPrograms(error.said), [], language);
  if (error instanceof CancelledError) {
    return details('cancelled', 409, refusal('stopped'), [], language);
  }
  if (error instanceof AccessError)
    return details(
      error.finding.code,
      accessStatus(error.finding.code),
      forPrograms(error.finding),
      [],
      language,
    );
  if (error instanceof HttpError)
    return details(error.rule, error.status, forPrograms(error.finding), [], language);
  return bodyError(error, language) ?? details('internal', 500, refusal('internal-error'), [], language);
};

/** What the router, the body readers and the file server refuse, by status: what they say is in English, and theirs. */
const refusals: Readonly<Record<number, readonly [rule: string, code: ValuelessCode]>> = {
  400: ['unreadable-body', 'unreadable-body'],
  404: ['not-found', 'nothing-there'],
  412: ['precondition', 'precondition-failed'],
  413: ['too-large', 'body-too-large'],
  415: ['unknown-encoding', 'unknown-encoding'],
  416: ['no-such-range', 'no-such-range'],
};

/** Errors of the router, the body readers and the file server: whose status says that they are the caller's. */
const bodyError = (error: unknown, language: Language): ProblemDetails | undefined => {
  // Express says so of a path or query that is no text once its percent signs are read.
  if (error instanceof URIError) return details('bad-address', 400, refusal('bad-address'), [], language);
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if ('type' in error && error.type === 'entity.parse.failed')
    return details('not-json', 400, refusal('body-not-json'), [], language);
  const status = Number(error.status);
  if (!(status >= 400 && status < 500)) return undefined;
  const [rule, code] = refusals[status] ?? (['usage', 'wrong-request'] as const);
  return details(rule, status, refusal(code), [], language);
};

/** Every issue of a schema as a problem with its path, which begins with where the value came in. */
export const schemaProblems = (error: z.ZodError, at: string, value: unknown): Problem[] =>
  error.issues.flatMap((issue) => {
    const told = problemOfIssue(issue, value);
    const keys =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return keys.map((path) => ({ ...told, path: [at, ...path.map(String)].join('.') }));
  });
