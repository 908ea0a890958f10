import type { FileProblems, OtherFile } from '../../ingest/findings/ingest-problems.ts';
import type { Language, Text } from '../../kernel/text.ts';
import type { ProblemSentences, ProblemWording } from '../sentences.ts';
import { sheetsLeftOut } from './names.ts';

const sameInBoth = (name: string): Text => ({ 'zh-CN': name, en: name });
const archive = (name: string): Text => ({ 'zh-CN': `${name} 压缩包`, en: `a compressed archive (${name})` });

const otherFiles: Readonly<Record<OtherFile, Text>> = {
  pdf: { 'zh-CN': 'PDF 文档', en: 'a PDF document' },
  word: { 'zh-CN': 'Word 文档', en: 'a Word document' },
  powerpoint: { 'zh-CN': 'PowerPoint 文档', en: 'a PowerPoint document' },
  png: { 'zh-CN': 'PNG 图片', en: 'a PNG image' },
  jpeg: { 'zh-CN': 'JPEG 图片', en: 'a JPEG image' },
  gif: { 'zh-CN': 'GIF 图片', en: 'a GIF image' },
  zip: archive('ZIP'),
  bzip2: archive('bzip2'),
  xz: archive('xz'),
  zstd: archive('zstd'),
  '7z': archive('7z'),
  rar: archive('RAR'),
  'gzip-in-gzip': { 'zh-CN': '套了两层的 gzip', en: 'gzip within gzip' },
  parquet: sameInBoth('Parquet'),
  json: sameInBoth('JSON'),
  sqlite: { 'zh-CN': 'SQLite 数据库', en: 'an SQLite database' },
  program: { 'zh-CN': '程序', en: 'a program' },
  media: { 'zh-CN': '音频或视频', en: 'audio or video' },
  audio: { 'zh-CN': '音频', en: 'audio' },
  'web-page': { 'zh-CN': '网页或 XML', en: 'a web page or XML' },
  binary: { 'zh-CN': '二进制文件', en: 'binary data' },
};

type Excess = { readonly most: number };

const exceeding = (what: Readonly<Record<Language, (excess: Excess) => string>>): ProblemWording<Excess> => ({
  message: {
    'zh-CN': (excess) => `电子表格${what['zh-CN'](excess)}，已停止读取：内容过多，或文件已损坏`,
    en: (excess) => `the workbook was given up: ${what.en(excess)}. It holds too much or is damaged`,
  },
  remedy: {
    'zh-CN': '用电子表格软件打开，只保留有数据的工作表、行和列，另存为 CSV',
    en: 'open it in a spreadsheet program, keep the sheet, rows and columns that hold data, and save them as CSV',
  },
});

