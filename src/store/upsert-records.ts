import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, type Kysely, sql, type RawBuilder } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { compareText, firstUnwritable } from '../kernel/text.ts';
import type { WriteCount } from '../planning/ports.ts';
import type { Pour, SqlValue, Writing } from './database.ts';
import { notFinite } from './finite-numbers.ts';
import { columnNames, type RecordTable, statementParts } from './record-table.ts';
import { columnsOf } from './table-notation.ts';
import { tableLayouts } from './todays-tables.ts';
import type { Tables } from './tables.ts';

/** Rows in one statement: enough to spare statements, few enough for the limit on parameters. */
const chunkRows = 100;

/** Statements after which whatever else waits (the page, an interrupt) has its turn. */
const chunksPerTurn = 10;

/** Rows from which a bulk load pays, where the database has one. */
const pourFrom = 500;

/**
 * Writes a hotline's records by their key, inside the caller's transaction: new ones are added, those that differ
 * are replaced, equal ones are left alone. The counts sum to the number of records.
 */
export const upsertRecords = async <Row extends object>(
  writing: Writing,
  hotline: string,
  shape: RecordTable<Row>,
  records: Iterable<Row>,
): Promise<WriteCount> => {
  const { db, pour, partYears } = writing;
  const before = await countRows(db, hotline, shape.table);
  const incoming = new IncomingRows(hotline, shape, records);
  const touched =
    pour === undefined
      ? await upsertByStatements(db, hotline, shape, incoming)
      : incoming.hasMoreThan(pourFrom)
        ? await pourRecords({ db, pour, partYears }, shape, incoming, before === 0)
        : await upsertFew(writing, hotline, shape, incoming);
  const { total } = incoming;
  // Counting millions of rows takes a while, and what must come out is known here.
  const allNew = before === 0 && incoming.distinct;
  const added = allNew ? total : (await countRows(db, hotline, shape.table)) - before;
  return { added, changed: touched - added, unchanged: total - touched };
};

/** Answers how many rows of the table it touched. */
const upsertByStatements = async <Row extends object>(
  db: Kysely<Tables>,
  hotline: string,
  shape: RecordTable<Row>,
  incoming: { readonly addValues: (into: SqlValue[]) => boolean },
): Promise<number> => {
  const whole = upsertStatement(db, hotline, shape, chunkRows);
  const width = columnNames(shape).length - 1;
  let touched = 0;
  for (let rows = chunkRows, turn = 0; rows === chunkRows; turn += 1) {
    const values: SqlValue[] = [];
    for (rows = 0; rows < chunkRows && incoming.addValues(values);) rows += 1;
    if (rows === 0) break;
    const statement = rows === chunkRows ? whole : upsertStatement(db, hotline, shape, values.length / width);
    // Given with the statement the values would be frozen, one by one.
    const { numAffectedRows } = await db.executeQuery({ ...statement, parameters: values });
    touched += Number(numAffectedRows ?? 0);
    if (turn % chunksPerTurn === chunksPerTurn - 1) await nextTurn();
  }
  return touched;
};

/** A statement may not touch a row twice on PostgreSQL; the last one written stands, as elsewhere. */
const upsertFew = async <Row extends object>(
  { db, partYears }: Writing,
  hotline: string,
  shape: RecordTable<Row>,
  incoming: IncomingRows<Row>,
): Promise<number> => {
  const years = yearsOf(shape);
  const last = new Map<string, SqlValue[]>();
  for (let row = incoming.next(); row !== undefined; row = incoming.next()) {
    years?.see(row);
    last.set(JSON.stringify(row.slice(0, 1 + shape.key.length)), row);
  }
  if (years !== undefined && last.size > 0) await partYears?.(years.all);
  const rows = last.values();
  return upsertByStatements(db, hotline, shape, {
    addValues: (into) => {
      const { done, value } = rows.next();
      if (done !== true) into.push(...value.slice(1));
      return done !== true;
    },
  });
};

const countRows = async (db: Kysely<Tables>, hotline: string, table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
  return rows[0]?.n ?? 0;
};

