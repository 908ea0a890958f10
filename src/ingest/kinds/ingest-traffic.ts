import { defect } from '../findings/defect.ts';
import {
  trafficFields,
  trafficMeasures,
  type TrafficMeasure,
  type TrafficRecord,
} from '../../kernel/records.ts';
import { bindingOf, numberReader } from '../rows/field-reader.ts';
import type { Binding } from '../columns/bound-table.ts';
import type { FieldSpec } from '../columns/fields.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { finishTraffic } from './finish-traffic.ts';
import type { Ingested } from '../ingested.ts';
import { isRunningHeading } from '../columns/headings.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import type { RowReader } from '../rows/row-reader.ts';
import { TrafficTable } from './traffic-table.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** What offered is added up from where the file has no column of it. */
const partsOfOffered: ReadonlySet<TrafficMeasure> = new Set(['answered', 'abandoned', 'blocked']);

/** Means that a file may have in the place of totals. */
const means = [
  { column: 'wait_seconds_mean', meanOf: trafficFields.waitSecondsMean.meanOf },
  { column: 'handle_seconds_mean', meanOf: trafficFields.handleSecondsMean.meanOf },
];

/**
 * Reads interval traffic (docs/en/reference/data-formats.md) from any number of files, as one body: records in order of queue (as
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
  const [queue, start, step] = ['queue', 'start', 'interval_minutes'].map((field) => reader.binding(field));
  const derived = reader.binding('offered') === undefined ? table.column('offered') : undefined;
  const figures = trafficMeasures.flatMap((measure) =>
    figureOf(reader, table, measure, derived !== undefined),
  );
  if (derived !== undefined)
    reader.context.ledger.notice(defect('offered-derived'), { file: reader.context.file });
  tellRunning(reader, table, derived !== undefined);
  const values = new Float64Array(figures.length);
  const isBlank = blankRow(reader, start);
  return () => {
    const queueId = queues.read(reader, queue);
    if (reader.dropped) return;
    const local = reader.local(start);
    const range = reader.rangeMinutes;
    if (!reader.bad && reader.isSkippedHour(local)) reader.dropped = true;
    if (reader.dropped) return;
    const series = queues.names[queueId] ?? '';
    const instant =
      Number.isNaN(local) || start === undefined ? Number.NaN : reader.instantOf(local, start, series);
    const blank = !reader.bad && isBlank();
    figures.forEach(({ read, isState }, i) => (values[i] = blank && !isState ? 0 : read()));
    const minutes = reader.count(step);
    if (reader.bad || queueId < 0) return;
    table.queue.push(queueId);
    table.startMillis.push(instant);
    table.stepMinutes.push(Number.isNaN(minutes) ? range : minutes);
    table.line.push(reader.line);
    table.file.push(reader.context.fileIndex);
    const at = table.length - 1;
    if (blank) table.blank.add(at);
    figures.forEach(({ into, perCallOf }, i) => {
      const value = valueAt(values, i);
      put(into, at, perCallOf === undefined ? value : value * callsOf(table, at, perCallOf));
    });
    if (derived !== undefined) put(derived, at, sumOfParts(table, at));
  };
};

/** Counts and times of calls: what an interval without calls may leave blank. */
const ofCalls: ReadonlySet<FieldSpec['type']> = new Set(['count', 'seconds']);

/**
 * Whether a row that tells its time leaves every figure of calls blank, as some reports write an interval without calls.
 * One blank alone, or one beside figures, is a question.
 */
const blankRow = (reader: RowReader, start: Binding | undefined): (() => boolean) => {
  const bindings = [...reader.context.bound.bindings.values()].filter(
    ({ spec, columns }) => ofCalls.has(spec.type) && columns.length > 0 && spec.field !== 'interval_minutes',
  );
  const times = (start?.columns ?? []).flatMap((column) =>
    start === undefined ? [] : [{ ...start, columns: [column] }],
  );
  if (bindings.length < 2) return () => false;
  return () =>
    bindings.every((binding) => reader.isAbsent(binding)) &&
    !times.some((part) => reader.isAbsent(part)) &&
    !reader.isTotal();
};

/** Measures that count from the beginning of the day on by their headings, and those that are made of such. */
const tellRunning = (reader: RowReader, table: TrafficTable, offeredIsDerived: boolean): void => {
  const headings: string[] = [];
  for (const measure of trafficMeasures) {
    const heading = bindingOf(reader, measure, trafficFields[measure])?.heading ?? '';
    if (!isRunningHeading(heading)) continue;
    table.running.add(measure);
    headings.push(heading);
  }
  if (headings.length === 0) return;
  for (const { meanOf } of means)
    if (meanOf.over.some((measure) => table.running.has(measure)) && table.columns.has(meanOf.total))
      table.running.add(meanOf.total);
  if (offeredIsDerived) table.running.add('offered');
  const { ledger, file } = reader.context;
  ledger.notice(defect('running-sums', { headings }), { file });
};

const put = (column: ReturnType<TrafficTable['column']>, at: number, value: number): void => {
  while (column.length < at) column.push(Number.NaN);
  column.push(value);
};

const sumOfParts = (table: TrafficTable, row: number): number =>
  table.value('answered', row) + table.value('abandoned', row) + (table.value('blocked', row) || 0);

/** Calls over which a mean was taken, to turn it into a total; NaN where the row does not say how many there were. */
const callsOf = (table: TrafficTable, row: number, fields: readonly TrafficMeasure[]): number =>
  fields.filter((field) => table.columns.has(field)).reduce((sum, field) => sum + table.value(field, row), 0);

interface Figure {
  readonly into: ReturnType<TrafficTable['column']>;
  readonly read: () => number;
  /** Whether it is what stands at a time, such as operators, and not what is counted of calls. */
  readonly isState: boolean;
  /** Where what is read is a mean: the calls that it is over. */
  readonly perCallOf?: readonly TrafficMeasure[];
}

/** How a measure is read off a file: as it stands there, a total of seconds also as a mean times the calls it is over. */
const figureOf = (
  reader: RowReader,
  table: TrafficTable,
  measure: TrafficMeasure,
  offeredIsDerived: boolean,
): Figure[] => {
  const binding = bindingOf(reader, measure, trafficFields[measure]);
  if (binding !== undefined) {
    const read = numberReader(reader, binding, trafficFields[measure]);
    const needed = offeredIsDerived && partsOfOffered.has(measure);
    return [
      {
        into: table.column(measure),
        read: needed ? insisting(reader, binding, read) : read,
        isState: 'state' in trafficFields[measure],
      },
    ];
  }
  const mean = means.find(({ meanOf }) => meanOf.total === measure);
  const ofMean = mean === undefined ? undefined : reader.binding(mean.column);
  if (mean === undefined || ofMean === undefined || reader.binding('answered') === undefined) return [];
  return [
    {
      into: table.column(measure),
      read: () => reader.seconds(ofMean),
      isState: false,
      perCallOf: mean.meanOf.over,
    },
  ];
};

/** A part of what offered is added up from may not be absent. */
const insisting =
  (reader: RowReader, binding: Binding, read: () => number): (() => number) =>
  () => {
    const count = read();
    return Number.isNaN(count) && !reader.bad
      ? reader.fail(defect('missing-value', { field: binding.spec.field, summed: true }), binding)
      : count;
  };
