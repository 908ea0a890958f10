import type { MonitoredProblems } from '../kernel/kernel-problems.ts';
import type { ProblemSentences } from './sentences.ts';

/** What is wrong with monitored results, whether a file or a form brings them, and what to do. */
export const monitoredProblems: ProblemSentences<MonitoredProblems> = {
  'connected-above-test-calls': {
    message: {
      'zh-CN': ({ testCalls }) => `接通次数多于拨测次数 ${testCalls}`,
      en: ({ testCalls }) => `more calls connected than the ${testCalls} test calls`,
    },
    remedy: { 'zh-CN': '请核对两列是否填反', en: 'check whether the two columns are swapped' },
  },
  'unknown-indicator': {
    message: { 'zh-CN': '评分表里没有这项指标', en: 'the scorecard has no such indicator' },
    remedy: {
      'zh-CN': ({ indicators, inFile }, { list }) =>
        `可用的指标：${list(indicators)}${inFile ? '。若这一列不是指标，请在映射文件里用 indicator:名称 逐项指明，其余列不再当作指标' : ''}`,
      en: ({ indicators, inFile }, { list }) =>
        `indicators it has: ${list(indicators)}${inFile ? '. If the column is none, name the indicators in a map file (indicator:NAME) and other columns are left alone' : ''}`,
    },
  },
  'unknown-hotline': {
    message: { 'zh-CN': '热线名录里没有这条热线', en: 'the list of hotlines has no such hotline' },
    remedy: {
      'zh-CN': '请改正名称；确是新热线，导入时加 --add-hotlines',
      en: 'correct the name; if it is a new hotline, ingest with --add-hotlines',
    },
    onPage: {
      'zh-CN': '请改正名称；确是新热线，可一键加进名录',
      en: 'correct the name; a new hotline is added to the list by one press',
    },
  },
  'two-results': {
    message: {
      'zh-CN': ({ other }) =>
        other === null
          ? '同一热线同一时期有两条结果'
          : `同一热线同一时期已在${other.file === null ? `第 ${other.row} 行` : ` ${other.file} 第 ${other.row} 行`}有结果`,
      en: ({ other }) =>
        other === null
          ? 'a second result for one hotline and period'
          : `row ${other.row}${other.file === null ? '' : ` of ${other.file}`} has a result for this hotline and period already`,
    },
    remedy: { 'zh-CN': '只保留正确的一条', en: 'keep only the right one' },
  },
};
