import type { TrafficRecord } from '../kernel/records.ts';
import { dateOfDayNumber } from '../kernel/time.ts';
import { absentRuns } from './absent-intervals.ts';
import type { ByteSource } from './byte-source.ts';
import type { Ingested, IngestReport } from './ingested.ts';
import type { IngestOptions } from './ingest-options.ts';
import { inferStep } from './interval-step.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles, type Reading } from './read-files.ts';
import type { RowReader } from './row-reader.ts';
import { checkDuplicates, checkGrid, checkSums, type TrafficCheck } from './traffic-checks.ts';
import * as say from './traffic-findings.ts';
import { rowsByQueue, trafficColumns, TrafficTable, type TrafficColumn } from './traffic-table.ts';
import { wallText } from './wall-text.ts';

const countFields = [
  ['offered', 'offered'],
  ['answered', 'answered'],
  ['abandoned', 'abandoned'],
  ['short_abandoned', 'shortAbandoned'],
  ['blocked', 'blocked'],
  ['answered_in_threshold', 'answeredInThreshold'],
] as const;

/** Gaps that the report lists one by one. */
const mostGapsListed = 2000;

/** Empty intervals that may be filled with zeros. */
const mostFilled = 5_000_000;

/**
 * Reads interval traffic (DESIGN 5.1) from any number of files, as one body: records in order of queue (as
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
  await readFiles(sources, ['traffic'], options, reading, (reader) => trafficRow(reader, table, queues));
  if (reading.ledger.refused) reading.ledger.throwIfAny();
  return finishTraffic(table, queues.names, options, reading, 'traffic');
};

const trafficRow = (reader: RowReader, table: TrafficTable, queues: QueueNames): (() => void) => {
  const bind = (field: string): ReturnType<RowReader['binding']> => reader.binding(field);
  const [queue, start, step] = [bind('queue'), bind('start'), bind('interval_minutes')];
  const counts = countFields.flatMap(([field, column]) => {
    const binding = bind(field);
    return binding === undefined ? [] : [{ binding, column, into: table.column(column) }];
  });
  const derived = bind('offered') === undefined ? table.column('offered') : undefined;
  if (derived !== undefined) reader.context.ledger.notice(say.offeredDerived, { file: reader.context.file });
  const seconds = secondsOf(reader, table);
  const operators = bind('operators');
  const operatorsColumn = operators === undefined ? undefined : table.column('operators');
  const values = new Float64Array(counts.length);
  return () => {
    const queueId = queues.read(reader, queue);
    const local = reader.local(start);
    const range = reader.rangeMinutes;
    if (reader.dropped) return;
    const series = queues.names[queueId] ?? '';
    const instant =
      Number.isNaN(local) || start === undefined ? Number.NaN : reader.instantOf(local, start, series);
    counts.forEach(({ binding }, i) => (values[i] = reader.count(binding)));
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

/** Calls over which a mean was taken, to turn it into a total; 1 where the file gives totals. */
const callsOf = (table: TrafficTable, row: number, fields: readonly TrafficColumn[]): number =>
  fields.length === 0 ? 1 : fields.reduce((sum, field) => sum + (table.value(field, row) || 0), 0);

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

/** Checks the rows as a whole and makes the records; also the last step of call records. */
export const finishTraffic = (
  table: TrafficTable,
  queues: readonly string[],
  options: IngestOptions,
  reading: Reading,
  kind: 'traffic' | 'calls',
): Ingested<TrafficRecord> => {
  const check: TrafficCheck = { table, queues, dead: new Uint8Array(table.length), reading };
  let grouped = rowsByQueue(table, queues.length, check.dead);
  for (const rows of grouped) checkDuplicates(check, rows);
  const minutes = stepOf(check, grouped);
  if (minutes !== undefined) {
    for (const rows of grouped) checkGrid(check, rows, minutes);
    for (const rows of grouped) checkSums(check, rows, options);
  }
  reading.ledger.throwIfAny();
  grouped = rowsByQueue(table, queues.length, check.dead);
  const { records, gaps } = collect(check, grouped, minutes ?? options.intervalMinutes, options);
  reading.ledger.throwIfAny();
  return { records, report: reportOf(kind, reading, records, gaps), rejectedRows: reading.ledger.rejected };
};

const stepOf = (check: TrafficCheck, grouped: readonly Int32Array[]): number | undefined => {
  const { table, reading, dead } = check;
  let given = Number.NaN;
  let missing = false;
  for (let row = 0; row < table.length; row += 1) {
    const step = table.stepMinutes.at(row);
    if (Number.isNaN(step)) missing = true;
    else if (Number.isNaN(given)) given = step;
    else if (step !== given) {
      const place = {
        file: reading.files[table.file.at(row)]?.file,
        row: table.line.at(row),
        column: 'interval_minutes',
        value: step,
      };
      return void reading.ledger.refuse(
        say.mixedSteps(given, step, wallText(reading.zone.local(table.startMillis.at(row)))),
        place,
      );
    }
  }
  if (!Number.isNaN(given) && (given < 1 || 1440 % given !== 0))
    return void reading.ledger.refuse(say.oddStep(given), { column: 'interval_minutes', value: given });
  if (!missing || table.length === 0) return given;
  const series = grouped.map((rows) =>
    Float64Array.from(
      rows.filter((row) => dead[row] === 0),
      (row) => table.startMillis.at(row),
    ),
  );
  const inferred = inferStep(series, reading.zone);
  if ('minutes' in inferred) {
    reading.ledger.notice(say.stepInferred(inferred.minutes));
    return inferred.minutes;
  }
  if (!Number.isNaN(given)) return given;
  const finding =
    inferred.fault === 'single'
      ? say.noStep
      : say.mixedSteps(...inferred.steps, wallText(reading.zone.local(inferred.at)));
  return void reading.ledger.refuse(finding, { file: reading.files[0]?.file });
};

