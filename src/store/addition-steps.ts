import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { addColumns, createTable } from './create-tables.ts';
import type { StoreKind } from './database.ts';
import { columns, withFiniteNumbers, type Column, type TableLayout } from './table-layout.ts';

/** What one step adds to a schema. */
export interface Addition {
  /** Columns that rows may lack, by table, as written in table-layout.ts; they come after those that are there. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly tables?: readonly TableLayout[];
}

/**
 * The steps that make these additions, one after the other, to a schema of tables. What a table refuses names its
 * columns, so each step must know them all: it is told what the steps before it left.
 */
export const additionSteps = (
  kind: StoreKind,
  before: readonly TableLayout[],
  additions: Readonly<Record<string, Addition>>,
): Readonly<Record<string, Migration>> => {
  let layouts = before;
  return Object.fromEntries(
    Object.entries(additions).map(([step, addition]) => {
      const { tables = [] } = addition;
      const changes = changesOf(step, layouts, addition);
      layouts = layoutsWith(layouts, changes, addition);
      const up = async (db: Kysely<unknown>): Promise<void> => {
        for (const { layout, added } of changes) await addColumns(db, kind, layout, added);
        for (const layout of tables) await createTable(db, kind, layout);
      };
      return [step, { up }];
    }),
  );
};

/** What tables a schema has after each of these steps, and before the first (by the name given for that). */
export const layoutsByStep = (
  first: string,
  before: readonly TableLayout[],
  additions: Readonly<Record<string, Addition>>,
): ReadonlyMap<string, readonly TableLayout[]> => {
  const byStep = new Map([[first, before]]);
  let layouts = before;
  for (const [step, addition] of Object.entries(additions)) {
    layouts = layoutsWith(layouts, changesOf(step, layouts, addition), addition);
    byStep.set(step, layouts);
  }
  return byStep;
};

type Changes = readonly { readonly layout: TableLayout; readonly added: readonly Column[] }[];

const changesOf = (
  step: string,
  layouts: readonly TableLayout[],
  { columns: written = {} }: Addition,
): Changes =>
  Object.entries(written).map(([table, added]) => withColumns(step, layouts, table, columns(added)));

const layoutsWith = (
  layouts: readonly TableLayout[],
  changes: Changes,
  { tables = [] }: Addition,
): readonly TableLayout[] => [
  ...layouts.map((each) => changes.find(({ layout }) => layout.table === each.table)?.layout ?? each),
  ...tables,
];

/** A table with further columns; throws where no row could lack one of them, or there is no such table. */
const withColumns = (
  step: string,
  layouts: readonly TableLayout[],
  table: string,
  added: readonly Column[],
): { readonly layout: TableLayout; readonly added: readonly Column[] } => {
  const known = layouts.find((each) => each.table === table);
  if (known === undefined) throw new RangeError(`${step}: no table ${table}`);
  const filled = added.find(({ optional }) => !optional);
  if (filled !== undefined)
    throw new RangeError(`${step}: rows of ${table} lack ${filled.name}, which takes a ?`);
  const [layout = known] = withFiniteNumbers([{ ...known, values: [...known.values, ...added] }]);
  return { layout, added };
};
