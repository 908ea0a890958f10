import type { SeriesProblems } from '../../ingest/findings/ingest-problems.ts';
import type { Text } from '../../kernel/text.ts';
import type { ProblemSentences, ProblemWording } from '../sentences.ts';

/** A column that is not there, by the option that names it; `chineseHeadings` are understood too. */
const missing = (
  kind: 'time' | 'count' | 'queue',
  column: Text,
  chineseHeadings: string,
): ProblemWording<SeriesProblems['missing-time-column']> => ({
  message: {
    'zh-CN': ({ wanted }) =>
      wanted === null ? `找不到${column['zh-CN']}` : `没有名为“${wanted}”的${column['zh-CN']}`,
    en: ({ wanted }) =>
      wanted === null ? `no ${column.en} was found` : `there is no ${column.en} "${wanted}"`,
  },
  remedy: {
    'zh-CN': ({ usual }, { list }) =>
      `列名可用 ${list([...usual, chineseHeadings])} 等，或用 --${kind}-column 指定上面的一个列名。`,
    en: ({ usual }, { list }) =>
      `Name the column one of ${list(usual)}, or name one of these headings with --${kind}-column.`,
  },
});

export const spacing = {
  'zh-CN': { week: '一周', month: '一个月', longer: '一个月以上' },
  en: { week: 'a week', month: 'a month', longer: 'more than a month' },
} as const;

/** What is wrong with a bare series, and what to do. */
export const seriesProblems: ProblemSentences<SeriesProblems> = {
  'bad-interval': {
    message: {
      'zh-CN': ({ fileMinutes, wanted }) => `无法由文件的 ${fileMinutes} 分钟间隔得到 ${wanted} 分钟间隔`,
      en: ({ fileMinutes, wanted }) =>
        `the file's steps of ${fileMinutes} minutes cannot be summed to ${wanted} minutes`,
    },
    remedy: {
      'zh-CN': ({ fileMinutes }) => `给出 ${fileMinutes} 的倍数，且能整除 1440。`,
      en: ({ fileMinutes }) => `Give a multiple of ${fileMinutes} that divides 1440.`,
    },
  },
  'conflicting-rows': {
    message: {
      'zh-CN': ({ row, count }) => `与第 ${row} 行时间相同而数值不同（${count}）`,
      en: ({ row, count }) => `the same time as row ${row} with another count (${count})`,
    },
    remedy: {
      'zh-CN': '删去其中一行；多个队列请用 --queue-column。',
      en: 'Remove one of the two; for several queues give --queue-column.',
    },
  },
  'totals-of-periods': {
    message: {
      'zh-CN': ({ by }) => `各行相隔${spacing['zh-CN'][by]}：看起来是各期的合计，不是每天的话务量`,
      en: ({ by }) => `the rows lie ${spacing.en[by]} apart: they look like totals, not calls of a day`,
    },
    remedy: {
      'zh-CN': ({ by }) =>
        by === 'longer'
          ? '请给出按天、周或月的数据；若确实是单天的话务量，用 --interval 1440 说明。'
          : '这样的合计用 huawu outlook --input 文件 来预测；若确实是单天的话务量，用 --interval 1440 说明。',
      en: ({ by }) =>
        by === 'longer'
          ? 'Give days, weeks or months; if they are calls of single days all the same, say --interval 1440.'
          : 'Totals are forecast by huawu outlook --input FILE; if they are calls of single days all the same, say --interval 1440.',
    },
  },
  'bad-time': {
    message: { 'zh-CN': '时间无法识别', en: 'this is not a time' },
    remedy: {
      'zh-CN': '写成 2026-11-23T08:30:00 或 2026-11-23；带时差的时间请同时给出 --timezone。',
      en: 'Write it as 2026-11-23T08:30:00, or 2026-11-23; for times with an offset also give --timezone.',
    },
  },
  'bad-count': {
    message: {
      'zh-CN': ({ negative }) => (negative ? '话务量为负' : '话务量不是数'),
      en: ({ negative }) => (negative ? 'a count below zero' : 'this count is not a number'),
    },
    remedy: {
      'zh-CN': '填非负数；缺失请留空。',
      en: 'Give a number of at least 0, or leave it empty where it is missing.',
    },
  },
  'missing-time-column': missing(
    'time',
    { 'zh-CN': '时间列', en: 'column of times' },
    '开始时间、日期 + 时段',
  ),
  'missing-count-column': missing(
    'count',
    { 'zh-CN': '话务量列', en: 'column of counts' },
    '人工请求量、来电量',
  ),
  'missing-queue-column': missing('queue', { 'zh-CN': '队列列', en: 'column of queues' }, '技能组'),
};
