import type { AuditNote } from '../contract/documents/audit-document.ts';
import { enterAudit, localAuthor } from './audit-log.ts';
import { explainDatabaseError } from './database-problems.ts';
import { forgetFact, hashFact } from './facts.ts';
import { mendTable, nonFiniteRows, settleNonFinite, type NonFiniteRow } from './finite-numbers.ts';
import type { Database } from './database.ts';
import { defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { tableLayouts } from './table-layouts.ts';

const layouts = tableLayouts.filter(({ finite }) => finite === true);

/** Rows of a hotline in which a number is not finite: none in a sound store. */
export const unsoundRows = async (
  { reads }: Pick<Database, 'reads'>,
  hotline: string,
): Promise<readonly NonFiniteRow[]> => {
  const found: NonFiniteRow[] = [];
  for (const layout of layouts) found.push(...(await nonFiniteRows(reads, hotline, layout)));
  return found;
};

export interface Mended {
  readonly place: string;
  readonly rows: readonly NonFiniteRow[];
}

/**
 * Takes out of a hotline's records every number that is not finite, in one transaction: where it may be absent it
 * is, else the row goes. `dryRun` only looks. Answers the rows concerned.
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
          await settleNonFinite(writing.db.withoutPlugins() as never, writing.kind, layout);
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
