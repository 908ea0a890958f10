import type { FeedFindings, FeedProblems } from '../feeds/feed-findings.ts';
import type { ProblemSentences, Sentences } from './sentences.ts';
import { messages } from './messages.ts';

const feedProblemsSaid = messages('feed-problems');

/** Why a feed does not bring what it should, and what to do. */
export const feedProblems: ProblemSentences<FeedProblems> = {
  ...feedProblemsSaid,
  'feed-source-wrong': {
    ...feedProblemsSaid['feed-source-wrong'],
    message: {
      'zh-CN': ({ from, wants }) => `${from} 不是${wants === 'file' ? '文件' : '文件夹'}`,
      en: ({ from, wants }) => `${from} is not a ${wants}`,
    },
  },
};

/** What is said of feeds beside that. */
export const feedSentences: Sentences<FeedFindings> = {
  ...messages('feed'),
  'no-such-feed': {
    'zh-CN': ({ name, known }, { list }) =>
      `没有数据源 ${name}${known.length === 0 ? '' : `。现有：${list(known)}`}`,
    en: ({ name, known }, { list }) =>
      `There is no feed ${name}${known.length === 0 ? '' : `. There are: ${list(known)}`}`,
  },
};
