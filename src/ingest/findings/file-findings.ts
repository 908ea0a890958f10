import { text, type Text } from '../../kernel/text.ts';
import type { WideHeadings } from '../tables/wide-headings.ts';
import { finding, type Finding } from './problem-ledger.ts';

/** What can be wrong with a file as a whole, in words that a planner understands. */

export const emptyFile: Finding = finding(
  'empty-file',
  ['文件是空的', 'the file is empty'],
  ['重新从话务系统导出后再试', 'export it again from the switchboard and retry'],
);

export const noRows: Finding = finding(
  'no-rows',
  ['只有标题行，没有数据行', 'there is a heading but no data row'],
  ['检查导出时选择的日期和队列', 'check the dates and queues chosen for the export'],
);

export const noFiles: Finding = finding(
  'no-files',
  ['没有给出文件', 'no file was given'],
  ['至少给出一个文件', 'give at least one file'],
);

export const otherKindOfFile = (what: Text): Finding =>
  finding(
    'not-a-table',
    [`这不是表格文件，而是${what['zh-CN']}`, `this is not a table but ${what.en}`],
    ['导出为 CSV 或 XLSX 后再试', 'export the data as CSV or XLSX and retry'],
  );

export const encodingNotTold: Finding = finding(
  'encoding-not-told',
  [
    '看不出文字编码：既不是 UTF-8、GB18030，也不是 UTF-16',
    'the encoding of the text cannot be told: it is neither UTF-8 nor GB18030 nor UTF-16',
  ],
  [
    '若是文本表格，用 --encoding 指明（如 windows-1252、big5、shift_jis），或另存为 UTF-8 的 CSV',
    'if it is a table of text, name it with --encoding (windows-1252, big5, shift_jis, ...) or save it as UTF-8 CSV',
  ],
);

export const headingsGarbled: Finding = finding(
  'headings-garbled',
  [
    '按 GB18030 读出的列名一个也认不出；若看上去是乱码，文件多半是别的编码',
    'read as GB18030, no heading is understood; if they look garbled, the file is in another encoding',
  ],
  [
    '用 --encoding 指明编码（如 big5、shift_jis），或另存为 UTF-8 的 CSV',
    'name it with --encoding (big5, shift_jis, ...) or save the file as UTF-8 CSV',
  ],
);

export const zeroBytes: Finding = finding(
  'zero-bytes',
  [
    '文件里有空字节（NUL），正常的表格里不会有：多半是复制中断、磁盘出错，或根本不是表格',
    'the file holds zero bytes (NUL), which no table does: it was cut off while being copied, damaged, or is no table',
  ],
  ['重新导出或重新复制这个文件', 'export or copy the file again'],
);

export const tooManyColumns = (most: number): Finding =>
  finding(
    'too-many-columns',
    [`这一行的列数超过 ${most}`, `this row has more than ${most} columns`],
    [
      '只导出需要的列；逐时段数据应一行一个时段',
      'export only the columns that are needed, one row per interval',
    ],
  );

export const sheetsLeft = (names: readonly string[]): Finding =>
  finding(
    'sheets-left-out',
    [
      `工作簿中还有工作表没有读取：${listed(names, '、')}`,
      `other sheets of the workbook were not read: ${listed(names, ', ')}`,
    ],
    [
      '标题行与所读工作表相同的才一并读取；要读其中一张，用 --sheet 指明',
      'only sheets with the same heading are read together; name one with --sheet to read it',
    ],
  );

export const hiddenRowsRead = (rows: number): Finding =>
  finding(
    'hidden-rows-read',
    [
      `${rows} 行在表格中是隐藏的，也读取了`,
      `${rows} rows are hidden in the spreadsheet and were read all the same`,
    ],
    ['若不该计入，请在表格中删除这些行', 'if they should not count, delete them in the spreadsheet'],
  );

const headedBy: Readonly<Record<WideHeadings, Text>> = {
  date: text('日期', 'date'),
  clock: text('时段', 'time of day'),
  weekday: text('星期几', 'weekday'),
  queue: text('队列', 'queue'),
};

export const wideTableRead = (by: WideHeadings): Finding =>
  finding(
    'wide-table',
    [
      `表中每个${headedBy[by]['zh-CN']}占一列，已按一格一行读取`,
      `the table has a column per ${headedBy[by].en}: every cell was read as a row`,
    ],
    [
      '若不对，在映射文件的 wide 中写明',
      'if that is wrong, say how it is laid out under "wide" in a map file',
    ],
  );