/** The hotline, the same in every row, is in the statement: one value less to hand over with each. */
const upsertStatement = <Row extends object>(
  db: Kysely<Tables>,
  hotline: string,
  shape: RecordTable<Row>,
  rows: number,
): CompiledQuery => {
  const { table, columns } = statementParts(shape);
  const values = columnNames(shape)
    .slice(1)
    .map(() => sql.val(0));
  const oneRow = sql`(${sql.lit(hotline)}, ${sql.join(values)})`;
  const { sql: statement } = sql`insert into ${table} (${columns})
    values ${sql.join(Array.from({ length: rows }, () => oneRow))} ${whereConflicting(shape)}`.compile(db);
  return CompiledQuery.raw(statement);
};

/** A hotline's records on their way into a table, row by row, and what is known of those that have passed. */
class IncomingRows<Row extends object> {
  total = 0;
  /**
   * False from the first row on that may have the key of one before it. In files as they come it stays true: within
   * a queue, say, each start is later than the last.
   */
  distinct = true;
  readonly #records: Iterator<Row>;
  readonly #ahead: SqlValue[][] = [];
  readonly #hotline: string;
  readonly #addRecord: (record: Row, into: SqlValue[]) => void;
  readonly #keyLength: number;
  readonly #newest = new Map<string, SqlValue>();
  #group: string | undefined;
  #last: SqlValue = null;

  constructor(hotline: string, shape: RecordTable<Row>, records: Iterable<Row>) {
    this.#records = records[Symbol.iterator]();
    this.#hotline = hotline;
    this.#addRecord = recordAdder(shape);
    this.#keyLength = shape.key.length;
  }

  /** True where at least so many rows are still to come. */
  hasMoreThan(rows: number): boolean {
    while (this.#ahead.length <= rows) {
      const row = this.#read();
      if (row === undefined) return false;
      this.#ahead.push(row);
    }
    return true;
  }

  /** The next row: the hotline, the key, the values. */
  next(): SqlValue[] | undefined {
    const row = this.#ahead.shift() ?? this.#read();
    if (row !== undefined) this.#pass(row, 1);
    return row;
  }

  /** Appends key and values of the next row to others; false where there is none. */
  addValues(into: SqlValue[]): boolean {
    const from = into.length;
    const ahead = this.#ahead.shift();
    if (ahead !== undefined) into.push(...ahead.slice(1));
    else if (!this.#add(into)) return false;
    this.#pass(into, from);
    return true;
  }

  #read(): SqlValue[] | undefined {
    const row: SqlValue[] = [this.#hotline];
    return this.#add(row) ? row : undefined;
  }

  #add(into: SqlValue[]): boolean {
    const { done, value } = this.#records.next();
    if (done === true) return false;
    this.#addRecord(value, into);
    return true;
  }

