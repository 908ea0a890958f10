import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Finding } from '../../kernel/finding.ts';
import { type DayGrid, emptyDayGrid } from '../../kernel/interval-series.ts';
import { kernelProblem } from '../../kernel/kernel-findings.ts';
import { dateOfDayNumber, dayNumber, instantsOfWallClock, isZone, weekdayOfDay } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { ingestFinding } from '../findings/ingest-problems.ts';
import { defect } from '../findings/problem-ledger.ts';
import { rowsOfText } from '../tables/open-table.ts';
import {
  conflict,
  findSeriesColumns,
  mostSeriesProblems,
  type SeriesColumns,
  type SeriesCsvOptions,
  seriesProblem,
} from './series-columns.ts';
import { readSeriesRows, type SeriesRow, type SeriesTotals, type TotalsOf, totalsOf } from './series-rows.ts';

export interface SeriesCsv {
  readonly intervalMinutes: number;
  /** Grid per queue; the queue of a file without a queue column is ''. */
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** Which column was taken for what, where headings were read by their meaning. */
  readonly notices: readonly Finding[];
}

/** The rows of a series file, whatever they are counts of. */
interface SeriesTable {
  readonly rows: Map<string, SeriesRow[]>;
  readonly dateOnly: boolean;
  readonly columns: SeriesColumns;
  readonly place: Partial<Problem>;
}

const readTable = (csv: string, options: SeriesCsvOptions): SeriesTable => {
  const place: Partial<Problem> = options.file === undefined ? {} : { file: options.file };
  if (csv.trim() === '') throw new BadInputError([seriesProblem(defect('empty-file'), place)]);
  const zone = options.timezone;
  if (zone !== undefined && !isZone(zone))
    throw new BadInputError([kernelProblem('--timezone', 'unknown-zone', zone)]);
  const table = rowsOfText(csv);
  const columns = findSeriesColumns(table.rows, options, place);
  const { rows, problems, dateOnly } = readSeriesRows(table.rows, columns, place, options);
  for (const { line, wrong } of table.broken)
    problems.push(seriesProblem(wrong, { ...place, row: line, ...options.placeOf?.(line - 1) }));
  if (rows.size === 0 && problems.length === 0) problems.push(seriesProblem(defect('no-rows'), place));
  if (problems.length > 0) throw new BadInputError(problems);
  return { rows, dateOnly, columns, place };
};

/** What a table's rows are totals of; undefined for days or intervals, and where days are asked for by name. */
const totalsIn = ({ rows }: SeriesTable, options: SeriesCsvOptions): TotalsOf | undefined =>
  options.intervalMinutes === undefined ? totalsOfRows(rows) : undefined;

const notDays = (by: TotalsOf, { place, columns }: SeriesTable): BadInputError =>
  new BadInputError([
    seriesProblem(defect('totals-of-periods', { by }), {
      ...place,
      column: columns.names[columns.time[0] ?? -1] ?? '',
    }),
  ]);

/**
 * Reads `time,count[,queue]` in any column order to one grid per queue. Every problem is found before any is
 * thrown (at most 200): unreadable times, counts below zero, two counts for one time. Totals of weeks or months are
 * refused.
 */
export const readSeriesCsv = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv => {
  const table = readTable(csv, options);
  const by = totalsIn(table, options);
  if (by !== undefined) throw notDays(by, table);
  return gridsOf(table, options);
};

/** The same, but totals of weeks or months are taken as what they are. */
export const readSeriesOrTotals = (csv: string, options: SeriesCsvOptions = {}): SeriesCsv | SeriesTotals => {
  const table = readTable(csv, options);
  const by = totalsIn(table, options);
  if (by === undefined) return gridsOf(table, options);
  if (by === 'longer') throw notDays(by, table);
  return gatherTotals(table.rows, by, table.place);
};

const gridsOf = ({ rows, dateOnly, columns, place }: SeriesTable, options: SeriesCsvOptions): SeriesCsv => {
  const own = detectStep(rows, dateOnly);
  const wanted = options.intervalMinutes ?? own;
  if (wanted % own !== 0 || 1440 % wanted !== 0) throw new BadInputError([badInterval(place, own, wanted)]);
  const problems: Problem[] = [];
  const queues = new Map<string, DayGrid>();
  for (const [queue, list] of rows)
    queues.set(queue, gridOf(list, own, wanted, place, problems, options.timezone));
  if (problems.length > 0) throw new BadInputError(problems);
  return { intervalMinutes: wanted, queues, notices: guessNotices(columns) };
};

