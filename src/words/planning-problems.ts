import type { MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { PlanningProblems } from '../planning/planning-findings.ts';
import type { QueueingProblems } from '../queueing/queueing-problems.ts';
import { messages } from './messages.ts';
import {
  handleTimesDiffer,
  madeUpGoes,
  unlistedInChinese,
  unlistedInEnglish,
  unlistedRemedy,
} from './planning.ts';
import type { ProblemSentences } from './sentences.ts';
import type { Speech } from './speech.ts';

const planningProblemsSaid = messages('planning-problems');

/** A size in groups of three, or in powers of ten where it is beyond all counting. */
const sizeOf = (value: number, { whole }: Speech): string =>
  value < 1e15 ? whole(value) : value.toExponential(1);

/** What is wrong with a question to a use case, and what to do. */
const useCaseProblems: ProblemSentences<PlanningProblems> = {
  ...planningProblemsSaid,
  'demand-beyond-planning': {
    ...planningProblemsSaid['demand-beyond-planning'],
    message: {
      'zh-CN': ({ calls, erlangs, mostCalls, mostErlangs }, speech) => {
        const [many, peak] = [sizeOf(calls, speech), sizeOf(erlangs, speech)];
        return `这一周预测 ${many} 通来电、高峰约 ${peak} 爱尔兰，超过可排的上限（${speech.whole(mostCalls)} 通、${speech.whole(mostErlangs)} 爱尔兰，为最大热线的四倍）`;
      },
      en: ({ calls, erlangs, mostCalls, mostErlangs }, speech) => {
        const [many, peak] = [sizeOf(calls, speech), sizeOf(erlangs, speech)];
        return `the week's forecast is ${many} calls with a peak of about ${peak} Erlangs: beyond what is planned for (${speech.whole(mostCalls)} calls, ${speech.whole(mostErlangs)} Erlangs, four times the largest hotlines)`;
      },
    },
  },
  'large-change': {
    ...planningProblemsSaid['large-change'],
    message: {
      'zh-CN': ({ share }, { percent }) => `这会把当天来电改动 ${percent(Math.abs(share), 0)}，超过一半`,
      en: ({ share }, { percent }) =>
        `This changes the day’s calls by ${percent(Math.abs(share), 0)}, more than half`,
    },
  },
  'span-outside-week': {
    message: {
      'zh-CN': ({ week }) =>
        week === null
          ? '提示时间不在本周的时段上'
          : `这段时间不含计划周（${week.first} 至 ${week.last}）的任何时段`,
      en: ({ week }) =>
        week === null
          ? 'the prompt does not lie on intervals of the week'
          : `no interval of the plan's week (${week.first} to ${week.last}) lies in this span`,
    },
    remedy: {
      'zh-CN': ({ week }, { audience }) =>
        week === null
          ? '请按计划的时段起止填写，结束须晚于开始'
          : `请改正日期，或${audience === 'terminal' ? '用 --plan 指定' : '选用'}那一周的计划。`,
      en: ({ week }, { audience }) =>
        week === null
          ? 'Give it from one interval start to a later one'
          : `Correct the dates, or ${audience === 'terminal' ? 'name the plan of that week with --plan' : 'take the plan of that week'}.`,
    },
  },
  'no-monitoring-results': {
    ...planningProblemsSaid['no-monitoring-results'],
    remedy: {
      'zh-CN': ({ known }, { list, audience }) =>
        known.length > 0
          ? `已有结果的时期：${list(known)}`
          : audience === 'page'
            ? '请先在“数据”页导入监测结果'
            : '请先导入监测结果（huawu ingest monitoring）',
      en: ({ known }, { list, audience }) =>
        known.length > 0
          ? `periods with results: ${list(known)}`
          : audience === 'page'
            ? 'import monitoring results on the Data page first'
            : 'ingest results first (huawu ingest monitoring)',
    },
  },
  'queue-without-traffic': {
    ...planningProblemsSaid['queue-without-traffic'],
    remedy: {
      'zh-CN': ({ known }, { list, say }) =>
        `现有队列：${list(known.map(({ queue, name }) => (name === null || say(name) === queue ? queue : `${queue}（${say(name)}）`)))}。`,
      en: ({ known }, { list, say }) =>
        `Known queues: ${list(known.map(({ queue, name }) => (name === null || say(name) === queue ? queue : `${queue} (${say(name)})`)))}.`,
    },
  },
  'queue-not-in-models': {
    message: { 'zh-CN': unlistedInChinese, en: unlistedInEnglish },
    remedy: { 'zh-CN': unlistedRemedy['zh-CN'], en: unlistedRemedy.en },
  },
  'made-up-line-goes': { ...planningProblemsSaid['made-up-line-goes'], message: madeUpGoes },
  'handle-times-differ': {
    ...planningProblemsSaid['handle-times-differ'],
    message: handleTimesDiffer,
  },
};

const queueingProblemsSaid = messages('queueing-problems');

/** What is wrong with a bare queueing model or a table of queues, and what to do. */
const queueingProblems: ProblemSentences<QueueingProblems> = {
  ...queueingProblemsSaid,
  'known-class': {
    ...queueingProblemsSaid['known-class'],
    remedy: {
      'zh-CN': ({ classes }) => `类别从 0 编号到 ${classes - 1}。`,
      en: ({ classes }) => `Classes are numbered from 0 to ${classes - 1}.`,
    },
  },
  'known-pool': {
    ...queueingProblemsSaid['known-pool'],
    remedy: {
      'zh-CN': ({ pools }) => `座席组从 0 编号到 ${pools - 1}。`,
      en: ({ pools }) => `Pools are numbered from 0 to ${pools - 1}.`,
    },
  },
};

const monitoredProblemsSaid = messages('monitored-problems');

/** What is wrong with monitored results, whether a file or a form brings them, and what to do. */
const monitoredProblems: ProblemSentences<MonitoredProblems> = {
  ...monitoredProblemsSaid,
  'two-results': {
    ...monitoredProblemsSaid['two-results'],
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
  },
};

/** What is wrong with what is asked of a use case, with a model of calls, and with what a monitor sees. */
export const planningProblems = { ...useCaseProblems, ...queueingProblems, ...monitoredProblems };
