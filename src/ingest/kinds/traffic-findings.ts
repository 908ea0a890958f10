import { finding, type Finding } from '../findings/problem-ledger.ts';

/** What can be wrong with interval traffic as a whole. */

export const identicalRows = (count: number): Finding =>
  finding(
    'identical-duplicates',
    [`${count} 行与前面的行完全相同，只算一次`, `${count} rows are identical to earlier ones and count once`],
    ['无需处理', 'nothing to do'],
  );

export const conflictingRows = (start: string, queue: string, other: string): Finding =>
  finding(
    'conflicting-duplicates',
    [
      `队列「${queue}」在 ${start} 有两行数值不同，另一行在 ${other}`,
      `queue "${queue}" has two rows with different figures at ${start}; the other is ${other}`,
    ],
    [
      '删去错误的一行；若两行应相加（如分组导出），请先合并',
      'remove the wrong one; if they should be added up (an export by group), merge them first',
    ],
  );

export const mixedSteps = (one: number, other: number, where: string): Finding =>
  finding(
    'mixed-steps',
    [
      `时段长度不一致：有 ${one} 分钟的，也有 ${other} 分钟的（${where}）`,
      `intervals differ in length: some of ${one} minutes, some of ${other} (${where})`,
    ],
    [
      '按同一时段长度重新导出，或把不同长度的数据分成几个文件分别导入',
      'export all with one interval length, or ingest data of different lengths separately',
    ],
  );

export const noStep: Finding = finding(
  'interval-unknown',
  ['只有一个时刻，看不出时段长度', 'there is but one start, so the interval length cannot be told'],
  [
    '加一列 interval_minutes，或在映射文件 constants 中写 "interval_minutes": 30',
    'add a column interval_minutes, or "interval_minutes": 30 under constants in a map file',
  ],
);

export const oddStep = (minutes: number): Finding =>
  finding(
    'interval-not-of-a-day',
    [`时段长度 ${minutes} 分钟不能整除一天`, `an interval of ${minutes} minutes does not divide a day`],
    ['用 5、10、15、20、30、60 或 1440 分钟', 'use 5, 10, 15, 20, 30, 60 or 1440 minutes'],
  );

export const offGrid = (minutes: number): Finding =>
  finding(
    'start-off-grid',
    [`开始时刻不在 ${minutes} 分钟的整点上`, `the start is not on the grid of ${minutes} minutes`],
    ['改成时段的开始时刻，如 08:00、08:30', 'give the start of the interval, such as 08:00 or 08:30'],
  );

export const shiftedGrid = (minutes: number, phase: number): Finding =>
  finding(
    'grid-shifted',
    [
      `所有时段都从整点后 ${phase} 分开始（时段长 ${minutes} 分钟）`,
      `all intervals start ${phase} minutes past the grid of ${minutes} minutes`,
    ],
    ['若不是有意如此，检查时区和导出设置', 'if that is not meant, check the time zone and the export'],
  );

export const partAboveWhole = (parts: string, whole: string, day: boolean): Finding =>
  finding(
    day ? 'parts-above-whole-of-day' : 'parts-above-whole',
    [
      day
        ? `这一时段 ${parts} 之和大于 ${whole}，而且全天合计也对不上`
        : `这一时段 ${parts} 之和大于 ${whole}；全天合计相符，多半是电话在结束的时段计数`,
      day
        ? `${parts} add up to more than ${whole} in this interval, and the day's sums do not agree either`
        : `${parts} add up to more than ${whole} in this interval; the day's sums agree, so calls are probably booked when they end`,
    ],
    [
      day
        ? '检查列是否对应正确；人工请求量应包括接通、放弃和遇忙'
        : '若确是按结束时间计数，用 --attribution end 说明',
      day
        ? 'check that the right columns are mapped: offered includes answered, abandoned and blocked'
        : 'if so, say --attribution end',
    ],
  );