const gridOf = (
  rows: readonly SeriesRow[],
  own: number,
  wanted: number,
  place: Partial<Problem>,
  problems: Problem[],
  zone: string | undefined,
): DayGrid => {
  const grid = fillGrid(rows, own, place, problems, zone);
  fillSilence(grid);
  return wanted === own ? grid : coarserStep(grid, wanted);
};

const guessNotices = ({ guessed, names, time, count, queue }: SeriesColumns): Finding[] => {
  if (guessed.length === 0) return [];
  const at = (columns: readonly number[]): string => columns.map((column) => names[column] ?? '').join(' + ');
  return [
    ingestFinding('series-columns-guessed', {
      time: at(time),
      count: at([count]),
      queue: queue < 0 ? null : at([queue]),
    }),
  ];
};

const badInterval = (place: Partial<Problem>, fileMinutes: number, wanted: number): Problem =>
  seriesProblem(defect('bad-interval', { fileMinutes, wanted }), {
    ...place,
    path: '--interval',
    value: String(wanted),
  });

/** Steps that a file may have, minutes: divisors of a day. */
const steps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

/** Smallest step between consecutive times that the file uses, as a divisor of the day. */
export const detectStep = (rows: ReadonlyMap<string, readonly SeriesRow[]>, dateOnly: boolean): number => {
  if (dateOnly) return 1440;
  let common = 1440;
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  for (const own of rows.values()) {
    let last = -1;
    for (const row of own) {
      if (last >= 0 && row.at !== last) common = gcd(Math.abs(row.at - last), common);
      last = row.at;
    }
  }
  return steps.findLast((step) => common % step === 0) ?? 1;
};

/**
 * Rows of one queue on a grid of days. Two counts of one time are a problem, but where `zone` repeats that hour
 * they are its two passes: the slot takes their mean.
 */
export const fillGrid = (
  own: readonly SeriesRow[],
  step: number,
  place: Partial<Problem>,
  problems: Problem[],
  zone?: string,
): DayGrid => {
  let first = Infinity;
  let last = -Infinity;
  for (const row of own) {
    first = Math.min(first, row.at);
    last = Math.max(last, row.at);
  }
  const firstDay = Math.floor(first / 1440);
  const grid = emptyDayGrid(dateOfDayNumber(firstDay), Math.floor(last / 1440) - firstDay + 1, step);
  const offset = own.length === 0 ? 0 : (first % 1440) % step;
  const seen = new Map<number, SeriesRow>();
  for (const row of own) {
    const index = Math.floor((row.at - offset - firstDay * 1440) / step);
    const before = seen.get(index);
    const differ =
      before !== undefined && before.count !== row.count && !Number.isNaN(before.count + row.count);
    if (differ && isRepeated(row.at, zone)) {
      grid.values[index] = (before.count + row.count) / 2;
      continue;
    }
    if (differ) {
      problems.push(conflict({ ...place, row: row.row, value: String(row.count) }, before));
      if (problems.length >= mostSeriesProblems) break;
    }
    if (before === undefined || Number.isNaN(before.count)) seen.set(index, row);
    if (!Number.isNaN(row.count)) grid.values[index] = row.count;
  }
  return grid;
};

const isRepeated = (at: number, zone: string | undefined): boolean =>
  zone !== undefined &&
  instantsOfWallClock(new Date(at * 60_000).toISOString().slice(0, 16), zone).length > 1;

