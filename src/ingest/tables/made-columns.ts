import { durationSeconds } from '../cells/durations.ts';
import { readTime, type DateOrder } from '../cells/wall-clock.ts';
import type { OpenTable } from './open-table.ts';
import { cellsOfRow, rowMaker } from './row-of-cells.ts';
import type { SheetRow } from './sheet-row.ts';

/**
 * A column that a file does not hold and that follows from those that it holds: the seconds from one time to the first
 * of others that is filled; a time so many seconds before another; a cell of another column by what one says; a word by
 * whether a column is filled; or what the title above the table says of every row.
 */
type MadeColumn =
  | { readonly from: string; readonly to: readonly string[] }
  | { readonly end: string; readonly less: readonly string[] }
  | { readonly by: string; readonly of: Readonly<Record<string, string>> }
  | { readonly filled: string; readonly yes: string; readonly no: string }
  | { readonly always: string };

/** A table whose file has no row of headings, under the names that are given; further columns are numbered from 1. */
export const withHeadings = (table: OpenTable, names: readonly string[]): OpenTable => {
  const width = Math.max(names.length, ...table.head.map(({ cells }) => cells.length));
  const cells = Array.from({ length: width }, (_, i) => names[i] ?? String(i + 1));
  return { ...table, head: [{ line: 0, cells }, ...table.head], ragged: true };
};

/** Rows among which the one that heads the columns is looked for. */
const searchRows = 20;

/**
 * A table with further columns, made of those that it has; as it is where it lacks what they are made of. The row that
 * heads the columns is the first that has them, unless it is given.
 */
export const withMade = (
  table: OpenTable,
  made: Readonly<Record<string, MadeColumn>>,
  order: DateOrder | undefined,
  headingAt?: number,
): OpenTable => {
  const names = Object.keys(made);
  const sources = Object.values(made)
    .flatMap(sourcesOf)
    .filter((name) => !names.includes(name));
  const has = (cells: readonly string[]): boolean => {
    const headings = new Set(cells.map((cell) => cell.trim()));
    return sources.every((source) => headings.has(source));
  };
  const at = headingAt ?? table.head.slice(0, searchRows).findIndex(({ cells }) => has(cells));
  const heading = table.head[at];
  if (heading === undefined) return table;
  const headings = [...heading.cells.map((cell) => cell.trim()), ...names];
  const column = new Map(headings.map((name, i) => [name, i]));
  const widened = (cells: readonly string[]): string[] => {
    const all = Array.from({ length: heading.cells.length }, (_, i) => cells[i] ?? '');
    const cell = (name: string): string => (all[column.get(name) ?? -1] ?? '').trim();
    for (const each of Object.values(made)) all.push(madeCell(each, cell, order));
    return all;
  };
  return remade(table, at, headings, widened);
};

/** A table whose rows below its heading are written anew; those of another length than the heading stay. */
const remade = (
  table: OpenTable,
  at: number,
  headings: readonly string[],
  anew: (cells: readonly string[]) => string[],
): OpenTable => {
  const { line, cells } = table.head[at] ?? { line: 0, cells: [] };
  const width = cells.length;
  return {
    ...table,
    head: table.head.map((row, i): SheetRow => {
      if (i < at) return row;
      return { line: row.line, cells: i === at ? headings : anew(row.cells) };
    }),
    read: (sink) => {
      const make = rowMaker();
      return table.read({
        brokenRow: sink.brokenRow,
        row: (row) => {
          const isOther = row.count > width || (table.ragged !== true && row.count < width);
          if (row.line <= line || isOther) return sink.row(row);
          return sink.row(make(anew(cellsOfRow(row, table)), row.line));
        },
      });
    },
  };
};

/** 11月3日, 11/3, 3.11.: a day and a month, and nothing that could be a year. */
const yearless = /^(\d{1,2})\s*(?:月\s*(\d{1,2})\s*[日号]?|[-/.](\d{1,2})\.?)(?=$|\s|[(（星周])/;

export const lacksYear = (cell: string): boolean => yearless.test(cell.normalize('NFKC').trim());

/** A table whose dates in these columns have no year and lie in this one. */
export const withYear = (
  table: OpenTable,
  at: number,
  columns: ReadonlySet<number>,
  year: string,
): OpenTable => ({
  ...remade(table, at, table.head[at]?.cells ?? [], (cells) =>
    cells.map((cell, i) =>
      columns.has(i)
        ? cell
            .normalize('NFKC')
            .trim()
            .replace(yearless, (_, first: string, day?: string, second?: string) =>
              day === undefined ? `${first}/${second}/${year}` : `${year}-${first}-${day}`,
            )
        : cell,
    ),
  ),
  title: { ...table.title, year },
});

/** Columns that a made one is made of. */
const sourcesOf = (made: MadeColumn): readonly string[] => {
  if ('from' in made) return [made.from, ...made.to];
  if ('end' in made) return [made.end, ...made.less];
  if ('always' in made) return [];
  return 'by' in made ? [made.by, ...Object.values(made.of)] : [made.filled];
};

const madeCell = (made: MadeColumn, cell: (name: string) => string, order: DateOrder | undefined): string => {
  if ('always' in made) return made.always;
  if ('filled' in made) return cell(made.filled) === '' ? made.no : made.yes;
  if ('by' in made) return cell(made.of[cell(made.by)] ?? '');
  const read = (name: string): ReturnType<typeof readTime> => readTime(cell(name), order);
  if ('end' in made) {
    const end = read(made.end);
    // what is no time is judged where times are
    if (typeof end === 'string') return cell(made.end);
    const seconds = made.less.reduce((sum, name) => sum + (durationSeconds(cell(name), 'seconds') || 0), 0);
    const text = new Date(end.millis - seconds * 1000).toISOString();
    return end.fixed ? text : text.slice(0, 19);
  }
  const from = read(made.from);
  const until = read(made.to.find((name) => cell(name) !== '') ?? '');
  return typeof from === 'string' || typeof until === 'string'
    ? ''
    : String((until.millis - from.millis) / 1000);
};