interface Collected {
  readonly records: TrafficRecord[];
  readonly gaps: IngestReport['gaps'];
}

const collect = (
  check: TrafficCheck,
  grouped: readonly Int32Array[],
  minutes: number,
  options: IngestOptions,
): Collected => {
  const { table, queues, reading } = check;
  const starts = grouped.map((rows) => Float64Array.from(rows, (row) => table.startMillis.at(row)));
  const fromMillis = starts.reduce((least, own) => Math.min(least, own[0] ?? Infinity), Infinity);
  const toMillis = starts.reduce((most, own) => Math.max(most, own[own.length - 1] ?? -Infinity), -Infinity);
  const records: TrafficRecord[] = [];
  const gaps: IngestReport['gaps'] = [];
  const sums = { gap: [0, 0], zero: [0, 0] };
  grouped.forEach((rows, id) => {
    const queue = queues[id] ?? '';
    const own = starts[id] ?? new Float64Array(0);
    const offered = Float64Array.from(rows, (row) => table.value('offered', row));
    const question = {
      startMillis: own,
      offered,
      intervalMinutes: minutes,
      openingHours: options.openingHours,
      rule: options.absent,
      zone: reading.zone,
      fromMillis,
      toMillis,
    };
    const zeros: number[] = [];
    for (const run of absentRuns(question)) {
      const sum = sums[run.taken];
      sum[0] = (sum[0] ?? 0) + run.starts.length;
      sum[1] = (sum[1] ?? 0) + 1;
      if (run.taken === 'zero') for (const start of run.starts) zeros.push(start);
      if (gaps.length < mostGapsListed)
        gaps.push({
          queue,
          from: reading.zone.wallClock(run.fromMillis),
          to: reading.zone.wallClock(run.toMillis),
          intervals: run.starts.length,
          taken: run.taken,
        });
    }
    if (zeros.length > mostFilled) return reading.ledger.refuse(say.tooManyAbsent, { column: queue });
    mergeRecords(records, check, rows, zeros, minutes, queue);
  });
  if ((sums.zero[0] ?? 0) > 0) reading.ledger.notice(say.absentZero(sums.zero[0] ?? 0, sums.zero[1] ?? 0));
  if ((sums.gap[0] ?? 0) > 0) reading.ledger.warn(say.absentGap(sums.gap[0] ?? 0, sums.gap[1] ?? 0));
  return { records, gaps };
};

/** Appends a queue's records and its filled zeros, in time order. */
const mergeRecords = (
  records: TrafficRecord[],
  check: TrafficCheck,
  rows: Int32Array,
  zeros: readonly number[],
  minutes: number,
  queue: string,
): void => {
  const { table } = check;
  let next = 0;
  for (const row of rows) {
    const start = table.startMillis.at(row);
    for (; next < zeros.length && (zeros[next] ?? 0) < start; next += 1)
      records.push(zeroRecord(table, queue, zeros[next] ?? 0, minutes));
    records.push(recordOf(table, row, queue, minutes));
  }
  for (; next < zeros.length; next += 1) records.push(zeroRecord(table, queue, zeros[next] ?? 0, minutes));
};

type Draft = { -readonly [K in keyof TrafficRecord]: TrafficRecord[K] };

const recordOf = (
  table: TrafficTable,
  row: number,
  queue: string,
  intervalMinutes: number,
): TrafficRecord => {
  const record: Draft = {
    queue,
    startMillis: table.startMillis.at(row),
    intervalMinutes,
    offered: table.value('offered', row),
  };
  for (const field of trafficColumns) {
    if (field === 'offered') continue;
    const value = table.value(field, row);
    if (!Number.isNaN(value)) record[field] = value;
  }
  return record;
};

/** An interval without calls: every figure of calls that the files carry is 0; operators are not known. */
const zeroRecord = (
  table: TrafficTable,
  queue: string,
  startMillis: number,
  intervalMinutes: number,
): TrafficRecord => {
  const record: Draft = { queue, startMillis, intervalMinutes, offered: 0 };
  for (const field of table.columns.keys()) if (field !== 'operators') record[field] = 0;
  return record;
};

const reportOf = (
  kind: 'traffic' | 'calls',
  reading: Reading,
  records: readonly TrafficRecord[],
  gaps: IngestReport['gaps'],
): IngestReport => {
  let first = Infinity;
  let last = -Infinity;
  const queues = new Set<string>();
  for (const record of records) {
    first = Math.min(first, record.startMillis);
    last = Math.max(last, record.startMillis);
    queues.add(record.queue);
  }
  const dateOf = (instant: number): string | null =>
    Number.isFinite(instant) ? dateOfDayNumber(Math.floor(reading.zone.local(instant) / 86_400_000)) : null;
  return {
    document: 'ingest',
    kind,
    files: reading.files,
    firstDate: dateOf(first),
    lastDate: dateOf(last),
    queues: [...queues],
    gaps,
    problems: reading.ledger.problems(),
  };
};
