import type { DoubtAdvice, DoubtProblems } from '../../ingest/findings/ingest-problems.ts';
import { kernelSentences } from '../kernel.ts';
import { unitNames } from './names.ts';
import type { ProblemSentences, ProblemWording, Sentence } from '../sentences.ts';

const insist = {
  'zh-CN': '若数值属实，用 --accept-unusual（网页上勾选“数值属实”）导入，结果会注明这一点',
  en: 'if the figures are true, import them with --accept-unusual (on the page: "These figures are true"); answers will say so',
};

const adviceInChinese = (advice: DoubtAdvice): string => {
  if (advice.kind === 'confirmed') return '已按您的确认导入；依据这些数据的结果会注明';
  if (advice.kind === 'other-unit')
    return `若“${advice.heading}”的单位是 ${advice.unit}，用 --unit ${advice.field}=${advice.unit}（网页上在列表中选择）；${insist['zh-CN']}`;
  if (advice.kind === 'check-unit')
    return `检查“${advice.heading}”的单位（现按 ${advice.unit} 读；用 --unit 说明）以及它是合计还是平均；${insist['zh-CN']}`;
  return `改正写错的数值；${insist['zh-CN']}`;
};

const adviceInEnglish = (advice: DoubtAdvice): string => {
  if (advice.kind === 'confirmed') return 'imported as you confirmed; answers that rest on it say so';
  if (advice.kind === 'other-unit')
    return `if "${advice.heading}" is in ${advice.unit}, give --unit ${advice.field}=${advice.unit} (on the page: choose it in the table); ${insist.en}`;
  if (advice.kind === 'check-unit')
    return `check the unit of "${advice.heading}" (read as ${advice.unit}; --unit names another) and whether it is a total or a mean; ${insist.en}`;
  return `correct what is mistyped; ${insist.en}`;
};

const advised: Sentence<{ readonly advice: DoubtAdvice }> = {
  'zh-CN': ({ advice }) => adviceInChinese(advice),
  en: ({ advice }) => adviceInEnglish(advice),
};

const onPage: Sentence<{ readonly advice: DoubtAdvice }> = {
  'zh-CN': ({ advice }, { name }) => {
    if (advice.kind === 'confirmed') return adviceInChinese(advice);
    if (advice.kind === 'other-unit')
      return `“${advice.heading}”的单位多半是${name(unitNames[advice.unit])}；若数值属实，就这样说明，结果会注明`;
    if (advice.kind === 'check-unit')
      return `检查“${advice.heading}”的单位（现按${name(unitNames[advice.unit])}读）以及它是合计还是平均；若数值属实，就这样说明，结果会注明`;
    return '改正写错的数值；若数值属实，就这样说明，结果会注明';
  },
  en: ({ advice }, { name }) => {
    if (advice.kind === 'confirmed') return adviceInEnglish(advice);
    if (advice.kind === 'other-unit')
      return `"${advice.heading}" is most likely in ${name(unitNames[advice.unit])}; if the figures are true, say so, and answers will tell`;
    if (advice.kind === 'check-unit')
      return `check the unit of "${advice.heading}" (read as ${name(unitNames[advice.unit])}) and whether it is a total or a mean; if the figures are true, say so, and answers will tell`;
    return 'correct what is mistyped; if the figures are true, say so, and answers will tell';
  },
};

const doubted = <Code extends keyof DoubtProblems>(code: Code): ProblemWording<DoubtProblems[Code]> => ({
  message: kernelSentences[code],
  remedy: advised,
  onPage,
});

/** What is doubtful about traffic that is imported, in the words of the doubts, and what to do. */
export const doubtProblems: ProblemSentences<DoubtProblems> = {
  'unusual-handle-time': doubted('unusual-handle-time'),
  'unusual-wait': doubted('unusual-wait'),
  'unusual-occupancy': doubted('unusual-occupancy'),
  'unusual-counts-changed': doubted('unusual-counts-changed'),
  'unusual-handle-time-changed': doubted('unusual-handle-time-changed'),
  'unusual-interval-calls': doubted('unusual-interval-calls'),
  'unusual-interval-handle-time': doubted('unusual-interval-handle-time'),
  'unusual-interval-wait': doubted('unusual-interval-wait'),
  'unusual-interval-operators': doubted('unusual-interval-operators'),
};
