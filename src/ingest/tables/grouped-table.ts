import { isDressing, totalWords } from './decoration-rows.ts';
import { isDateHeading } from './find-wide.ts';
import type { OpenTable } from './open-table.ts';
import { cellsOfRow, rowMaker } from './row-of-cells.ts';
import type { SheetRow } from './sheet-row.ts';

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
  const own = kept.map((column) => lower[column] || (upper[column] ?? ''));
  return { as, line: head[at + 1]?.line ?? 0, at, kept, headings: [...own, as, ...figures], figures, groups };
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
