import { NameTable } from '../cells/name-table.ts';
import { defect } from '../findings/problem-ledger.ts';
import {
  trafficFields,
  trafficMeasures,
  type TrafficMeasure,
  type TrafficRecord,
} from '../../kernel/records.ts';
import { bindingOf, numberReader, type RowReader } from '../rows/row-reader.ts';
import type { Binding } from '../columns/bind-columns.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { finishTraffic } from './finish-traffic.ts';
import type { IngestedTraffic } from '../ingested.ts';
import { type FieldSpec, isRunningHeading } from '../columns/headings.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { plainRows } from '../rows/plain-rows.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { type MeasureColumn, TrafficTable } from './traffic-checks.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** What offered is added up from where the file has no column of it. */
const partsOfOffered: ReadonlySet<TrafficMeasure> = new Set(['answered', 'abandoned', 'blocked']);

/** Means that a file may have in the place of totals. */
const means = [
  { column: 'wait_seconds_mean', meanOf: trafficFields.waitSecondsMean.meanOf },
  { column: 'handle_seconds_mean', meanOf: trafficFields.handleSecondsMean.meanOf },
  { column: 'wait_seconds_mean_answered', meanOf: trafficFields.waitSecondsMeanAnswered.meanOf },
  { column: 'wait_seconds_mean_abandoned', meanOf: trafficFields.waitSecondsMeanAbandoned.meanOf },
];

/**
 * Reads interval traffic (docs/en/reference/data-formats.md) from any number of files, as one body: records in order of queue (as
 * first met) and time, absent intervals told from zero. Throws BadInputError with every problem unless all is
 * sound or `skipBadRows` leaves the bad rows out.
 */
export const ingestTraffic = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<IngestedTraffic> => {
  if (options.intervals !== undefined) return knownTraffic(options.intervals, options);
  const reading = beginReading(options);
  const table = new TrafficTable();
  const queues = new QueueNames(options);
  await readFiles(sources, ['traffic'], options, reading, (reader) => {
    warnOfThreshold(reader, options);
    return trafficRow(reader, table, queues);
  });
  if (reading.ledger.refused) reading.ledger.throwIfAny();
  return { ...finishTraffic(table, queues.names, options, reading, 'traffic'), left: queues.left };
};

/** Intervals that stand in no file: nothing of them is guessed, and a queue is called what it is called. */
const knownTraffic = (rows: readonly TrafficRecord[], options: IngestOptions): IngestedTraffic => {
  const reading = beginReading(options);
  const [table, queues] = [new TrafficTable(), new NameTable()];
  const all = { rows: rows.length, accepted: rows.length, rejected: 0, duplicates: 0, dropped: 0 };
  reading.files.push({ file: '', encoding: '', ...all });
  const measures = trafficMeasures.filter((measure) => rows.some((row) => row[measure] !== undefined));
  rows.forEach((row, i) => {
    const at = table.add(queues.idOf(row.queue), row.startMillis, row.intervalMinutes, i + 1, 0);
    for (const measure of measures) table.column(measure).values[at] = row[measure] ?? Number.NaN;
  });
  return finishTraffic(table, queues.names, options, reading, 'traffic');
};

