import type { IngestOptions } from '../columns/ingest-options.ts';
import { wallText } from '../cells/wall-text.ts';
import { defect } from '../findings/defect.ts';
import type { Place } from '../findings/problem-ledger.ts';
import type { IngestReport, Records } from '../ingested.ts';
import { trafficFields, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { Reading } from '../rows/read-files.ts';
import { absentRuns, type AbsentRun } from './absent-intervals.ts';
import type { TrafficCheck } from './traffic-checks.ts';
import type { TrafficTable } from './traffic-table.ts';

/** Gaps that the report lists one by one. */
const mostGapsListed = 2000;

/** Intervals of all queues that may be filled with zeros: a hundred queues of ten years' half-hours have 17 million. */
const mostFilled = 2_000_000;

/** Intervals of all queues that are looked through for absent ones, beside twenty for each row. */
const mostLookedThrough = 20_000_000;

interface Collected {
  readonly records: Records<TrafficRecord>;
  readonly gaps: IngestReport['gaps'];
}

/** Records of checked rows, queue by queue, with absent intervals filled or told as the rule has it. */
export const collectTraffic = (
  check: TrafficCheck,
  grouped: readonly Int32Array[],
  minutes: number,
  options: IngestOptions,
): Collected => {
  const { table, queues, reading } = check;
  const records = new RecordsOfRows(table, minutes);
  const absences = new Absences(reading);
  const startAt = (rows: Int32Array, at: number, none: number): number => {
    const row = rows.at(at);
    return row === undefined ? none : valueAt(table.startMillis, row);
  };
  const fromMillis = grouped.reduce((least, rows) => Math.min(least, startAt(rows, 0, Infinity)), Infinity);
  const toMillis = grouped.reduce((most, rows) => Math.max(most, startAt(rows, -1, -Infinity)), -Infinity);
  const span = (toMillis - fromMillis) / (minutes * 60_000);
  if (span * grouped.length > mostLookedThrough + 20 * table.length) {
    absences.refuse(Math.round(span * grouped.length) - table.length, fromMillis, toMillis);
    return { records, gaps: [] };
  }
  const offered = table.columns.get('offered')?.values;
  grouped.forEach((rows, id) => {
    if (reading.ledger.refused) return;
    const queue = queues[id] ?? '';
    const runs = absentRuns({
      startMillis: ofRows(rows, (row) => table.startMillis[row] ?? Number.NaN),
      offered: ofRows(rows, (row) => offered?.[row] ?? Number.NaN),
      ...(table.blank.size === 0
        ? {}
        : { blank: Uint8Array.from(rows, (row) => (table.blank.has(row) ? 1 : 0)) }),
      intervalMinutes: minutes,
      openingHours: options.openingHours,
      rule: options.absent,
      zone: reading.zone,
      fromMillis,
      toMillis,
    });
    const zeros = absences.take(queue, runs);
    records.add(
      queue,
      zeros.length + table.blank.size === 0 ? rows : merged(check, rows, zeros, absences),
      zeros,
    );
  });
  absences.tell();
  return { records, gaps: absences.gaps };
};

/** A figure of each row; a plain loop, since Float64Array.from with a function takes several times as long. */
const ofRows = (rows: Int32Array, of: (row: number) => number): Float64Array => {
  const all = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) all[i] = of(rows[i] ?? -1);
  return all;
};

/** Counts absent intervals and lists their runs for the report. */
class Absences {
  readonly gaps: IngestReport['gaps'] = [];
  private readonly reading: Reading;
  private readonly intervals = { gap: 0, zero: 0 };
  private readonly runs = { gap: 0, zero: 0 };
  private readonly blank = { gap: 0, zero: 0 };
  private readonly firstBlank: { gap?: Place; zero?: Place } = {};

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Notes a queue's runs; answers the starts that are to be filled with zeros. */
  take(queue: string, runs: readonly AbsentRun[]): number[] {
    const { zone } = this.reading;
    const zeros: number[] = [];
    for (const { fromMillis, toMillis, intervals, blank, zeros: own, taken } of runs) {
      this.intervals[taken] += intervals - blank;
      this.runs[taken] += intervals > blank ? 1 : 0;
      for (const start of own) zeros.push(start);
      // rows without calls are told in one line
      const isTold = taken === 'zero' && intervals === blank;
      if (isTold || this.gaps.length >= mostGapsListed) continue;
      const [from, to] = [zone.wallClock(fromMillis), zone.wallClock(toMillis)];
      this.gaps.push({ queue, from, to, intervals, taken });
    }
    const [first, last] = [runs[0], runs[runs.length - 1]];
    if (this.intervals.zero <= mostFilled || first === undefined || last === undefined) return zeros;
    this.refuse(this.intervals.zero, first.fromMillis, last.toMillis);
    return [];
  }

  /** Counts a row without figures, and leaves it out where it is a gap. */
  takeBlank(check: TrafficCheck, row: number, taken: 'gap' | 'zero'): void {
    const report = this.reading.files[valueAt(check.table.file, row)];
    this.blank[taken] += 1;
    this.firstBlank[taken] ??= { file: report?.file, row: valueAt(check.table.line, row) };
    if (taken === 'zero' || report === undefined) return;
    report.accepted -= 1;
    report.dropped += 1;
  }

