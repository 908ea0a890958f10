import type { TopicProblems } from '../../ingest/findings/ingest-problems.ts';
import type { ProblemSentences } from '../sentences.ts';
import { spacing } from './series.ts';

/** What is wrong with demands by topic, and what to do. */
export const topicProblems: ProblemSentences<TopicProblems> = {
  'topics-of-periods': {
    message: {
      'zh-CN': ({ by }) =>
        `各行相隔${spacing['zh-CN'][by]}：按整${by === 'week' ? '周' : '月'}的合计导入，预测时按来电摊到各天`,
      en: ({ by }) =>
        `rows lie ${spacing.en[by]} apart: taken for totals of whole ${by}s, which forecasts spread over their days as the calls were`,
    },
    remedy: {
      'zh-CN': '有按天的数就导入按天的：季节从哪一天开始，只有按天才看得准',
      en: 'import days where you have them: the day on which a season begins is seen in days only',
    },
  },
  'topics-too-coarse': {
    message: { 'zh-CN': '各行相隔一个月以上', en: 'rows lie more than a month apart' },
    remedy: { 'zh-CN': '请导出按天、按周或按月的数', en: 'export days, weeks or months' },
  },
  'too-many-topics': {
    message: {
      'zh-CN': ({ topics, most }) => `有 ${topics} 个不同的诉求类型，最多 ${most} 个：这一列多半不是分类`,
      en: ({ topics, most }) =>
        `there are ${topics} different topics, ${most} at most: the column is most likely no classification`,
    },
    remedy: {
      'zh-CN': '改用一级或二级分类的列（用 --map 指明列，网页上改选列）',
      en: 'take the column of the first or second level of the classification (name it by --map, or choose it on the page)',
    },
    onPage: {
      'zh-CN': '改选一级或二级分类的列',
      en: 'choose the column of the first or second level of the classification',
    },
  },
  'unusual-topics': {
    message: {
      'zh-CN': ({ perDay, usual }, { number }) =>
        `各类诉求合计一天约 ${number(perDay, 0)} 件，而热线一天约 ${number(usual, 0)} 个来电`,
      en: ({ perDay, usual }, { number }) =>
        `topics add up to some ${number(perDay, 0)} demands a day, and the line has some ${number(usual, 0)} calls a day`,
    },
    remedy: {
      'zh-CN': ({ confirmed }) =>
        confirmed
          ? '已按您的确认导入'
          : '检查是否把累计数、多个城市或合计行也算了进来；若数值属实，用 --accept-unusual（网页上勾选“数值属实”）导入',
      en: ({ confirmed }) =>
        confirmed
          ? 'imported as you confirmed'
          : 'check whether running totals, several cities or rows of totals are among them; if the figures are true, import them with --accept-unusual (on the page: "These figures are true")',
    },
    onPage: {
      'zh-CN': ({ confirmed }) =>
        confirmed
          ? '已按您的确认导入'
          : '检查是否把累计数、多个城市或合计行也算了进来；若数值属实，就这样说明',
      en: ({ confirmed }) =>
        confirmed
          ? 'imported as you confirmed'
          : 'check whether running totals, several cities or rows of totals are among them; if the figures are true, say so',
    },
  },
};
