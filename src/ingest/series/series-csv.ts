import { BadInputError, type Problem, shownValue } from '../../kernel/errors.ts';
import type { Finding } from '../../kernel/finding.ts';
import { type DayGrid, emptyDayGrid } from '../../kernel/interval-series.ts';
import { kernelProblem } from '../../kernel/kernel-findings.ts';
import { clockText } from '../../kernel/time-window.ts';
import {
  dateOfDayNumber,
  dayMillis,
  dayNumber,
  instantsOfWallClock,
  isPlainDate,
  isZone,
  localClock,
  mondayOfWeek,
  startOfDay,
  weekdayOfDay,
} from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { type DateOrder, readTime } from '../cells/wall-clock.ts';
import { ingestFinding } from '../findings/ingest-problems.ts';
import { defect } from '../findings/problem-ledger.ts';
import { isDecoration } from '../tables/decoration-rows.ts';
import { rowsOfText } from '../tables/open-table.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import {
  findSeriesColumns,
  type SeriesColumns,
  type SeriesCsvOptions,
  seriesProblem,
} from './series-columns.ts';

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
  const step = detectStep(rows, dateOnly);
  const wanted = options.intervalMinutes ?? step;
  if (wanted % step !== 0 || 1440 % wanted !== 0) throw new BadInputError([badInterval(place, step, wanted)]);
  const problems: Problem[] = [];
  const queues = new Map<string, DayGrid>();
  for (const [queue, list] of rows)
    queues.set(queue, gridOf(list, step, wanted, place, problems, options.timezone));
  if (problems.length > 0) throw new BadInputError(problems);
  return { intervalMinutes: wanted, queues, notices: guessNotices(columns) };
};

const gridOf = (
  rows: readonly SeriesRow[],
  step: number,
  wanted: number,
  place: Partial<Problem>,
  problems: Problem[],
  zone: string | undefined,
): DayGrid => {
  const grid = fillGrid(rows, step, place, problems, zone);
  fillSilence(grid);
  return wanted === step ? grid : coarserStep(grid, wanted);
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
      if (last >= 0) common = gcd(Math.abs(row.at - last), common);
      last = row.at;
    }
  }
  return steps.findLast((step) => common % step === 0) ?? 1;
};

/** Problems of one file that are listed one by one. */
const mostSeriesProblems = 200;

/**
 * Rows of one queue on a grid of days. Two counts of one time are a problem, but where `zone` repeats that hour
 * they are its two passes: the slot takes their mean.
 */
