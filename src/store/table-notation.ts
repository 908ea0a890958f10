/**
 * The tables of one schema, as data: migrations make them, copies and checks walk them. `hotline_key` comes first
 * in every table and key and is not repeated here.
 */
export interface TableLayout {
  readonly table: string;
  /** Columns after the hotline that tell rows apart. */
  readonly key: readonly Column[];
  readonly values: readonly Column[];
  /** Rows lie in the order of their key: spares an index where there are many. */
  readonly inKeyOrder?: true;
  /** Parted by years of this column where the database can. */
  readonly partedBy?: string;
  /** Numbers of it are finite: the database refuses any other. */
  readonly finite?: true;
  /** A row, by the value of a column, that belongs to the place and not to the hotline: no copy or comparison has it. */
  readonly staying?: { readonly column: string; readonly value: string };
}

export interface Column {
  readonly name: string;
  readonly type: 'text' | 'whole' | 'real' | 'bytes' | 'flag';
  readonly optional: boolean;
}

const column = (written: string): Column => {
  const [name = '', type = ''] = written.split(':');
  const optional = type.endsWith('?');
  return { name, type: (optional ? type.slice(0, -1) : type) as Column['type'], optional };
};

/** Columns as written: `name:type`, `?` where a row may lack it. */
export const columns = (written: string): Column[] =>
  written === '' ? [] : written.trim().split(/\s+/).map(column);

/** A table from its columns as written. */
export const layout = (
  table: string,
  key: string,
  values: string,
  more: Pick<TableLayout, 'inKeyOrder' | 'partedBy' | 'staying'> = {},
): TableLayout => ({ table, key: columns(key), values: columns(values), ...more });

/** The same tables, where they hold numbers with fractions, refusing what is not finite. */
export const withFiniteNumbers = (layouts: readonly TableLayout[]): TableLayout[] =>
  layouts.map((each) =>
    [...each.key, ...each.values].some(({ type }) => type === 'real') ? { ...each, finite: true } : each,
  );

/** All columns of a table, that of the hotline first. */
export const columnsOf = ({ key, values }: TableLayout): readonly Column[] => [
  hotlineColumn,
  ...key,
  ...values,
];

const hotlineColumn: Column = { name: 'hotline_key', type: 'text', optional: false };
