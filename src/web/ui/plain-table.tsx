import { isValidElement, useContext, useState, type ReactNode } from 'react';
import type { Language } from '../../kernel/text.ts';
import { type Cell, cellText, isFigure, type Kind } from '../../render/table.ts';
import { useSpeech } from '../words/words.tsx';
import { PanelTitle } from './panel.tsx';

/**
 * A column as src/render describes it: its heading, what its values are, and the value of a row, which is written and
 * aligned by its kind. On the page a cell can be more than a value, and there is more to say of a column.
 */
export type Column<Row> = readonly [
  heading: string,
  kind: Kind,
  cell: (row: Row, index: number) => Cell | ReactNode,
  more?: More<Row>,
];

interface More<Row> {
  /** Rows are sorted by their values when the heading is pressed. */
  readonly sorts?: true;
  /** The same by something else; null is last. */
  readonly sortBy?: (row: Row) => number | string | null;
  /** Sentences: wants room on narrow screens too. */
  readonly wide?: boolean;
  /** To be filled in by hand: stands on paper only. */
  readonly onPaper?: boolean;
}

const classOf = ([, kind, , { wide, onPaper } = {}]: Column<never>): string =>
  isFigure(kind) ? 'number' : wide === true ? 'wide' : onPaper === true ? 'on-paper' : '';

/** What the rows are sorted by: a column, by its place. */
export interface Order {
  readonly column: number;
  readonly descends: boolean;
}

/** What a column sorts rows by; undefined where it does not. */
export const sortOf = <Row,>([, , cell, more]: Column<Row>): More<Row>['sortBy'] =>
  more?.sorts === true ? (row) => cell(row, 0) as number | string | null : more?.sortBy;

const ariaSort = (order: Order | undefined, column: number): 'ascending' | 'descending' | 'none' =>
  order?.column !== column ? 'none' : order.descends ? 'descending' : 'ascending';

/** A cell as it is read: a value by its kind, anything else as it is. */
const drawn = (cell: Cell | ReactNode, kind: Kind, language: Language): ReactNode =>
  isNode(cell) || kind === 'text' ? (cell as ReactNode) : cellText(cell ?? null, kind, language);

const isNode = (cell: Cell | ReactNode): cell is Exclude<ReactNode, string | number | null | undefined> =>
  typeof cell === 'boolean' || isValidElement(cell) || Array.isArray(cell);

/** Rows in the order of what a column sorts by; those without a figure last, either way. */
export const sorted = <Row,>(
  rows: readonly Row[],
  by: (row: Row) => number | string | null,
  descends: boolean,
): readonly Row[] =>
  rows.toSorted((one, other) => {
    const [a, b] = [by(one), by(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const order = typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b)) : a - b;
    return descends ? -order : order;
  });

/** A table that scrolls sideways where it is too wide; its first column heads the rows. */
export const PlainTable = <Row,>({
  label,
  columns: some,
  rows,
  keyOf = (_, index) => String(index),
  order: given,
  sort,
  snug = false,
  stacks = false,
}: {
  /** What it is called; left out: as its panel is. */
  readonly label?: string;
  /** What is false is left out. */
  readonly columns: readonly (Column<Row> | false)[];
  readonly rows: readonly Row[];
  /** What a row is known by, where its cells hold something of their own; left out: its place. */
  readonly keyOf?: (row: Row, index: number) => string;
  /** Where only some of the rows are in sight: the order that all of them are in, and what hears of another. */
  readonly order?: Order | undefined;
  readonly sort?: (order: Order | undefined) => void;
  /** A few short figures: as a whole on a phone's screen, without scrolling sideways. */
  readonly snug?: boolean;
  /** On a narrow screen a row's cells are below each other: what is done to a row stays in sight. */
  readonly stacks?: boolean;
}) => {
  const { language } = useSpeech();
  const title = useContext(PanelTitle);
  const columns = some.filter((column) => column !== false);
  const [own, setOrder] = useState<Order>();
  const order = sort === undefined ? own : given;
  const sortedBy = order && columns[order.column];
  const by = sortedBy && sortOf(sortedBy);
  const isSorted = sort !== undefined || by === undefined || order === undefined;
  const shown = isSorted ? rows : sorted(rows, by, order.descends);
  const press = (column: number): void =>
    (sort ?? setOrder)(
      order?.column !== column
        ? { column, descends: true }
        : order.descends
          ? { column, descends: false }
          : undefined,
    );
  return (
    <div className={snug ? 'scroll snug' : 'scroll'} tabIndex={0} role="group" aria-label={label ?? title}>
      <table className={stacks ? 'plain stacks' : 'plain'}>
        <thead>
          <tr>
            {columns.map((column, at) => {
              const [heading] = column;
              const sorts = sortOf(column) !== undefined;
              return (
                <th
                  key={at}
                  scope="col"
                  className={classOf(column)}
                  aria-sort={sorts ? ariaSort(order, at) : undefined}
                >
                  {sorts ? (
                    <button type="button" className="sort" onClick={() => press(at)}>
                      {heading}
                    </button>
                  ) : (
                    heading
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map((column, at) => {
                const [heading, kind, cell] = column;
                const words = drawn(cell(row, index), kind, language);
                return at === 0 ? (
                  <th key={at} scope="row">
                    {words}
                  </th>
                ) : (
                  <td key={at} className={classOf(column)} data-head={stacks ? heading : undefined}>
                    {words}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
