import type { CompiledQuery, Kysely } from 'kysely';
import type { Column } from './table-layout.ts';
import type { Tables } from './tables.ts';

/** Where records lie: a file of one desk, or a database that many share. */
export type StoreKind = 'sqlite' | 'postgres';

/** Something that answers queries. */
export interface Queries {
  readonly kind: StoreKind;
  readonly db: Kysely<Tables>;
  /** The only row that a query answers, its values as the bytes that the database sends. */
  readonly readBytes: (query: CompiledQuery) => Promise<readonly (Uint8Array | null)[]>;
}

/** A transaction under way. What it wrote is there when it ends well, and not at all otherwise. */
export interface Writing extends Queries {
  /**
   * Where the database takes rows in bulk: pours pages of rows into a table, values in the order of the columns.
   * Without it rows go in by statements.
   */
  readonly pour?: Pour;
  /** Where traffic is parted by time: makes the parts of these years (UTC) that are not there yet. */
  readonly partYears?: (years: ReadonlySet<number>) => Promise<void>;
}

export type Pour = (
  table: string,
  columns: readonly Pick<Column, 'name' | 'type'>[],
  pages: AsyncIterable<readonly (readonly SqlValue[])[]>,
) => Promise<void>;

export type SqlValue = string | number | null | Uint8Array;

/**
 * An open database of one or many hotlines. Reads never wait for a write under way nor see it half done; one
 * hotline has one writer at a time, whatever the number of processes.
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
