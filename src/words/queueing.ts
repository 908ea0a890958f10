import type { LawFault, NumberRange, QueueingProblems } from '../queueing/queueing-problems.ts';
import type { Label, ProblemSentences } from './sentences.ts';

const lawFaults: Readonly<Record<LawFault, Label>> = {
  'parameter-missing': {
    'zh-CN': '这种分布要写出参数，如 ["gamma", 300, 0.5]',
    en: 'this law needs its parameter: [law, mean, parameter]',
  },
  'variation-below-one': {
    'zh-CN': '超指数分布的变异系数不小于 1',
    en: 'a hyperexponential law has a coefficient of variation of at least 1',
  },
  'phases-not-whole': {
    'zh-CN': '爱尔朗分布的阶数是整数',
    en: 'an Erlang law has a whole number of phases',
  },
  'parameter-not-positive': { 'zh-CN': '参数必须大于 0', en: 'the parameter must be above 0' },
  'service-never-ends': { 'zh-CN': '服务时间不能是 inf：服务总会结束', en: 'a service must end' },
};

const seeFormat: Label = {
  'zh-CN': '字段与示例见 docs/zh/reference/data-formats.md“排队模型”，结构见 huawu schema model。',
  en: 'Fields and an example: docs/en/reference/data-formats.md, "Queueing models"; shape: huawu schema model.',
};

const rangeInChinese = ({ whole, positive, infinite, most }: NumberRange): string =>
  `请填写${whole ? '整数' : '数'}、${positive ? '大于 0' : '不小于 0'}、不大于 ${most}${infinite ? '，或 inf' : ''}。`;

const rangeInEnglish = ({ whole, positive, infinite, most }: NumberRange): string =>
  `Give ${whole ? 'a whole number' : 'a number'} ${positive ? 'above 0' : 'of at least 0'} and at most ${most}${infinite ? ', or inf' : ''}.`;

/** What is wrong with a bare queueing model or a table of queues, and what to do. */
export const queueingProblems: ProblemSentences<QueueingProblems> = {
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
  'one-value-per-interval': {
    message: {
      'zh-CN': ({ intervals }) => `应有 ${intervals} 个值（每个时段一个）`,
      en: ({ intervals }) => `There must be ${intervals} values, one per interval`,
    },
    remedy: { 'zh-CN': '请补齐，或只写一个数。', en: 'Add the missing ones, or give one number for all.' },
  },
  'known-class': {
    message: { 'zh-CN': '没有这个编号的来电类别', en: 'There is no class of calls with this number' },
    remedy: {
      'zh-CN': ({ classes }) => `类别从 0 编号到 ${classes - 1}。`,
      en: ({ classes }) => `Classes are numbered from 0 to ${classes - 1}.`,
    },
  },
  'transfer-shares': {
    message: { 'zh-CN': '各转接比例之和超过 1', en: 'The transfer shares sum to more than 1' },
    remedy: { 'zh-CN': '请调低比例。', en: 'Lower the shares.' },
  },
  'known-pool': {
    message: { 'zh-CN': '没有这个编号的座席组', en: 'There is no pool of operators with this number' },
    remedy: {
      'zh-CN': ({ pools }) => `座席组从 0 编号到 ${pools - 1}。`,
      en: ({ pools }) => `Pools are numbered from 0 to ${pools - 1}.`,
    },
  },
  'one-priority-per-class': {
    message: {
      'zh-CN': ({ classes }) => `每类来电都要有一个优先级，共 ${classes} 个`,
      en: ({ classes }) => `Every class needs a priority: ${classes} of them`,
    },
    remedy: {
      'zh-CN': '请补齐优先级，数字小者先接。',
      en: 'Add the missing priorities; the lower is answered first.',
    },
  },

  'empty-cell': {
    message: { 'zh-CN': '单元格是空的', en: 'the cell is empty' },
    remedy: { 'zh-CN': rangeInChinese, en: rangeInEnglish },
  },
  'unusable-cell': {
    message: { 'zh-CN': '单元格的值不能用', en: 'the value of the cell cannot be used' },
    remedy: { 'zh-CN': rangeInChinese, en: rangeInEnglish },
  },
  'patience-too-long': {
    message: {
      'zh-CN': ({ handleTimes }) => `耐心时长超过处理时长的 ${handleTimes} 倍`,
      en: ({ handleTimes }) => `the patience is over ${handleTimes} handle times`,
    },
    remedy: { 'zh-CN': '无人放弃请写 inf。', en: 'Write inf where nobody hangs up.' },
  },
  'erlang-column-missing': {
    message: { 'zh-CN': '缺少这一列', en: 'this column is missing' },
    remedy: {
      'zh-CN': ({ columns }, { list }) =>
        `表头应有 ${list(columns)}（patience_s、K、t_s 可省）；或不给 n 而给 target_sl_offered。`,
      en: ({ columns }, { list }) =>
        `The heading needs ${list(columns)} (patience_s, K and t_s may be left out), or target_sl_offered instead of n.`,
    },
  },
};
