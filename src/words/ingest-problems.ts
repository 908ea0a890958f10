import type { PresetName } from '../ingest/columns/preset-tables.ts';
import type {
  ColumnProblems,
  DoubtAdvice,
  DoubtProblems,
  FileProblems,
  OtherFile,
  RecordProblems,
  RowPlace,
  RowProblems,
  SeriesProblems,
  TopicProblems,
} from '../ingest/findings/ingest-problems.ts';
import type { Text } from '../kernel/text.ts';
import {
  daysSpread,
  fieldName,
  fieldNames,
  listed,
  outcomeNames,
  presetTitles,
  sheetsLeftOut,
  unitNames,
  unusualValue,
} from './ingest.ts';
import { kernelSentences } from './kernel.ts';
import { messages } from './messages.ts';
import type { ProblemSentences, ProblemWording, Sentence } from './sentences.ts';

const columnProblemsSaid = messages('column-problems');

/** What is wrong with the columns of a file or the map of them, and what to do. */
export const columnProblems: ProblemSentences<ColumnProblems> = {
  ...columnProblemsSaid,
  'two-columns-for-field': {
    ...columnProblemsSaid['two-columns-for-field'],
    message: {
      'zh-CN': ({ taken, other, field }, speech) =>
        `“${taken}”和“${other}”都像${fieldName(field, speech)}，取了前者`,
      en: ({ taken, other, field }, speech) =>
        `"${taken}" and "${other}" both look like ${fieldName(field, speech)}; the first is taken`,
    },
  },
  'preset-recognised': {
    ...columnProblemsSaid['preset-recognised'],
    message: {
      'zh-CN': ({ preset }, { name }) => `按“${name(presetTitles[preset as PresetName])}”读取（${preset}）`,
      en: ({ preset }, { name }) => `read as ${name(presetTitles[preset as PresetName])} (${preset})`,
    },
  },
  'columns-left-out': {
    ...columnProblemsSaid['columns-left-out'],
    message: {
      'zh-CN': ({ headings }, speech) => `未用到的列：${listed(headings, speech)}`,
      en: ({ headings }, speech) => `columns that were not used: ${listed(headings, speech)}`,
    },
  },
  'needed-columns-left-out': {
    ...columnProblemsSaid['needed-columns-left-out'],
    message: {
      'zh-CN': ({ headings, assumed }, speech) =>
        `没有用到 ${listed(headings, speech)}，${assumed === 'handle-time' ? '计划因此只能假设平均处理时长，需求工时随之按比例偏高或偏低' : '计划因此只能假设来电人的耐心（等多久会挂机），接通率会有偏差'}`,
      en: ({ headings, assumed }, speech) =>
        `${listed(headings, speech)} ${assumed === 'handle-time' ? 'not used: a plan has to assume the handle time, and its hours are off by as much as that is' : 'not used: a plan has to assume how long callers wait before they hang up, and its connection rate is off with it'}`,
    },
  },
  'missing-column': {
    ...columnProblemsSaid['missing-column'],
    message: {
      'zh-CN': ({ field, headings }, speech) =>
        `缺少“${fieldName(field, speech)}”列；文件中的列：${listed(headings, speech)}`,
      en: ({ field, headings }, speech) =>
        `the column "${fieldName(field, speech)}" is missing; the file has: ${listed(headings, speech)}`,
    },
    remedy: {
      'zh-CN': ({ field }) =>
        field === 'queue'
          ? '若全是一个队列，用 --queue 指明；否则在映射文件的 columns 中写明哪一列是 queue'
          : `在映射文件的 columns 中写明哪一列是 ${field}，或在 constants 中给出固定值${field === 'offered' ? '；若每个队列各占一列，在 wide 中写明' : ''}`,
      en: ({ field }) =>
        field === 'queue'
          ? 'if it is all one queue, name it with --queue; else say in a map file under "columns" which column is queue'
          : `say in a map file under "columns" which column is ${field}, or give it a value under "constants"${field === 'offered' ? '; where each queue has a column, say so under "wide"' : ''}`,
    },
  },
  'mapped-column-absent': {
    ...columnProblemsSaid['mapped-column-absent'],
    message: {
      'zh-CN': ({ field, headings }, speech) =>
        `映射文件为“${fieldName(field, speech)}”指定的列不在文件中；文件中的列：${listed(headings, speech)}`,
      en: ({ field, headings }, speech) =>
        `the column that the map file names for "${fieldName(field, speech)}" is not in the file, which has: ${listed(headings, speech)}`,
    },
  },
  'columns-guessed': {
    ...columnProblemsSaid['columns-guessed'],
    message: {
      'zh-CN': ({ columns }, speech) =>
        `各列按列名取用：${speech.list(columns.map(({ heading, field }) => `${heading} → ${fieldName(field, speech)}`))}`,
      en: ({ columns }, speech) =>
        `columns are taken by their headings: ${speech.list(columns.map(({ heading, field }) => `${heading} → ${fieldName(field, speech)}`))}`,
    },
  },
};

