import type { HttpFindings, HttpProblems } from '../http/http-findings.ts';
import type { Text } from '../kernel/text.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import { messages } from './messages.ts';

const httpProblemsSaid = messages('http-problems');

/** Those who hold a queue, where they have names. */
const holding = (
  holders: readonly { readonly name: string; readonly jobs: number }[],
  say: (name: string, jobs: number) => string,
): readonly string[] => holders.filter(({ name }) => name !== '').map(({ name, jobs }) => say(name, jobs));

/** What the HTTP layer refuses. */
export const httpSentences: Sentences<HttpFindings> = {
  ...messages('http'),
  'too-many-jobs': {
    'zh-CN': ({ own, holders }, { list }) => {
      if (own) return '您排队的任务已经很多，请等它们完成，或取消其中一些';
      const who = holding(holders, (name, jobs) => `${name} ${jobs} 项`);
      return `排队的任务过多${who.length === 0 ? '' : `（${list(who)}）`}，请等前面的任务完成`;
    },
    en: ({ own, holders }, { list }) => {
      if (own) return 'Many of your jobs are waiting already: let them finish, or cancel some';
      const who = holding(holders, (name, jobs) => `${name} ${jobs}`);
      return `Too many jobs are waiting${who.length === 0 ? '' : ` (${list(who)})`}: let the earlier ones finish`;
    },
  },
  'in-maintenance': {
    'zh-CN': ({ message }) =>
      `系统正在维护：可以查看，暂时不能改动${message === null ? '' : `（${message}）`}。请稍后再试`,
    en: ({ message }) =>
      `In maintenance: all can be looked at, nothing changed for now${message === null ? '' : ` (${message})`}. Try again later`,
  },
  'no-plan': {
    'zh-CN': ({ id }) => (id === null ? '还没有做过周计划' : `没有编号为 ${id} 的计划`),
    en: ({ id }) => (id === null ? 'No plan has been made yet' : `There is no plan ${id}`),
  },
  'no-roster': {
    'zh-CN': ({ id }) => (id === null ? '还没有排班表' : `没有编号为 ${id} 的排班表`),
    en: ({ id }) => (id === null ? 'No roster has been made yet' : `There is no roster ${id}`),
  },
  'foreign-host': {
    'zh-CN': ({ publicUrl }) =>
      publicUrl === null
        ? '请求的 Host 不是本机地址，已拒绝（防止其他网页冒用本机端口）。要用别的地址打开，请设置 publicUrl'
        : `请打开 ${publicUrl}：请求里的 Host 不是这个地址，已拒绝。地址变了的话，请改设置 publicUrl`,
    en: ({ publicUrl }) =>
      publicUrl === null
        ? 'The Host of this request is not this machine: refused, since any web page could aim a name at a local port. To open it under another address, set publicUrl'
        : `Open ${publicUrl}: the Host of this request is another, and is refused. If the address has changed, set publicUrl`,
  },
  'https-wanted': {
    'zh-CN': ({ publicUrl }) =>
      `${publicUrl === null ? '请用 https 打开' : `请打开 ${publicUrl}`}：不经 TLS 不能登录。如果已经用了 https，说明反向代理没有转发 X-Forwarded-Proto`,
    en: ({ publicUrl }) =>
      `${publicUrl === null ? 'Open this by https' : `Open ${publicUrl}`}: nobody signs in without TLS. If you did, the reverse proxy does not pass on X-Forwarded-Proto`,
  },
};

/** What is wrong with what a request brings along, and what to do. */
export const httpProblems: ProblemSentences<HttpProblems> = {
  ...httpProblemsSaid,
  'hard-rules-clash': {
    ...httpProblemsSaid['hard-rules-clash'],
    message: { 'zh-CN': ({ clash }, { say }) => say(clash), en: ({ clash }, { say }) => say(clash) },
  },
};

/** Titles of answers that are errors, by the name of the error. */
export const problemTitles: Readonly<Record<string, Text>> = messages('problem-titles');

/** What stands between several problems that are reported as one. */
export const problemSeparator: Text = messages('http-marks').problemSeparator;
