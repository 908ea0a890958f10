import type { PresetName } from '../../ingest/columns/presets.ts';
import type { ColumnProblems } from '../../ingest/findings/ingest-problems.ts';
import type { WideHeadings } from '../../ingest/wide-headings.ts';
import type { Text } from '../../kernel/text.ts';
import type { ProblemSentences } from '../sentences.ts';
import { fieldName, listed } from './names.ts';
import { presetTitles } from './presets.ts';

const columnPer: Readonly<Record<WideHeadings, Text>> = {
  date: { 'zh-CN': '日期', en: 'date' },
  clock: { 'zh-CN': '时段', en: 'time of day' },
  weekday: { 'zh-CN': '星期几', en: 'weekday' },
  queue: { 'zh-CN': '队列', en: 'queue' },
};

/** What is wrong with the columns of a file or the map of them, and what to do. */
export const columnProblems: ProblemSentences<ColumnProblems> = {
  'two-columns-for-field': {
    message: {
      'zh-CN': ({ taken, other, field }, speech) =>
        `“${taken}”和“${other}”都像${fieldName(field, speech)}，取了前者`,
      en: ({ taken, other, field }, speech) =>
        `"${taken}" and "${other}" both look like ${fieldName(field, speech)}; the first is taken`,
    },
    remedy: {
      'zh-CN': '若不对，在映射文件的 columns 中写明',
      en: 'if that is wrong, say which under "columns" in a map file',
    },
    onPage: {
      'zh-CN': '若不对，在上面的表里改“读作”',
      en: 'if that is wrong, change "Read as" in the table above',
    },
  },
  'two-columns-for-indicator': {
    message: {
      'zh-CN': ({ key }) => `这一列与另一列都是指标 ${key}`,
      en: ({ key }) => `this and another column both give the indicator ${key}`,
    },
    remedy: { 'zh-CN': '只保留一列', en: 'keep one of them' },
  },
  'preset-recognised': {
    message: {
      'zh-CN': ({ preset }, { name }) => `按“${name(presetTitles[preset as PresetName])}”读取（${preset}）`,
      en: ({ preset }, { name }) => `read as ${name(presetTitles[preset as PresetName])} (${preset})`,
    },
    remedy: {
      'zh-CN': '若不对，用 --preset 指明另一种格式，--preset none 则按列名识别',
      en: 'if that is wrong, name another with --preset; --preset none goes by the headings alone',
    },
    onPage: { 'zh-CN': '若不对，在“已知格式”中另选', en: 'if that is wrong, choose another known export' },
  },
  'taken-from-title': {
    message: {
      'zh-CN': ({ said }, { list }) => `表上方的标题说明了每一行：${list(said)}`,
      en: ({ said }, { list }) => `the title above the table holds for every row: ${list(said)}`,
    },
    remedy: {
      'zh-CN': '若不对，给表加上日期和队列的列',
      en: 'if that is wrong, add columns of the date and the queue',
    },
  },
  'talk-for-handle': {
    message: {
      'zh-CN': ({ heading }) => `“${heading}”按平均处理时长取用，但它多半只是通话，不含话后整理`,
      en: ({ heading }) =>
        `"${heading}" is taken as handle time, though it is likely talk alone, without after-call work`,
    },
    remedy: {
      'zh-CN': '若有话后整理的列，把两列都对应到处理时长，会自动相加；没有则人数会偏少',
      en: 'if there is a column of after-call work, map both to the handle time: they are added up; without it too few people are planned',
    },
  },
  'all-calls-for-offered': {
    message: {
      'zh-CN': ({ heading }) => `“${heading}”按人工请求量取用，但它可能包括在语音菜单里结束的来电`,
      en: ({ heading }) =>
        `"${heading}" is taken as calls offered to operators, though it may count calls that ended in the menu`,
    },
    remedy: {
      'zh-CN': '若另有转人工或人工请求的列，在映射文件的 columns 中写明 offered 是哪一列',
      en: 'if another column counts calls that asked for an operator, name it as offered under "columns" in a map file',
    },
    onPage: {
      'zh-CN': '若另有转人工或人工请求的列，在上面的表里把那一列读作人工请求量',
      en: 'if another column counts calls that asked for an operator, read that one as offered in the table above',
    },
  },
  'zone-of-map-file': {
    message: {
      'zh-CN': ({ map, hotline }) => `映射文件说明时间为 ${map}，与热线时区 ${hotline} 不同，以映射文件为准`,
      en: ({ map, hotline }) =>
        `the map file says that times are in ${map}, not in the hotline's ${hotline}; the map file holds`,
    },
    remedy: {
      'zh-CN': '若不对，删去映射文件中的 zone',
      en: 'if that is wrong, remove zone from the map file',
    },
  },
  'headings-garbled': {
    message: {
      'zh-CN': '按 GB18030 读出的列名一个也认不出；若看上去是乱码，文件多半是别的编码',
      en: 'read as GB18030, no heading is understood; if they look garbled, the file is in another encoding',
    },
    remedy: {
      'zh-CN': '用 --encoding 指明编码（如 big5、shift_jis），或另存为 UTF-8 的 CSV',
      en: 'name it with --encoding (big5, shift_jis, ...) or save the file as UTF-8 CSV',
    },
    onPage: {
      'zh-CN': '换一种文字编码再试，或另存为 UTF-8 的 CSV',
      en: 'try another text encoding, or save the file as UTF-8 CSV',
    },
  },
  'wide-table': {
    message: {
      'zh-CN': ({ by }, { name }) => `表中每个${name(columnPer[by])}占一列，已按一格一行读取`,
      en: ({ by }, { name }) =>
        `the table has a column per ${name(columnPer[by])}: every cell was read as a row`,
    },
    remedy: {
      'zh-CN': '若不对，在映射文件的 wide 中写明',
      en: 'if that is wrong, say how it is laid out under "wide" in a map file',
    },
    onPage: {
      'zh-CN': '若不对，请改成一行一个时段的表',
      en: 'if that is wrong, give a table with a row per interval',
    },
  },
  'columns-left-out': {
    message: {
      'zh-CN': ({ headings }, speech) => `没有用到的列：${listed(headings, speech)}`,
      en: ({ headings }, speech) => `columns that were not used: ${listed(headings, speech)}`,
    },
    remedy: {
      'zh-CN': '若其中有需要的，在映射文件的 columns 中写明',
      en: 'if one of them is needed, name it under "columns" in a map file',
    },
    onPage: {
      'zh-CN': '若其中有需要的，在上面的表里选“读作”',
      en: 'if one of them is needed, choose what it is read as in the table above',
    },
  },
  'needed-columns-left-out': {
    message: {
      'zh-CN': ({ headings, assumed }, speech) =>
        `没有用到 ${listed(headings, speech)}，${assumed === 'handle-time' ? '计划因此只能假设平均处理时长，需求工时随之按比例偏高或偏低' : '计划因此只能假设来电人的耐心（等多久会挂机），接通率会有偏差'}`,
      en: ({ headings, assumed }, speech) =>
        `${listed(headings, speech)} ${assumed === 'handle-time' ? 'not used: a plan has to assume the handle time, and its hours are off by as much as that is' : 'not used: a plan has to assume how long callers wait before they hang up, and its connection rate is off with it'}`,
    },
    remedy: {
      'zh-CN': '在映射文件的 columns 中写明它是什么',
      en: 'say what it is under "columns" in a map file',
    },
    onPage: {
      'zh-CN': '在上面的表里选“读作”',
      en: 'choose what it is read as in the table above',
    },
  },
  'missing-column': {
    message: {
      'zh-CN': ({ field, headings }, speech) =>
        `缺少“${fieldName(field, speech)}”列；文件里的列是：${listed(headings, speech)}`,
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
    onPage: {
      'zh-CN': '在上面的表里选哪一列是它；没有列名行时说明',
      en: 'choose in the table above which column it is; where there is no row of headings, say so',
    },
  },
  'mapped-column-absent': {
    message: {
      'zh-CN': ({ field, headings }, speech) =>
        `映射文件为“${fieldName(field, speech)}”指定的列不在文件里；文件里的列是：${listed(headings, speech)}`,
      en: ({ field, headings }, speech) =>
        `the column that the map file names for "${fieldName(field, speech)}" is not in the file, which has: ${listed(headings, speech)}`,
    },
    remedy: { 'zh-CN': '改正映射文件中的列名', en: 'correct the heading in the map file' },
  },
  'columns-guessed': {
    message: {
      'zh-CN': ({ columns }, speech) =>
        `各列按列名取用：${speech.list(columns.map(({ heading, field }) => `${heading} → ${fieldName(field, speech)}`))}`,
      en: ({ columns }, speech) =>
        `columns are taken by their headings: ${speech.list(columns.map(({ heading, field }) => `${heading} → ${fieldName(field, speech)}`))}`,
    },
    remedy: {
      'zh-CN': '若不对，在映射文件的 columns 中写明',
      en: 'if that is wrong, say so under "columns" in a map file',
    },
    onPage: { 'zh-CN': '若不对，在上面的表里改', en: 'if that is wrong, change it in the table above' },
  },
  'map-file-shape': {
    message: { 'zh-CN': ({ fault }, { say }) => say(fault), en: ({ fault }, { say }) => say(fault) },
    remedy: {
      'zh-CN': '按文档《数据格式》中“映射文件”一节改正：columns、constants、values、units 都是对象',
      en: 'see "Map files" in docs/en/reference/data-formats.md: columns, constants, values and units are objects',
    },
  },
  'map-file-field': {
    message: { 'zh-CN': '没有这个标准字段', en: 'there is no such canonical field' },
    remedy: {
      'zh-CN': ({ fields }, { list }) => `可用的字段：${list(fields)}；评分指标写作 indicator:名称`,
      en: ({ fields }, { list }) => `fields are ${list(fields)}; an indicator is written indicator:NAME`,
    },
  },
};
