import type { JobFindings } from '../jobs/job-findings.ts';
import type { Sentences } from './sentences.ts';

/** What jobs find, in sentences. */
export const jobSentences: Sentences<JobFindings> = {
  'no-such-forecast-method': {
    'zh-CN': ({ method, methods }, { list }) => `没有名为「${method}」的预测方法。可用：${list(methods)}`,
    en: ({ method, methods }, { list }) =>
      `There is no forecast method "${method}". There are: ${list(methods)}`,
  },
};