  /** `from`: where its key begins. */
  #pass(values: readonly SqlValue[], from: number): void {
    this.total += 1;
    if (this.distinct) this.distinct = this.#rises(values, from);
  }

  /** Whether the last part of a row's key is beyond that of every row with the same leading parts. */
  #rises(values: readonly SqlValue[], from: number): boolean {
    const last = values[from + this.#keyLength - 1] ?? null;
    const group = this.#groupOf(values, from);
    if (group !== this.#group) {
      if (this.#group !== undefined) this.#newest.set(this.#group, this.#last);
      this.#group = group;
      this.#last = this.#newest.get(group) ?? null;
    }
    const before = this.#last;
    this.#last = last;
    return before === null || (last !== null && last > before);
  }

  #groupOf(values: readonly SqlValue[], from: number): string {
    if (this.#keyLength === 2) return String(values[from]);
    return this.#keyLength < 2 ? '' : JSON.stringify(values.slice(from, from + this.#keyLength - 1));
  }
}

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
const pourRecords = async <Row extends object>(
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
  const { table, columns, key } = statementParts(shape);
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

/**
 * Makes the yearly parts (UTC) of every table that is parted by time, those that are missing. A part is made beside
 * the table and then attached: neither readers nor writers of other years wait for it.
 */
export const addYears = async (
  run: (statement: string) => Promise<unknown>,
  years: ReadonlySet<number>,
): Promise<void> => {
  // Makers take turns: two that make the years in different orders could block each other for good.
  await run(`select pg_advisory_xact_lock(${turnKey})`);
  for (const { table, partedBy } of tableLayouts) {
    if (partedBy === undefined) continue;
    for (const year of [...years].sort((a, b) => a - b)) await run(addYear(table, year));
  }
};

/** The number under which makers of parts wait for each other: any that nobody else uses ("huawu" in base 36). */
const turnKey = Number.parseInt('huawu', 36);

const addYear = (table: string, year: number): string => {
  const part = `${table}_${year < 0 ? `b${-year}` : year}`;
  const [from, to] = [yearStart(year), yearStart(year + 1)];
  return `do $$ begin
    if to_regclass('${part}') is null then
      create table ${part} (like ${table} including defaults including constraints including indexes);
      alter table ${table} attach partition ${part} for values from (${from}) to (${to});
    end if;
  end $$`;
};

/** First instant of a year, epoch milliseconds; the years 0 to 99 too, which Date.UTC takes for 1900 and on. */
const yearStart = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** The years that rows of a table fall into, as they pass; undefined where the table is not parted. */
const yearsOf = <Row extends object>({
  key,
  partedBy,
}: RecordTable<Row>):
  { readonly all: ReadonlySet<number>; readonly see: (row: readonly SqlValue[]) => void } | undefined => {
  if (partedBy === undefined) return undefined;
  const { years, see } = yearGatherer();
  const at = 1 + key.indexOf(partedBy);
  return { all: years, see: (row) => see(Number(row[at])) };
};

/** Gathers the years of instants as they pass: most fall into the year of the one before. */
export const yearGatherer = (): { readonly years: Set<number>; readonly see: (millis: number) => void } => {
  const years = new Set<number>();
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  return {
    years,
    see: (millis) => {
      if (millis >= from && millis < to) return;
      const year = new Date(millis).getUTCFullYear();
      years.add(year);
      [from, to] = [yearStart(year), yearStart(year + 1)];
    },
  };
};

/** What to do with a row that is there already: replace it where it differs. */
const whereConflicting = <Row extends object>(shape: RecordTable<Row>): RawBuilder<unknown> => {
  const values = shape.values.map((c) => ({
    own: sql.ref(`${shape.table}.${c}`),
    given: sql.ref(`excluded.${c}`),
    name: sql.ref(c),
  }));
  return sql`on conflict (${statementParts(shape).key}) do update set
    ${sql.join(values.map((v) => sql`${v.name} = ${v.given}`))}
    where ${sql.join(
      values.map((v) => sql`${v.own} is distinct from ${v.given}`),
      sql` or `,
    )}`;
};

/**
 * Appends a record's key and values to others, in the order of the columns: the one door by which records come in.
 * Throws `BadInputError` where a number is not finite, or a text has a character that none may have.
 */
const recordAdder = <Row extends object>(
  shape: RecordTable<Row>,
): ((record: Row, into: SqlValue[]) => void) => {
  const fields = [...shape.key, ...shape.values];
  const json = fields.map((field) => shape.json.has(field));
  const keys = shape.key.length;
  const sound: string[] = [];
  return (record, into) => {
    for (let i = 0; i < fields.length; i += 1) {
      const value: unknown = record[fields[i] as keyof Row];
      if (typeof value === 'number') {
        if (!Number.isFinite(value))
          throw notFinite(shape.table, fields[i] ?? '', value, keyOf(shape, record));
        into.push(value);
      } else if (typeof value === 'string') {
        // Neighbouring rows mostly name the same.
        if (value !== sound[i]) refuseUnwritable(shape.table, fields[i] ?? '', value);
        sound[i] = value;
        into.push(value);
      } else if (value === undefined) into.push(i < keys ? '' : null);
      else if (json[i] === true) into.push(canonicalJson(value));
      else if (typeof value === 'boolean') into.push(value ? 1 : 0);
      else into.push(value as SqlValue);
    }
  };
};

const refuseUnwritable = (table: string, column: string, value: string): void => {
  const character = firstUnwritable(value);
  if (character !== undefined)
    throw new BadInputError([
      kernelProblem(`${table}.${column}`, 'character-not-allowed', value, { character }),
    ]);
};

const keyOf = <Row extends object>({ key }: RecordTable<Row>, record: Row): string =>
  key.map((field) => String(record[field] ?? '')).join(' ');

/** Keys sorted, so that the same content is the same text. */
const canonicalJson = (value: unknown): string =>
  isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, sortKeys);

/** At most one figure under a name: nothing to sort. Hundreds of thousands of test calls are so. */
const isPlain = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  const members: readonly unknown[] = Object.values(value);
  return members.length < 2 && typeof members[0] !== 'object';
};

const sortKeys = (_: string, part: unknown): unknown =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => compareText(a, b)))
    : part;