/** A heading such as 20秒接通量 that names another threshold than the hotline's is reported. */
const warnOfThreshold = (
  reader: RowReader,
  { answerTimeThresholdSeconds: hotlineSeconds }: IngestOptions,
): void => {
  const heading = reader.binding('answered_in_threshold')?.heading;
  const text = /(\d+)\s*(?:秒|s\b|sec)/i.exec(heading?.normalize('NFKC') ?? '')?.[1];
  if (heading === undefined || text === undefined || Number(text) === hotlineSeconds) return;
  const { ledger, file } = reader.context;
  ledger.warn(defect('other-threshold', { seconds: Number(text), hotlineSeconds }), {
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
  const columns = figures.map(({ into }) => into);
  const values = new Float64Array(figures.length);
  const { fileIndex } = reader.context;
  const isBlank = blankRow(reader, start);
  const instantOf = (local: number, queueId: number): number =>
    Number.isNaN(local) ? Number.NaN : reader.instantOf(local, start as Binding, queues.names[queueId] ?? '');
  const isToTake = (local: number): boolean => {
    if (!reader.bad && reader.isSkippedHour(local)) reader.dropped = true;
    return !reader.dropped;
  };
  reader.plain = isPlain(figures, derived)
    ? plainRows(
        reader,
        [
          { binding: queue, kind: queues.table },
          { binding: start, kind: 'time' },
          { binding: step, kind: 'figure' },
          ...figures.map(({ binding }) => ({ binding, kind: 'figure' as const })),
        ],
        (read) => {
          // a constant is no column
          const queueId = Number.isNaN(read[0]) ? queues.read(reader, queue) : (read[0] as number);
          const local = read[1] as number;
          if (reader.dropped || !isToTake(local)) return;
          const instant = instantOf(local, queueId);
          if (reader.bad || queueId < 0) return;
          const at = table.add(queueId, instant, read[2] as number, reader.line, fileIndex);
          for (let i = 0; i < columns.length; i += 1)
            (columns[i] as MeasureColumn).values[at] = read[i + 3] as number;
        },
      )
    : undefined;
  return () => {
    const queueId = queues.read(reader, queue);
    if (reader.dropped) return;
    const local = reader.local(start);
    const range = reader.rangeMinutes;
    if (!isToTake(local)) return;
    const instant = instantOf(local, queueId);
    const blank = !reader.bad && isBlank();
    figures.forEach(({ read, isState }, i) => (values[i] = blank && !isState ? 0 : read()));
    const minutes = reader.count(step);
    if (reader.bad || queueId < 0) return;
    const at = table.add(queueId, instant, Number.isNaN(minutes) ? range : minutes, reader.line, fileIndex);
    if (blank) table.blank.add(at);
    figures.forEach(({ into, total }, i) => {
      into.values[at] = total === undefined || blank ? valueAt(values, i) : total(at);
    });
    if (derived !== undefined) derived.values[at] = sumOfParts(table, at);
  };
};

/**
 * Whether a row's figures are each a cell of digits where the row is plain: nothing is added up or multiplied, and calls
 * offered stand in the file, so that a row without figures is none of these.
 */
const isPlain = (figures: readonly Figure[], derived: MeasureColumn | undefined): boolean =>
  derived === undefined &&
  figures.every(({ binding }) => binding?.spec.type === 'count' || binding?.spec.type === 'seconds') &&
  figures.some(({ binding }) => binding?.spec.field === 'offered');

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

const sumOfParts = (table: TrafficTable, row: number): number =>
  table.value('answered', row) + table.value('abandoned', row) + (table.value('blocked', row) || 0);

/** Calls over which a mean was taken, to turn it into a total; NaN where the row does not say how many there were. */
const callsOf = (table: TrafficTable, row: number, fields: readonly TrafficMeasure[]): number =>
  fields.filter((field) => table.columns.has(field)).reduce((sum, field) => sum + table.value(field, row), 0);

interface Figure {
  readonly into: MeasureColumn;
  /** The file's column of it; undefined where it is worked out from others. */
  readonly binding?: Binding;
  readonly read: () => number;
  /** Whether it is what stands at a time, such as operators, and not what is counted of calls. */
  readonly isState: boolean;
  /** Where means are read: the total that they come to with the calls of a row. */
  readonly total?: (row: number) => number;
}

/** How a measure is read off a file: as it stands there, a total of seconds also off means. */
const figureOf = (
  reader: RowReader,
  table: TrafficTable,
  measure: TrafficMeasure,
  offeredIsDerived: boolean,
): Figure[] => {
  const binding = bindingOf(reader, measure, trafficFields[measure]);
  if (binding === undefined) return totalOfMeans(reader, table, measure);
  const read = numberReader(reader, binding, trafficFields[measure]);
  const needed = offeredIsDerived && partsOfOffered.has(measure);
  return [
    {
      into: table.column(measure),
      binding,
      read: needed ? insisting(reader, binding, read) : read,
      isState: 'state' in trafficFields[measure],
    },
  ];
};

/** A mean and the calls that it is over. */
interface Mean {
  readonly binding: Binding;
  readonly over: readonly TrafficMeasure[];
}

/** A total that a file has as means: each times the calls it is over, added up. */
const totalOfMeans = (reader: RowReader, table: TrafficTable, measure: TrafficMeasure): Figure[] => {
  const parts = meansOf(reader, measure);
  const [first] = parts;
  if (first === undefined) return [];
  if (reader.binding('answered') === undefined) {
    const { ledger, file } = reader.context;
    const { heading } = first.binding;
    ledger.warn(defect('mean-without-answered', { heading }), { file, column: heading });
    return [];
  }
  const read = new Float64Array(parts.length);
  return [
    {
      into: table.column(measure),
      read: () => {
        for (const [i, { binding }] of parts.entries()) read[i] = reader.seconds(binding);
        return Number.NaN;
      },
      isState: false,
      total: (row) =>
        parts.reduce((sum, { over }, i) => {
          const calls = callsOf(table, row, over);
          // of no calls nothing waits, whatever stands in the mean's place
          return sum + (calls === 0 ? 0 : calls * valueAt(read, i));
        }, 0),
    },
  ];
};

/**
 * The means of a total that a file has: one over all its calls, else one for each part of them. Where only those who
 * were answered have their wait told, those who hung up are taken to have waited as long.
 */
const meansOf = (reader: RowReader, measure: TrafficMeasure): Mean[] => {
  const measures = means.flatMap(({ column, meanOf }): Mean[] => {
    const binding = meanOf.total === measure ? reader.binding(column) : undefined;
    return binding === undefined ? [] : [{ binding, over: meanOf.over }];
  });
  const [first, second] = measures;
  if (first === undefined || measure !== 'waitSecondsTotal') return measures;
  if (first.over.length > 1) return [first];
  if (first.over[0] === 'abandoned') return [];
  if (second !== undefined || reader.binding('abandoned') === undefined) return measures;
  const { ledger, file } = reader.context;
  ledger.notice(defect('abandoned-waits-assumed', { heading: first.binding.heading }), { file });
  return [{ binding: first.binding, over: trafficFields.waitSecondsMean.meanOf.over }];
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
