import type { IngestFindings } from '../ingest/findings/ingest-findings.ts';
import type { UnusualValue } from '../ingest/findings/ingest-problems.ts';
import { fieldName, sheetsLeftOut } from './ingest-names.ts';
import { messages } from './messages.ts';
import type { Sentence, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

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
      `按列名识别：时间取“${time}”，话务量取“${count}”${queue === null ? '' : `，队列取“${queue}”`}；不对时请用 --time-column、--count-column、--queue-column 指定。`,
    en: ({ time, count, queue }) =>
      `Columns were taken by their headings: times from "${time}", counts from "${count}"${queue === null ? '' : `, queues from "${queue}"`}; if that is wrong, name them with --time-column, --count-column and --queue-column.`,
  },
};
