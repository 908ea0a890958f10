import { type Problem, shownValue } from '../../kernel/errors.ts';
import { clockText } from '../../kernel/time-window.ts';
import {
  dateOfDayNumber,
  dayNumber,
  instantsOfWallClock,
  isPlainDate,
  localClock,
  mondayOfWeek,
  startOfDay,
} from '../../kernel/time.ts';
import { type DateOrder, readTime } from '../cells/wall-clock.ts';
import { defect } from '../findings/problem-ledger.ts';
import { isDecoration } from '../tables/decoration-rows.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import {
  mostSeriesProblems,
  type SeriesColumns,
  type SeriesCsvOptions,
  seriesProblem,
} from './series-columns.ts';

/** One figure of a series: its line in the file from 1, minutes since 1970 on the wall clock, and the count. */
export interface SeriesRow {
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
    const day = Math.floor(read.millis / 86_400_000);
    return { day, minute: Math.floor((read.millis - day * 86_400_000) / 60_000), dateOnly: read.dateOnly };
  }
  if (clock === undefined) return undefined;
  const { date, minute } = clock(read.millis);
  return { day: dayNumber(date), minute, dateOnly: false };
};

/** A month (2026-03, 2026年3月) or an ISO week (2026-W09), by its first day. */
const readPeriod = (cell: string): SeriesTime | undefined => {
  const month = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(cell);
  const date = month === null ? mondayOfWeek(cell) : `${month[1]}-${(month[2] ?? '').padStart(2, '0')}-01`;
  return date !== undefined && isPlainDate(date)
    ? { day: dayNumber(date), minute: 0, dateOnly: true }
    : undefined;
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
      whole = startOfDay(next, zone) - startOfDay(date, zone) === 86_400_000;
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
export const readSeriesRows = (
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
      const negative = count !== undefined && count < 0;
      const countPlace = { ...at, ...name(columns.count), value: shownValue(cell.trim()) };
      problems.push(seriesProblem(defect('bad-count', { negative }), countPlace));
      continue;
    }
    const queue = columns.queue < 0 ? '' : (cells[columns.queue] ?? '').trim();
    let own = rows.get(queue);
    if (own === undefined) {
      own = [];
      rows.set(queue, own);
    }
    own.push({ row: at.row, at: time.day * 1440 + time.minute, count });
  }
  return { rows, problems, dateOnly };
};

/** What rows of a series are totals of, where they lie further apart than days. */
export type TotalsOf = 'week' | 'month' | 'longer';

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
