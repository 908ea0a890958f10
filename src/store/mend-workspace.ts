import { type RawBuilder, sql } from 'kysely';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { firstUnwritable, replaceUnwritable } from '../kernel/text.ts';
import { auditTables, enterAudit, localAuthor } from './audit-log.ts';
import type { Database, Queries, SqlValue, StoreKind } from './database.ts';
import { forgetFact, hashFact, presenceFact } from './facts.ts';
import { enforceFinite, keyText, mendTable, type NonFiniteRow, nonFiniteRows } from './finite-numbers.ts';
import { defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { explainDatabaseError } from './store-problems.ts';
import type { Column } from './table-notation.ts';
import { tableLayouts } from './todays-tables.ts';

const layouts = tableLayouts.filter(({ finite }) => finite === true);

/** A row that no sound store has, and what is wrong with it: a number that is none, or a character in a text. */
export type UnsoundRow =
  ({ readonly wrong: 'number' } & NonFiniteRow) | ({ readonly wrong: 'character' } & UnwritableRow);

/** Rows of a hotline in which a number is not finite or a text has a character that none may have. */
export const unsoundRows = async (
  { reads }: Pick<Database, 'reads'>,
  hotline: string,
): Promise<readonly UnsoundRow[]> => {
  const found: UnsoundRow[] = [];
  for (const layout of layouts)
    for (const row of await nonFiniteRows(reads, hotline, layout)) found.push({ wrong: 'number', ...row });
  for (const row of await unwritableRows(reads, hotline)) found.push({ wrong: 'character', ...row });
  return found;
};

interface Mended {
  readonly place: string;
  readonly rows: readonly UnsoundRow[];
}

/**
 * Takes out of a hotline's records, in one transaction, every number that is not finite (where it may be absent it is,
 * else the row goes) and every character that no text may have (\ufffd takes its place; a row that then is there twice
 * goes). `dryRun` only looks. Answers the rows concerned.
 */
export const mendWorkspace = async (place: StorePlace, dryRun: boolean): Promise<Mended> => {
  const hotline = place.hotline ?? defaultHotline;
  const database = await openDatabase(place);
  try {
    const rows = await unsoundRows(database, hotline);
    if (!dryRun && rows.length > 0)
      await database.write(hotline, async (writing) => {
        for (const layout of layouts) await mendTable(writing, hotline, layout);
        for (const layout of layouts)
          await enforceFinite(writing.db.withoutPlugins() as never, writing.kind, layout);
        await unwritableRows(writing, hotline, true);
        // what was worked out of the records so far rests on other rows
        for (const fact of [hashFact, presenceFact]) await forgetFact(writing.db, hotline, fact);
        const subject = [...new Set(rows.map(({ table }) => table))].join(' ');
        const after = { rows: rows.length };
        const note: AuditNote = { action: 'records-mended', subject, before: null, after };
        await enterAudit(writing.db, hotline, localAuthor, note);
      });
    return { place: database.place, rows };
  } catch (error) {
    throw explainDatabaseError(error, database.place);
  } finally {
    await database.close();
  }
};

/** Rows that name things: documents keep what they said when they were made, and the log is sealed. */
const documentColumns: ReadonlySet<string> = new Set(['document', 'life', 'password', 'hash']);

const textsOf = (columns: readonly Column[]): readonly Column[] =>
  columns.filter(({ name, type }) => type === 'text' && !documentColumns.has(name));

/** A row of a hotline in which a text has a character that no text may have. */
interface UnwritableRow {
  readonly table: string;
  /** The row's key as a person reads it. */
  readonly key: string;
  readonly columns: readonly string[];
  /** True where the row goes: with the character replaced it is one that is there already. */
  readonly lost: boolean;
}

/** Finds them, in the order of tables and keys; `mends` replaces each character by \ufffd, in the transaction at hand. */
const unwritableRows = async (
  { db, kind }: Pick<Queries, 'db' | 'kind'>,
  hotline: string,
  mends = false,
): Promise<readonly UnwritableRow[]> => {
  const plain = db.withoutPlugins();
  const found: UnwritableRow[] = [];
  for (const { table, key, values } of tableLayouts) {
    const texts = textsOf([...key, ...values]);
    if (texts.length === 0 || auditTables.includes(table)) continue;
    const shown = [...new Set([...key, ...texts])].map(({ name }) => sql.ref(name));
    const suspect = sql.join(
      texts.map((column) => isSuspect(kind, column)),
      sql` or `,
    );
    // Accounts and their sessions belong to every hotline of the database.
    const { rows } = await sql<Record<string, SqlValue> & { readonly hotline_key: string }>`
      select hotline_key, ${sql.join(shown)} from ${sql.table(table)}
      where hotline_key in (${hotline}, '') and (${suspect})`.execute(plain);
    for (const row of rows) {
      const wrong = texts.filter(({ name }) => firstUnwritable(String(row[name] ?? '')) !== undefined);
      if (wrong.length === 0) continue;
      const sameRow = sql`hotline_key = ${row.hotline_key} and ${matching(key, row)}`;
      const mended = { ...row };
      for (const { name } of wrong) mended[name] = replaceUnwritable(String(row[name]));
      const isOtherKey = key.some(({ name }) => mended[name] !== row[name]);
      const twin = sql`select 1 from ${sql.table(table)}
        where hotline_key = ${row.hotline_key} and ${matching(key, mended)}`;
      const lost = isOtherKey && (await twin.execute(plain)).rows.length > 0;
      if (mends && lost) await sql`delete from ${sql.table(table)} where ${sameRow}`.execute(plain);
      else if (mends)
        await sql`update ${sql.table(table)}
          set ${sql.join(wrong.map(({ name }) => sql`${sql.ref(name)} = ${mended[name]}`))}
          where ${sameRow}`.execute(plain);
      found.push({
        table,
        key: key.map(({ name }) => replaceUnwritable(keyText(name, row[name]))).join(' '),
        columns: wrong.map(({ name }) => name),
        lost,
      });
    }
  }
  return found;
};

const matching = (key: readonly Column[], row: Readonly<Record<string, SqlValue>>): RawBuilder<unknown> =>
  key.length === 0
    ? sql`true`
    : sql.join(
        key.map(({ name }) => sql`${sql.ref(name)} = ${row[name] ?? null}`),
        sql` and `,
      );

/** The same characters as `firstUnwritable` finds, as a class of patterns; NUL, of which no pattern holds, is looked for apart. */
const characters = [
  ['\u0001', '\u0008'],
  ['\u000b', '\u000c'],
  ['\u000e', '\u001f'],
  ['\u007f', '\u009f'],
  ['\u202a', '\u202e'],
  ['\u2066', '\u2069'],
  ['\ufdd0', '\ufdef'],
  ...Array.from({ length: 17 }, (_, plane) => [plane * 0x1_0000 + 0xfffe, plane * 0x1_0000 + 0xffff]).map(
    (ends) => ends.map((code) => String.fromCodePoint(code)),
  ),
].map((ends) => ends.join('-'));

/** Whether a text may have one: SQLite takes some characters for others, so that more are found than have any. */
const isSuspect = (kind: StoreKind, { name }: Column): RawBuilder<boolean> => {
  const all = `[${characters.join('')}]`;
  return kind === 'sqlite'
    ? sql<boolean>`(instr(${sql.ref(name)}, char(0)) > 0 or ${sql.ref(name)} glob ${`*${all}*`})`
    : sql<boolean>`${sql.ref(name)} ~ ${all}`;
};