export const fillGrid = (
  rows: readonly SeriesRow[],
  step: number,
  place: Partial<Problem>,
  problems: Problem[],
  zone?: string,
): DayGrid => {
  let first = Infinity;
  let last = -Infinity;
  for (const row of rows) {
    first = Math.min(first, row.at);
    last = Math.max(last, row.at);
  }
  const firstDay = Math.floor(first / 1440);
  const grid = emptyDayGrid(dateOfDayNumber(firstDay), Math.floor(last / 1440) - firstDay + 1, step);
  const offset = first % step;
  const seen = new Map<number, SeriesRow>();
  for (const row of rows) {
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
      if (expected < 6.9) row.fill(0, k, end);
      k = end;
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

/** Two counts of one time. */
const conflict = (
  place: Partial<Problem>,
  before: { readonly row: number; readonly count: number },
): Problem => seriesProblem(defect('conflicting-rows', { row: before.row, count: before.count }), place);

/** One figure of a series: its line in the file from 1, minutes since 1970 on the wall clock, and the count. */
interface SeriesRow {
  readonly row: number;
  readonly at: number;
  /** NaN where it is missing. */
  readonly count: number;
}

interface SeriesRows {
  readonly rows: Map<string, SeriesRow[]>;
  readonly problems: Problem[];
  /** True where no row has a time of day. */
  readonly dateOnly: boolean;
}

const timePattern =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

interface SeriesTime {
  readonly day: number;
  readonly minute: number;
  readonly dateOnly: boolean;
}

const isInstant = (cell: string): boolean => {
  const read = readTime(cell);
  return typeof read !== 'string' && read.fixed;
};

/** The plain form that nearly every file uses, without an offset that a zone would have to be reported of. */
const readPlainTime = (cell: string, zoned: boolean): SeriesTime | undefined => {
  const match = timePattern.exec(cell);
  if (match === null || (zoned && match[7] !== undefined)) return undefined;
  // 9:30-10:00 looks like an offset and is a stretch of time
  if (match[7]?.startsWith('-') === true && !isInstant(cell)) return undefined;
  const pad = (v: string): string => v.padStart(2, '0');
  const date = `${match[1]}-${pad(match[2] ?? '')}-${pad(match[3] ?? '')}`;
  if (!isPlainDate(date)) return undefined;
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return { day: dayNumber(date), minute: 60 * hour + minute, dateOnly: match[4] === undefined };
};

/** Any other form that ingest knows; an instant only where a zone says which wall clock it is on. */
const readOtherTime = (
  cell: string,
  order: DateOrder | undefined,
  clock: ReturnType<typeof localClock> | undefined,
): SeriesTime | undefined => {
  const read = readTime(cell, order);
  if (typeof read === 'string') return undefined;
  if (!read.fixed) {
    const day = Math.floor(read.millis / dayMillis);
    return { day, minute: Math.floor((read.millis - day * dayMillis) / 60_000), dateOnly: read.dateOnly };
  }
  if (clock === undefined) return undefined;
  const { date, minute } = clock(read.millis);
  return { day: dayNumber(date), minute, dateOnly: false };
};

/** A month (2026-03, 2026年3月) or an ISO week (2026-W09), by its first day. */
const readPeriod = (cell: string): SeriesTime | undefined => {
  const month = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(cell);
  const date =
    month === null ? (mondayOfWeek(cell) ?? '') : `${month[1]}-${(month[2] ?? '').padStart(2, '0')}-01`;
  return isPlainDate(date) ? { day: dayNumber(date), minute: 0, dateOnly: true } : undefined;
};

/** Tells the times that clocks of a zone jump over; days of 24 hours are settled at one look. */
const missingHours = (zone: string | undefined): ((time: SeriesTime) => boolean) => {
  if (zone === undefined) return () => false;
  const even = new Map<number, boolean>();
  return ({ day, minute, dateOnly }) => {
    const date = dateOfDayNumber(day);
    let whole = even.get(day);
    if (whole === undefined) {
      const next = dateOfDayNumber(day + 1);
      whole = startOfDay(next, zone) - startOfDay(date, zone) === dayMillis;
      even.set(day, whole);
    }
    if (whole || dateOnly) return false;
    return instantsOfWallClock(`${date}T${clockText(minute)}`, zone).length === 0;
  };
};

const isTotal = (cell: string): boolean => /^(合计|总计|小计|汇总|total|grand total|sum)$/i.test(cell.trim());

/** A count as switchboards write it: 560, 560.0, 1,234; NaN for a missing one, undefined for what is none. */
const readCount = (cell: string): number | undefined => {
  const said = cell.normalize('NFKC').trim();
  if (said === '' || /^(nan|na|n\/a|null|-+)$/i.test(said)) return Number.NaN;
  const count = Number(/^\d{1,3}(,\d{3})+(\.0*)?$/.test(said) ? said.replaceAll(',', '') : said);
  return Number.isFinite(count) ? count : undefined;
};

/** Reads the rows under the heading, queue by queue; rows of totals and those that only dress a report are passed over. */
const readSeriesRows = (
  table: readonly SheetRow[],
  columns: SeriesColumns,
  place: Partial<Problem>,
  { timezone: zone, placeOf }: Pick<SeriesCsvOptions, 'timezone' | 'placeOf'>,
): SeriesRows => {
  const rows = new Map<string, SeriesRow[]>();
  const problems: Problem[] = [];
  const clock = zone === undefined ? undefined : localClock(zone);
  const isMissing = missingHours(zone);
  let dateOnly = true;
  const name = (column: number): Partial<Problem> => ({ column: columns.names[column] ?? '' });
  for (const { line, cells } of table.slice(columns.headingAt + 1)) {
    if (problems.length >= mostSeriesProblems) break;
    // Rows that ingest passes over: empty ones, totals, the heading again, who made the report.
    if (cells.every((cell) => cell.trim() === '') || cells.some(isTotal)) continue;
    if (isDecoration(cells, columns.names)) continue;
    const at = { ...place, row: line, ...placeOf?.(line - 1) };
    const said = columns.time.map((column) => (cells[column] ?? '').trim()).join(' ');
    const time =
      readPlainTime(said, zone !== undefined) ??
      readOtherTime(said, columns.dateOrder, clock) ??
      readPeriod(said);
    const timePlace = { ...at, ...name(columns.time[0] ?? -1), value: shownValue(said) };
    if (time === undefined) {
      problems.push(seriesProblem(defect('bad-time'), timePlace));
      continue;
    }
    if (isMissing(time))
      problems.push(seriesProblem(defect('time-does-not-exist', { zone: zone ?? '' }), timePlace));
    if (!time.dateOnly) dateOnly = false;
    const cell = cells[columns.count] ?? '';
    const count = readCount(cell);
    if (count === undefined || count < 0) {
      const negative = count !== undefined;
      const countPlace = { ...at, ...name(columns.count), value: shownValue(cell.trim()) };
      problems.push(seriesProblem(defect('bad-count', { negative }), countPlace));
      continue;
    }
    const queue = columns.queue < 0 ? '' : (cells[columns.queue] ?? '').trim();
    let ofQueue = rows.get(queue);
    if (ofQueue === undefined) {
      ofQueue = [];
      rows.set(queue, ofQueue);
    }
    ofQueue.push({ row: at.row, at: time.day * 1440 + time.minute, count });
  }
  return { rows, problems, dateOnly };
};

/** What rows of a series are totals of, where they lie further apart than days. */
type TotalsOf = 'week' | 'month' | 'longer';

/** Totals of weeks or months, queue by queue: calls by the first day (days since 1970). NaN is a gap. */
export interface SeriesTotals {
  readonly by: 'week' | 'month';
  readonly queues: ReadonlyMap<string, ReadonlyMap<number, number>>;
}
/** Fewer rows say nothing of how far apart they lie. */
const leastRows = 4;

/**
 * What rows are totals of, inferred from how far apart their days lie (days since 1970, queue by queue): nowhere less than
 * six days. Undefined where they are days or shorter. A line that is open on one day a week alone looks the same.
 */
export const totalsOf = (queues: readonly (readonly number[])[]): TotalsOf | undefined => {
  const gaps = queues.map(gapsOf).filter(({ length }) => length >= leastRows - 1);
  const all = gaps.flat().sort((one, other) => one - other);
  const least = all[0] ?? 0;
  const usual = all[Math.floor(all.length / 2)] ?? 0;
  if (least < 6) return undefined;
  if (usual === 7 && all.every((gap) => gap % 7 === 0)) return 'week';
  if (least >= 27 && usual >= 28 && usual <= 31) return 'month';
  return usual > 31 ? 'longer' : undefined;
};

const gapsOf = (days: readonly number[]): number[] => {
  const sorted = [...new Set(days)].sort((one, other) => one - other);
  return sorted.slice(1).map((day, i) => day - (sorted[i] ?? day));
};
