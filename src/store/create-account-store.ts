import { sql } from 'kysely';
import type { AccountStore } from '../access/account-store.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { accountPart } from './account-part.ts';
import { enterAudit } from './audit-log.ts';
import type { Database, Writing } from './database.ts';
import { explained } from './explained.ts';
import { refusingMoved } from './moved-away.ts';
import { sessionPart } from './session-part.ts';
import { tokenPart } from './token-part.ts';

/** Accounts of a database, with their roles and tokens on one of its hotlines. */
export const createAccountStore = (
  opened: Database,
  hotline: string,
  now: () => number = Date.now,
): AccountStore => {
  const database = refusingMoved(opened);
  const together: AccountStore['together'] = (actor, work) =>
    database.write(hotline, async (writing) => {
      // Accounts are the whole database's, and a writer there is one of each hotline: what is decided by what others are
      // (who is left to administer, whether a code is still good) is decided one after the other.
      if (writing.kind === 'postgres')
        await sql`lock table accounts in share row exclusive mode`.execute(writing.db);
      const notes: AuditNote[] = [];
      const answer = await work(createAccountStore(inside(database, writing), hotline, now), (note) => {
        notes.push(note);
      });
      for (const note of notes) await enterAudit(writing.db, hotline, { actor, now }, note);
      return answer;
    });
  return explained(database.place, {
    together,
    ...accountPart(database, hotline),
    ...sessionPart(database, hotline),
    ...tokenPart(database, hotline),
  });
};

/** A database as it is seen within a transaction under way: every read and write of it is part of that one. */
const inside = (database: Database, writing: Writing): Database => ({
  ...database,
  reads: writing,
  write: (_hotline, work) => work(writing),
  snapshot: (work) => work(writing),
});
