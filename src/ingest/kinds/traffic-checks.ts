import { type TrafficMeasure, trafficMeasures } from '../../kernel/records.ts';
import { dayMillis, hourMillis } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { wallText } from '../cells/wall-clock.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import type { RowPlace } from '../findings/ingest-problems.ts';
import { defect, type Defect } from '../findings/problem-ledger.ts';
import type { FileReport, Reading } from '../rows/read-files.ts';

/** Everything that checks need: rows, their queues' names, and which rows are out already. */
export interface TrafficCheck {
  readonly table: TrafficTable;
  readonly queues: readonly string[];
  readonly dead: Uint8Array;
  readonly reading: Reading;
}

const fileOf = ({ table, reading }: TrafficCheck, row: number): FileReport | undefined =>
  reading.files[valueAt(table.file, row)];

/** A row in canonical form, for the problems file. */
const canonicalText = (check: TrafficCheck, row: number): string => {
  const { table, queues, reading } = check;
  const start = wallText(reading.zone.local(valueAt(table.startMillis, row)));
  const values = trafficMeasures
    .map((field) => table.value(field, row))
    .map((v) => (Number.isNaN(v) ? '' : v));
  return [queues[valueAt(table.queue, row)], start, ...values].join(',');
};

/** Takes a row out and tells why. */
export const rejectTrafficRow = (
  check: TrafficCheck,
  row: number,
  wrong: Defect,
  column: string,
  value: unknown,
): void => {
  const report = fileOf(check, row);
  const place = { file: report?.file ?? '', row: valueAt(check.table.line, row), column, value };
  check.reading.ledger.rejectRow(wrong, place, () => canonicalText(check, row));
  if (check.dead[row] !== 0) return;
  check.dead[row] = 1;
  if (report !== undefined) {
    report.accepted -= 1;
    report.rejected += 1;
  }
};

const sameFigures = (table: TrafficTable, one: number, other: number): boolean =>
  trafficMeasures.every((field) => Object.is(table.value(field, one), table.value(field, other)));

/** Collapses identical rows of one queue and start; conflicting ones are rejected, all of them. */
export const checkDuplicates = (check: TrafficCheck, rows: Int32Array): void => {
  const { table, reading, queues, dead } = check;
  const collapsed = new Map<FileReport, number>();
  const starts = table.startMillis;
  let kept = rows[0] ?? -1;
  for (let i = 1; i < rows.length; i += 1) {
    const row = rows[i] as number;
    if (starts[row] !== starts[kept]) {
      kept = row;
      continue;
    }
    const report = fileOf(check, row);
    if (sameFigures(table, kept, row)) {
      dead[row] = 2;
      if (report === undefined) continue;
      report.duplicates += 1;
      report.accepted -= 1;
      collapsed.set(report, (collapsed.get(report) ?? 0) + 1);
      continue;
    }
    const start = wallText(reading.zone.local(valueAt(table.startMillis, row)));
    const other = { file: fileOf(check, kept)?.file ?? '', row: valueAt(table.line, kept) };
    const value = table.value('offered', row);
    const queue = queues[valueAt(table.queue, row)] ?? '';
    const conflicting = (place: RowPlace): Defect =>
      defect('conflicting-duplicates', { of: 'interval', queue, start, other: place });
    rejectTrafficRow(check, row, conflicting(other), 'offered', value);
    // the first of them is as doubtful as the others: it is left out, and counted, like them
    const second = { file: report?.file ?? '', row: valueAt(table.line, row) };
    if (dead[kept] === 0)
      rejectTrafficRow(check, kept, conflicting(second), 'offered', table.value('offered', kept));
  }
  for (const [report, count] of collapsed)
    reading.ledger.notice(defect('identical-duplicates', { count }), { file: report.file });
};