/** Sums a grid to a coarser step. A coarse slot is a gap where any part that is usually there is missing. */
export const coarserStep = (grid: DayGrid, step: number): DayGrid => {
  const ratio = step / grid.intervalMinutes;
  const out = emptyDayGrid(grid.firstDate, grid.dayCount, step);
  const usual = new Uint8Array(7 * grid.slotsPerDay);
  const known = new Float64Array(7 * grid.slotsPerDay);
  const days = new Float64Array(7);
  const first = dayNumber(grid.firstDate);
  const weekday = (d: number): number => weekdayOfDay(first + d);
  for (let d = 0; d < grid.dayCount; d += 1) {
    let any = 0;
    for (let s = 0; s < grid.slotsPerDay; s += 1) {
      if (Number.isNaN(valueAt(grid.values, d * grid.slotsPerDay + s))) continue;
      addAt(known, weekday(d) * grid.slotsPerDay + s, 1);
      any = 1;
    }
    addAt(days, weekday(d), any);
  }
  for (let w = 0; w < 7; w += 1) {
    for (let s = 0; s < grid.slotsPerDay; s += 1) {
      if (valueAt(known, w * grid.slotsPerDay + s) * 2 > valueAt(days, w))
        usual[w * grid.slotsPerDay + s] = 1;
    }
  }
  for (let d = 0; d < grid.dayCount; d += 1) {
    for (let s = 0; s < out.slotsPerDay; s += 1) {
      let sum = 0;
      let parts = 0;
      let lost = false;
      for (let k = 0; k < ratio; k += 1) {
        const fine = s * ratio + k;
        const v = valueAt(grid.values, d * grid.slotsPerDay + fine);
        if (Number.isNaN(v)) lost ||= usual[weekday(d) * grid.slotsPerDay + fine] === 1;
        else {
          sum += v;
          parts += 1;
        }
      }
      if (parts > 0 && !lost) out.values[d * out.slotsPerDay + s] = sum;
    }
  }
  return out;
};

/** Absent intervals of a file that never writes a 0 are zeros where such a silence is likely at that rate. */
export const fillSilence = (grid: DayGrid): void => {
  if (grid.slotsPerDay === 1 || grid.values.includes(0)) return;
  const s = grid.slotsPerDay;
  const sums = new Float64Array(s);
  const days = new Float64Array(s);
  for (let d = 0; d < grid.dayCount; d += 1) {
    const row = grid.values.subarray(d * s, (d + 1) * s);
    const first = row.findIndex((v) => !Number.isNaN(v));
    if (first < 0) continue;
    const last = row.findLastIndex((v) => !Number.isNaN(v));
    for (let k = first; k <= last; k += 1) {
      addAt(days, k, 1);
      addAt(sums, k, Number.isNaN(valueAt(row, k)) ? 0 : valueAt(row, k));
    }
  }
  for (let d = 0; d < grid.dayCount; d += 1) {
    const row = grid.values.subarray(d * s, (d + 1) * s);
    const first = row.findIndex((v) => !Number.isNaN(v));
    const last = row.findLastIndex((v) => !Number.isNaN(v));
    for (let k = first; k >= 0 && k <= last; k += 1) {
      let end = k;
      let expected = 0;
      while (end <= last && Number.isNaN(valueAt(row, end))) {
        expected += valueAt(sums, end) / Math.max(1, valueAt(days, end));
        end += 1;
      }
      // A silence that comes less than once in a thousand at the usual rate is a gap.
      if (end > k && expected < 6.9) row.fill(0, k, end);
      if (end > k) k = end;
    }
  }
};

const minutesOfDay = 1440;

const monthStart = (day: number): number => dayNumber(`${dateOfDayNumber(day).slice(0, 8)}01`);

const dayOf = ({ at }: SeriesRow): number => Math.floor(at / minutesOfDay);

/** The same of a bare series. */
const totalsOfRows = (rows: ReadonlyMap<string, readonly SeriesRow[]>): TotalsOf | undefined =>
  totalsOf([...rows.values()].map((own) => own.map(dayOf)));

/** Rows as totals of weeks (each from its own day on) or months (each named by any of its days). */
const gatherTotals = (
  rows: ReadonlyMap<string, readonly SeriesRow[]>,
  by: SeriesTotals['by'],
  place: Partial<Problem>,
): SeriesTotals => {
  const problems: Problem[] = [];
  const queues = new Map<string, Map<number, number>>();
  for (const [queue, own] of rows) {
    const totals = new Map<number, SeriesRow>();
    for (const row of own) {
      const start = by === 'week' ? dayOf(row) : monthStart(dayOf(row));
      const before = totals.get(start);
      if (before !== undefined && before.count !== row.count)
        problems.push(conflict({ ...place, row: row.row, value: String(row.count) }, before));
      totals.set(start, row);
    }
    queues.set(queue, new Map([...totals].map(([start, { count }]) => [start, count])));
  }
  if (problems.length > 0) throw new BadInputError(problems);
  return { by, queues };
};
