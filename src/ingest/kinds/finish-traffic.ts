import { defect } from '../findings/defect.ts';
import { trafficFields, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { absentRuns, type AbsentRun } from './absent-intervals.ts';
import type { Ingested, IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { inferStep } from '../cells/interval-step.ts';
import { unitsRead, type Reading } from '../rows/read-files.ts';
import { found } from '../findings/ingest-findings.ts';
import { spreadDays } from './spread-days.ts';
import { checkUnusual } from './check-unusual.ts';
import { differRunning, questionRunning } from './running-sums.ts';
import { checkDuplicates, checkGrid, checkSums, type TrafficCheck } from './traffic-checks.ts';
import { rowsByQueue, type TrafficTable } from './traffic-table.ts';
import { wallText } from '../cells/wall-text.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Gaps that the report lists one by one. */
const mostGapsListed = 2000;

/** Intervals of all queues that may be filled with zeros: a hundred queues of ten years' half-hours have 17 million. */
const mostFilled = 2_000_000;

/** Intervals of all queues that are looked through for absent ones, beside twenty for each row. */
const mostLookedThrough = 20_000_000;

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
    differRunning(check, grouped);
    if (kind === 'traffic' && options.acceptUnusual !== true && minutes < 1440)
      questionRunning(check, grouped);
    for (const rows of grouped) checkGrid(check, rows, minutes);
    for (const rows of grouped) checkSums(check, rows, options);
    checkUnusual(check, grouped, minutes, options);
  }
  reading.ledger.throwIfAny();
  grouped = rowsByQueue(table, queues.length, check.dead);
  const collected = collect(check, grouped, minutes ?? options.intervalMinutes, options);
  const records = minutes === 1440 ? ofDays(collected.records, options, reading) : collected.records;
  warnOfTimesAhead(records, options, reading);
  reading.ledger.throwIfAny();
  return {
    records,
    report: reportOf(kind, reading, records, collected.gaps),
    rejectedRows: reading.ledger.rejected,
  };
};

/** Whole days, which no week can be planned from: spread over their hours where that is asked for, else said. */
const ofDays = (
  days: readonly TrafficRecord[],
  options: IngestOptions,
  reading: Reading,
): readonly TrafficRecord[] => {
  const { dayShape: shape, intervalMinutes } = options;
  const place = { file: reading.files[0]?.file };
  if (intervalMinutes >= 1440) return days;
  if (shape === undefined) {
    reading.ledger.warn(defect('whole-days', { intervalMinutes }), place);
    return days;
  }
  const said = { days: days.length, intervalMinutes };
  reading.ledger.warn(defect('days-spread', said), place);
  reading.accepted.push(found('days-spread', said));
  return spreadDays(days, { ...options, shape, zone: reading.zone });
};

/** Traffic cannot lie ahead: a mistyped year would move the week that is planned next. */
const warnOfTimesAhead = (
  records: readonly TrafficRecord[],
  { now }: IngestOptions,
  reading: Reading,
): void => {
  const ahead = records.filter(({ startMillis }) => startMillis > now + 86_400_000);
  const first = ahead.reduce((least, { startMillis }) => Math.min(least, startMillis), Infinity);
  if (ahead.length > 0)
    reading.ledger.warn(
      defect('times-ahead', { rows: ahead.length, first: wallText(reading.zone.local(first)) }),
      {
        file: reading.files[0]?.file,
      },
    );
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
      return reading.ledger.refuse(
        defect('mixed-steps', {
          one: given,
          other: step,
          where: wallText(reading.zone.local(table.startMillis.at(row))),
        }),
        place,
      );
    }
  }
  if (!Number.isNaN(given) && (given < 1 || 1440 % given !== 0))
    return reading.ledger.refuse(defect('interval-not-of-a-day', { minutes: given }), {
      file: reading.files[0]?.file,
      column: 'interval_minutes',
      value: given,
    });
  if (!missing || table.length === 0) return given;
  const series = grouped.map((rows) =>
    Float64Array.from(
      rows.filter((row) => dead[row] === 0),
      (row) => table.startMillis.at(row),
    ),
  );
  const inferred = inferStep(series, reading.zone);
  if ('minutes' in inferred) {
    reading.ledger.notice(defect('interval-inferred', { minutes: inferred.minutes }));
    return inferred.minutes;
  }
  if (!Number.isNaN(given)) return given;
  const wrong =
    inferred.fault === 'single'
      ? defect('interval-unknown')
      : defect('mixed-steps', {
          one: inferred.steps[0],
          other: inferred.steps[1],
          where: wallText(reading.zone.local(inferred.at)),
        });
  const at = inferred.fault === 'mixed' ? table.startMillis.values.indexOf(inferred.at) : -1;
  const place = at < 0 ? {} : { row: table.line.at(at), column: 'start' };
  return reading.ledger.refuse(wrong, {
    file: reading.files[Math.max(0, table.file.at(at) || 0)]?.file,
    ...place,
  });
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
  const absences = new Absences(reading);
  const span = (toMillis - fromMillis) / (minutes * 60_000);
  if (span * grouped.length > mostLookedThrough + 20 * table.length) {
    absences.refuse(Math.round(span * grouped.length) - table.length, fromMillis, toMillis);
    return { records, gaps: [] };
  }
  grouped.forEach((rows, id) => {
    if (reading.ledger.refused) return;
    const queue = queues[id] ?? '';
    const runs = absentRuns({
      startMillis: starts[id] ?? new Float64Array(0),
      offered: Float64Array.from(rows, (row) => table.value('offered', row)),
      intervalMinutes: minutes,
      openingHours: options.openingHours,
      rule: options.absent,
      zone: reading.zone,
      fromMillis,
      toMillis,
    });
    mergeRecords(records, check, rows, absences.take(queue, runs), minutes, queue);
  });
  absences.tell();
  return { records, gaps: absences.gaps };
};

