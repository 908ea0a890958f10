import type { Label } from '../../sentences.ts';

/** Help of the commands that compare, rank and rate. */
export const monitoringHelp = {
  'csv-of-the-weeks': {
    'zh-CN': '各周或各月的 CSV；扩展名为 .html、.xlsx 或 .zip（每张表一个 CSV）时按其格式',
    en: 'CSV of the weeks or months; by its ending also .html, .xlsx or .zip (every table as CSV)',
  },
  'csv-days-ending': {
    'zh-CN': '把各天写入这个 CSV；按结尾也可为 .html、.xlsx 或 .zip（每张表一个 CSV）',
    en: 'CSV of the days; by its ending also .html, .xlsx or .zip (every table as CSV)',
  },
  table: {
    'zh-CN': '直接用一张表（CSV、XLSX、gzip），不用工作区',
    en: 'a table (CSV, XLSX, gzip) instead of the workspace',
  },
  'column-of-times': {
    'zh-CN': '时间列；默认按列名识别；日期与时段分列时写 日期+时段',
    en: 'column of times; default: by its heading; date+time where they stand apart',
  },
  'column-of-queues': {
    'zh-CN': '队列列；默认按列名识别，没有则不分队列',
    en: 'column of queues; default: by its heading, where there is one',
  },
  'sheet-spreadsheet-default-first': {
    'zh-CN': '电子表格的工作表；默认第一张',
    en: 'sheet of a spreadsheet; default: the first',
  },
  'csv-days': { 'zh-CN': '把各日写入这个 CSV', en: 'CSV of the days' },
  'what-the-hot-band-takes': {
    'zh-CN': '不同拨测次数下评为“热线”档的门槛，以及一组拨测结果说明什么',
    en: 'what the hot band takes by the number of test calls, and what a sample of them says',
  },
  'figures-of-groups-in-place': {
    'zh-CN': '按省份、地区或城市级别汇总，不逐条列出',
    en: 'figures of groups in place of single hotlines',
  },
  'one-hotline-through-all-periods': { 'zh-CN': '一条热线的历期结果', en: 'one hotline through all periods' },
  'league-table-as-csv': { 'zh-CN': '把排名写入这个 CSV', en: 'the league table as CSV' },
  'weights-and-partial-credit': {
    'zh-CN': '由公布的得分反推评分表的权重和部分解决的折算',
    en: 'weights and partial credit of the scorecard, fitted to published figures',
  },
  'results-of-2019': {
    'zh-CN': '用哪一期的结果：2019、2026-Q3 或 2026-11；默认为最近有总分的一期',
    en: 'results of 2019, 2026-Q3 or 2026-11; default: the latest with totals',
  },
  'published-share-of-calls-solved': {
    'zh-CN': '公布的解决比例，如 0.2035 或 20.35%',
    en: 'published share of calls solved, as 0.2035 or 20.35%',
  },
  'published-share-of-calls-partly': {
    'zh-CN': '公布的部分解决比例',
    en: 'published share of calls partly solved',
  },
  'score-made-of-both': {
    'zh-CN': '由两者得出的分数，0–100',
    en: 'the score made of both, 0–100',
  },
  'scorecard-with-what-was-fitted': {
    'zh-CN': '把拟合后的评分表写入这个文件，可放进 models/scorecards/',
    en: 'a scorecard with what was fitted, for models/scorecards/',
  },
  'forecast-against-actual': {
    'zh-CN': '预测对实际、推算对监测，以及差距的原因',
    en: 'forecast against actual, projection against what was monitored, and why they differ',
  },
  'demands-by-topic': {
    'zh-CN': '各类诉求今后几周的数量，并提前告知季节性的类型',
    en: 'demands by topic in the weeks ahead, and an early notice of seasonal topics',
  },
  'calls-of-the-weeks': {
    'zh-CN': '预测未来各周或各月的来电量，至多三年，含增长率',
    en: 'calls of the weeks or months ahead, up to three years, with growth',
  },
  'share-of-calls-answered-in-time': {
    'zh-CN': '预测各线的 N 秒接通率；已过去的日子一并计分',
    en: 'the share of calls answered in time that is to come, line by line; past days are scored',
  },
  'column-of-calls': { 'zh-CN': '来电列（配合 --input）', en: 'column of calls, with --input' },
  'column-of-calls-answered': {
    'zh-CN': '时限内接听列（配合 --input）',
    en: 'column of calls answered in time, with --input',
  },
  'those-likeliest-to-be-rated': {
    'zh-CN': '最可能降档的排在前面',
    en: 'those likeliest to be rated colder next time first',
  },
  'rank-the-lines': {
    'zh-CN': '按各线自己的话务排名：时限内接听量 / 人工请求量',
    en: 'rank the lines by their own traffic: answered within the threshold / offered',
  },
  'league-table-and-temperature-bands': {
    'zh-CN': '多条热线的排名与冷热等级',
    en: 'league table and temperature bands of many hotlines',
  },
} as const satisfies Readonly<Record<string, Label>>;
