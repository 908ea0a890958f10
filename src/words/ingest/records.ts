import { spacing } from './series.ts';
import type { RecordProblems, RowPlace } from '../../ingest/findings/ingest-problems.ts';
import { fieldName, fieldNames } from './names.ts';
import { daysSpread } from './findings.ts';
import type { ProblemSentences } from '../sentences.ts';

const placeOf = ({ file, row }: RowPlace): string => `${file}:${row}`;

/** What only the records of all files together show to be wrong, and what to do. */
export const recordProblems: ProblemSentences<RecordProblems> = {
  'identical-duplicates': {
    message: {
      'zh-CN': ({ count }) => `${count} 行与前面的行完全相同，只算一次`,
      en: ({ count }) => `${count} rows are identical to earlier ones and count once`,
    },
    remedy: { 'zh-CN': '无需处理', en: 'nothing to do' },
  },
  'running-sums': {
    message: {
      'zh-CN': ({ headings }, { list }) => `${list(headings)}是当日累计数，已换算成每个时段的数`,
      en: ({ headings }, { list }) =>
        `${list(headings)} count from the beginning of the day: each interval is the difference to the one before`,
    },
    remedy: {
      'zh-CN': '若不是累计数，把列名中的“累计”去掉',
      en: 'if they do not, take "cumulative" out of the heading',
    },
  },
  'unusual-running': {
    message: {
      'zh-CN': ({ queue }) => `队列“${queue}”的来电每天只增不减、次日从头开始，像是当日累计数`,
      en: ({ queue }) =>
        `calls of queue "${queue}" never fall within a day and begin anew with the next: they look like sums that run through the day`,
    },
    remedy: {
      'zh-CN':
        '若是累计数，在列名前加上“累计”，会自动换算；若确实如此，加 --accept-unusual（页面上勾选“数值属实”）',
      en: 'if they are, put "cumulative" before the heading, and each interval becomes a difference; if the figures are true, --accept-unusual imports them (on the page: these figures are true)',
    },
    onPage: {
      'zh-CN': '若是累计数，在文件的列名前加上“累计”，会自动换算；若确实如此，说明数值属实',
      en: 'if they are, put "cumulative" before the heading in the file, and each interval becomes a difference; if the figures are true, say so',
    },
  },
  'running-sum-falls': {
    message: {
      'zh-CN': ({ before }) => `当日累计数比前一时段的 ${before} 还小`,
      en: ({ before }) => `a sum that runs through the day is below the ${before} of the interval before`,
    },
    remedy: {
      'zh-CN': '改正；若不是累计数，把列名中的“累计”去掉',
      en: 'correct it; if it is no running sum, take "cumulative" out of the heading',
    },
  },
  'totals-not-days': {
    message: {
      'zh-CN': ({ by }) => `各行相隔${spacing['zh-CN'][by]}：看起来是各期的合计，不是每天的话务量`,
      en: ({ by }) => `the rows lie ${spacing.en[by]} apart: they look like totals, not calls of a day`,
    },
    remedy: {
      'zh-CN':
        '请导出每天或分时段的数据；各周、各月的合计用 huawu outlook --input 文件 预测；若确实是单天的话务量，用 --accept-unusual 导入',
      en: 'export days or intervals; totals of weeks or months are forecast by huawu outlook --input FILE; if they are calls of single days all the same, import them with --accept-unusual',
    },
    onPage: {
      'zh-CN': '请导出每天或分时段的数据；若确实是单天的话务量，就这样说明',
      en: 'export days or intervals; if they are calls of single days all the same, say so',
    },
  },
  'whole-days': {
    message: {
      'zh-CN': ({ intervalMinutes }) => `文件只有全天的数，而计划按 ${intervalMinutes} 分钟一段`,
      en: ({ intervalMinutes }) =>
        `the file has totals of days only, while plans are made per ${intervalMinutes} minutes`,
    },
    remedy: {
      'zh-CN':
        '加 --day-shape usual（页面上勾选“按通常的日内分布摊开”）再导入，或导出分时段的数据；只预测每天则不必',
      en: 'bring it in again with --day-shape usual (on the page: spread days over their hours), or export intervals; forecasts of days need neither',
    },
    onPage: {
      'zh-CN': '按通常的日内分布摊开，或导出分时段的数据；只预测每天则不必',
      en: 'spread the days over their hours, or export intervals; forecasts of days need neither',
    },
  },
  'days-spread': {
    message: daysSpread,
    remedy: {
      'zh-CN': '有了分时段的数据再导入，会替换摊出来的数',
      en: 'bring intervals in when you have them: they take the place of what was spread',
    },
  },
  'mixed-steps': {
    message: {
      'zh-CN': ({ one, other, where }) =>
        `时段长度不一致：有 ${one} 分钟的，也有 ${other} 分钟的（${where}）`,
      en: ({ one, other, where }) =>
        `intervals differ in length: some of ${one} minutes, some of ${other} (${where})`,
    },
    remedy: {
      'zh-CN': '按同一时段长度重新导出，或把不同长度的数据分成几个文件分别导入',
      en: 'export all with one interval length, or ingest data of different lengths separately',
    },
  },
  'interval-unknown': {
    message: {
      'zh-CN': '只有一个时刻，看不出时段长度',
      en: 'there is but one start, so the interval length is not known',
    },
    remedy: {
      'zh-CN': '加一列 interval_minutes，或在映射文件 constants 中写 "interval_minutes": 30',
      en: 'add a column interval_minutes, or "interval_minutes": 30 under constants in a map file',
    },
    onPage: {
      'zh-CN': '说明时段长度，或在文件中加一列',
      en: 'say how long an interval is, or add a column of it to the file',
    },
  },
  'interval-not-of-a-day': {
    message: {
      'zh-CN': ({ minutes }) => `时段长度 ${minutes} 分钟不能整除一天`,
      en: ({ minutes }) => `an interval of ${minutes} minutes does not divide a day`,
    },
    remedy: {
      'zh-CN': '用 5、10、15、20、30、60 或 1440 分钟',
      en: 'use 5, 10, 15, 20, 30, 60 or 1440 minutes',
    },
  },
  'start-off-grid': {
    message: {
      'zh-CN': ({ minutes }) => `开始时刻不在 ${minutes} 分钟的整点上`,
      en: ({ minutes }) => `the start is not on the grid of ${minutes} minutes`,
    },
    remedy: {
      'zh-CN': '改成时段的开始时刻，如 08:00、08:30',
      en: 'give the start of the interval, such as 08:00 or 08:30',
    },
  },
  'grid-shifted': {
    message: {
      'zh-CN': ({ phase, minutes }) => `所有时段都从整点后 ${phase} 分开始（时段长 ${minutes} 分钟）`,
      en: ({ phase, minutes }) => `all intervals start ${phase} minutes past the grid of ${minutes} minutes`,
    },
    remedy: {
      'zh-CN': '若不是有意如此，检查时区和导出设置',
      en: 'if that is not meant, check the time zone and the export',
    },
  },
  'other-threshold': {
    message: {
      'zh-CN': ({ seconds, hotlineSeconds }) =>
        `这一列按 ${seconds} 秒统计，而热线的应答时限是 ${hotlineSeconds} 秒：这一列会被当作 ${hotlineSeconds} 秒内接通`,
      en: ({ seconds, hotlineSeconds }) =>
        `this column counts within ${seconds} seconds, while the hotline's answer-time threshold is ${hotlineSeconds}: it will pass for answered within ${hotlineSeconds}`,
    },
    remedy: {
      'zh-CN': '改 models/hotline.json 的 answerTimeThresholdSeconds，或导出同一时限的列',
      en: 'set answerTimeThresholdSeconds in models/hotline.json, or export the column for that threshold',
    },
    onPage: {
      'zh-CN': '在设置中改热线的应答时限，或导出同一时限的列',
      en: "change the hotline's answer-time threshold on the page of settings, or export the column for that threshold",
    },
  },
  'times-ahead': {
    message: {
      'zh-CN': ({ rows, first }) =>
        `${rows} 个时段的时间还没有到（最早 ${first}），而话务数据只能是已经发生的`,
      en: ({ rows, first }) =>
        `${rows} intervals lie ahead (the first at ${first}), while traffic can only be what has happened`,
    },
    remedy: {
      'zh-CN': '检查年份和日期是否写错；导出今天的数据时去掉还没到的时段；也请核对本机时钟',
      en: "look for a mistyped year or date; leave out the rest of today's hours; check this machine's clock too",
    },
  },
  'interval-inferred': {
    message: {
      'zh-CN': ({ minutes }) => `按开始时刻判断时段长度为 ${minutes} 分钟`,
      en: ({ minutes }) => `the interval length is taken as ${minutes} minutes from the starts`,
    },
    remedy: {
      'zh-CN': '若不对，加一列 interval_minutes',
      en: 'if that is wrong, add a column interval_minutes',
    },
    onPage: {
      'zh-CN': '若不对，在文件中加一列时段长度（分钟）',
      en: 'if that is wrong, add a column of the interval length in minutes to the file',
    },
  },
  'absent-taken-as-zero': {
    message: {
      'zh-CN': ({ runs, intervals }) =>
        `${runs} 处共 ${intervals} 个没有行的时段按 0 计（文件从不写 0，且以平常话务量看这样的空缺合理）`,
      en: ({ intervals, runs }) =>
        `${intervals} intervals without a row (${runs} runs) are taken as 0: the file never writes a 0 and such absences are likely at the usual rate`,
    },
    remedy: {
      'zh-CN': '若其实是缺数据，用 --absent gap 重新导入',
      en: 'if data are missing there, ingest again with --absent gap',
    },
    onPage: { 'zh-CN': '若其实是缺数据，当作缺失', en: 'if data are missing there, take them as gaps' },
  },
  'rows-without-calls': {
    message: {
      'zh-CN': ({ rows, taken }) =>
        taken === 'zero'
          ? `${rows} 行有时间但没有任何话务数，读作没有来电（0）`
          : `${rows} 行有时间但没有任何话务数，按缺数据处理`,
      en: ({ rows, taken }, { counted }) =>
        taken === 'zero'
          ? `${counted(rows, 'row')} with a time and no figure of calls: read as intervals without calls (0)`
          : `${counted(rows, 'row')} with a time and no figure of calls: taken as missing`,
    },
    remedy: {
      'zh-CN': ({ taken }) =>
        taken === 'zero'
          ? '若其实是缺数据，用 --absent gap 重新导入'
          : '若其实没有来电，用 --absent zero 重新导入',
      en: ({ taken }) =>
        taken === 'zero'
          ? 'if data are missing there, ingest again with --absent gap'
          : 'if there were no calls, ingest again with --absent zero',
    },
    onPage: {
      'zh-CN': ({ taken }) => (taken === 'zero' ? '若其实是缺数据，当作缺失' : '若其实没有来电，当作 0'),
      en: ({ taken }) =>
        taken === 'zero'
          ? 'if data are missing there, take them as gaps'
          : 'if there were no calls, take them as zero',
    },
  },
  'absent-taken-as-gap': {
    message: {
      'zh-CN': ({ runs, intervals }) => `${runs} 处共 ${intervals} 个营业时间内的时段没有行，按缺数据处理`,
      en: ({ intervals, runs }) =>
        `${intervals} intervals in opening hours have no row (${runs} runs) and are taken as missing`,
    },
    remedy: {
      'zh-CN': '若其实没有来电，用 --absent zero 重新导入',
      en: 'if there were no calls, ingest again with --absent zero',
    },
    onPage: { 'zh-CN': '若其实没有来电，当作 0', en: 'if there were no calls, take them as zero' },
  },
  'abandoned-waits-assumed': {
    message: {
      'zh-CN': '只有接通来电的平均等待（{heading}）：按放弃的来电等了一样久计算，估出的耐心时长会略短',
      en: 'only answered calls have their wait told ({heading}): abandoned ones are taken to have waited as long, so that patience comes out a little short',
    },
    remedy: {
      'zh-CN': '若能导出放弃前的平均等待，请把这一列一并导出',
      en: 'if the mean wait before hanging up can be exported, add that column',
    },
  },
  'offered-derived': {
    message: {
      'zh-CN': '没有人工请求量一列，按接通 + 放弃 + 遇忙计算',
      en: 'there is no column of offered calls: it is answered + abandoned + blocked',
    },
    remedy: {
      'zh-CN': '若有这一列，在映射文件的 columns.offered 中写明',
      en: 'if there is such a column, name it under columns.offered in a map file',
    },
    onPage: {
      'zh-CN': '若有这一列，在上面的表里选它读作人工请求量',
      en: 'if there is such a column, read it as offered in the table above',
    },
  },
  'too-many-absent-intervals': {
    message: {
      'zh-CN': ({ intervals, from, to }) =>
        `各队列合计有 ${intervals} 个时段没有行（${from} 至 ${to}），多到不可能是真实情况`,
      en: ({ intervals, from, to }) =>
        `over all queues ${intervals} intervals have no row (${from} to ${to}): more than a file can mean`,
    },
    remedy: {
      'zh-CN': '检查日期是否有错（例如年份写错）；确实如此时用 --absent gap，或分几个文件导入',
      en: 'look for wrong dates (a mistyped year); if it is so, use --absent gap, or ingest in several files',
    },
    onPage: {
      'zh-CN': '检查日期是否有错（例如年份写错）；确实如此时当作缺失，或分几个文件导入',
      en: 'look for wrong dates (a mistyped year); if it is so, take them as gaps, or bring it in as several files',
    },
  },
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
    message: {
      'zh-CN': ({ parts, whole }, speech) =>
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}；全天合计相符，多半是电话在结束的时段计数`,
      en: ({ parts, whole }, speech) =>
        `${fieldNames(parts, speech)} add up to more than ${fieldName(whole, speech)} in this interval; the day's sums agree, so calls are probably booked when they end`,
    },
    remedy: {
      'zh-CN': '若确是按结束时间计数，用 --attribution end 说明',
      en: 'if so, give --attribution end',
    },
    onPage: {
      'zh-CN': '若确是按结束时间计数，就这样说明',
      en: 'if so, say that calls are counted when they end',
    },
  },
  'parts-above-whole-of-day': {
    message: {
      'zh-CN': ({ parts, whole }, speech) =>
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}，而且全天合计也对不上`,
      en: ({ parts, whole }, speech) =>
        `${fieldNames(parts, speech)} add up to more than ${fieldName(whole, speech)} in this interval, and the day's sums do not agree either`,
    },
    remedy: {
      'zh-CN': '检查列是否对应正确；人工请求量应包括接通、放弃和遇忙',
      en: 'check that the right columns are mapped: offered includes answered, abandoned and blocked',
    },
  },
  'hotlines-added': {
    message: {
      'zh-CN': ({ named, hotlines }, { list }) =>
        `名录新增 ${hotlines} 条热线：${list(named)}${hotlines > named.length ? ' 等' : ''}`,
      en: ({ named, hotlines }, { list, plural }) =>
        `${hotlines} ${plural(hotlines, 'hotline is', 'hotlines are')} added to the list: ${list(named)}${hotlines > named.length ? ' and more' : ''}`,
    },
    remedy: {
      'zh-CN': '地区、城市等级等可再导入热线名录补上',
      en: 'to give their region and the rest, ingest a list of hotlines',
    },
  },
  'hotline-replaced': {
    message: {
      'zh-CN': ({ named, hotlines }, { list }) =>
        `名录中 ${list(named)}${hotlines > named.length ? ` 等 ${hotlines} 条热线` : ''} 与此前的记录不同：以往各期的排名表也改用新的记录`,
      en: ({ named, hotlines }, { list }) =>
        `the list differs from the one before on ${list(named)}${hotlines > named.length ? ` and ${hotlines - named.length} more` : ''}: league tables of past periods follow the new list too`,
    },
    remedy: {
      'zh-CN': '若是热线自某日起变了，请再导入原来的一行，并给新的一行写上 valid_from（如 2026-01-01）',
      en: ({ hotlines }, { plural }) =>
        `where ${plural(hotlines, 'it', 'they')} changed on some day, ingest the old ${plural(hotlines, 'row', 'rows')} again, and the new ${plural(hotlines, 'one', 'ones')} with valid_from (such as 2026-01-01)`,
    },
  },
};
