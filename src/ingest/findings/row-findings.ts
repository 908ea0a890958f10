import { text, type Text } from '../../kernel/text.ts';
import type { Binding } from '../columns/bound-table.ts';
import { finding, type Finding } from './problem-ledger.ts';

/** What can be wrong with a row or a cell, in words that a planner understands. */

export const brokenQuote: Finding = finding(
  'unterminated-quote',
  [
    '引号没有配对，无法分清这一行的各列',
    'a quote does not pair up, so the cells of this row cannot be told apart',
  ],
  ['把单元格里的引号写成两个（""）或删除', 'double the quote inside the cell ("") or remove it'],
);

export const wrongCellCount = (found: number, wanted: number): Finding =>
  finding(
    'wrong-cell-count',
    [
      `这一行有 ${found} 个单元格，标题行有 ${wanted} 个`,
      `this row has ${found} cells, the heading has ${wanted}`,
    ],
    [
      '检查是否有未加引号的分隔符，或文件在此处被截断',
      'look for a delimiter outside quotes, or a file cut off here',
    ],
  );

export const missingValue = (field: string): Finding =>
  finding(
    'missing-value',
    [`${field} 为空`, `${field} is empty`],
    [
      '补上数值；没有数据的时段请整行删除，不要留空',
      'fill it in; leave out the whole row where there are no data',
    ],
  );

export const notACount: Finding = finding(
  'not-a-count',
  ['应为不小于 0 的整数', 'a whole number of at least 0 is wanted'],
  [
    '检查列是否对应正确，改成整数（560.0 可以）',
    'check that the right column is mapped; give a whole number (560.0 will do)',
  ],
);

export const negativeCount: Finding = finding(
  'negative-count',
  ['次数不能是负数', 'a count cannot be negative'],
  ['改正源数据；更正用的冲减行请先合并', 'correct the source; merge correction rows first'],
);

export const fractionalCount: Finding = finding(
  'fractional-count',
  ['次数不能有小数', 'a count cannot have a fraction'],
  ['检查是否把平均值或比率当成了次数', 'see whether an average or a rate was taken for a count'],
);

export const notANumber: Finding = finding(
  'not-a-number',
  ['应为数字', 'a number is wanted'],
  ['检查列是否对应正确', 'check that the right column is mapped'],
);

export const negativeNumber: Finding = finding(
  'negative-number',
  ['不能是负数', 'it cannot be negative'],
  ['改正源数据', 'correct the source'],
);

export const notADuration: Finding = finding(
  'not-a-duration',
  ['应为时长：秒数，或 mm:ss、h:mm:ss', 'a duration is wanted: seconds, or mm:ss, or h:mm:ss'],
  [
    '单位不是秒时，在映射文件的 units 中写明',
    'where the unit is not seconds, say so under "units" in a map file',
  ],
);

export const notAShare: Finding = finding(
  'not-a-share',
  ['应为 0 到 1 之间的数，或带 % 的百分数', 'a number from 0 to 1, or a percentage with %, is wanted'],
  ['写成 0.95 或 95%', 'write 0.95 or 95%'],
);

export const notATruth: Finding = finding(
  'not-yes-or-no',
  ['应为 true/false、1/0 或 是/否', 'true/false, 1/0 or yes/no is wanted'],
  [
    '改成其中之一，或在映射文件的 values 中翻译',
    'use one of these, or translate it under "values" in a map file',
  ],
);

export const notATime: Finding = finding(
  'not-a-time',
  ['读不出日期和时间', 'no date and time can be read from it'],
  [
    '写成 2026-11-23 08:00 这样的形式；日期和时间分两列时，在映射文件中把 start 写成两列的列表',
    'write it as 2026-11-23 08:00; where date and time are two columns, map start to a list of both',
  ],
);

export const impossibleDate: Finding = finding(
  'impossible-date',
  ['日历上没有这一天或这一时刻', 'there is no such day or time in the calendar'],
  [
    '改正日期；若日和月写反了，在映射文件中写明 dateOrder',
    'correct it; if day and month are swapped, set dateOrder in a map file',
  ],
);

export const ambiguousDate: Finding = finding(
  'ambiguous-date',
  ['分不清哪个是日、哪个是月', 'which part is the day and which the month cannot be told'],
  ['在映射文件中写明 dateOrder:dmy 或 mdy', 'set dateOrder to dmy or mdy in a map file'],
);

export const skippedTime = (zone: string): Finding =>
  finding(
    'time-does-not-exist',
    [`${zone} 当天拨快时钟，没有这个时刻`, `clocks in ${zone} go forward that day: this time does not exist`],
    [
      '确认时区是否正确（--timezone）；或导出带时差的时间（如 2026-03-29T02:30:00+01:00）',
      'check the time zone (--timezone), or export times with their offset (2026-03-29T02:30:00+01:00)',
    ],
  );

