import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Pour, SqlValue, Writing } from './database.ts';
import type { IncomingRows } from './incoming-rows.ts';
import { yearsOf } from './part-years.ts';
import { placed, whereConflicting, type RecordTable } from './record-table.ts';
import { columnsOf } from './table-layout.ts';
import type { Tables } from './tables.ts';

/** Rows handed on at once; afterwards whatever else waits (the page, an interrupt) has its turn. */
const pageRows = 2000;

interface Pouring {
  readonly db: Kysely<Tables>;
  readonly pour: Pour;
  readonly partYears: Writing['partYears'];
}

/**
 * Writes many records in bulk; answers how many rows of the table it touched. Into a table that holds nothing of the
 * hotline they go straight, for as long as no two of them can have the same key; the others go through a table of their
 * own and are merged from there.
 */
export const pourRecords = async <Row extends object>(
  pouring: Pouring,
  shape: RecordTable<Row>,
  incoming: IncomingRows<Row>,
  /** Nothing of the hotline is there, nor can come while it is held. */
  allNew: boolean,
): Promise<number> => {
  const rows = new PartedRows(pouring, shape, incoming);
  const poured = allNew ? await pourStraight(pouring, shape, rows) : 0;
  return poured + (rows.isEmpty() ? 0 : await pourAndMerge(pouring, shape, rows));
};

/** The next row of those to come, and whether the table has the part that it belongs to. */
class PartedRows<Row extends object> {
  held: SqlValue[] | undefined;
  readonly #incoming: IncomingRows<Row>;
  readonly #partYears: Pouring['partYears'];
  readonly #years: ReturnType<typeof yearsOf>;
  #made = 0;

  constructor({ partYears }: Pouring, shape: RecordTable<Row>, incoming: IncomingRows<Row>) {
    this.#incoming = incoming;
    this.#partYears = partYears;
    this.#years = yearsOf(shape);
    this.advance();
  }

  isEmpty(): boolean {
    return this.held === undefined;
  }

  advance(): void {
    this.held = this.#incoming.next();
    if (this.held !== undefined) this.#years?.see(this.held);
  }

  /** True where the row in hand is certainly none that has passed. */
  isNew(): boolean {
    return this.held !== undefined && this.#incoming.distinct;
  }

  hasPart(): boolean {
    return this.#years === undefined || this.#years.all.size === this.#made;
  }

  async makeParts(): Promise<void> {
    if (this.#years === undefined || this.hasPart()) return;
    await this.#partYears?.(this.#years.all);
    this.#made = this.#years.all.size;
  }

  /** Pages of rows for as long as `wanted` holds of the one in hand. */
  async *pages(wanted: () => boolean, finish = (row: SqlValue[]) => row): AsyncGenerator<SqlValue[][]> {
    let page: SqlValue[][] = [];
    for (; this.held !== undefined && wanted(); this.advance()) {
      page.push(finish(this.held));
      if (page.length < pageRows) continue;
      yield page;
      page = [];
      await nextTurn();
    }
    yield page;
  }
}

/** A statement knows the parts that were there when it began: with the first row of a new year another begins. */
const pourStraight = async <Row extends object>(
  { pour }: Pouring,
  shape: RecordTable<Row>,
  rows: PartedRows<Row>,
): Promise<number> => {
  const { table } = shape.layout;
  const columns = columnsOf(shape.layout);
  let poured = 0;
  const counted = (row: SqlValue[]): SqlValue[] => {
    poured += 1;
    return row;
  };
  while (rows.isNew()) {
    await rows.makeParts();
    await pour(
      table,
      columns,
      rows.pages(() => rows.isNew() && rows.hasPart(), counted),
    );
  }
  return poured;
};

/** Of rows with the same key the last one stands, as elsewhere. */
const pourAndMerge = async <Row extends object>(
  { db, pour }: Pouring,
  shape: RecordTable<Row>,
  rows: PartedRows<Row>,
): Promise<number> => {
  const { table, columns, key } = placed(shape);
  const incoming = sql.table(`incoming_${shape.table}`);
  await sql`create temp table ${incoming} on commit drop as
    select ${columns}, 0::bigint as incoming_order from ${table} where hotline_key is null`.execute(db);
  let order = 0;
  const numbered = (row: SqlValue[]): SqlValue[] => {
    row.push((order += 1));
    return row;
  };
  await pour(
    `incoming_${shape.layout.table}`,
    [...columnsOf(shape.layout), { name: 'incoming_order', type: 'whole' }],
    rows.pages(() => true, numbered),
  );
  await rows.makeParts();
  await sql`set local work_mem = '128MB'`.execute(db);
  const { numAffectedRows } = await sql`insert into ${table} (${columns})
    select distinct on (${key}) ${columns} from ${incoming} order by ${key}, incoming_order desc
    ${whereConflicting(shape)}`.execute(db);
  await sql`drop table ${incoming}`.execute(db);
  return Number(numAffectedRows ?? 0);
};
