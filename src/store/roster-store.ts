import type { Kysely } from 'kysely';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import type { RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, type Author } from './audit-log.ts';
import { type Database, nextNumber } from './database.ts';
import type { Tables } from './tables.ts';

type RosterPart = Pick<Store, 'saveRoster' | 'changeRoster' | 'roster' | 'rosters' | 'rosterChanges'>;

/** Rosters as documents, and what became of them. */
export const createRosterStore = (database: Database, hotline: string, author: Author): RosterPart => {
  const { db } = database.reads;
  const own = db.selectFrom('rosters').where('hotlineKey', '=', hotline);
  return {
    saveRoster: (roster) =>
      database.write(hotline, async ({ db: trx }) => {
        await saveRoster(trx, hotline, roster);
        const after = { from: roster.from, to: roster.to };
        const note: AuditNote = { action: 'roster-made', subject: roster.id, before: null, after };
        await enterAudit(trx, hotline, author, note);
      }),
    changeRoster: (roster, change) =>
      database.write(hotline, async (writing) => {
        if ((await changesOf(writing.db, hotline, roster.id)) !== roster.revision) return false;
        await saveRoster(writing.db, hotline, roster);
        await addChange(writing.db, hotline, change);
        await enterAudit(writing.db, hotline, author, noteOfChange(roster, change));
        return true;
      }),
    roster: async (id) => {
      // One statement: the roster beside the count of changes that made it what it is.
      const row = await own
        .select((made) => [
          'document',
          made
            .selectFrom('rosterChanges')
            .select(({ fn }) => fn.countAll().as('changes'))
            .whereRef('rosterChanges.hotlineKey', '=', 'rosters.hotlineKey')
            .whereRef('rosterChanges.roster', '=', 'rosters.id')
            .as('changes'),
        ])
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { ...(JSON.parse(row.document) as RosterDocument), revision: Number(row.changes) };
    },
    rosters: () =>
      own.select(['id', 'from', 'to', 'createdAt', 'publishedAt']).orderBy('saved', 'desc').execute(),
    rosterChanges: async (roster) => {
      const changes = db
        .selectFrom('rosterChanges')
        .select('document')
        .where('hotlineKey', '=', hotline)
        .orderBy('id');
      const rows = await (roster === undefined ? changes : changes.where('roster', '=', roster)).execute();
      return rows.map(({ document }) => JSON.parse(document) as RosterChange);
    },
  };
};

/** How many days changed; the people who work them are in the roster's own changes. */
const noteOfChange = (roster: RosterDocument, { moves, by = '' }: RosterChange): AuditNote => ({
  by,
  action: moves.length === 0 && roster.publishedAt !== null ? 'roster-published' : 'roster-changed',
  subject: roster.id,
  before: { revision: roster.revision },
  after: { revision: roster.revision + 1, days: moves.length },
});

const saveRoster = async (db: Kysely<Tables>, hotline: string, roster: RosterDocument): Promise<void> => {
  const { id, from, to, createdAt, publishedAt } = roster;
  const saved = await nextNumber(db, hotline, 'lastSaved');
  const row = { from, to, createdAt, publishedAt, saved, document: JSON.stringify(roster) };
  await db
    .insertInto('rosters')
    .values({ hotlineKey: hotline, id, ...row })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'id']).doUpdateSet(row))
    .execute();
};

/** How many changes a roster has had. */
const changesOf = async (db: Kysely<Tables>, hotline: string, roster: string): Promise<number> => {
  const { changes } = await db
    .selectFrom('rosterChanges')
    .select(({ fn }) => fn.countAll().as('changes'))
    .where('hotlineKey', '=', hotline)
    .where('roster', '=', roster)
    .executeTakeFirstOrThrow();
  return Number(changes);
};

const addChange = async (db: Kysely<Tables>, hotline: string, change: RosterChange): Promise<void> => {
  const id = await nextNumber(db, hotline, 'lastSaved');
  const { roster, at } = change;
  await db
    .insertInto('rosterChanges')
    .values({ hotlineKey: hotline, id, roster, at, document: JSON.stringify(change) })
    .execute();
};