/** Counts absent intervals and lists their runs for the report. */
class Absences {
  readonly gaps: IngestReport['gaps'] = [];
  private readonly reading: Reading;
  private readonly intervals = { gap: 0, zero: 0 };
  private readonly runs = { gap: 0, zero: 0 };

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Notes a queue's runs; answers the starts that are to be filled with zeros. */
  take(queue: string, runs: readonly AbsentRun[]): number[] {
    const { zone } = this.reading;
    const zeros: number[] = [];
    for (const { fromMillis, toMillis, intervals, zeros: own, taken } of runs) {
      this.intervals[taken] += intervals;
      this.runs[taken] += 1;
      for (const start of own) zeros.push(start);
      if (this.gaps.length >= mostGapsListed) continue;
      const [from, to] = [zone.wallClock(fromMillis), zone.wallClock(toMillis)];
      this.gaps.push({ queue, from, to, intervals, taken });
    }
    const [first, last] = [runs[0], runs[runs.length - 1]];
    if (this.intervals.zero <= mostFilled || first === undefined || last === undefined) return zeros;
    this.refuse(this.intervals.zero, first.fromMillis, last.toMillis);
    return [];
  }

  refuse(intervals: number, fromMillis: number, toMillis: number): void {
    const { zone, ledger, files } = this.reading;
    const [from, to] = [fromMillis, toMillis].map((at) => wallText(zone.local(at)));
    ledger.refuse(defect('too-many-absent-intervals', { intervals, from: from ?? '', to: to ?? '' }), {
      file: files[0]?.file,
    });
  }

  tell(): void {
    const { intervals, runs, reading } = this;
    if (runs.zero > 0)
      reading.ledger.notice(defect('absent-taken-as-zero', { runs: runs.zero, intervals: intervals.zero }));
    if (runs.gap > 0)
      reading.ledger.warn(defect('absent-taken-as-gap', { runs: runs.gap, intervals: intervals.gap }));
  }
}

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
    for (; next < zeros.length && valueAt(zeros, next) < start; next += 1)
      records.push(zeroRecord(table, queue, valueAt(zeros, next), minutes));
    records.push(recordOf(table, row, queue, minutes));
  }
  for (; next < zeros.length; next += 1)
    records.push(zeroRecord(table, queue, valueAt(zeros, next), minutes));
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
  for (const field of trafficMeasures) {
    const value = table.value(field, row);
    if (!Number.isNaN(value)) record[field] = value;
  }
  return record;
};

/** An interval without calls: every count that the files carry is 0; states, such as operators, are not known. */
const zeroRecord = (
  table: TrafficTable,
  queue: string,
  startMillis: number,
  intervalMinutes: number,
): TrafficRecord => {
  const record: Draft = { queue, startMillis, intervalMinutes, offered: 0 };
  for (const field of table.columns.keys()) if (!('state' in trafficFields[field])) record[field] = 0;
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
    units: unitsRead(reading),
    acceptedUnusual: [...reading.accepted],
    problems: reading.ledger.problems(),
  };
};