export const columnsLeft = (headings: readonly string[]): Finding =>
  finding(
    'columns-left-out',
    [`没有用到的列：${listed(headings, '、')}`, `columns that were not used: ${listed(headings, ', ')}`],
    [
      '若其中有需要的，在映射文件的 columns 中写明',
      'if one of them is needed, name it under "columns" in a map file',
    ],
  );

export const wrongEncoding = (encoding: string): Finding =>
  finding(
    'wrong-encoding',
    [`这段文字不是 ${encoding} 编码`, `this text is not ${encoding}`],
    [
      '用 --encoding 指明编码（如 gb18030、utf-8、utf-16le），或另存为 UTF-8 的 CSV',
      'name the encoding with --encoding (gb18030, utf-8, utf-16le, ...) or save the file as UTF-8 CSV',
    ],
  );

export const unknownEncoding = (label: string): Finding =>
  finding(
    'unknown-encoding',
    [`不认识的编码「${label}」`, `the encoding "${label}" is not known`],
    [
      '用 auto、utf-8、gb18030、big5、utf-16le 或 utf-16be',
      'use auto, utf-8, gb18030, big5, utf-16le or utf-16be',
    ],
  );

export const cellTooLong = (bytes: number): Finding =>
  finding(
    'cell-too-long',
    [`单元格超过 ${bytes} 字节，不可能是数据`, `this cell is longer than ${bytes} bytes and cannot be data`],
    [
      '检查引号是否成对、分隔符是否正确；长说明请从导出中去掉',
      'see whether quotes come in pairs and the separator is right; leave long remarks out of the export',
    ],
  );

export const lineTooLong = (bytes: number): Finding =>
  finding(
    'line-too-long',
    [
      `这一行超过 ${bytes} 字节还没有结束，文件不是正常的表格`,
      `this line does not end within ${bytes} bytes: the file is not a proper table`,
    ],
    [
      '检查文件是否损坏或不是 CSV；重新导出',
      'see whether the file is damaged or not CSV at all; export it again',
    ],
  );

export const inflatesTooFar = (limit: string): Finding =>
  finding(
    'inflates-too-far',
    [
      `解压后超过限制（${limit}），可能是恶意或损坏的压缩文件`,
      `it inflates beyond the limit (${limit}) and may be malicious or damaged`,
    ],
    ['自行解压，确认内容后按月份分成几个文件', 'unpack it yourself, look at it, and split it by months'],
  );

export const damagedArchive: Finding = finding(
  'damaged-archive',
  ['压缩文件损坏或不完整', 'the compressed file is damaged or incomplete'],
  ['重新复制或重新导出文件', 'copy or export the file again'],
);

export const spreadsheetTooLarge = (megabytes: number): Finding =>
  finding(
    'spreadsheet-too-large',
    [`电子表格超过 ${megabytes} MB`, `the spreadsheet is larger than ${megabytes} MB`],
    ['另存为 CSV:CSV 没有大小限制', 'save it as CSV, which has no size limit'],
  );

/** What of a workbook, or of what reading it takes, is more than may be, and how much may be: in MB, seconds, or as many. */
export interface WorkbookExcess {
  readonly what: 'cells' | 'text' | 'memory' | 'time';
  readonly most: number;
}

const excessWords: Readonly<Record<WorkbookExcess['what'], (most: number) => readonly [string, string]>> = {
  cells: (most) => [`单元格超过 ${most} 个`, `it has more than ${most} cells`],
  text: (most) => [`文字超过 ${most} MB`, `its text is more than ${most} MB`],
  memory: (most) => [`读取所需内存超过 ${most} MB`, `reading it takes more than ${most} MB of memory`],
  time: (most) => [`读取所需时间超过 ${most} 秒`, `reading it takes more than ${most} seconds`],
};

export const workbookTooLarge = (excess: WorkbookExcess): Finding => {
  const [chinese, english] = excessWords[excess.what](excess.most);
  return finding(
    `workbook-exceeds-${excess.what}`,
    [
      `电子表格${chinese}，已停止读取：内容过多，或文件已损坏`,
      `the workbook was given up: ${english}. It holds too much or is damaged`,
    ],
    [
      '用电子表格软件打开，只保留有数据的工作表、行和列，另存为 CSV',
      'open it in a spreadsheet program, keep the sheet, rows and columns that hold data, and save them as CSV',
    ],
  );
};