export const dateOutOfRange = (latest: string): Finding =>
  finding(
    'date-out-of-range',
    [`时间不在 1970-01-01 与 ${latest} 之间`, `the time is not between 1970-01-01 and ${latest}`],
    [
      '多半是年份写错（如 1926 应为 2026）或日期格式读错',
      'most likely the year is mistyped (1926 for 2026) or the date format is misread',
    ],
  );

export const unknownQueue = (near: readonly string[]): Finding =>
  finding(
    'unknown-queue',
    [
      `热线没有这个队列${near.length === 0 ? '' : `；相近的有：${near.join('、')}`}`,
      `the hotline has no such queue${near.length === 0 ? '' : `; near to it: ${near.join(', ')}`}`,
    ],
    [
      '改正写法，或在映射文件的 values.queue 中对应，或在 models/hotline.json 中加上这个队列',
      'correct the spelling, translate it under values.queue in a map file, or add the queue to models/hotline.json',
    ],
  );

export const queueRenamed = (key: string): Finding =>
  finding(
    'queue-renamed',
    [
      `按 models/hotline.json 的名称，这个队列记为 ${key}`,
      `by its name in models/hotline.json this queue is kept as ${key}`,
    ],
    [
      `若不是同一个队列，改 models/hotline.json 中 ${key} 的名称后重新导入`,
      `if it is another queue, change the name of ${key} in models/hotline.json and bring the file in again`,
    ],
  );

export const unknownOutcome: Finding = finding(
  'unknown-outcome',
  [
    '结果应为 answered、abandoned、blocked 或 ended_in_menu',
    'the outcome must be answered, abandoned, blocked or ended_in_menu',
  ],
  [
    '在映射文件的 values.outcome 中逐个对应；null 表示丢弃该行',
    'translate each under values.outcome in a map file; null drops the row',
  ],
);

export const outcomeTaken = (outcome: string): Finding =>
  finding(
    'outcome-guessed',
    [`这个结果按字面当作 ${outcome}`, `this outcome is taken as ${outcome} by its wording`],
    [
      '若不对，在映射文件的 values.outcome 中写明',
      'if that is wrong, say so under values.outcome in a map file',
    ],
  );

export const endBeforeStart: Finding = finding(
  'end-before-start',
  ['结束早于开始', 'the end is before the start'],
  ['改正结束时间', 'correct the end'],
);

const insistText = text(
  '若数值属实，用 --accept-unusual（网页上勾选「数值属实」）导入',
  'if it is true, take it in with --accept-unusual (on the page: "These figures are true")',
);

type Said = Finding & { readonly message: Text };

/** A value that its field can hardly have: the unit is misread, or it is mistyped. */
export const unusualValue = ({ spec, unit }: Binding, most: number): Said => {
  const lasting = spec.type === 'seconds';
  return {
    rule: 'unusual-value',
    message: lasting
      ? text(
          `${spec.field} 超过 ${most} 秒，不太可能`,
          `${spec.field} is above ${most} seconds: hardly possible`,
        )
      : text(`${spec.field} 超过 ${most}，不太可能`, `${spec.field} is above ${most}: hardly possible`),
    remedy: lasting
      ? text(
          `检查单位（现按 ${unit} 读）；若是毫秒，用 --unit ${spec.field}=milliseconds（网页上在列表中选择）；${insistText['zh-CN']}`,
          `check the unit (read as ${unit}); if it is milliseconds, say --unit ${spec.field}=milliseconds (on the page: choose it in the table); ${insistText.en}`,
        )
      : text(`改正数值；${insistText['zh-CN']}`, `correct it; ${insistText.en}`),
  };
};

/** So many values of a column are beyond what it can have that leaving the rows out would not mend it. */
export const unusualColumn = (binding: Binding, count: number, rows: number): Finding => {
  const one = unusualValue(binding, binding.spec.most ?? 0);
  const message = text(
    `${rows} 行中有 ${count} 行的 ${one.message['zh-CN']}`,
    `in ${count} of ${rows} rows ${one.message.en}`,
  );
  return { ...one, message };
};

/** The same, taken in since the user says that it is true. */
export const unusualAccepted = (binding: Binding, count: number): Said => {
  const one = unusualValue(binding, binding.spec.most ?? 0);
  return {
    rule: one.rule,
    message: text(`有 ${count} 行的 ${one.message['zh-CN']}`, `in ${count} rows ${one.message.en}`),
    remedy: takenAsConfirmed,
  };
};

/** How to go on where unusual figures were accepted. */
export const takenAsConfirmed = text(
  '已按你的确认导入；依据这些数据的结果会注明',
  'taken in as you confirmed; answers that rest on it say so',
);
