import type { CompiledQuery, Kysely } from 'kysely';
import type { Column } from './table-notation.ts';
import type { Tables } from './tables.ts';

/** A file for one desk, or a database that many share. */
export type StoreKind = 'sqlite' | 'postgres';

export interface Queries {
  readonly kind: StoreKind;
  readonly db: Kysely<Tables>;
  /** The only row that a query answers, its values as the bytes that the database sends. */
  readonly readBytes: (query: CompiledQuery) => Promise<readonly (Uint8Array | null)[]>;
}

/** A transaction under way: kept as a whole or not at all. */
export interface Writing extends Queries {
  /** Writes pages of rows in bulk, values in the order of the columns; left out: rows are written by statements. */
  readonly pour?: Pour;
  /** Makes the missing yearly parts (UTC) of traffic, where the database has parts. */
  readonly partYears?: (years: ReadonlySet<number>) => Promise<void>;
}

export type Pour = (
  table: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
  pages: AsyncIterable<readonly (readonly SqlValue[])[]>,
) => Promise<void>;

export type SqlValue = string | number | null | Uint8Array;

/**
 * An open database of one or many hotlines. Reads neither wait for a write nor see it half done; a hotline has one
 * writer at a time.
 */
export interface Database {
  readonly kind: StoreKind;
  /** The file, or the address without its password: for messages. */
  readonly place: string;
  readonly reads: Queries;
  write<Answer>(hotline: string, work: (writing: Writing) => Promise<Answer>): Promise<Answer>;
  /** Reads of one moment, whatever is written meanwhile. */
  snapshot<Answer>(work: (queries: Queries) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

/** Counts what a hotline saves, since two plans of one second must still have a later one. */
export const nextNumber = async (
  db: Kysely<Tables>,
  hotline: string,
  counter: 'lastOverrule' | 'lastSaved',
): Promise<number> => {
  const row = await db
    .updateTable('lines')
    .set((eb) => ({ [counter]: eb(counter, '+', 1) }))
    .where('hotlineKey', '=', hotline)
    .returning(counter)
    .executeTakeFirstOrThrow();
  return Number(Object.values(row)[0]);
};
