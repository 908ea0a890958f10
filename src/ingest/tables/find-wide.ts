import { isDressing, totalWords } from './decoration-rows.ts';
import type { SheetRow } from './sheet-row.ts';
import { longestValue } from '../cells/longest-value.ts';
import { clockMillis, readTime } from '../cells/wall-clock.ts';
import { weekdayNamed } from '../cells/weekday-names.ts';
import { wideHeadings, type WideHeadings } from '../wide-headings.ts';

/** How a wide table is laid out. */
export interface WidePlan {
  readonly headingAt: number;
  readonly headings: readonly string[];
  /** Columns that hold figures. */
  readonly columns: readonly number[];
  readonly headingsAs: WideHeadings;
  /** Columns that stay as they are. */
  readonly kept: readonly number[];
  readonly dateColumn: number | undefined;
  readonly clockColumn: number | undefined;
  readonly weekdays: ReadonlyMap<string, number>;
  /** Canonical field of the figures. */
  readonly value: string;
}

/** What is known of a table that may be wide. */
export interface WideWish {
  /** Names of the hotline's queues, in lower case. */
  readonly queueNames: ReadonlySet<string>;
  /** What a map file says: then nothing is guessed. */
  readonly map?:
    { readonly columns: readonly string[]; readonly as: WideHeadings; readonly value: string } | undefined;
}

const searchRows = 20;
/** Columns among which the day or the time of day of a row is looked for. */
const mostBeside = 40;
const leastColumns: Readonly<Record<WideHeadings, number>> = { date: 2, clock: 4, weekday: 5, queue: 1 };

/** Whether a heading is a day. */
export const isDateHeading = (cell: string): boolean => {
  const read = readTime(cell.trim());
  return typeof read !== 'string' && read.dateOnly && !/^\d+$/.test(cell.trim());
};
const isClock = (cell: string): boolean => {
  const plain = cell.normalize('NFKC').trim();
  if (plain.length > longestValue) return false;
  return (
    /^\d{1,2}\s*[:时点]/.test(plain) && !Number.isNaN(clockMillis(plain.split(/\s*[-~—–至到]+\s*/)[0] ?? ''))
  );
};
const isNumber = (cell: string): boolean =>
  cell.length <= longestValue && /^-?[\d,]*\.?\d+%?$/.test(cell.trim());

const fits: Readonly<Record<WideHeadings, (cell: string, wish: WideWish) => boolean>> = {
  date: isDateHeading,
  clock: isClock,
  weekday: (cell) => weekdayNamed(cell) !== undefined,
  queue: (cell, { queueNames }) => queueNames.has(cell.trim().toLowerCase()),
};

/** How a table is wide; undefined when it has one row per figure already, or nothing tells. */
export const findWide = (head: readonly SheetRow[], wish: WideWish): WidePlan | undefined => {
  for (let at = 0; at < Math.min(searchRows, head.length); at += 1) {
    const cells = head[at]?.cells ?? [];
    const { map } = wish;
    if (map !== undefined) {
      const columns = map.columns.map((name) => cells.findIndex((cell) => cell.trim() === name.trim()));
      if (columns.every((column) => column >= 0)) return planOf(head, at, columns, map.as, map.value);
      continue;
    }
    for (const as of wideHeadings) {
      const columns = cells.flatMap((cell, i) => (cell.trim() !== '' && fits[as](cell, wish) ? [i] : []));
      if (columns.length < leastColumns[as]) continue;
      // a row of data holds figures, a heading none
      if (hasFigureBeside(cells, columns)) continue;
      const plan = planOf(head, at, columns, as, 'offered');
      if (plan !== undefined) return plan;
    }
  }
  return undefined;
};

const hasFigureBeside = (cells: readonly string[], columns: readonly number[]): boolean => {
  const headed = new Set(columns);
  return cells.some((cell, i) => !headed.has(i) && isNumber(cell));
};

const planOf = (
  head: readonly SheetRow[],
  headingAt: number,
  columns: readonly number[],
  headingsAs: WideHeadings,
  value: string,
): WidePlan | undefined => {
  const headings = (head[headingAt]?.cells ?? []).map((cell) => cell.trim());
  const rows = head.slice(headingAt + 1, headingAt + 200).filter(({ cells }) => !isDressing(cells, headings));
  const figures = new Set(columns);
  const others = headings.flatMap((heading, i) => (figures.has(i) || totalWords.test(heading) ? [] : [i]));
  const mostly = (column: number, is: (cell: string) => boolean): boolean => {
    const filled = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell.trim() !== '');
    return filled.length > 0 && filled.filter(is).length >= 0.8 * filled.length;
  };
  // figures under the headings, not words
  if (!columns.some((column) => mostly(column, isNumber))) return undefined;
  const wantsDate = headingsAs === 'clock' || headingsAs === 'weekday';
  const wantsClock = headingsAs === 'date' || headingsAs === 'weekday';
  const beside = others.slice(0, mostBeside);
  const dateColumn = wantsDate ? beside.find((column) => mostly(column, isDateHeading)) : undefined;
  const clockColumn = wantsClock
    ? beside.find((column) => column !== dateColumn && mostly(column, isClock))
    : undefined;
  if (wantsDate && dateColumn === undefined) return undefined;
  return {
    headingAt,
    headings,
    columns,
    headingsAs,
    kept: others.filter((column) => column !== dateColumn && column !== clockColumn),
    dateColumn,
    clockColumn,
    weekdays: new Map(
      columns.map((column) => [headings[column] ?? '', weekdayNamed(headings[column] ?? '') ?? 0]),
    ),
    value,
  };
};
