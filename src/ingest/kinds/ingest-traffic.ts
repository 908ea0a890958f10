import { defect } from '../findings/defect.ts';
import type { TrafficRecord } from '../../kernel/records.ts';
import type { Binding } from '../columns/bound-table.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { finishTraffic } from './finish-traffic.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../ingest-options.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../read-files.ts';
import type { RowReader } from '../cells/row-reader.ts';
import { TrafficTable, type TrafficColumn } from './traffic-table.ts';

const countFields = [
  ['offered', 'offered'],
  ['answered', 'answered'],
  ['abandoned', 'abandoned'],
  ['short_abandoned', 'shortAbandoned'],
  ['blocked', 'blocked'],
  ['answered_in_threshold', 'answeredInThreshold'],
] as const;

/** What offered is added up from where the file has no column of it. */
const partsOfOffered: ReadonlySet<TrafficColumn> = new Set(['answered', 'abandoned', 'blocked']);

/**
 * Reads interval traffic (docs/data-formats.md) from any number of files, as one body: records in order of queue (as
 * first met) and time, absent intervals told from zero. Throws BadInputError with every problem unless all is
 * sound or `skipBadRows` leaves the bad rows out.
 */
export const ingestTraffic = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<TrafficRecord>> => {
  const reading = beginReading(options);
  const table = new TrafficTable();
  const queues = new QueueNames(options);
  await readFiles(sources, ['traffic'], options, reading, (reader) => {
    warnOfThreshold(reader, options);
    return trafficRow(reader, table, queues);
  });
  if (reading.ledger.refused) reading.ledger.throwIfAny();
  return finishTraffic(table, queues.names, options, reading, 'traffic');
};

/** A heading such as 20秒接通量 that names another threshold than the hotline's is told. */
const warnOfThreshold = (
  reader: RowReader,
  { answerTimeThresholdSeconds: hotlineSeconds }: IngestOptions,
): void => {
  const heading = reader.binding('answered_in_threshold')?.heading;
  const said = /(\d+)\s*(?:秒|s\b|sec)/i.exec(heading?.normalize('NFKC') ?? '')?.[1];
  if (heading === undefined || said === undefined || Number(said) === hotlineSeconds) return;
  const { ledger, file } = reader.context;
  ledger.warn(defect('other-threshold', { seconds: Number(said), hotlineSeconds }), {
    file,
    column: heading,
  });
};

const trafficRow = (reader: RowReader, table: TrafficTable, queues: QueueNames): (() => void) => {
  const bind = (field: string): ReturnType<RowReader['binding']> => reader.binding(field);
  const [queue, start, step] = [bind('queue'), bind('start'), bind('interval_minutes')];
  const counts = countFields.flatMap(([field, column]) => {
    const binding = bind(field);
    return binding === undefined ? [] : [{ binding, column, into: table.column(column) }];
  });
  const derived = bind('offered') === undefined ? table.column('offered') : undefined;
  const read = (binding: Binding, column: TrafficColumn): number => {
    const count = reader.count(binding);
    const lacking = Number.isNaN(count) && !reader.bad && derived !== undefined && partsOfOffered.has(column);
    return lacking
      ? reader.fail(defect('missing-value', { field: binding.spec.field, summed: true }), binding)
      : count;
  };
  if (derived !== undefined)
    reader.context.ledger.notice(defect('offered-derived'), { file: reader.context.file });
  const seconds = secondsOf(reader, table);
  const operators = bind('operators');
  const operatorsColumn = operators === undefined ? undefined : table.column('operators');
  const values = new Float64Array(counts.length);
  return () => {
    const queueId = queues.read(reader, queue);
    if (reader.dropped) return;
    const local = reader.local(start);
    const range = reader.rangeMinutes;
    if (reader.dropped) return;
    const series = queues.names[queueId] ?? '';
    const instant =
      Number.isNaN(local) || start === undefined ? Number.NaN : reader.instantOf(local, start, series);
    counts.forEach(({ binding, column }, i) => (values[i] = read(binding, column)));
    const totals = seconds.map(({ read }) => read(reader));
    const present = reader.amount(operators);
    const minutes = reader.count(step);
    if (reader.bad || queueId < 0) return;
    table.queue.push(queueId);
    table.startMillis.push(instant);
    table.stepMinutes.push(Number.isNaN(minutes) ? range : minutes);
    table.line.push(reader.line);
    table.file.push(reader.context.fileIndex);
    const at = table.length - 1;
    counts.forEach(({ into }, i) => put(into, at, values[i] ?? Number.NaN));
    if (derived !== undefined) put(derived, at, sumOfParts(table, at));
    seconds.forEach(({ into, perCallOf }, i) =>
      put(into, at, (totals[i] ?? Number.NaN) * callsOf(table, at, perCallOf)),
    );
    if (operatorsColumn !== undefined) put(operatorsColumn, at, present);
  };
};

const put = (column: ReturnType<TrafficTable['column']>, at: number, value: number): void => {
  while (column.length < at) column.push(Number.NaN);
  column.push(value);
};

const sumOfParts = (table: TrafficTable, row: number): number =>
  table.value('answered', row) + table.value('abandoned', row) + (table.value('blocked', row) || 0);

/**
 * Calls over which a mean was taken, to turn it into a total; 1 where the file gives totals, NaN where the row does
 * not say how many calls there were.
 */
const callsOf = (table: TrafficTable, row: number, fields: readonly TrafficColumn[]): number =>
  fields
    .filter((field) => table.columns.has(field))
    .reduce((sum, field) => sum + table.value(field, row), fields.length === 0 ? 1 : 0);

interface SecondsColumn {
  readonly into: ReturnType<TrafficTable['column']>;
  readonly perCallOf: readonly TrafficColumn[];
  readonly read: (reader: RowReader) => number;
}

/** Totals of seconds, taken as given or from means times the calls they are over. */
const secondsOf = (reader: RowReader, table: TrafficTable): SecondsColumn[] => {
  const kinds: readonly (readonly [string, TrafficColumn, readonly TrafficColumn[]])[] = [
    ['wait_seconds', 'waitSecondsTotal', ['answered', 'abandoned']],
    ['handle_seconds', 'handleSecondsTotal', ['answered']],
  ];
  return kinds.flatMap(([field, column, perCallOf]) => {
    const total = reader.binding(`${field}_total`);
    const mean = reader.binding(`${field}_mean`);
    if (total !== undefined)
      return [{ into: table.column(column), perCallOf: [], read: (r: RowReader) => r.seconds(total) }];
    if (mean === undefined || reader.binding('answered') === undefined) return [];
    return [{ into: table.column(column), perCallOf, read: (r: RowReader) => r.seconds(mean) }];
  });
};