  refuse(intervals: number, fromMillis: number, toMillis: number): void {
    const { zone, ledger, files } = this.reading;
    const [from, to] = [fromMillis, toMillis].map((at) => wallText(zone.local(at)));
    ledger.refuse(defect('too-many-absent-intervals', { intervals, from: from ?? '', to: to ?? '' }), {
      file: files[0]?.file,
    });
  }

  tell(): void {
    const { intervals, runs, reading, blank, firstBlank } = this;
    if (blank.zero > 0)
      reading.ledger.notice(
        defect('rows-without-calls', { rows: blank.zero, taken: 'zero' }),
        firstBlank.zero,
      );
    if (blank.gap > 0)
      reading.ledger.warn(defect('rows-without-calls', { rows: blank.gap, taken: 'gap' }), firstBlank.gap);
    if (runs.zero > 0)
      reading.ledger.notice(defect('absent-taken-as-zero', { runs: runs.zero, intervals: intervals.zero }));
    if (runs.gap > 0)
      reading.ledger.warn(defect('absent-taken-as-gap', { runs: runs.gap, intervals: intervals.gap }));
  }
}

/** Stands among rows for an interval that is filled with zeros. */
const filledIn = -1;

/** A queue's rows and its filled intervals, in time order; a blank row is one of these, or left out. */
const merged = (
  check: TrafficCheck,
  rows: Int32Array,
  zeros: readonly number[],
  absences: Absences,
): Int32Array => {
  const { table } = check;
  const all = new Int32Array(rows.length + zeros.length);
  let length = 0;
  let next = 0;
  const take = (row: number): void => {
    all[length] = row;
    length += 1;
  };
  for (const row of rows) {
    const start = valueAt(table.startMillis, row);
    for (; next < zeros.length && valueAt(zeros, next) < start; next += 1) take(filledIn);
    const isZero = zeros[next] === start;
    const isBlank = table.blank.has(row);
    if (isBlank) absences.takeBlank(check, row, isZero ? 'zero' : 'gap');
    if (isZero) {
      next += 1;
      take(isBlank ? filledIn : row);
    } else if (!isBlank) take(row);
  }
  for (; next < zeros.length; next += 1) take(filledIn);
  return all.subarray(0, length);
};

interface QueueRows {
  readonly queue: string;
  readonly rows: Int32Array;
  /** Starts of the intervals that are filled in, in their order. */
  readonly zeros: readonly number[];
}

/** Records made of rows as they are asked for: two million of them at once would take some 300 MB. */
class RecordsOfRows implements Records<TrafficRecord> {
  length = 0;
  readonly #table: TrafficTable;
  readonly #minutes: number;
  readonly #queues: QueueRows[] = [];

  constructor(table: TrafficTable, minutes: number) {
    this.#table = table;
    this.#minutes = minutes;
  }

  add(queue: string, rows: Int32Array, zeros: readonly number[]): void {
    this.#queues.push({ queue, rows, zeros });
    this.length += rows.length;
  }

  forEach(look: (record: TrafficRecord) => void): void {
    const { columns, startMillis } = this.#table;
    const held = trafficMeasures.map((field) => columns.get(field)?.values);
    const shown: Draft = { queue: '', startMillis: 0, intervalMinutes: this.#minutes, offered: 0 };
    for (const field of trafficMeasures) shown[field] = Number.NaN;
    for (const { queue, rows, zeros } of this.#queues) {
      shown.queue = queue;
      let next = 0;
      for (const row of rows) {
        const isZero = row === filledIn;
        shown.startMillis = (isZero ? zeros[next] : startMillis[row]) ?? Number.NaN;
        if (isZero) next += 1;
        for (let i = 0; i < held.length; i += 1) {
          const field = trafficMeasures[i];
          const values = held[i];
          if (field === undefined || values === undefined) continue;
          shown[field] = isZero ? 0 : (values[row] ?? Number.NaN);
        }
        look(shown);
      }
    }
  }

  *[Symbol.iterator](): Generator<TrafficRecord> {
    const held = heldColumns(this.#table);
    for (const { queue, rows, zeros } of this.#queues) {
      const of = { queue, intervalMinutes: this.#minutes };
      let next = 0;
      for (const row of rows) {
        if (row !== filledIn) yield recordOf(this.#table, held, row, of);
        else {
          yield zeroRecord(this.#table, queue, valueAt(zeros, next), this.#minutes);
          next += 1;
        }
      }
    }
  }
}

type Draft = { -readonly [K in keyof TrafficRecord]: TrafficRecord[K] };

/** The columns that a table has, in the order of the measures. */
const heldColumns = (table: TrafficTable) =>
  trafficMeasures.flatMap((field) => {
    const values = table.columns.get(field)?.values;
    return values === undefined ? [] : [{ field, values }];
  });

const recordOf = (
  table: TrafficTable,
  held: ReturnType<typeof heldColumns>,
  row: number,
  { queue, intervalMinutes }: Pick<TrafficRecord, 'queue' | 'intervalMinutes'>,
): TrafficRecord => {
  // offered comes from its column: every row has it
  const record: Draft = { queue, startMillis: valueAt(table.startMillis, row), intervalMinutes, offered: 0 };
  for (const { field, values } of held) {
    const value = values[row] ?? Number.NaN;
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
