import type { AuditNote } from '../contract/documents/audit-document.ts';
import { enterAudit, localAuthor } from './audit-log.ts';
import { explainDatabaseError } from './store-problems.ts';
import { forgetFact, hashFact } from './facts.ts';
import { mendTable, nonFiniteRows, enforceFinite, type NonFiniteRow } from './finite-numbers.ts';
import type { Database } from './database.ts';
import { defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { tableLayouts } from './table-layouts.ts';
import { unwritableRows, type UnwritableRow } from './unwritable-texts.ts';

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
        // what was worked out of the traffic so far rests on other rows
        await forgetFact(writing.db, hotline, hashFact);
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