export const seriesTooLarge = (megabytes: number): Finding =>
  finding(
    'series-too-large',
    [`文件超过 ${megabytes} MB`, `the file is larger than ${megabytes} MB`],
    [
      '先汇总为每时段一行；逐通话单请用 huawu ingest calls 导入工作区。',
      'Sum it to one row per interval first; bring call records into a workspace with huawu ingest calls.',
    ],
  );

export const damagedSpreadsheet: Finding = finding(
  'damaged-spreadsheet',
  [
    '无法打开这个电子表格：已损坏、有密码或不是 XLSX',
    'the spreadsheet cannot be opened: damaged, protected by a password, or not XLSX',
  ],
  [
    '用电子表格软件打开，取消密码，另存为 XLSX 或 CSV',
    'open it in a spreadsheet program, remove the password and save it as XLSX or CSV',
  ],
);

export const noSuchSheet = (sheet: string, sheets: readonly string[]): Finding =>
  finding(
    'no-such-sheet',
    [
      `没有名为「${sheet}」的工作表，有：${sheets.join('、')}`,
      `there is no sheet "${sheet}"; there are: ${sheets.join(', ')}`,
    ],
    ['改用其中一个工作表名', 'name one of these'],
  );

const remedyOfMissing = (field: string): readonly [string, string] => {
  if (field === 'queue')
    return [
      '若全是一个队列，用 --queue 指明；否则在映射文件的 columns 中写明哪一列是 queue',
      'if it is all one queue, name it with --queue; else say in a map file under "columns" which column is queue',
    ];
  const wide = field === 'offered';
  return [
    `在映射文件的 columns 中写明哪一列是 ${field}，或在 constants 中给出固定值${wide ? '；若每个队列各占一列，在 wide 中写明' : ''}`,
    `say in a map file under "columns" which column is ${field}, or give it a value under "constants"${wide ? '; where each queue has a column of its own, say so under "wide"' : ''}`,
  ];
};

export const missingColumn = (field: string, headings: readonly string[]): Finding =>
  finding(
    'missing-column',
    [
      `缺少「${field}」列；文件里的列是：${listed(headings, '、')}`,
      `the column "${field}" is missing; the file has: ${listed(headings, ', ')}`,
    ],
    remedyOfMissing(field),
  );

export const mappedHeadingAbsent = (field: string, headings: readonly string[]): Finding =>
  finding(
    'mapped-column-absent',
    [
      `映射文件为 ${field} 指定的列不在文件里；文件里的列是：${listed(headings, '、')}`,
      `the column that the map file names for ${field} is not in the file, which has: ${listed(headings, ', ')}`,
    ],
    ['改正映射文件中的列名', 'correct the heading in the map file'],
  );

export const twoColumnsForField = (field: string, taken: string, other: string): Finding =>
  finding(
    'two-columns-for-field',
    [
      `「${taken}」和「${other}」都像 ${field}，取了前者`,
      `"${taken}" and "${other}" both look like ${field}; the first is taken`,
    ],
    ['若不对，在映射文件的 columns 中写明', 'if that is wrong, say which under "columns" in a map file'],
  );

export const columnsGuessed = (taken: readonly (readonly [string, string])[]): Finding => {
  const pairs = taken.map(([column, field]) => `${column} → ${field}`);
  return finding(
    'columns-guessed',
    [`各列按列名取用：${pairs.join('、')}`, `columns are taken by their headings: ${pairs.join(', ')}`],
    ['若不对，在映射文件的 columns 中写明', 'if that is wrong, say so under "columns" in a map file'],
  );
};

export const unreadableFile = (why: string): Finding =>
  finding(
    'unreadable-file',
    [`读取中断：${why}`, `reading broke off: ${why}`],
    ['检查磁盘或网络后重试；没有写入任何数据', 'check disk or network and retry; nothing was written'],
  );

const listed = (headings: readonly string[], separator: string): string => {
  const shown = headings
    .slice(0, 20)
    .map((heading) => (heading.length <= 60 ? heading : `${heading.slice(0, 60)}…`))
    .join(separator);
  return headings.length <= 20 ? shown : `${shown}${separator}…(${headings.length})`;
};
