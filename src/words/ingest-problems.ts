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
import type { WideHeadings } from '../ingest/ingest-limits.ts';
import type { Language, Text } from '../kernel/text.ts';
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

const columnPer: Readonly<Record<WideHeadings, Text>> = messages('column-per');

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
  'wide-table': {
    ...columnProblemsSaid['wide-table'],
    message: {
      'zh-CN': ({ by }, { name }) => `表中每个${name(columnPer[by])}占一列，已按一格一行读取`,
      en: ({ by }, { name }) =>
        `the table has a column per ${name(columnPer[by])}: every cell was read as a row`,
    },
  },
  'columns-left-out': {
    ...columnProblemsSaid['columns-left-out'],
    message: {
      'zh-CN': ({ headings }, speech) => `没有用到的列：${listed(headings, speech)}`,
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
  },
  'mapped-column-absent': {
    ...columnProblemsSaid['mapped-column-absent'],
    message: {
      'zh-CN': ({ field, headings }, speech) =>
        `映射文件为“${fieldName(field, speech)}”指定的列不在文件里；文件里的列是：${listed(headings, speech)}`,
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
  'map-file-shape': {
    ...columnProblemsSaid['map-file-shape'],
    message: { 'zh-CN': ({ fault }, { say }) => say(fault), en: ({ fault }, { say }) => say(fault) },
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
      return `“${advice.heading}”的单位多半是${name(unitNames[advice.unit])}；若数值属实，就这样说明，结果会注明`;
    if (advice.kind === 'check-unit')
      return `检查“${advice.heading}”的单位（现按${name(unitNames[advice.unit])}读）以及它是合计还是平均；若数值属实，就这样说明，结果会注明`;
    return '改正写错的数值；若数值属实，就这样说明，结果会注明';
  },
  en: ({ advice }, { name }) => {
    if (advice.kind === 'confirmed') return adviceInEnglish(advice);
    if (advice.kind === 'other-unit')
      return `"${advice.heading}" is most likely in ${name(unitNames[advice.unit])}; if the figures are true, say so, and answers will tell`;
    if (advice.kind === 'check-unit')
      return `check the unit of "${advice.heading}" (read as ${name(unitNames[advice.unit])}) and whether it is a total or a mean; if the figures are true, say so, and answers will tell`;
    return 'correct what is mistyped; if the figures are true, say so, and answers will tell';
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

const sameInBoth = (name: string): Text => ({ 'zh-CN': name, en: name });
const archive = (name: string): Text => ({ 'zh-CN': `${name} 压缩包`, en: `a compressed archive (${name})` });

const otherFiles: Readonly<Record<OtherFile, Text>> = {
  ...messages('other-files'),
  zip: archive('ZIP'),
  bzip2: archive('bzip2'),
  xz: archive('xz'),
  zstd: archive('zstd'),
  '7z': archive('7z'),
  rar: archive('RAR'),
  parquet: sameInBoth('Parquet'),
  json: sameInBoth('JSON'),
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
  ...fileProblemsSaid,
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
  'not-a-table': {
    ...fileProblemsSaid['not-a-table'],
    message: {
      'zh-CN': ({ what }, { name }) => `这不是表格文件，而是${name(otherFiles[what])}`,
      en: ({ what }, { name }) => `this is not a table but ${name(otherFiles[what])}`,
    },
  },
  'sheets-left-out': { ...fileProblemsSaid['sheets-left-out'], message: sheetsLeftOut },
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

const topicProblemsSaid = messages('topic-problems');

/** What is wrong with demands by topic, and what to do. */
export const topicProblems: ProblemSentences<TopicProblems> = {
  ...topicProblemsSaid,
  'topics-of-periods': {
    ...topicProblemsSaid['topics-of-periods'],
    message: {
      'zh-CN': ({ by }) =>
        `各行相隔${spacing['zh-CN'][by]}：按整${by === 'week' ? '周' : '月'}的合计导入，预测时按来电摊到各天`,
      en: ({ by }) =>
        `rows lie ${spacing.en[by]} apart: taken for totals of whole ${by}s, which forecasts spread over their days as the calls were`,
    },
  },
  'unusual-topics': {
    ...topicProblemsSaid['unusual-topics'],
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

const recordProblemsSaid = messages('record-problems');

const placeOf = ({ file, row }: RowPlace): string => `${file}:${row}`;

/** What only the records of all files together show to be wrong, and what to do. */
export const recordProblems: ProblemSentences<RecordProblems> = {
  ...recordProblemsSaid,
  'totals-not-days': {
    ...recordProblemsSaid['totals-not-days'],
    message: {
      'zh-CN': ({ by }) => `各行相隔${spacing['zh-CN'][by]}：看起来是各期的合计，不是每天的话务量`,
      en: ({ by }) => `the rows lie ${spacing.en[by]} apart: they look like totals, not calls of a day`,
    },
  },
  'days-spread': { ...recordProblemsSaid['days-spread'], message: daysSpread },
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
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}；全天合计相符，多半是电话在结束的时段计数`,
      en: ({ parts, whole }, speech) =>
        `${fieldNames(parts, speech)} add up to more than ${fieldName(whole, speech)} in this interval; the day's sums agree, so calls are probably booked when they end`,
    },
  },
  'parts-above-whole-of-day': {
    ...recordProblemsSaid['parts-above-whole-of-day'],
    message: {
      'zh-CN': ({ parts, whole }, speech) =>
        `这一时段${fieldNames(parts, speech)}之和大于${fieldName(whole, speech)}，而且全天合计也对不上`,
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
        `名录中 ${list(named)}${hotlines > named.length ? ` 等 ${hotlines} 条热线` : ''} 与此前的记录不同：以往各期的排名表也改用新的记录`,
      en: ({ named, hotlines }, { list }) =>
        `the list differs from the one before on ${list(named)}${hotlines > named.length ? ` and ${hotlines - named.length} more` : ''}: league tables of past periods follow the new list too`,
    },
  },
};

const rowProblemsSaid = messages('row-problems');

/** What is wrong with a row or a cell, and what to do. */
export const rowProblems: ProblemSentences<RowProblems> = {
  ...rowProblemsSaid,
  'queue-renamed': {
    ...rowProblemsSaid['queue-renamed'],
    message: {
      'zh-CN': ({ key }, { audience }) =>
        `按${audience === 'page' ? '设置中' : ' models/hotline.json '}的名称，这个队列记为 ${key}`,
      en: ({ key }, { audience }) =>
        `by its name in ${audience === 'page' ? 'the settings' : 'models/hotline.json'} this queue is kept as ${key}`,
    },
  },
  'outcome-guessed': {
    ...rowProblemsSaid['outcome-guessed'],
    message: {
      'zh-CN': ({ outcome }, { name }) => `这个结果按字面当作“${name(outcomeNames[outcome])}”`,
      en: ({ outcome }, { name }) =>
        `this outcome is taken as "${name(outcomeNames[outcome])}" by its wording`,
    },
  },
  'unusual-forecast': {
    ...rowProblemsSaid['unusual-forecast'],
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
    ...rowProblemsSaid['unknown-queue'],
    message: {
      'zh-CN': ({ near }, { list }) =>
        `热线没有这个队列${near.length === 0 ? '' : `；相近的有：${list(near)}`}`,
      en: ({ near }, { list }) =>
        `the hotline has no such queue${near.length === 0 ? '' : `; near to it: ${list(near)}`}`,
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
};

const seriesProblemsSaid = messages('series-problems');

/** A column that is not there, by the option that names it; `chineseHeadings` are understood too. */
const missing = (
  kind: 'time' | 'count' | 'queue',
  column: Text,
  chineseHeadings: string,
): ProblemWording<SeriesProblems['missing-time-column']> => ({
  message: {
    'zh-CN': ({ wanted }) =>
      wanted === null ? `找不到${column['zh-CN']}` : `没有名为“${wanted}”的${column['zh-CN']}`,
    en: ({ wanted }) =>
      wanted === null ? `no ${column.en} was found` : `there is no ${column.en} "${wanted}"`,
  },
  remedy: {
    'zh-CN': ({ usual }, { list }) =>
      `列名可用 ${list([...usual, chineseHeadings])} 等，或用 --${kind}-column 指定上面的一个列名。`,
    en: ({ usual }, { list }) =>
      `Name the column one of ${list(usual)}, or name one of these headings with --${kind}-column.`,
  },
});

const spacing = {
  'zh-CN': { week: '一周', month: '一个月', longer: '一个月以上' },
  en: { week: 'a week', month: 'a month', longer: 'more than a month' },
} as const;

/** What is wrong with a bare series, and what to do. */
export const seriesProblems: ProblemSentences<SeriesProblems> = {
  ...seriesProblemsSaid,
  'totals-of-periods': {
    message: {
      'zh-CN': ({ by }) => `各行相隔${spacing['zh-CN'][by]}：看起来是各期的合计，不是每天的话务量`,
      en: ({ by }) => `the rows lie ${spacing.en[by]} apart: they look like totals, not calls of a day`,
    },
    remedy: {
      'zh-CN': ({ by }) =>
        by === 'longer'
          ? '请给出按天、周或月的数据；若确实是单天的话务量，用 --interval 1440 说明。'
          : '这样的合计用 huawu outlook --input 文件 来预测；若确实是单天的话务量，用 --interval 1440 说明。',
      en: ({ by }) =>
        by === 'longer'
          ? 'Give days, weeks or months; if they are calls of single days all the same, say --interval 1440.'
          : 'Totals are forecast by huawu outlook --input FILE; if they are calls of single days all the same, say --interval 1440.',
    },
  },
  'bad-count': {
    ...seriesProblemsSaid['bad-count'],
    message: {
      'zh-CN': ({ negative }) => (negative ? '话务量为负' : '话务量不是数'),
      en: ({ negative }) => (negative ? 'a count below zero' : 'this count is not a number'),
    },
  },
  'missing-time-column': missing(
    'time',
    { 'zh-CN': '时间列', en: 'column of times' },
    '开始时间、日期 + 时段',
  ),
  'missing-count-column': missing(
    'count',
    { 'zh-CN': '话务量列', en: 'column of counts' },
    '人工请求量、来电量',
  ),
  'missing-queue-column': missing('queue', { 'zh-CN': '队列列', en: 'column of queues' }, '技能组'),
};
