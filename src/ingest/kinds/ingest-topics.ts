import type { TopicRecord } from '../../kernel/records.ts';
import { dateOfDayNumber, dayNumber } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import type { Binding } from '../columns/bind-columns.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { Reading } from '../rows/read-files.ts';
import type { RowReader } from '../rows/row-reader.ts';
import { totalsOf } from '../series/series-csv.ts';
import { present, recordsReader } from './unique-records.ts';

/** More topics than a classification has: the column holds something else. */
const mostTopics = 1000;

/** Rows that add topics up. */
const isTotal = (topic: string): boolean => /^(合计|总计|小计|汇总|全部|total|all|grand total)$/i.test(topic);

const monthAlone = /^(\d{4})(?:[-/.]|年)?(\d{1,2})月?$/;

/** A day, or the first day of a month that is named without one. */
const readDay = (reader: RowReader, binding: Binding | undefined): string | undefined => {
  const [, year, month = ''] = monthAlone.exec(reader.text(binding)?.normalize('NFKC') ?? '') ?? [];
  if (year !== undefined && Number(month) >= 1 && Number(month) <= 12)
    return `${year}-${month.padStart(2, '0')}-01`;
  return reader.date(binding);
};

/** A topic as its levels, parted by '/'. */
const pathOf = (topic: string, subtopic: string | undefined): string =>
  [topic, subtopic ?? '']
    .flatMap((part) => part.normalize('NFKC').split(/[/>»→]/))
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');

type Counted = Omit<TopicRecord, 'days'>;

/**
 * Reads demands by topic (docs/en/reference/data-formats.md): counts of days, weeks or months, or one row a demand, which
 * are then counted by day. Throws BadInputError.
 */
export const ingestTopics = recordsReader<'topics', Counted>(
  'topics',
  ({ rows, queues, reading, options }) => {
    const single = new Map<string, Counted>();
    return {
      begin: (reader) => {
        const [topic, subtopic, date, queueOf, demands] = [
          'topic',
          'subtopic',
          'date',
          'queue',
          'demands',
        ].map((field) => reader.binding(field));
        return () => {
          const path = pathOf(reader.text(topic) ?? '', reader.text(subtopic));
          if (isTotal(path)) reader.dropped = true;
          if (reader.dropped) return;
          const day = readDay(reader, date);
          const queue =
            reader.text(queueOf) === undefined ? undefined : queues.names[queues.read(reader, queueOf)];
          const count = demands === undefined ? 1 : reader.count(demands);
          if (Number.isNaN(count) && !reader.bad)
            reader.reject(defect('missing-value', { field: 'demands', summed: false }), demands, '');
          if (path === '' && !reader.bad)
            reader.reject(defect('missing-value', { field: 'topic', summed: false }), topic, '');
          if (reader.bad || reader.dropped || day === undefined) return;
          const record = { topic: path, date: day, demands: count, ...present({ queue }) };
          const key = [path, day, queue ?? ''];
          if (demands !== undefined) return rows.add(reader, key, record);
          const at = JSON.stringify(key);
          single.set(at, { ...record, demands: 1 + (single.get(at)?.demands ?? 0) });
        };
      },
      finish: () => {
        reading.ledger.throwIfAny();
        const records = [
          ...withDays(rows.records, reading),
          ...[...single.values()].map((one) => ({ ...one, days: 1 })),
        ];
        questionTopics(records, options, reading);
        return records;
      },
    };
  },
);

/** Counts with the days that each is of, inferred from how far apart the file's days lie. */
const withDays = (counts: readonly Counted[], { ledger, files }: Reading): TopicRecord[] => {
  const by = totalsOf([[...new Set(counts.map(({ date }) => dayNumber(date)))]]);
  if (by === 'longer') ledger.refuse(defect('topics-too-coarse'), { file: files[0]?.file, column: 'date' });
  if (by === 'week' || by === 'month')
    ledger.notice(defect('topics-of-periods', { by }), { file: files[0]?.file, column: 'date' });
  return counts.map((count) => {
    const month = `${count.date.slice(0, 8)}01`;
    if (by !== 'month') return { ...count, days: by === 'week' ? 7 : 1 };
    const next = dayNumber(`${dateOfDayNumber(dayNumber(month) + 31).slice(0, 8)}01`);
    return { ...count, date: month, days: next - dayNumber(month) };
  });
};

/** Times of the line's calls from which demands are questioned. */
const farTimes = 5;

/** Questions what topics of a line can hardly be: more of them than a classification has, far more demands than calls. */
const questionTopics = (
  records: readonly TopicRecord[],
  { callsPerDay = new Map(), acceptUnusual }: IngestOptions,
  { ledger, files }: Reading,
): void => {
  const file = files[0]?.file;
  const topics = new Set(records.map(({ topic }) => topic));
  if (topics.size > mostTopics)
    ledger.refuse(defect('too-many-topics', { topics: topics.size, most: mostTopics }), {
      file,
      column: 'topic',
    });
  const lengths = new Map(records.map(({ date, days }) => [date, days]));
  const days = sumOf([...lengths.values()]);
  const perDay = records.reduce((sum, { demands }) => sum + demands, 0) / Math.max(1, days);
  const usual = sumOf([...callsPerDay.values()]);
  if (usual === 0 || perDay <= farTimes * usual) return;
  const confirmed = acceptUnusual === true;
  const wrong = defect('unusual-topics', { perDay, usual, confirmed });
  const place = { file, column: 'demands' };
  if (confirmed) ledger.warn(wrong, place);
  else ledger.refuse(wrong, place);
};