/** Starts must lie on the grid of the step; a file whose every start has the same phase is only warned of. */
export const checkGrid = (check: TrafficCheck, rows: Int32Array, minutes: number): void => {
  if (minutes >= 1440) return;
  const { table, reading, dead } = check;
  const step = minutes * 60_000;
  const { zone } = reading;
  const starts = table.startMillis;
  // not by the remainder of a division, which takes several times as long
  const phaseOf = (row: number): number => {
    const local = zone.local(starts[row] as number);
    return local - step * Math.floor(local / step);
  };
  const first = rows.find((row) => dead[row] === 0);
  if (first === undefined) return;
  const phase = phaseOf(first);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    if (dead[row] === 0 && phaseOf(row) !== phase)
      rejectTrafficRow(
        check,
        row,
        defect('start-off-grid', { minutes }),
        'start',
        wallText(reading.zone.local(valueAt(table.startMillis, row))),
      );
  }
  if (phase !== 0)
    reading.ledger.warn(defect('grid-shifted', { phase: phase / 60_000, minutes }), {
      file: fileOf(check, first)?.file,
    });
};

interface SumRule {
  readonly parts: readonly TrafficMeasure[];
  readonly whole: TrafficMeasure;
}

const sumRules: readonly SumRule[] = [
  { parts: ['answered', 'abandoned', 'blocked'], whole: 'offered' },
  { parts: ['answeredInThreshold'], whole: 'answered' },
  { parts: ['shortAbandoned'], whole: 'abandoned' },
];

/** By how much the parts of a row are above their whole; 0 where the whole is not known. */
const excessBy = (table: TrafficTable, rule: SumRule): ((row: number) => number) => {
  const whole = table.columns.get(rule.whole)?.values;
  const parts = rule.parts.flatMap((field) => table.columns.get(field)?.values ?? []);
  if (whole === undefined) return () => 0;
  return (row) => {
    const all = whole[row] as number;
    let sum = 0;
    for (let i = 0; i < parts.length; i += 1) sum += (parts[i] as Float64Array)[row] || 0;
    return Number.isNaN(all) ? 0 : sum - all;
  };
};

/**
 * Parts above their whole: per interval a warning where the day's sums agree, a rejection where they do not.
 * Calls that arrive just before midnight and end after it may carry over: a day's excess is let pass as far
 * as the hour before midnight has that many calls to spare. Intervals that are handed in as they end are no whole days:
 * where their calls are counted both as they come and as they end, parts and whole are not of the same calls.
 */
export const checkSums = (check: TrafficCheck, rows: Int32Array, options: IngestOptions): void => {
  if (options.attribution === 'end' && options.intervals !== undefined) return;
  for (const rule of sumRules) {
    if (!check.table.columns.has(rule.whole) || !rule.parts.some((part) => check.table.columns.has(part)))
      continue;
    checkRule(check, rows, rule, options.attribution === 'end');
  }
};

const checkRule = (check: TrafficCheck, rows: Int32Array, rule: SumRule, bookedAtEnd: boolean): void => {
  const { table, reading, dead } = check;
  const excessOf = excessBy(table, rule);
  // most queues have no such row: days are looked at only where one is
  let isAny = false;
  for (let i = 0; i < rows.length && !isAny; i += 1) {
    const row = rows[i] as number;
    isAny = dead[row] === 0 && excessOf(row) > 0;
  }
  if (!isAny) return;
  const dayOf = (row: number): number =>
    Math.floor(reading.zone.local(valueAt(table.startMillis, row)) / dayMillis);
  let spare = 0;
  for (let from = 0; from < rows.length;) {
    const day = dayOf(valueAt(rows, from));
    const last: number[] = [];
    const above: number[] = [];
    let total = 0;
    let to = from;
    for (; to < rows.length && dayOf(valueAt(rows, to)) === day; to += 1) {
      const row = valueAt(rows, to);
      if (dead[row] !== 0) continue;
      const excess = excessOf(row);
      total += excess;
      if (excess > 0) above.push(row);
      if (reading.zone.local(valueAt(table.startMillis, row)) >= (day + 1) * dayMillis - hourMillis)
        last.push(excess);
    }
    const agrees = total <= spare;
    spare = Math.max(0, -last.reduce((sum, excess) => sum + Math.min(0, excess), 0));
    const column = rule.parts.length > 1 ? rule.parts.join(' + ') : (rule.parts[0] ?? '');
    for (const row of above) {
      const value = `${table.value(rule.whole, row) + excessOf(row)} > ${table.value(rule.whole, row)}`;
      const wrong = defect(agrees ? 'parts-above-whole' : 'parts-above-whole-of-day', {
        parts: column,
        whole: rule.whole,
      });
      if (!agrees) rejectTrafficRow(check, row, wrong, column, value);
      else if (!bookedAtEnd)
        reading.ledger.warn(wrong, {
          file: fileOf(check, row)?.file,
          row: valueAt(table.line, row),
          column,
          value,
        });
    }
    from = to;
  }
};

