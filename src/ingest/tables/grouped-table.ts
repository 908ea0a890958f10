import { dateOfDayNumber, dayMillis, weekdayOfDay } from '../../kernel/time.ts';
import { clockMillis, readTime, weekdayNamed } from '../cells/wall-clock.ts';
import { wideHeadings, type WideHeadings, longestValue } from '../ingest-limits.ts';
import { isDressing, totalWords } from './decoration-rows.ts';
import { cellsOfRow, rowMaker } from './made-columns.ts';
import type { RowSink, SheetRow, OpenTable } from './sheet-row.ts';

/** Columns of one queue or day beside each other, each group headed by its name and its figures by theirs below. */
interface Groups {
  readonly as: 'queue' | 'date';
  /** Line of the lower row of headings. */
  readonly line: number;
  readonly at: number;
  readonly kept: readonly number[];
  readonly headings: readonly string[];
  readonly figures: readonly string[];
  readonly groups: readonly { readonly name: string; readonly columns: readonly (number | undefined)[] }[];
}

const searchRows = 20;

/**
 * A table of two rows of headings, queues or days above and the same figures below each, as if it had a row for each
 * queue or day; `mayBeQueues` where names other than days are taken for queues. Any other table comes back as it is.
 */
export const ungrouped = (table: OpenTable, mayBeQueues: boolean): OpenTable => {
  const found = findGroups(table.head);
  if (found === undefined || (found.as === 'queue' && !mayBeQueues)) return table;
  const head = table.head.flatMap((row, at): SheetRow[] => {
    if (at < found.at) return [row];
    if (at === found.at) return [];
    if (at === found.at + 1) return [{ line: row.line, cells: [...found.headings] }];
    return longRows(found, row.cells).map((cells) => ({ line: row.line, cells }));
  });
  return {
    ...table,
    wide: found.as,
    head: head.slice(0, mostHeadRows),
    read: (sink) => {
      const make = rowMaker();
      return table.read({
        brokenRow: sink.brokenRow,
        row: (row) =>
          row.line <= found.line ||
          longRows(found, cellsOfRow(row, table)).every((cells) => sink.row(make(cells, row.line))),
      });
    },
  };
};

const mostHeadRows = 400;

const findGroups = (head: readonly SheetRow[]): Groups | undefined => {
  for (let at = 0; at + 1 < Math.min(searchRows, head.length); at += 1) {
    const found = groupsAt(head, at);
    if (found !== undefined) return found;
  }
  return undefined;
};

const groupsAt = (head: readonly SheetRow[], at: number): Groups | undefined => {
  const upper = (head[at]?.cells ?? []).map((cell) => cell.trim());
  const lower = (head[at + 1]?.cells ?? []).map((cell) => cell.trim());
  const figures = [...new Set(lower.filter((name, i) => isName(name) && lower.indexOf(name) !== i))];
  const grouped = lower.flatMap((name, i) => (figures.includes(name) ? [i] : []));
  const [first] = grouped;
  if (first === undefined || (upper[first] ?? '') === '') return undefined;
  if (!areFigures(head.slice(at + 2, at + 100), grouped)) return undefined;
  const byName = new Map<string, (number | undefined)[]>();
  let name = '';
  for (const column of grouped) {
    if ((upper[column] ?? '') !== '') name = upper[column] ?? '';
    const columns = byName.get(name) ?? figures.map(() => undefined);
    const place = figures.indexOf(lower[column] ?? '');
    // the same figure twice under one name: no groups
    if (columns[place] !== undefined) return undefined;
    columns[place] = column;
    byName.set(name, columns);
  }
  const groups = [...byName]
    .map(([own, columns]) => ({ name: own, columns }))
    .filter((group) => !totalWords.test(group.name));
  if (groups.length < 2 || !groups.every((group) => isName(group.name) || isDateHeading(group.name)))
    return undefined;
  const as = groups.every((group) => isDateHeading(group.name)) ? 'date' : 'queue';
  const kept = lower.flatMap((_, i) => (grouped.includes(i) ? [] : [i]));
  const names = kept.map((column) => lower[column] || (upper[column] ?? ''));
  return {
    as,
    line: head[at + 1]?.line ?? 0,
    at,
    kept,
    headings: [...names, as, ...figures],
    figures,
    groups,
  };
};