export const otherThreshold = (seconds: number, own: number): Finding =>
  finding(
    'other-threshold',
    [
      `这一列按 ${seconds} 秒统计，而热线的应答时限是 ${own} 秒：这一列会被当作 ${own} 秒内接通`,
      `this column counts within ${seconds} seconds, while the hotline's answer-time threshold is ${own}: it will pass for answered within ${own}`,
    ],
    [
      '改 models/hotline.json 的 answerTimeThresholdSeconds，或导出同一时限的列',
      'set answerTimeThresholdSeconds in models/hotline.json, or export the column for that threshold',
    ],
  );

export const timesAhead = (rows: number, first: string): Finding =>
  finding(
    'times-ahead',
    [
      `${rows} 个时段的时间还没有到（最早 ${first}），而话务数据只能是已经发生的`,
      `${rows} intervals lie ahead (the first at ${first}), while traffic can only be what has happened`,
    ],
    [
      '检查年份和日期是否写错；导出今天的数据时去掉还没到的时段；也请核对本机时钟',
      "look for a mistyped year or date; leave out the rest of today's hours; check this machine's clock too",
    ],
  );

export const stepInferred = (minutes: number): Finding =>
  finding(
    'interval-inferred',
    [
      `按开始时刻判断时段长度为 ${minutes} 分钟`,
      `the interval length is taken as ${minutes} minutes from the starts`,
    ],
    ['若不对，加一列 interval_minutes', 'if that is wrong, add a column interval_minutes'],
  );

export const absentZero = (intervals: number, runs: number): Finding =>
  finding(
    'absent-taken-as-zero',
    [
      `${runs} 处共 ${intervals} 个没有行的时段按 0 计（文件从不写 0，且以平常话务量看这样的空缺合理）`,
      `${intervals} intervals without a row (${runs} runs) are taken as 0: the file never writes a 0 and such absences are likely at the usual rate`,
    ],
    ['若其实是缺数据，用 --absent gap 重新导入', 'if data are missing there, ingest again with --absent gap'],
  );

export const absentGap = (intervals: number, runs: number): Finding =>
  finding(
    'absent-taken-as-gap',
    [
      `${runs} 处共 ${intervals} 个营业时间内的时段没有行，按缺数据处理`,
      `${intervals} intervals in opening hours have no row (${runs} runs) and are taken as missing`,
    ],
    ['若其实没有来电，用 --absent zero 重新导入', 'if there were no calls, ingest again with --absent zero'],
  );

export const offeredDerived: Finding = finding(
  'offered-derived',
  [
    '没有人工请求量一列，按接通 + 放弃 + 遇忙计算',
    'there is no column of offered calls: it is answered + abandoned + blocked',
  ],
  [
    '若有这一列，在映射文件的 columns.offered 中写明',
    'if there is such a column, name it under columns.offered in a map file',
  ],
);

export const partOfOfferedAbsent = (field: string): Finding =>
  finding(
    'missing-value',
    [
      `${field} 为空，人工请求量无法相加得出：空白不等于 0`,
      `${field} is empty, so offered calls cannot be added up: a blank is not a 0`,
    ],
    [
      `补上数值；若空白确实表示 0，在映射文件中写 "values": {"${field}": {"": 0}}`,
      `fill it in; if a blank does mean 0, say "values": {"${field}": {"": 0}} in a map file`,
    ],
  );

/** Intervals without a row that would be filled up, or looked through, beyond what a file can mean. */
export const tooManyAbsent = (intervals: number, from: string, to: string): Finding =>
  finding(
    'too-many-absent-intervals',
    [
      `各队列合计有 ${intervals} 个时段没有行（${from} 至 ${to}），多到不可能是真实情况`,
      `over all queues ${intervals} intervals have no row (${from} to ${to}): more than a file can mean`,
    ],
    [
      '检查日期是否有错（例如年份写错）；确实如此时用 --absent gap，或分几个文件导入',
      'look for wrong dates (a mistyped year); if it is so, use --absent gap, or ingest in several files',
    ],
  );