const insist = messages('doubts').insist;

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
      return `“${advice.heading}”的单位多半是${name(unitNames[advice.unit])}；若数值属实，请予说明，结果会注明`;
    if (advice.kind === 'check-unit')
      return `检查“${advice.heading}”的单位（现按${name(unitNames[advice.unit])}读）以及它是合计还是平均；若数值属实，请予说明，结果会注明`;
    return '改正写错的数值；若数值属实，请予说明，结果会注明';
  },
  en: ({ advice }, { name }) => {
    if (advice.kind === 'confirmed') return adviceInEnglish(advice);
    if (advice.kind === 'other-unit')
      return `"${advice.heading}" is most likely in ${name(unitNames[advice.unit])}; if the figures are correct, say so, and results will be marked`;
    if (advice.kind === 'check-unit')
      return `check the unit of "${advice.heading}" (read as ${name(unitNames[advice.unit])}) and whether it is a total or a mean; if the figures are correct, say so, and results will be marked`;
    return 'correct what is mistyped; if the figures are correct, say so, and results will be marked';
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
  'unusual-day-calls': doubted('unusual-day-calls'),
  'unusual-interval-calls': doubted('unusual-interval-calls'),
  'unusual-interval-handle-time': doubted('unusual-interval-handle-time'),
  'unusual-interval-wait': doubted('unusual-interval-wait'),
  'unusual-interval-operators': doubted('unusual-interval-operators'),
};

const fileProblemsSaid = messages('file-problems');

const otherFiles: Readonly<Record<OtherFile, Text>> = messages('other-files');

/** What is wrong with a file as a whole, and what to do. */
export const fileProblems: ProblemSentences<FileProblems> = {
  ...fileProblemsSaid,
  'not-a-table': {
    ...fileProblemsSaid['not-a-table'],
    message: {
      'zh-CN': ({ what }, { name }) => `这不是表格文件，而是${name(otherFiles[what])}`,
      en: ({ what }, { name }) => `this is not a table but ${name(otherFiles[what])}`,
    },
  },
  'sheets-left-out': { ...fileProblemsSaid['sheets-left-out'], message: sheetsLeftOut },
};

/** What is wrong with demands by topic, and what to do. */
export const topicProblems: ProblemSentences<TopicProblems> = messages('topic-problems');

const recordProblemsSaid = messages('record-problems');

const placeOf = ({ file, row }: RowPlace): string => `${file}:${row}`;

/** What only the records of all files together show to be wrong, and what to do. */
export const recordProblems: ProblemSentences<RecordProblems> = {
  ...recordProblemsSaid,
  'days-spread': { ...recordProblemsSaid['days-spread'], message: daysSpread },
  'conflicting-duplicates': {
    message: {
      'zh-CN': (twice) => {
        if (twice.of === 'call') return '同一个通话编号出现两次，内容不同';
        if (twice.of === 'record') return `与 ${placeOf(twice.other)} 是同一项，但内容不同`;
        return `队列“${twice.queue}”在 ${twice.start} 有两行数值不同，另一行在 ${placeOf(twice.other)}`;
      },
      en: (twice) => {
        if (twice.of === 'call') return 'this call id is there twice with different content';
        if (twice.of === 'record')
          return `this is there already (${placeOf(twice.other)}) with different content`;
        return `queue "${twice.queue}" has two rows with different figures at ${twice.start}; the other is ${placeOf(twice.other)}`;
      },
    },
    remedy: {
      'zh-CN': ({ of }) => {
        if (of === 'call') return '保留正确的一条；若一通电话因转接有多段，请只导出首段或合并';
        if (of === 'record') return '删去错误的一行';
        return '删去错误的一行；若两行应相加（如分组导出），请先合并';
      },
      en: ({ of }) => {
        if (of === 'call')
          return 'keep the right one; where a call has several legs after a transfer, export the first leg only or merge them';
        if (of === 'record') return 'remove the wrong row';
        return 'remove the wrong one; if they should be added up (an export by group), merge them first';
      },
    },
  },
  'parts-above-whole': {
    ...recordProblemsSaid['parts-above-whole'],
    message: {
      'zh-CN': ({ parts, whole }, speech) =>
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}；全天合计相符，多半是来电在结束的时段计数`,
      en: ({ parts, whole }, speech) =>
        `${fieldNames(parts, speech)} add up to more than ${fieldName(whole, speech)} in this interval; the day's sums agree, so calls are probably booked when they end`,
    },
  },
  'parts-above-whole-of-day': {
    ...recordProblemsSaid['parts-above-whole-of-day'],
    message: {
      'zh-CN': ({ parts, whole }, speech) =>
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}，且全天合计也不符`,
      en: ({ parts, whole }, speech) =>
        `${fieldNames(parts, speech)} add up to more than ${fieldName(whole, speech)} in this interval, and the day's sums do not agree either`,
    },
  },
  'hotlines-added': {
    ...recordProblemsSaid['hotlines-added'],
    message: {
      'zh-CN': ({ named, hotlines }, { list }) =>
        `名录新增 ${hotlines} 条热线：${list(named)}${hotlines > named.length ? ' 等' : ''}`,
      en: ({ named, hotlines }, { list, plural }) =>
        `${hotlines} ${plural(hotlines, 'hotline is', 'hotlines are')} added to the list: ${list(named)}${hotlines > named.length ? ' and more' : ''}`,
    },
  },
  'hotline-replaced': {
    ...recordProblemsSaid['hotline-replaced'],
    message: {
      'zh-CN': ({ named, hotlines }, { list }) =>
        `名录中 ${list(named)}${hotlines > named.length ? ` 等 ${hotlines} 条热线` : ''} 与此前的记录不同：以往各期排名表也改用新记录`,
      en: ({ named, hotlines }, { list }) =>
        `the list differs from the one before on ${list(named)}${hotlines > named.length ? ` and ${hotlines - named.length} more` : ''}: league tables of past periods follow the new list too`,
    },
  },
};

