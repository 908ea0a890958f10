import type { DurationUnit } from '../contract/duration-units.ts';
import type { PresetName } from '../ingest/columns/preset-tables.ts';
import type { IngestFindings, ShownNames, UnusualValue } from '../ingest/findings/ingest-problems.ts';
import type { CallOutcome } from '../kernel/records.ts';
import type { Text } from '../kernel/text.ts';
import { messages } from './messages.ts';
import type { Label, Sentence, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** Names out of a file, with how many there are where not all are listed. */
export const listed = ({ shown, all }: ShownNames, { list }: Speech): string =>
  list(all > shown.length ? [...shown, `…(${all})`] : shown);

export const sheetsLeftOut: Sentence<{ readonly sheets: ShownNames }> = {
  'zh-CN': ({ sheets }, speech) => `工作簿中未读取的工作表：${listed(sheets, speech)}`,
  en: ({ sheets }, speech) => `other sheets of the workbook were not read: ${listed(sheets, speech)}`,
};

/** What may become of a call. */
export const outcomeNames = messages('outcome-names') satisfies Readonly<Record<CallOutcome, Text>>;

/** How durations are written. */
export const unitNames = messages('unit-names') satisfies Readonly<Record<DurationUnit, Text>>;

const names = new Map<string, Label>();

/** Makes the names of fields known: on the page they come with the views that read files, elsewhere from the start. */
export const nameFields = (words: Readonly<Record<string, Label>>): void => {
  for (const [key, label] of Object.entries(words)) names.set(key, label);
};

const withKey = {
  'zh-CN': (name: string, field: string) => `${name}（${field}）`,
  en: (name: string, field: string) => `${name} (${field})`,
};

/**
 * A field of a file, or of its records, as a reader calls it; an indicator's by its own name. Beside the page, who reads
 * writes map files and options: they are told its key as well.
 */
export const fieldName = (field: string, { language, audience }: Speech): string => {
  const key = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const name = names.get(`field.${key}`)?.[language] ?? field.replace(/^indicator:/, '');
  return audience === 'page' || name === field ? name : withKey[language](name, field);
};

/** Fields that are added up, `answered + abandoned`, as a reader calls them. */
export const fieldNames = (sum: string, speech: Speech): string =>
  sum
    .split(' + ')
    .map((field) => fieldName(field, speech))
    .join(' + ');

/** What people call the presets that the product brings along. */
export const presetTitles: Readonly<Record<PresetName, Text>> = messages('preset-titles');

const unusualInChinese = ({ field, most, unit, rows }: UnusualValue, speech: Speech): string => {
  const beyond = `“${fieldName(field, speech)}”超过 ${most}${unit === null ? '' : ' 秒'}，不太可能`;
  if (rows === null) return beyond;
  return rows.of === null
    ? `有 ${rows.count} 行的${beyond}`
    : `${rows.of} 行中有 ${rows.count} 行的${beyond}`;
};

const unusualInEnglish = ({ field, most, unit, rows }: UnusualValue, speech: Speech): string => {
  const beyond = `${fieldName(field, speech)} is above ${most}${unit === null ? '' : ' seconds'}: hardly possible`;
  if (rows === null) return beyond;
  return rows.of === null
    ? `in ${rows.count} rows ${beyond}`
    : `in ${rows.count} of ${rows.of} rows ${beyond}`;
};

export const unusualValue: Sentence<UnusualValue> = {
  'zh-CN': unusualInChinese,
  en: unusualInEnglish,
};

export const daysSpread: Sentence<IngestFindings['days-spread']> = messages('findings').daysSpread;

/** What ingest finds, in sentences. */
export const ingestSentences: Sentences<IngestFindings> = {
  'unusual-value': unusualValue,
  'days-spread': daysSpread,
  'sheets-left-out': sheetsLeftOut,
  'series-columns-guessed': {
    'zh-CN': ({ time, count, queue }) =>
      `按列名识别：时间取“${time}”，话务量取“${count}”${queue === null ? '' : `，队列取“${queue}”`}；若不对，请用 --time-column、--count-column、--queue-column 指定。`,
    en: ({ time, count, queue }) =>
      `Columns were taken by their headings: times from "${time}", counts from "${count}"${queue === null ? '' : `, queues from "${queue}"`}; if that is wrong, name them with --time-column, --count-column and --queue-column.`,
  },
};
