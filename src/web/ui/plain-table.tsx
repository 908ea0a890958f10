import { useState, type ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** What rows are sorted by when the heading is pressed; null stands last. Left out: the heading does not sort. */
  readonly sortBy?: (row: Row) => number | string | null;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
  /** Sentences: wants room on narrow screens too. */
  readonly wide?: boolean;
  /** To be filled in by hand: stands on paper only. */
  readonly onPaper?: boolean;
}

const classOf = ({
  numeric,
  wide,
  onPaper,
}: Pick<Column<unknown>, 'numeric' | 'wide' | 'onPaper'>): string =>
  numeric === true ? 'number' : wide === true ? 'wide' : onPaper === true ? 'on-paper' : '';

export interface Order {
  readonly key: string;
  readonly descends: boolean;
}

const sortOf = <Row,>(
  order: Order | undefined,
  { key, sortBy }: Column<Row>,
): 'ascending' | 'descending' | 'none' | undefined =>
  sortBy === undefined
    ? undefined
    : order?.key !== key
      ? 'none'
      : order.descends
        ? 'descending'
        : 'ascending';

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
  columns,
  rows,
  keyOf,
  order: given,
  sort,
  snug = false,
  stacks = false,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Where only some of the rows are in sight: the order that all of them are in, and what hears of another. */
  readonly order?: Order | undefined;
  readonly sort?: (order: Order | undefined) => void;
  /** A few short figures: as a whole on a phone's screen, without scrolling sideways. */
  readonly snug?: boolean;
  /** On a narrow screen a row's cells stand below each other: what is done to a row stays in sight. */
  readonly stacks?: boolean;
}) => {
  const [own, setOrder] = useState<Order>();
  const order = sort === undefined ? own : given;
  const by = columns.find(({ key }) => key === order?.key)?.sortBy;
  const isSorted = sort !== undefined || by === undefined || order === undefined;
  const shown = isSorted ? rows : sorted(rows, by, order.descends);
  const press = (key: string): void =>
    (sort ?? setOrder)(
      order?.key !== key ? { key, descends: true } : order.descends ? { key, descends: false } : undefined,
    );
  return (
    <div className={snug ? 'scroll snug' : 'scroll'} tabIndex={0} role="group" aria-label={label}>
      <table className={stacks ? 'plain stacks' : 'plain'}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)} aria-sort={sortOf(order, column)}>
                {column.sortBy === undefined ? (
                  column.head
                ) : (
                  <button type="button" className="sort" onClick={() => press(column.key)}>
                    {column.head}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row, index)}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    className={classOf(column)}
                    data-head={stacks && typeof column.head === 'string' ? column.head : undefined}
                  >
                    {column.cell(row, index)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
