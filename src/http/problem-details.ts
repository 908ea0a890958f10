import type { z } from 'zod';
import type { ProblemDetails } from '../contract/http/problem-details.ts';
import { problemOfIssue } from '../contract/parse-document.ts';
import { passes } from '../jobs/job-queue.ts';
import { BadInputError, CancelledError, NoAnswerError, UsageError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { inEveryLanguage } from '../words/speak.ts';
import { sayProblem } from '../words/problems.ts';

/** A refusal of the HTTP layer itself, with its status. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly rule: string;
  readonly text: Text;
  constructor(status: number, rule: string, said: Text) {
    super(said.en);
    this.status = status;
    this.rule = rule;
    this.text = said;
  }
}

const titles: Readonly<Record<string, Text>> = {
  'bad-input': text('提交的数据有问题', 'What was given cannot be used'),
  'no-answer': text('在必须遵守的规则下没有可行的方案', 'No answer exists under the rules marked hard'),
  'store-away': text('数据库暂时用不了', 'The records cannot be reached or written for now'),
  'records-moved': text('数据已移走', 'The records have been moved away'),
  usage: text('请求写法不对', 'The request is wrong'),
  cancelled: text('已取消', 'Cancelled'),
  internal: text('服务器内部出错', 'Something went wrong inside'),
};

/** What is wrong with the place where records live is not the caller's: it is away for now, or they have left it. */
const ruleAndStatus = (problems: readonly Problem[]): readonly [rule: string, status: number] => {
  if (passes(problems)) return ['store-away', 503];
  if (problems.some(({ rule }) => rule === 'records-moved')) return ['records-moved', 409];
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
  title: (titles[rule] ?? said)[language],
  status,
  detail: said[language],
  text: said,
  problems: problems.map((problem) => sayProblem(problem, 'program')),
});

const joined = (parts: readonly Text[]): Text =>
  text(parts.map((part) => part['zh-CN']).join('；'), parts.map((part) => part.en).join('; '));

const clash = (rule: Text): Problem => ({
  rule: 'hard-rules-clash',
  severity: 'error',
  message: rule,
  remedy: text(
    '请放宽其中一条规则，或增加座席',
    'Relax one of the clashing rules, or allow for more operators',
  ),
});

const forPrograms = (said: Sayable): Text => inEveryLanguage(said, 'program');

const internal = text(
  '内部错误，已记入日志；请重试，若再次出现请把日志发给维护者',
  'An internal error, written to the log; try again, and send the log to the maintainers if it recurs',
);

/** The one table from error to HTTP status and problem details (RFC 9457). Unknown errors tell nothing inside. */
export const problemDetailsOf = (error: unknown, language: Language = 'zh-CN'): ProblemDetails => {
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
      error.clashingRules.map((rule) => clash(forPrograms(rule))),
      language,
    );
  if (error instanceof UsageError) return details('usage', 400, forPrograms(error.said), [], language);
  if (error instanceof CancelledError) {
    return details('cancelled', 409, text('已按要求停止', 'stopped as asked'), [], language);
  }
  if (error instanceof HttpError) return details(error.rule, error.status, error.text, [], language);
  return bodyError(error, language) ?? details('internal', 500, internal, [], language);
};

const badAddress = text('网址写法不对', 'The address is not well-formed');

/** What the router, the body readers and the file server refuse, by status: what they say is in English, and theirs. */
const refusals: Readonly<Record<number, readonly [rule: string, said: Text]>> = {
  400: [
    'unreadable-body',
    text('请求内容损坏或不完整，无法读取', 'The request body is damaged or cut short'),
  ],
  404: ['not-found', text('没有这个地址', 'There is nothing at this address')],
  412: ['precondition', text('文件与请求中的条件不符', 'The file is not as the request requires it')],
  413: ['too-large', text('请求内容过大', 'The request body is too large')],
  415: [
    'unknown-encoding',
    text(
      '不支持请求内容的编码或压缩方式',
      'The character set or compression of the request body is not known here',
    ),
  ],
  416: ['no-such-range', text('文件没有请求的这一段', 'The file has no such range')],
};

const notJson = text('请求内容不是 JSON', 'The request body is not JSON');

/** Errors of the router, the body readers and the file server: whose status says that they are the caller's. */
const bodyError = (error: unknown, language: Language): ProblemDetails | undefined => {
  // Express says so of a path or query that is no text once its percent signs are read.
  if (error instanceof URIError) return details('bad-address', 400, badAddress, [], language);
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if ('type' in error && error.type === 'entity.parse.failed')
    return details('not-json', 400, notJson, [], language);
  const status = Number(error.status);
  if (!(status >= 400 && status < 500)) return undefined;
  const [rule, said] = refusals[status] ?? ['usage', text('请求写法不对', 'The request is wrong')];
  return details(rule, status, said, [], language);
};

/** Every issue of a schema as a problem with its path, which begins with where the value came in. */
export const schemaProblems = (error: z.ZodError, at: string, value: unknown): Problem[] =>
  error.issues.flatMap((issue) => {
    const told = problemOfIssue(issue, value);
    const keys =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return keys.map((path) => ({ ...told, path: [at, ...path.map(String)].join('.') }));
  });