/** What is wrong with a file as a whole, and what to do. */
export const fileProblems: ProblemSentences<FileProblems> = {
  'empty-file': {
    message: { 'zh-CN': '文件是空的', en: 'the file is empty' },
    remedy: { 'zh-CN': '重新从话务系统导出后再试', en: 'export it again from the switchboard and retry' },
  },
  'no-rows': {
    message: { 'zh-CN': '只有标题行，没有数据行', en: 'there is a heading but no data row' },
    remedy: { 'zh-CN': '检查导出时选择的日期和队列', en: 'check the dates and queues chosen for the export' },
  },
  'no-files': {
    message: { 'zh-CN': '没有给出文件', en: 'no file was given' },
    remedy: { 'zh-CN': '至少给出一个文件', en: 'give at least one file' },
  },
  'encoding-not-told': {
    message: {
      'zh-CN': ({ likely }) =>
        likely === null
          ? '看不出文字编码：既不是 UTF-8、GB18030，也不是 UTF-16'
          : `文字看起来是西欧编码（${likely}），请确认`,
      en: ({ likely }) =>
        likely === null
          ? 'the encoding of the text cannot be recognised: it is neither UTF-8 nor GB18030 nor UTF-16'
          : `the text looks Western European (${likely}); please confirm`,
    },
    remedy: {
      'zh-CN': ({ likely }) =>
        likely === null
          ? '若是文本表格，用 --encoding 指明（如 windows-1252、big5、shift_jis），或另存为 UTF-8 的 CSV'
          : `加 --encoding ${likely}；若是中文，加 --encoding gb18030`,
      en: ({ likely }) =>
        likely === null
          ? 'if it is a table of text, name it with --encoding (windows-1252, big5, shift_jis, ...) or save it as UTF-8 CSV'
          : `add --encoding ${likely}; if it is Chinese, --encoding gb18030`,
    },
    onPage: {
      'zh-CN': ({ likely }) =>
        likely === null
          ? '若是文本表格，换一种文字编码再试，或另存为 UTF-8 的 CSV'
          : '请在上方选一种文字编码',
      en: ({ likely }) =>
        likely === null
          ? 'if it is a table of text, try another text encoding, or save it as UTF-8 CSV'
          : 'choose the encoding above',
    },
  },
  'zero-bytes': {
    message: {
      'zh-CN': '文件里有空字节（NUL），正常的表格里不会有：多半是复制中断、磁盘出错，或根本不是表格',
      en: 'the file holds zero bytes (NUL), which no table does: it was cut off while being copied, damaged, or is no table',
    },
    remedy: { 'zh-CN': '重新导出或重新复制这个文件', en: 'export or copy the file again' },
  },
  'too-many-columns': {
    message: {
      'zh-CN': ({ most }) => `这一行的列数超过 ${most}`,
      en: ({ most }) => `this row has more than ${most} columns`,
    },
    remedy: {
      'zh-CN': '只导出需要的列；逐时段数据应一行一个时段',
      en: 'export only the columns that are needed, one row per interval',
    },
  },
  'hidden-rows-read': {
    message: {
      'zh-CN': ({ rows }) => `${rows} 行在表格中是隐藏的，也读取了`,
      en: ({ rows }) => `${rows} rows are hidden in the spreadsheet and were read all the same`,
    },
    remedy: {
      'zh-CN': '若不该计入，请在表格中删除这些行',
      en: 'if they should not count, delete them in the spreadsheet',
    },
  },
  'wrong-encoding': {
    message: {
      'zh-CN': ({ encoding }) => `这段文字不是 ${encoding} 编码`,
      en: ({ encoding }) => `this text is not ${encoding}`,
    },
    remedy: {
      'zh-CN': '用 --encoding 指明编码（如 gb18030、utf-8、utf-16le），或另存为 UTF-8 的 CSV',
      en: 'name the encoding with --encoding (gb18030, utf-8, utf-16le, ...) or save the file as UTF-8 CSV',
    },
    onPage: {
      'zh-CN': '换一种文字编码再试，或另存为 UTF-8 的 CSV',
      en: 'try another text encoding, or save the file as UTF-8 CSV',
    },
  },
  'unknown-encoding': {
    message: {
      'zh-CN': ({ label }) => `不认识的编码“${label}”`,
      en: ({ label }) => `the encoding "${label}" is not known`,
    },
    remedy: {
      'zh-CN':
        '请把文件另存为 UTF-8；能读的编码有 utf-8、gb18030、big5、utf-16le、utf-16be（auto 为自动识别）',
      en: 'save the file as UTF-8; auto, utf-8, gb18030, big5, utf-16le and utf-16be can be read',
    },
  },
  'cell-too-long': {
    message: {
      'zh-CN': ({ bytes }) => `单元格超过 ${bytes} 字节，不可能是数据`,
      en: ({ bytes }) => `this cell is longer than ${bytes} bytes and cannot be data`,
    },
    remedy: {
      'zh-CN': '检查引号是否成对、分隔符是否正确；长说明请从导出中去掉',
      en: 'see whether quotes come in pairs and the separator is right; leave long remarks out of the export',
    },
  },
  'line-too-long': {
    message: {
      'zh-CN': ({ bytes }) => `这一行超过 ${bytes} 字节还没有结束，文件不是正常的表格`,
      en: ({ bytes }) => `this line does not end within ${bytes} bytes: the file is not a proper table`,
    },
    remedy: {
      'zh-CN': '检查文件是否损坏或不是 CSV；重新导出',
      en: 'see whether the file is damaged or not CSV at all; export it again',
    },
  },
  'inflates-too-far': {
    message: {
      'zh-CN': ({ limit }) => `解压后超过限制（${limit}），可能是恶意或损坏的压缩文件`,
      en: ({ limit }) => `it inflates beyond the limit (${limit}) and may be malicious or damaged`,
    },
    remedy: {
      'zh-CN': '自行解压，确认内容后按月份分成几个文件',
      en: 'unpack it yourself, look at it, and split it by months',
    },
  },
  'file-exceeds-time': {
    message: {
      'zh-CN': ({ most }) =>
        `读取所需的处理器时间超过 ${most} 秒，以这样大小的文件而言过多，文件可能是恶意的或已损坏`,
      en: ({ most }) =>
        `reading it takes more than ${most} seconds of processor time, too much for a file of its size; it may be malicious or damaged`,
    },
    remedy: {
      'zh-CN': '检查文件内容（引号是否成对、解压后有多大），再按月份分成几个文件',
      en: 'look at what it holds (quotes in pairs, its size unpacked), and split it by months',
    },
  },
  'damaged-archive': {
    message: { 'zh-CN': '压缩文件损坏或不完整', en: 'the compressed file is damaged or incomplete' },
    remedy: { 'zh-CN': '重新复制或重新导出文件', en: 'copy or export the file again' },
  },
  'spreadsheet-too-large': {
    message: {
      'zh-CN': ({ megabytes }) => `电子表格超过 ${megabytes} MB`,
      en: ({ megabytes }) => `the spreadsheet is larger than ${megabytes} MB`,
    },
    remedy: { 'zh-CN': '另存为 CSV，CSV  没有大小限制', en: 'save it as CSV, which has no size limit' },
  },
  'series-too-large': {
    message: {
      'zh-CN': ({ megabytes }) => `文件超过 ${megabytes} MB`,
      en: ({ megabytes }) => `the file is larger than ${megabytes} MB`,
    },
    remedy: {
      'zh-CN': '先汇总为每时段一行；逐通话单请用 huawu ingest calls 导入工作区。',
      en: 'Sum it to one row per interval first; bring call records into a workspace with huawu ingest calls.',
    },
  },
  'damaged-spreadsheet': {
    message: {
      'zh-CN': '无法打开这个电子表格：已损坏、有密码或不是 XLSX',
      en: 'the spreadsheet cannot be opened: damaged, protected by a password, or not XLSX',
    },
    remedy: {
      'zh-CN': '用电子表格软件打开，取消密码，另存为 XLSX 或 CSV',
      en: 'open it in a spreadsheet program, remove the password and save it as XLSX or CSV',
    },
  },
  'no-such-sheet': {
    message: {
      'zh-CN': ({ sheet, sheets }, { list }) => `没有名为“${sheet}”的工作表，有：${list(sheets)}`,
      en: ({ sheet, sheets }, { list }) => `there is no sheet "${sheet}"; there are: ${list(sheets)}`,
    },
    remedy: { 'zh-CN': '改用其中一个工作表名', en: 'name one of these' },
  },
  'unreadable-file': {
    message: { 'zh-CN': ({ why }) => `读取中断：${why}`, en: ({ why }) => `reading broke off: ${why}` },
    remedy: {
      'zh-CN': '检查磁盘或网络后重试；没有写入任何数据',
      en: 'check disk or network and retry; nothing was written',
    },
  },
  'rows-dropped': {
    message: {
      'zh-CN': ({ count }) => `${count} 行没有计入：合计行、重复的表头、页码，或设为不计的行`,
      en: ({ count }) =>
        `${count} rows were left out: totals of other rows, repeated headings, page numbers, or rows that are set to be left out`,
    },
    remedy: { 'zh-CN': '无需处理', en: 'nothing to do' },
  },
  'too-many-bad-rows': {
    message: {
      'zh-CN': ({ limit }) => `无法使用的行超过 ${limit} 行`,
      en: ({ limit }) => `more than ${limit} rows cannot be used`,
    },
    remedy: {
      'zh-CN': '多半是列对应错了或文件不是这一类：检查映射文件和命令中的数据种类',
      en: 'the columns are probably mapped wrongly or the file is of another kind: check the map file and the kind of data',
    },
    onPage: {
      'zh-CN': '多半是列对应错了，或文件不是这一类：核对上面的表和文件内容',
      en: 'the columns are probably read wrongly or the file is of another kind: check the table above and what the file holds',
    },
  },
  'not-a-table': {
    message: {
      'zh-CN': ({ what }, { name }) => `这不是表格文件，而是${name(otherFiles[what])}`,
      en: ({ what }, { name }) => `this is not a table but ${name(otherFiles[what])}`,
    },
    remedy: { 'zh-CN': '导出为 CSV 或 XLSX 后再试', en: 'export the data as CSV or XLSX and retry' },
  },
  'sheets-left-out': {
    message: sheetsLeftOut,
    remedy: {
      'zh-CN': '标题行与所读工作表相同的才一并读取；要读其中一张，用 --sheet 指明',
      en: 'only sheets with the same heading are read together; name one with --sheet to read it',
    },
    onPage: {
      'zh-CN': '标题行与所读工作表相同的才一并读取；要读其中一张，选那一张',
      en: 'only sheets with the same heading are read together; choose one to read it',
    },
  },
  'workbook-exceeds-cells': exceeding({
    'zh-CN': ({ most }) => `单元格超过 ${most} 个`,
    en: ({ most }) => `it has more than ${most} cells`,
  }),
  'workbook-exceeds-text': exceeding({
    'zh-CN': ({ most }) => `文字超过 ${most} MB`,
    en: ({ most }) => `its text is more than ${most} MB`,
  }),
  'workbook-exceeds-memory': exceeding({
    'zh-CN': ({ most }) => `读取所需内存超过 ${most} MB`,
    en: ({ most }) => `reading it takes more than ${most} MB of memory`,
  }),
  'workbook-exceeds-time': exceeding({
    'zh-CN': ({ most }) => `读取所需时间超过 ${most} 秒`,
    en: ({ most }) => `reading it takes more than ${most} seconds`,
  }),
};
