import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row, index: number) => ReactNode;
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

/** A table that scrolls sideways where it is too wide; its first column heads the rows. */
export const PlainTable = <Row,>({
  label,
  columns,
  rows,
  keyOf,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
}) => (
  <div className="scroll" tabIndex={0} role="group" aria-label={label}>
    <table className="plain">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={classOf(column)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)}>
            {columns.map((column, at) =>
              at === 0 ? (
                <th key={column.key} scope="row">
                  {column.cell(row, index)}
                </th>
              ) : (
                <td key={column.key} className={classOf(column)}>
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