const rowProblemsSaid = messages('row-problems');

/** What is wrong with a row or a cell, and what to do. */
export const rowProblems: ProblemSentences<RowProblems> = {
  ...rowProblemsSaid,
  'outcome-guessed': {
    ...rowProblemsSaid['outcome-guessed'],
    message: {
      'zh-CN': ({ outcome }, { name }) => `这个结果按字面当作“${name(outcomeNames[outcome])}”`,
      en: ({ outcome }, { name }) =>
        `this outcome is taken as "${name(outcomeNames[outcome])}" by its wording`,
    },
  },
  'missing-value': {
    message: {
      'zh-CN': ({ field, summed }, speech) =>
        summed
          ? `“${fieldName(field, speech)}”为空，人工请求量无法相加得出：空白不等于 0`
          : `“${fieldName(field, speech)}”为空`,
      en: ({ field, summed }, speech) =>
        summed
          ? `${fieldName(field, speech)} is empty, so offered calls cannot be added up: a blank is not a 0`
          : `${fieldName(field, speech)} is empty`,
    },
    remedy: {
      'zh-CN': ({ field, summed }) =>
        summed
          ? `补上数值；若空白确实表示 0，在映射文件中写 "values": {"${field}": {"": 0}}`
          : '补上数值；没有数据的时段请整行删除，不要留空',
      en: ({ field, summed }) =>
        summed
          ? `fill it in; if a blank does mean 0, say "values": {"${field}": {"": 0}} in a map file`
          : 'fill it in; leave out the whole row where there are no data',
    },
    onPage: {
      'zh-CN': ({ summed }) =>
        summed ? '补上数值；若空白确实表示 0，请予说明' : '补上数值；没有数据的时段请整行删除，不要留空',
      en: ({ summed }) =>
        summed
          ? 'fill it in; if a blank does mean 0, say so'
          : 'fill it in; leave out the whole row where there are no data',
    },
  },
  'unusual-value': {
    message: unusualValue,
    remedy: {
      'zh-CN': (found) =>
        found.confirmed
          ? '已按您的确认导入；依据这些数据的结果会注明'
          : `${found.unit === null ? '改正数值' : `检查单位（现按 ${found.unit} 读）；若是毫秒，用 --unit ${found.field}=milliseconds（网页上在列表中选择）`}；若数值属实，用 --accept-unusual（网页上勾选“数值属实”）导入`,
      en: (found) =>
        found.confirmed
          ? 'imported as you confirmed; answers that rest on it say so'
          : `${found.unit === null ? 'correct it' : `check the unit (read as ${found.unit}); if it is milliseconds, give --unit ${found.field}=milliseconds (on the page: choose it in the table)`}; if it is correct, import it with --accept-unusual (on the page: "These figures are correct")`,
    },
    onPage: {
      'zh-CN': (found, { name }) =>
        found.confirmed
          ? '已按您的确认导入；依据这些数据的结果会注明'
          : `${found.unit === null ? '改正数值' : `检查单位（现按${name(unitNames[found.unit])}读）`}；若数值属实，请予说明`,
      en: (found, { name }) =>
        found.confirmed
          ? 'imported as you confirmed; answers that rest on it say so'
          : `${found.unit === null ? 'correct it' : `check the unit (read as ${name(unitNames[found.unit])})`}; if the figures are correct, say so`,
    },
  },
};

/** What is wrong with a bare series, and what to do. */
export const seriesProblems: ProblemSentences<SeriesProblems> = messages('series-problems');
