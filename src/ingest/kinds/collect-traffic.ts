import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { isOpen } from '../../kernel/time-window.ts';
import { trafficFields, trafficMeasures, type TrafficRecord } from '../../kernel/records.ts';
import { dayMillis, hourMillis, weekdayOfDay } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { wallText } from '../cells/wall-clock.ts';
import { nominalLocal, type ZoneInstants } from '../cells/zone-instants.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { defect, type Place } from '../findings/problem-ledger.ts';
import type { IngestReport, Records } from '../ingested.ts';
import type { Reading } from '../rows/read-files.ts';
import type { TrafficCheck, TrafficTable } from './traffic-checks.ts';

/** Gaps that the report lists one by one. */
const mostGapsListed = 2000;

/** Intervals of all queues that may be filled with zeros: a hundred queues of ten years' half-hours have 17 million. */
const mostFilled = 2_000_000;

/** Intervals of all queues that are looked through for absent ones, beside twenty for each row. */
const mostLookedThrough = 20_000_000;

interface Collected {
  readonly records: RecordsOfRows;
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
    if (table.blank.size === 0 && isWithoutGap(rows, table.startMillis, minutes, { fromMillis, toMillis })) {
      records.add(queue, rows, []);
      return;
    }
    const runs = absentRuns({
      startMillis: ofRows(rows, table.startMillis),
      offered: ofRows(rows, offered),
      blank: Uint8Array.from(rows, (row) => (table.blank.has(row) ? 1 : 0)),
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

const ofRows = (rows: Int32Array, values: Float64Array | undefined): Float64Array => {
  const all = new Float64Array(rows.length);
  if (values === undefined) return all.fill(Number.NaN);
  for (let i = 0; i < rows.length; i += 1) all[i] = values[rows[i] as number] as number;
  return all;
};

/** Whether a queue has every interval of the span: nothing of it is absent. Longer steps follow the wall clock. */
const isWithoutGap = (
  rows: Int32Array,
  startMillis: Float64Array,
  minutes: number,
  { fromMillis, toMillis }: { readonly fromMillis: number; readonly toMillis: number },
): boolean => {
  const step = minutes * 60_000;
  if (minutes > 60) return false;
  let expected = startMillis[rows[0] as number] as number;
  if (expected - fromMillis >= step) return false;
  for (let i = 0; i < rows.length; i += 1, expected += step)
    if (startMillis[rows[i] as number] !== expected) return false;
  return expected > toMillis;
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
      // rows without calls are reported in one line
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
    const report = valueAt(this.reading.files, valueAt(check.table.file, row));
    this.blank[taken] += 1;
    this.firstBlank[taken] ??= { file: report.file, row: valueAt(check.table.line, row) };
    if (taken === 'zero') return;
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

  /** Looks at some figures of each in order, without making a record of them. */
  forEachFigures(look: FiguresLook): void {
    const { columns, startMillis } = this.#table;
    const isWhole = lookedAt.every((field) => columns.has(field));
    const none = new Float64Array(isWhole ? 0 : startMillis.length).fill(Number.NaN);
    const [offered, answered, abandoned, waits, handles] = lookedAt.map(
      (field) => columns.get(field)?.values ?? none,
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    const figures = new Float64Array(6);
    const zero = lookedAt.map((field) => (columns.has(field) ? 0 : Number.NaN));
    for (const { queue, rows, zeros } of this.#queues) {
      let next = 0;
      for (let i = 0; i < rows.length; i += 1) {
        const row = rows[i] as number;
        if (row === filledIn) {
          figures[0] = valueAt(zeros, next);
          figures.set(zero, 1);
          next += 1;
        } else {
          figures[0] = startMillis[row] as number;
          figures[1] = offered[row] as number;
          figures[2] = answered[row] as number;
          figures[3] = abandoned[row] as number;
          figures[4] = waits[row] as number;
          figures[5] = handles[row] as number;
        }
        look(queue, figures);
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

const lookedAt = ['offered', 'answered', 'abandoned', 'waitSecondsTotal', 'handleSecondsTotal'] as const;
/**
 * Gets an interval's start and its calls offered, answered and abandoned, its total wait and handle time; NaN is what the
 * data has not. The array is the same for all: numbers that are handed over one by one are allocated one by one.
 */
type FiguresLook = (queue: string, figures: Float64Array) => void;

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

/** A run of intervals without a row, or with a blank one, inside opening hours; `toMillis` is where the last one starts. */
interface AbsentRun {
  readonly fromMillis: number;
  readonly toMillis: number;
  readonly intervals: number;
  /** How many of them have a row that is blank. */
  readonly blank: number;
  /** Starts of the intervals where the run is taken as zeros; none where it is a gap. */
  readonly zeros: readonly number[];
  readonly taken: 'gap' | 'zero';
}

interface AbsentQuestion {
  /** Starts of the intervals that the file has, in time order. */
  readonly startMillis: Float64Array;
  readonly offered: Float64Array;
  /** 1 where the row is there and blank: it is as if there were none, but its time is one that the file has. */
  readonly blank?: Uint8Array;
  readonly intervalMinutes: number;
  readonly openingHours: HotlineModel['openingHours'];
  readonly rule: 'gap' | 'zero' | 'auto';
  readonly zone: ZoneInstants;
  /** First and last instant that the file covers, over all of its queues. */
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** A run of absences counts as zeros where its chance under Poisson arrivals at the usual rate is at least this. */
const likelyRun = 1e-3;

const slotOf = (local: number, minutes: number): { readonly weekday: number; readonly slot: number } => {
  const day = Math.floor(local / dayMillis);
  return {
    weekday: weekdayOfDay(day),
    slot: Math.floor((local / 60_000 - day * 1440) / minutes),
  };
};

/** Mean calls per weekday and slot, an absence counted as none; and whether the file ever has that slot. */
const usualRates = (
  question: AbsentQuestion,
): { rates: Float64Array; seen: Uint8Array; writesZero: boolean } => {
  const { startMillis, offered, intervalMinutes, zone } = question;
  const slots = 1440 / intervalMinutes;
  const rates = new Float64Array(7 * slots);
  const seen = new Uint8Array(7 * slots);
  let writesZero = false;
  for (let i = 0; i < startMillis.length; i += 1) {
    const { weekday, slot } = slotOf(zone.local(valueAt(startMillis, i)), intervalMinutes);
    const at = weekday * slots + slot;
    addAt(rates, at, valueAt(offered, i));
    seen[at] = 1;
    if (offered[i] === 0 && question.blank?.[i] !== 1) writesZero = true;
  }
  const weeks = Math.max(1, (question.toMillis - question.fromMillis) / (7 * dayMillis));
  for (let i = 0; i < rates.length; i += 1) rates[i] = valueAt(rates, i) / weeks;
  return { rates, seen, writesZero };
};

/**
 * Intervals without a row between the first and the last of the file, as runs, and what each is taken for
 * (docs/en/reference/data-formats.md). Under 'auto' a weekday's slot that the file never has is taken as closed and left out; a run
 * is zero where the file never writes a 0 and the run is likely at the usual rate. Under 'zero' every open
 * interval without a row is zero, under 'gap' none.
 */
const absentRuns = (question: AbsentQuestion): AbsentRun[] => {
  const { startMillis, intervalMinutes, openingHours, rule, zone } = question;
  if (startMillis.length === 0) return [];
  const { rates, seen, writesZero } = usualRates(question);
  const slots = 1440 / intervalMinutes;
  const runs: AbsentRun[] = [];
  let run: (Omit<AbsentRun, 'zeros' | 'taken'> & { zeros: number[] }) | undefined;
  let expected = 0;
  const mayBeZero = (): boolean =>
    rule === 'zero' || (rule === 'auto' && !writesZero && Math.exp(-expected) >= likelyRun);
  const close = (): void => {
    if (run !== undefined) {
      const zero = mayBeZero();
      runs.push({ ...run, zeros: zero ? run.zeros : [], taken: zero ? 'zero' : 'gap' });
    }
    run = undefined;
    expected = 0;
  };
  let row = 0;
  for (const at of gridStarts(question)) {
    while (row < startMillis.length && valueAt(startMillis, row) < at) row += 1;
    const isThere = startMillis[row] === at;
    if (isThere && question.blank?.[row] !== 1) {
      close();
      continue;
    }
    const { weekday, slot } = slotOf(zone.local(at), intervalMinutes);
    const index = weekday * slots + slot;
    const isShut = !isOpen(openingHours, weekday, slot * intervalMinutes);
    if (!isThere && (isShut || (rule !== 'zero' && seen[index] === 0))) continue;
    const { fromMillis, intervals, blank, zeros } = run ?? {
      fromMillis: at,
      intervals: 0,
      blank: 0,
      zeros: [],
    };
    run = {
      fromMillis,
      toMillis: at,
      intervals: intervals + 1,
      blank: blank + (isThere ? 1 : 0),
      zeros,
    };
    expected += valueAt(rates, index);
    // a gap may be as long as a mistyped year: its starts are not kept
    if (mayBeZero()) run.zeros.push(at);
  }
  close();
  return runs;
};

/**
 * Starts on this queue's grid over the file's span. Steps up to an hour follow the clock of the world; longer
 * ones the wall clock, or they would drift where clocks change.
 */
function* gridStarts({
  startMillis,
  fromMillis,
  toMillis,
  intervalMinutes,
  zone,
}: AbsentQuestion): Generator<number> {
  const step = intervalMinutes * 60_000;
  const first = startMillis[0] ?? fromMillis;
  const ahead = Math.floor((first - fromMillis) / step);
  if (intervalMinutes <= 60) {
    for (let at = first - ahead * step; at <= toMillis; at += step) yield at;
    return;
  }
  const base = nominalLocal(first, zone);
  for (let k = -ahead; ; k += 1) {
    const start = zone.earlier(base + k * step);
    const at = Number.isNaN(start) ? zone.earlier(base + k * step + hourMillis) : start;
    if (at > toMillis) return;
    if (at >= fromMillis) yield at;
  }
}
