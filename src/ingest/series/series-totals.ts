import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { conflict } from './series-problem.ts';
import type { SeriesRow } from './series-rows.ts';
import { dateOfDayNumber, dayNumber } from '../../kernel/time.ts';

/** What rows of a series are totals of, where they lie further apart than days. */
export type TotalsOf = 'week' | 'month' | 'longer';

/** Totals of weeks or months, queue by queue: calls by the first day (days since 1970). NaN is a gap. */
export interface SeriesTotals {
  readonly by: 'week' | 'month';
  readonly queues: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

const minutesOfDay = 1440;
/** Fewer rows say nothing of how far apart they lie. */
const leastRows = 4;

const monthStart = (day: number): number => dayNumber(`${dateOfDayNumber(day).slice(0, 8)}01`);

/**
 * What rows are totals of, told by how far apart their days lie (days since 1970, queue by queue): nowhere less than
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

const dayOf = ({ at }: SeriesRow): number => Math.floor(at / minutesOfDay);

/** The same of a bare series. */
export const totalsOfRows = (rows: ReadonlyMap<string, readonly SeriesRow[]>): TotalsOf | undefined =>
  totalsOf([...rows.values()].map((own) => own.map(dayOf)));

/** Rows as totals of weeks (each from its own day on) or months (each named by any of its days). */
export const gatherTotals = (
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
