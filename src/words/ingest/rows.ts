import type { RowProblems } from '../../ingest/findings/ingest-problems.ts';
import type { ProblemSentences } from '../sentences.ts';
import { fieldName, outcomeNames, unitNames } from './names.ts';
import { unusualValue } from './findings.ts';

/** What is wrong with a row or a cell, and what to do. */
export const rowProblems: ProblemSentences<RowProblems> = {
  'unterminated-quote': {
    message: {
      'zh-CN': '引号没有配对，无法分清这一行的各列',
      en: 'a quote does not pair up, so the cells of this row cannot be separated',
    },
    remedy: {
      'zh-CN': '把单元格里的引号写成两个（""）或删除',
      en: 'double the quote inside the cell ("") or remove it',
    },
  },
  'wrong-cell-count': {
    message: {
      'zh-CN': ({ found, wanted }) => `这一行有 ${found} 个单元格，标题行有 ${wanted} 个`,
      en: ({ found, wanted }) => `this row has ${found} cells, the heading has ${wanted}`,
    },
    remedy: {
      'zh-CN': '检查是否有未加引号的分隔符，或文件在此处被截断',
      en: 'look for a delimiter outside quotes, or a file cut off here',
    },
  },
  'not-a-count': {
    message: { 'zh-CN': '应为不小于 0 的整数', en: 'a whole number of at least 0 is wanted' },
    remedy: {
      'zh-CN': '检查列是否对应正确，改成整数（560.0 可以）',
      en: 'check that the right column is mapped; give a whole number (560.0 will do)',
    },
  },
  'negative-count': {
    message: { 'zh-CN': '次数不能是负数', en: 'a count cannot be negative' },
    remedy: {
      'zh-CN': '改正源数据；更正用的冲减行请先合并',
      en: 'correct the source; merge correction rows first',
    },
  },
  'fractional-count': {
    message: { 'zh-CN': '次数不能有小数', en: 'a count cannot have a fraction' },
    remedy: {
      'zh-CN': '检查是否把平均值或比率当成了次数',
      en: 'see whether an average or a rate was taken for a count',
    },
  },
  'not-a-number': {
    message: { 'zh-CN': '应为数字', en: 'a number is wanted' },
    remedy: { 'zh-CN': '检查列是否对应正确', en: 'check that the right column is mapped' },
  },
  'negative-number': {
    message: { 'zh-CN': '不能是负数', en: 'it cannot be negative' },
    remedy: { 'zh-CN': '改正源数据', en: 'correct the source' },
  },
  'not-a-duration': {
    message: {
      'zh-CN': '应为时长：秒数，或 mm:ss、h:mm:ss',
      en: 'a duration is wanted: seconds, or mm:ss, or h:mm:ss',
    },
    remedy: {
      'zh-CN': '单位不是秒时，在映射文件的 units 中写明',
      en: 'where the unit is not seconds, say so under "units" in a map file',
    },
    onPage: {
      'zh-CN': '单位不是秒时，在上面的表里选单位；写坏的行改正或跳过',
      en: 'where the unit is not seconds, choose it in the table above; correct or leave out rows that are mistyped',
    },
  },
  'not-a-share': {
    message: {
      'zh-CN': '应为 0 到 1 之间的数，或带 % 的百分数',
      en: 'a number from 0 to 1, or a percentage with %, is wanted',
    },
    remedy: { 'zh-CN': '写成 0.95 或 95%', en: 'write 0.95 or 95%' },
  },
  'not-yes-or-no': {
    message: { 'zh-CN': '应为 true/false、1/0 或 是/否', en: 'true/false, 1/0 or yes/no is wanted' },
    remedy: {
      'zh-CN': '改成其中之一，或在映射文件的 values 中翻译',
      en: 'use one of these, or translate it under "values" in a map file',
    },
    onPage: { 'zh-CN': '改成其中之一', en: 'use one of these' },
  },
  'not-a-time': {
    message: { 'zh-CN': '读不出日期和时间', en: 'no date and time can be read from it' },
    remedy: {
      'zh-CN': '写成 2026-11-23 08:00 这样的形式；日期和时间分两列时，在映射文件中把 start 写成两列的列表',
      en: 'write it as 2026-11-23 08:00; where date and time are two columns, map start to a list of both',
    },
    onPage: {
      'zh-CN': '写成 2026-11-23 08:00 这样的形式；日期和时间分两列时，两列都读作开始时间',
      en: 'write it as 2026-11-23 08:00; where date and time are two columns, read both as the start',
    },
  },
  'impossible-date': {
    message: { 'zh-CN': '日历上没有这一天或这一时刻', en: 'there is no such day or time in the calendar' },
    remedy: {
      'zh-CN': '改正日期；若日和月写反了，在映射文件中写明 dateOrder',
      en: 'correct it; if day and month are swapped, set dateOrder in a map file',
    },
    onPage: {
      'zh-CN': '改正日期；若日和月写反了，说明日期的写法',
      en: 'correct it; if day and month are swapped, say how dates are written',
    },
  },
  'ambiguous-date': {
    message: {
      'zh-CN': '分不清哪个是日、哪个是月',
      en: 'which part is the day and which the month is not clear',
    },
    remedy: {
      'zh-CN': '在映射文件中写明 dateOrder:dmy 或 mdy',
      en: 'set dateOrder to dmy or mdy in a map file',
    },
    onPage: { 'zh-CN': '说明日期的写法', en: 'say how dates are written' },
  },
  'time-does-not-exist': {
    message: {
      'zh-CN': ({ zone }) => `${zone} 当天拨快时钟，没有这个时刻`,
      en: ({ zone }) => `clocks in ${zone} go forward that day: this time does not exist`,
    },
    remedy: {
      'zh-CN': '确认时区是否正确（--timezone）；或导出带时差的时间（如 2026-03-29T02:30:00+01:00）',
      en: 'check the time zone (--timezone), or export times with their offset (2026-03-29T02:30:00+01:00)',
    },
    onPage: {
      'zh-CN': '核对时区；或导出带时差的时间（如 2026-03-29T02:30:00+01:00）',
      en: 'check the time zone, or export times with their offset (2026-03-29T02:30:00+01:00)',
    },
  },
  'date-out-of-range': {
    message: {
      'zh-CN': ({ latest }) => `时间不在 1970-01-01 与 ${latest} 之间`,
      en: ({ latest }) => `the time is not between 1970-01-01 and ${latest}`,
    },
    remedy: {
      'zh-CN': '多半是年份写错（如 1926 应为 2026）或日期格式读错',
      en: 'most likely the year is mistyped (1926 for 2026) or the date format is misread',
    },
  },
  'queue-renamed': {
    message: {
      'zh-CN': ({ key }, { audience }) =>
        `按${audience === 'page' ? '设置中' : ' models/hotline.json '}的名称，这个队列记为 ${key}`,
      en: ({ key }, { audience }) =>
        `by its name in ${audience === 'page' ? 'the settings' : 'models/hotline.json'} this queue is kept as ${key}`,
    },
    remedy: {
      'zh-CN': ({ key }) => `若不是同一个队列，改 models/hotline.json 中 ${key} 的名称后重新导入`,
      en: ({ key }) =>
        `if it is another queue, change the name of ${key} in models/hotline.json and import the file again`,
    },
    onPage: {
      'zh-CN': '若不是同一个队列，在设置中改队列的名称后重新导入',
      en: 'if it is another queue, change its name on the page of settings and import the file again',
    },
  },
  'unknown-outcome': {
    message: {
      'zh-CN': '看不出这个结果是接通、放弃、遇忙，还是在语音菜单结束',
      en: 'the outcome does not tell whether the call was answered, abandoned, blocked or ended in the menu',
    },
    remedy: {
      'zh-CN':
        '在映射文件的 values.outcome 中逐个对应为 answered、abandoned、blocked 或 ended_in_menu；null 表示该行不计',
      en: 'translate each to answered, abandoned, blocked or ended_in_menu under values.outcome in a map file; null drops the row',
    },
    onPage: { 'zh-CN': '在“通话结果”表中逐个选含义', en: 'choose what each means in the table of results' },
  },
  'outcome-guessed': {
    message: {
      'zh-CN': ({ outcome }, { name }) => `这个结果按字面当作“${name(outcomeNames[outcome])}”`,
      en: ({ outcome }, { name }) =>
        `this outcome is taken as "${name(outcomeNames[outcome])}" by its wording`,
    },
    remedy: {
      'zh-CN': '若不对，在映射文件的 values.outcome 中写明',
      en: 'if that is wrong, say so under values.outcome in a map file',
    },
    onPage: {
      'zh-CN': '若不对，在“通话结果”表中改',
      en: 'if that is wrong, change it in the table of results',
    },
  },
  'end-before-start': {
    message: { 'zh-CN': '结束早于开始', en: 'the end is before the start' },
    remedy: { 'zh-CN': '改正结束时间', en: 'correct the end' },
  },
  'issued-after-its-time': {
    message: {
      'zh-CN': ({ issued }) => `这条预测发布于 ${issued}，晚于它所预测的时段开始：它可能已经看到了结果`,
      en: ({ issued }) =>
        `this forecast was issued at ${issued}, after what it is for began: it may have seen what came`,
    },
    remedy: {
      'zh-CN': '删去这一行，或把 issued 改为模型真正做出预测的时间（即它用到的最后一条数据之后）',
      en: 'leave the row out, or write under issued when the model really made it: after the last data that it knew',
    },
  },
  'lower-above-upper': {
    message: {
      'zh-CN': '下限（q10）高于上限（q90）',
      en: 'the lower end (q10) is above the upper end (q90)',
    },
    remedy: { 'zh-CN': '改正或调换这两列', en: 'correct the two, or swap the columns' },
  },
  'unusual-forecast': {
    message: {
      'zh-CN': ({ model, queue, perDay, usual }, { number }) =>
        `模型“${model}”预测队列“${queue}”一天约 ${number(perDay, 0)} 个来电，而该队列历史上一天约 ${number(usual, 0)} 个`,
      en: ({ model, queue, perDay, usual }, { number }) =>
        `the model "${model}" foresees some ${number(perDay, 0)} calls a day of ${queue}, which has had some ${number(usual, 0)}`,
    },
    remedy: {
      'zh-CN': ({ confirmed }) =>
        confirmed
          ? '已按您的确认导入'
          : '检查单位（应为每个时段或每天的来电个数，不是百或千，也不是每小时）和队列；若数值属实，用 --accept-unusual（网页上勾选“数值属实”）导入',
      en: ({ confirmed }) =>
        confirmed
          ? 'imported as you confirmed'
          : 'check the unit (calls of the interval or day of the row, not hundreds or thousands, nor calls an hour) and the queue; if the figures are true, import them with --accept-unusual (on the page: "These figures are true")',
    },
    onPage: {
      'zh-CN': ({ confirmed }) =>
        confirmed
          ? '已按您的确认导入'
          : '检查单位（应为每个时段或每天的来电个数，不是百或千，也不是每小时）和队列；若数值属实，就这样说明',
      en: ({ confirmed }) =>
        confirmed
          ? 'imported as you confirmed'
          : 'check the unit (calls of the interval or day of the row, not hundreds or thousands, nor calls an hour) and the queue; if the figures are true, say so',
    },
  },
  'not-a-period': {
    message: {
      'zh-CN': '应为监测期：2019、2026-Q3 或 2026-11',
      en: 'a period is wanted: 2019, 2026-Q3 or 2026-11',
    },
    remedy: { 'zh-CN': '改成其中一种写法', en: 'write it in one of these forms' },
  },
  'repeated-hour': {
    message: {
      'zh-CN': ({ zone, count }) => `${zone} 拨回时钟，${count} 行的时刻出现两次，已按文件中的先后分开`,
      en: ({ zone, count }) =>
        `clocks in ${zone} go back: ${count} rows have a local time that happens twice and were resolved by their order`,
    },
    remedy: {
      'zh-CN': '若先后不对，请导出带时差的时间',
      en: 'if the order is wrong, export times with their offset',
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
        summed ? '补上数值；若空白确实表示 0，就这样说明' : '补上数值；没有数据的时段请整行删除，不要留空',
      en: ({ summed }) =>
        summed
          ? 'fill it in; if a blank does mean 0, say so'
          : 'fill it in; leave out the whole row where there are no data',
    },
  },
  'unknown-queue': {
    message: {
      'zh-CN': ({ near }, { list }) =>
        `热线没有这个队列${near.length === 0 ? '' : `；相近的有：${list(near)}`}`,
      en: ({ near }, { list }) =>
        `the hotline has no such queue${near.length === 0 ? '' : `; near to it: ${list(near)}`}`,
    },
    remedy: {
      'zh-CN': '改正写法，或在映射文件的 values.queue 中对应，或在 models/hotline.json 中加上这个队列',
      en: 'correct the spelling, translate it under values.queue in a map file, or add the queue to models/hotline.json',
    },
    onPage: {
      'zh-CN': '改正写法，按相近的队列记，或在设置中加上这个队列',
      en: 'correct the spelling, take it as the queue near to it, or add the queue on the page of settings',
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
          : `${found.unit === null ? 'correct it' : `check the unit (read as ${found.unit}); if it is milliseconds, give --unit ${found.field}=milliseconds (on the page: choose it in the table)`}; if it is true, import it with --accept-unusual (on the page: "These figures are true")`,
    },
    onPage: {
      'zh-CN': (found, { name }) =>
        found.confirmed
          ? '已按您的确认导入；依据这些数据的结果会注明'
          : `${found.unit === null ? '改正数值' : `检查单位（现按${name(unitNames[found.unit])}读）`}；若数值属实，就这样说明`,
      en: (found, { name }) =>
        found.confirmed
          ? 'imported as you confirmed; answers that rest on it say so'
          : `${found.unit === null ? 'correct it' : `check the unit (read as ${name(unitNames[found.unit])})`}; if the figures are true, say so`,
    },
  },
  'missing-date-column': {
    message: { 'zh-CN': '缺少 date 列', en: 'there is no column "date"' },
    remedy: { 'zh-CN': '首行写 date,name,kind', en: 'start the file with date,name,kind' },
  },
  'bad-holiday-kind': {
    message: { 'zh-CN': '未知的类型', en: 'an unknown kind of day' },
    remedy: {
      'zh-CN': '用 holiday、partial、half（半天）、make-up-workday 或 ordinary',
      en: 'use holiday, partial, half, make-up-workday or ordinary',
    },
  },
  'not-one-of': {
    message: {
      'zh-CN': ({ choices }, { list }) => `不是可用的取值：${list(choices)}`,
      en: ({ choices }, { list }) => `is none of ${list(choices)}`,
    },
    remedy: {
      'zh-CN': ({ choices }, { list }) => `改为 ${list(choices)} 之一（也可写中文名称），或留空`,
      en: ({ choices }, { list }) => `write one of ${list(choices)}, or leave it empty`,
    },
  },
  'not-weekdays': {
    message: { 'zh-CN': '看不懂是星期几', en: 'no weekdays can be read' },
    remedy: { 'zh-CN': '写成“6/7”或“周六/周日”', en: 'write 6/7 or Sat/Sun' },
  },
  'not-a-clock-time': {
    message: { 'zh-CN': '不是一天中的时刻', en: 'is no time of day' },
    remedy: { 'zh-CN': '写成 08:30', en: 'write it as 08:30' },
  },
  'hours-not-positive': {
    message: { 'zh-CN': '合同工时为零，无法排班', en: 'a contract of no hours cannot be rostered' },
    remedy: {
      'zh-CN': '填写每周合同工时；已离岗的人员请从文件中删去',
      en: 'give the hours a week of the contract; leave out whoever has left',
    },
  },
  'day-published': {
    message: {
      'zh-CN': ({ from, to }) => `这一天在已发布的排班（${from} 至 ${to}）之内，文件不能覆盖`,
      en: ({ from, to }) => `the day lies in the published roster of ${from} to ${to}: no file replaces it`,
    },
    remedy: {
      'zh-CN':
        '删去这些日期的行；要改已发布的排班，用 huawu roster --repair 或 --swap 逐项更改，或另排一份后用 --publish --supersede 说明理由',
      en: 'leave these days out; change what is published step by step with huawu roster --repair or --swap, or roster anew and publish with --supersede and a reason',
    },
  },
  'leave-overlaps': {
    message: {
      'zh-CN': ({ from, to }) => `与同一人 ${from} 至 ${to} 的请假重叠`,
      en: ({ from, to }) => `overlaps the same person's leave of ${from} to ${to}`,
    },
    remedy: { 'zh-CN': '改动其中一段的起止日期', en: 'change the dates of one of the two' },
  },
};
