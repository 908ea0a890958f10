import type { JobFindings } from '../jobs/job-findings.ts';
import type { Sentences } from './sentences.ts';

/** What jobs find, in sentences. */
export const jobSentences: Sentences<JobFindings> = {
  'asked-too-long': {
    'zh-CN': ({ minutes }) =>
      `计算超过 ${minutes} 分钟，已停止：别人也在等。请减少周数或范围，或请排班规划员来算`,
    en: ({ minutes }) =>
      `Stopped after ${minutes} minutes, since others wait for it: ask for less, or let a planner ask`,
  },
  'no-such-forecast-method': {
    'zh-CN': ({ method, methods }, { list }) => `没有名为“${method}”的预测方法。可用：${list(methods)}`,
    en: ({ method, methods }, { list }) =>
      `There is no forecast method "${method}". There are: ${list(methods)}`,
  },
};