/** The figures of a measure, row by row; NaN where a row has none. */
export interface MeasureColumn {
  values: Float64Array<ArrayBuffer>;
}

/** The length of an interval as rows state it: what the first that does says, and the first that differs from it. */
class StatedStep {
  /** NaN where no row states one. */
  minutes = Number.NaN;
  everywhere = true;
  differing: { readonly row: number; readonly minutes: number } | undefined;

  see(minutes: number, row: number): void {
    if (minutes === this.minutes) return;
    if (Number.isNaN(minutes)) this.everywhere = false;
    else if (Number.isNaN(this.minutes)) this.minutes = minutes;
    else this.differing ??= { row, minutes };
  }
}

/**
 * Rows of interval traffic as columns while they are checked: 2 million rows take about 120 MB. Columns have room for
 * more rows than there are: `length` says how many count.
 */
export class TrafficTable {
  length = 0;
  queue = new Int32Array(firstRoom);
  startMillis = new Float64Array(firstRoom);
  readonly step = new StatedStep();
  line = new Int32Array(firstRoom);
  file = new Int32Array(firstRoom);
  readonly columns = new Map<TrafficMeasure, MeasureColumn>();
  /** Rows that tell their time and no figure: kept with zeros until it is settled whether they are gaps. */
  readonly blank = new Set<number>();
  /** Measures that stand in the file as sums from the beginning of the day on. */
  readonly running = new Set<TrafficMeasure>();

  /** Adds a row, its figures still to come; answers its number. `stepMinutes` is NaN where the row does not state it. */
  add(queue: number, startMillis: number, stepMinutes: number, line: number, file: number): number {
    const row = this.length;
    if (row === this.queue.length) this.#grow();
    this.queue[row] = queue;
    this.startMillis[row] = startMillis;
    this.step.see(stepMinutes, row);
    this.line[row] = line;
    this.file[row] = file;
    this.length = row + 1;
    return row;
  }

  #grow(): void {
    const room = 2 * this.length;
    this.queue = grownInts(this.queue, room);
    this.startMillis = grownFloats(this.startMillis, room);
    this.line = grownInts(this.line, room);
    this.file = grownInts(this.file, room);
    for (const column of this.columns.values())
      column.values = grownFloats(column.values, room).fill(Number.NaN, this.length);
  }

  /** The column of a field, made when it first appears. */
  column(field: TrafficMeasure): MeasureColumn {
    let column = this.columns.get(field);
    if (column === undefined) {
      column = { values: new Float64Array(this.queue.length).fill(Number.NaN) };
      this.columns.set(field, column);
    }
    return column;
  }

  value(field: TrafficMeasure, row: number): number {
    return this.columns.get(field)?.values[row] ?? Number.NaN;
  }
}

const firstRoom = 1024;

/** Handed on with its memory: a copy would stand beside what it was made of until that is collected. */
const grownInts = (column: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> =>
  new Int32Array(column.buffer.transfer(4 * room));

const grownFloats = (column: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> =>
  new Float64Array(column.buffer.transfer(8 * room));
