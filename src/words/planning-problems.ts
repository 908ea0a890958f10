import type { MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { PlanningProblems } from '../planning/planning-findings.ts';
import type { LawFault, NumberRange, QueueingProblems } from '../queueing/queueing-problems.ts';
import { messages } from './messages.ts';
import {
  handleTimesDiffer,
  madeUpGoes,
  ofQueue,
  unlistedInChinese,
  unlistedInEnglish,
  unlistedRemedy,
} from './planning.ts';
import type { Label, ProblemSentences } from './sentences.ts';
import type { Speech } from './speech.ts';

const planningProblemsSaid = messages('planning-problems');

/** A size in groups of three, or in powers of ten where it is beyond all counting. */
const sizeOf = (value: number, { whole }: Speech): string =>
  value < 1e15 ? whole(value) : value.toExponential(1);

const measureNames = messages('measure-names');

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
  'what-if-no-people': {
    ...planningProblemsSaid['what-if-no-people'],
    message: {
      'zh-CN': ({ known }, { list }) =>
        `名册上没有这个等级的人员，人数不受限制${known.length === 0 ? '' : `；有人员的等级：${list(known)}`}`,
      en: ({ known }, { list }) =>
        `no people of this tier are on record, so it is not limited by people${known.length === 0 ? '' : `; tiers with people: ${list(known)}`}`,
    },
  },
  'no-such-cause': {
    ...planningProblemsSaid['no-such-cause'],
    message: {
      'zh-CN': ({ known }, { list }) =>
        known.length === 0 ? '还没有导入任何影响因素' : `没有这个影响因素；有：${list(known)}`,
      en: ({ known }, { list }) =>
        known.length === 0
          ? 'no causes have been imported'
          : `there is no such cause; there are ${list(known)}`,
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
  'unusual-figures': {
    ...planningProblemsSaid['unusual-figures'],
    message: { 'zh-CN': ({ figures }, { say }) => say(figures), en: ({ figures }, { say }) => say(figures) },
  },
  'step-does-not-fit': {
    ...planningProblemsSaid['step-does-not-fit'],
    remedy: {
      'zh-CN': ({ stepMinutes }) =>
        stepMinutes === 1440
          ? '请用 --day-shape usual 再导入一次，把全天的数按通常的日内分布摊开；或导入分时段的数据'
          : `请把 models/hotline.json 的 intervalMinutes 设为 ${stepMinutes} 的倍数`,
      en: ({ stepMinutes }) =>
        stepMinutes === 1440
          ? 'Import the file again with --day-shape usual, which spreads days over their hours; or import traffic by interval'
          : `Set intervalMinutes in models/hotline.json to a multiple of ${stepMinutes}`,
    },
  },
  'span-outside-week': {
    message: {
      'zh-CN': ({ week }) =>
        week === null
          ? '提示的时间不在这一周的时段上'
          : `这段时间不含计划周（${week.first} 至 ${week.last}）的任何时段`,
      en: ({ week }) =>
        week === null
          ? 'the prompt does not lie on intervals of the week'
          : `no interval of the plan's week (${week.first} to ${week.last}) lies in this span`,
    },
    remedy: {
      'zh-CN': ({ week }, { audience }) =>
        week === null
          ? '请按计划的时段起止填写，止须晚于起'
          : `请改正日期，或${audience === 'terminal' ? '用 --plan 指定' : '选用'}那一周的计划。`,
      en: ({ week }, { audience }) =>
        week === null
          ? 'Give it from one interval start to a later one'
          : `Correct the dates, or ${audience === 'terminal' ? 'name the plan of that week with --plan' : 'take the plan of that week'}.`,
    },
  },
  'no-whole-week': {
    ...planningProblemsSaid['no-whole-week'],
    remedy: {
      'zh-CN': (_, { audience }) =>
        audience === 'terminal'
          ? '请换一个时期，或用 --week 写明要对照的周'
          : '请换一个时期，或选定要对照的周',
      en: (_, { audience }) =>
        audience === 'terminal'
          ? 'ask for another period, or name the week to compare with --week'
          : 'ask for another period, or choose the week to compare',
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
        `Queues that there are: ${list(known.map(({ queue, name }) => (name === null || say(name) === queue ? queue : `${queue} (${say(name)})`)))}.`,
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
  'rows-get-other-figures': {
    ...planningProblemsSaid['rows-get-other-figures'],
    message: {
      'zh-CN': ({ rows }, { whole }) => `已有数据中 ${whole(rows)} 行会换成文件里的数字`,
      en: ({ rows }, { whole }) =>
        `${rows === 1 ? '1 stored row gets' : `${whole(rows)} stored rows get`} the figures of the file instead of their own`,
    },
  },
  'measure-would-be-lost': {
    ...planningProblemsSaid['measure-would-be-lost'],
    message: {
      'zh-CN': ({ queue, measure }, { called }) =>
        `${ofQueue(called(queue), '：')}${measureNames[measure]['zh-CN']}现在是实测的，导入后只能假设`,
      en: ({ queue, measure }, { called }) =>
        `${ofQueue(called(queue), ': ')}the ${measureNames[measure].en} is measured now and would only be assumed afterwards`,
    },
  },
  'too-few-periods': {
    message: {
      'zh-CN': ({ queue, known, by }, { called }) =>
        `${ofQueue(called(queue), '：')}只有 ${known} ${by === 'week' ? '周' : '个月'}的数据，不足以看出水平与走势`,
      en: ({ queue, known, by }, { called }) =>
        `${ofQueue(called(queue), ': ')}only ${known} ${by}s of data: too few to tell level and trend`,
    },
    remedy: {
      'zh-CN': ({ by, least }) => `至少给出 ${least} ${by === 'week' ? '周' : '个月'}的数据。`,
      en: ({ by, least }) => `Give at least ${least} ${by}s of data.`,
    },
  },
  'history-too-short': {
    message: {
      'zh-CN': ({ queue, origin, spanDays, daysWithData }, { called }) =>
        `${ofQueue(called(queue), '：')}${origin} 之前只有 ${daysWithData} 天有数据（从第一天到 ${origin} 前一天共 ${spanDays} 天），不足以学出每周规律`,
      en: ({ queue, origin, spanDays, daysWithData }, { called, counted }) =>
        `${ofQueue(called(queue), ': ')}only ${counted(daysWithData, 'day')} with data before ${origin} (${counted(spanDays, 'day')} from the first of them until then): too few to learn a weekly pattern`,
    },
    remedy: {
      'zh-CN': ({ weeks }) =>
        weeks === 3 ? '至少给出三周的数据。' : '至少给出四周的数据：三周用来学习，一周用来计分。',
      en: ({ weeks }) =>
        weeks === 3
          ? 'Give at least three weeks of data.'
          : 'Give at least four weeks of data: three to learn from and one to score.',
    },
  },
  'stored-plan-unreadable': {
    ...planningProblemsSaid['stored-plan-unreadable'],
    message: {
      'zh-CN': ({ field }) => `与这份计划一起存档的数据无法读取${field === '' ? '' : `（${field}）`}`,
      en: ({ field }) => `what was stored with this plan cannot be read${field === '' ? '' : ` (${field})`}`,
    },
  },
};

const queueingProblemsSaid = messages('queueing-problems');

const lawFaults: Readonly<Record<LawFault, Label>> = messages('law-faults');

const seeFormat: Label = messages('queueing').seeFormat;

const rangeInChinese = ({ whole, positive, infinite, most }: NumberRange): string =>
  `请填写${whole ? '整数' : '数'}、${positive ? '大于 0' : '不小于 0'}、不大于 ${most}${infinite ? '，或 inf' : ''}。`;

const rangeInEnglish = ({ whole, positive, infinite, most }: NumberRange): string =>
  `Give ${whole ? 'a whole number' : 'a number'} ${positive ? 'above 0' : 'of at least 0'} and at most ${most}${infinite ? ', or inf' : ''}.`;

/** What is wrong with a bare queueing model or a table of queues, and what to do. */
const queueingProblems: ProblemSentences<QueueingProblems> = {
  ...queueingProblemsSaid,
  'model-shape': {
    message: { 'zh-CN': ({ fault }, { say }) => say(fault), en: ({ fault }, { say }) => say(fault) },
    remedy: {
      'zh-CN': ({ wanted }, { say }) => `${wanted === null ? '' : say(wanted)}${seeFormat['zh-CN']}`,
      en: ({ wanted }, { say }) => `${wanted === null ? '' : `${say(wanted)} `}${seeFormat.en}`,
    },
  },
  'duration-law': {
    message: {
      'zh-CN': ({ fault }) => lawFaults[fault]['zh-CN'],
      en: ({ fault }) => lawFaults[fault].en,
    },
    remedy: seeFormat,
  },
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
  'empty-cell': {
    ...queueingProblemsSaid['empty-cell'],
    remedy: { 'zh-CN': rangeInChinese, en: rangeInEnglish },
  },
  'unusable-cell': {
    ...queueingProblemsSaid['unusable-cell'],
    remedy: { 'zh-CN': rangeInChinese, en: rangeInEnglish },
  },
};

const monitoredProblemsSaid = messages('monitored-problems');

/** What is wrong with monitored results, whether a file or a form brings them, and what to do. */
const monitoredProblems: ProblemSentences<MonitoredProblems> = {
  ...monitoredProblemsSaid,
  'unknown-indicator': {
    ...monitoredProblemsSaid['unknown-indicator'],
    remedy: {
      'zh-CN': ({ indicators, inFile }, { list }) =>
        `可用的指标：${list(indicators)}${inFile ? '。若这一列不是指标，请在映射文件里用 indicator:名称 逐项指明，其余列不再当作指标' : ''}`,
      en: ({ indicators, inFile }, { list }) =>
        `indicators it has: ${list(indicators)}${inFile ? '. If the column is none, name the indicators in a map file (indicator:NAME) and other columns are left alone' : ''}`,
    },
    onPage: monitoredProblemsSaid['unknown-indicator'].onPage,
  },
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