/** Whether what stands below headings are figures, nearly all of it. */
const areFigures = (rows: readonly SheetRow[], columns: readonly number[]): boolean => {
  const cells = rows
    .flatMap((row) => columns.map((column) => (row.cells[column] ?? '').trim()))
    .filter((cell) => cell !== '');
  return cells.length > 0 && cells.filter((cell) => !isName(cell)).length >= 0.8 * cells.length;
};

/** Whether a cell heads something: a text that is no number. */
const isName = (cell: string): boolean => cell !== '' && !/^[-+\d.,:%/\s]+$/.test(cell);

const longRows = ({ kept, headings, figures, groups }: Groups, cells: readonly string[]): string[][] => {
  const own = kept.map((column) => cells[column] ?? '');
  // totals and remarks pass once, for the reader to judge
  if (isDressing(cells, headings)) return [[...own, cells[0] ?? '', ...figures.map(() => '')]];
  return groups.flatMap(({ name, columns }) => {
    const values = columns.map((column) => (column === undefined ? '' : (cells[column] ?? '')));
    return values.every((value) => value.trim() === '') ? [] : [[...own, name, ...values]];
  });
};

interface WidePlan {
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
interface WideWish {
  /** Names of the hotline's queues, in lower case. */
  readonly queueNames: ReadonlySet<string>;
  /** What a map file says: then nothing is guessed. */
  readonly map?:
    { readonly columns: readonly string[]; readonly as: WideHeadings; readonly value: string } | undefined;
}

/** Columns among which the day or the time of day of a row is looked for. */
const mostBeside = 40;
const leastColumns: Readonly<Record<WideHeadings, number>> = { date: 2, clock: 4, weekday: 5, queue: 1 };

const isDateHeading = (cell: string): boolean => {
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
  const clockColumn = wantsClock ? beside.find((column) => mostly(column, isClock)) : undefined;
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
    return longRowsOfWide(plan, row.cells).map(({ cells }) => ({ line: row.line, cells }));
  });
  return {
    ...table,
    wide: plan.headingsAs,
    head: head.slice(0, mostHeadRows),
    read: (sink) => table.read(lengthening(plan, headingLine, table, sink)),
  };
};

const headingsOf = (plan: WidePlan): string[] => [
  ...plan.kept.map((column) => plan.headings[column] ?? ''),
  plan.headingsAs === 'queue' ? 'queue' : 'start',
  plan.value,
];

/** Rows that one row of the wide table stands for, each with the heading of the cell that it was made of. */
const longRowsOfWide = (
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
  const name = heading.trim();
  if (plan.headingsAs === 'queue') return name;
  if (plan.headingsAs === 'date') return `${name} ${clock}`.trim();
  if (plan.headingsAs === 'clock') return `${date} ${name}`.trim();
  return `${dayOfWeek(date, plan.weekdays.get(name) ?? 0)} ${clock}`.trim();
};

/** The date of a weekday (Monday 0) in the week of a date; the text itself where it is no date. */
const dayOfWeek = (date: string, weekday: number): string => {
  const read = readTime(date);
  if (typeof read === 'string') return date;
  const day = Math.floor(read.millis / dayMillis);
  return dateOfDayNumber(day - weekdayOfDay(day) + weekday);
};

const lengthening = (plan: WidePlan, headingLine: number, table: OpenTable, sink: RowSink): RowSink => {
  const make = rowMaker();
  return {
    brokenRow: sink.brokenRow,
    row: (row) =>
      row.line <= headingLine ||
      longRowsOfWide(plan, cellsOfRow(row, table)).every(({ cells, heading }) =>
        sink.row(make(cells, row.line, heading)),
      ),
  };
};
