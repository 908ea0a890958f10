import { dateOfDayNumber, weekdayOfDay } from '../../kernel/time.ts';
import { isDressing } from './decoration-rows.ts';
import type { OpenTable } from './open-table.ts';
import { cellsOfRow, rowMaker } from './row-of-cells.ts';
import type { RowSink } from './row-sink.ts';
import type { SheetRow } from './sheet-row.ts';
import { findWide, type WidePlan, type WideWish } from './find-wide.ts';
import { readTime } from '../cells/wall-clock.ts';

/**
 * A table that holds one figure per day, time of day or queue in a column of its own, as if it had one row per figure:
 * other columns stay, `start` or `queue` comes from the heading, `offered` (or what the map file names) from the cell.
 * A cell that is empty gives no row. Any other table comes back as it is.
 */
export const lengthened = (table: OpenTable, wish: WideWish): OpenTable => {
  const plan = findWide(table.head, wish);
  if (plan === undefined) return table;
  const headingLine = table.head[plan.headingAt]?.line ?? 1;
  const head = table.head.flatMap((row, at): SheetRow[] => {
    if (at < plan.headingAt) return [row];
    if (at === plan.headingAt) return [{ line: row.line, cells: headingsOf(plan) }];
    return longRows(plan, row.cells).map(({ cells }) => ({ line: row.line, cells }));
  });
  return {
    ...table,
    wide: plan.headingsAs,
    head: head.slice(0, mostHeadRows),
    read: (sink) => table.read(lengthening(plan, headingLine, table, sink)),
  };
};

const mostHeadRows = 400;

const headingsOf = (plan: WidePlan): string[] => [
  ...plan.kept.map((column) => plan.headings[column] ?? ''),
  plan.headingsAs === 'queue' ? 'queue' : 'start',
  plan.value,
];

/** Rows that one row of the wide table stands for, each with the heading of the cell that it was made of. */
const longRows = (
  plan: WidePlan,
  cells: readonly string[],
): { readonly cells: string[]; readonly heading: string }[] => {
  const kept = plan.kept.map((column) => cells[column] ?? '');
  // totals and repeated headings pass once, for the reader to judge
  if (isDressing(cells, plan.headings)) return [{ cells: [...kept, cells[0] ?? '', ''], heading: '' }];
  return plan.columns.flatMap((column) => {
    const value = cells[column] ?? '';
    const heading = plan.headings[column] ?? '';
    if (value.trim() === '') return [];
    return [{ cells: [...kept, nameOf(plan, heading, cells), value], heading }];
  });
};

const nameOf = (plan: WidePlan, heading: string, cells: readonly string[]): string => {
  const date = plan.dateColumn === undefined ? '' : (cells[plan.dateColumn] ?? '').trim();
  const clock = plan.clockColumn === undefined ? '' : (cells[plan.clockColumn] ?? '').trim();
  const own = heading.trim();
  if (plan.headingsAs === 'queue') return own;
  if (plan.headingsAs === 'date') return `${own} ${clock}`.trim();
  if (plan.headingsAs === 'clock') return `${date} ${own}`.trim();
  return `${dayOfWeek(date, plan.weekdays.get(own) ?? 0)} ${clock}`.trim();
};

/** The date of a weekday (Monday 0) in the week of a date; the text itself where it is no date. */
const dayOfWeek = (date: string, weekday: number): string => {
  const read = readTime(date);
  if (typeof read === 'string') return date;
  const day = Math.floor(read.millis / 86_400_000);
  return dateOfDayNumber(day - weekdayOfDay(day) + weekday);
};

const lengthening = (plan: WidePlan, headingLine: number, table: OpenTable, sink: RowSink): RowSink => {
  const make = rowMaker();
  return {
    brokenRow: sink.brokenRow,
    row: (row) =>
      row.line <= headingLine ||
      longRows(plan, cellsOfRow(row, table)).every(({ cells, heading }) =>
        sink.row(make(cells, row.line, heading)),
      ),
  };
};
