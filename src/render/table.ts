import type { Language } from '../kernel/text.ts';
import { figuresOf, noFigure, shownDifference } from '../words/figures.ts';

/**
 * What the values of a column are: it decides how they are written, aligned and computed with. Shares are fractions,
 * `signed` a difference with its sign, `date` an ISO date, `time` a clock time, `moment` a wall clock.
 */
export type KindName =
  | 'text'
  | 'date'
  | 'time'
  | 'moment'
  | 'calls'
  | 'operators'
  | 'hours'
  | 'number'
  | 'signed'
  | 'share'
  | 'points'
  | 'seconds'
  | 'money';

/** A kind, and its decimals where they are not those that the kind usually has: 'share:2'. */
export type Kind =
  KindName | `${'hours' | 'number' | 'operators' | 'share' | 'signed' | 'points'}:${0 | 1 | 2 | 4}`;

/** A figure with the range that it may lie in. */
export interface Spread {
  readonly mean: number | null;
  readonly q10: number | null;
  readonly q90: number | null;
}

interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

export type Cell = string | number | null | Spread | Bounds;

interface Heading {
  readonly heading: string;
  readonly kind: Kind;
}

/** A line of a table's chart: one of its columns, by its place. */
interface ChartLine {
  readonly column: number;
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A table of a document: on the terminal, on a page, as a sheet, as a CSV. */
export interface Table {
  readonly title?: string;
  readonly columns: readonly Heading[];
  readonly rows: readonly (readonly Cell[])[];
  /** Kinds of the rows, where a table has a figure a row: they stand in for the second column's. */
  readonly rowKinds?: readonly Kind[];
  /** What has to be known to read it. */
  readonly note?: string;
  /** Money is in this currency (ISO 4217). */
  readonly currency?: string | undefined;
  /** Colours behind cells, row by row, where they say something: #rrggbb, null for none. */
  readonly fills?: readonly (readonly (string | null)[])[];
  /** Drawn in a workbook over the rows in their order. */
  readonly chart?: { readonly title: string; readonly lines: readonly ChartLine[] };
}

/** A column's heading, its kind, and what it says of a row. */
export type Column<Row> = readonly [heading: string, kind: Kind, cell: (row: Row) => Cell];

/** A table with a line for each row, column by column. */
export const tableOf = <Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  more: Omit<Table, 'columns' | 'rows'> = {},
): Table => ({
  ...more,
  columns: columns.map(([heading, kind]) => ({ heading, kind })),
  rows: rows.map((row) => columns.map(([, , cell]) => cell(row))),
});

const usualDigits: Readonly<Partial<Record<KindName, number>>> = {
  number: 1,
  share: 1,
  points: 1,
  seconds: 1,
};

/** A kind without its decimals, and those. */
export const kindOf = (kind: Kind): { readonly name: KindName; readonly digits: number } => {
  const [name, digits] = kind.split(':') as [KindName, string?];
  return { name, digits: digits === undefined ? (usualDigits[name] ?? 0) : Number(digits) };
};

const wordKinds: ReadonlySet<KindName> = new Set(['text', 'date', 'time', 'moment']);

/** Whether values of a kind are figures, which align right. */
export const isFigure = (kind: Kind): boolean => !wordKinds.has(kindOf(kind).name);

/** The kind of a cell. */
export const kindAt = ({ columns, rowKinds }: Table, row: number, column: number): Kind =>
  (column === 1 ? rowKinds?.[row] : undefined) ?? columns[column]?.kind ?? 'text';

export const isSpread = (cell: Cell): cell is Spread =>
  typeof cell === 'object' && cell !== null && 'mean' in cell;

const isBounds = (cell: Cell): cell is Bounds => typeof cell === 'object' && cell !== null && 'low' in cell;

/** A cell as people read it: '3,512 (3,301–3,730)', '95.1%', '93%–97%'. */
export const cellText = (cell: Cell, kind: Kind, language: Language, currency?: string): string => {
  const write = (value: number | null): string => figureText(value, kind, language, currency);
  if (typeof cell === 'string')
    return kindOf(kind).name === 'moment' ? figuresOf(language).moment(cell) : cell;
  if (isBounds(cell)) return cell.low === null ? noFigure : `${write(cell.low)}–${write(cell.high)}`;
  if (!isSpread(cell)) return write(cell);
  if (cell.mean === null || cell.q10 === null || cell.q90 === null) return write(cell.mean);
  // Within the brackets the unit is known.
  return `${write(cell.mean)} (${write(cell.q10).replace('%', '')}–${write(cell.q90).replace('%', '')})`;
};

/** A figure of a kind as people read it. */
export const figureText = (
  value: number | null,
  kind: Kind,
  language: Language,
  currency?: string,
): string => {
  const figures = figuresOf(language);
  const { name, digits } = kindOf(kind);
  switch (name) {
    case 'share':
      return figures.percent(value, digits);
    case 'points':
      return figures.points(value, digits);
    case 'signed':
      return figures.signed(value, digits);
    case 'money':
      return figures.money(value, currency);
    default:
      return figures.decimal(value, digits);
  }
};

/** A difference of two figures of a kind, with its sign, to be shown beside them as they are written. */
export const changeText = (
  from: number | null,
  to: number | null,
  kind: Kind,
  language: Language,
): string => {
  if (from === null || to === null) return noFigure;
  const figures = figuresOf(language);
  const { name, digits } = kindOf(kind);
  return name === 'share'
    ? figures.points(shownDifference(from, to, digits), digits)
    : figures.signed(shownDifference(from, to, digits, 'decimal'), digits);
};

/** A column as machines take it: a range is a figure and its two bounds, bounds are two figures. */
export interface FlatColumn extends Heading {
  /** Its place in the table. */
  readonly at: number;
  readonly cell: (row: readonly Cell[]) => string | number | null;
}

/** Headings of the parts that a range is taken apart into. */
export interface RangeHeadings {
  readonly low80: string;
  readonly high80: string;
  readonly low: string;
  readonly high: string;
}

/** The columns of a table with a value in each cell. */
export const flatColumns = ({ columns, rows }: Table, words: RangeHeadings): FlatColumn[] =>
  columns.flatMap(({ heading, kind }, at): FlatColumn[] => {
    const part = (name: string, take: (cell: Cell) => number | null): FlatColumn => ({
      heading: name,
      kind,
      at,
      cell: (row) => take(row[at] ?? null),
    });
    const ofSpread = (key: keyof Spread) => (cell: Cell) => (isSpread(cell) ? cell[key] : null);
    const ofBounds = (key: keyof Bounds) => (cell: Cell) => (isBounds(cell) ? cell[key] : null);
    if (rows.some((row) => isBounds(row[at] ?? null)))
      return [
        part(`${heading} ${words.low}`, ofBounds('low')),
        part(`${heading} ${words.high}`, ofBounds('high')),
      ];
    const plain: FlatColumn = {
      heading,
      kind,
      at,
      cell: (row) => {
        const cell = row[at] ?? null;
        return isSpread(cell) ? cell.mean : isBounds(cell) ? null : cell;
      },
    };
    if (!rows.some((row) => isSpread(row[at] ?? null))) return [plain];
    return [
      plain,
      part(`${heading} ${words.low80}`, ofSpread('q10')),
      part(`${heading} ${words.high80}`, ofSpread('q90')),
    ];
  });

/** Columns under headings that are in a list, in its order. */
export const headed = <Row>(
  heads: readonly string[],
  columns: readonly (readonly [kind: Kind, cell: (row: Row) => Cell])[],
): Column<Row>[] => columns.map(([kind, cell], i) => [heads[i] ?? '', kind, cell]);
