import type { ExpressionBuilder, Kysely } from 'kysely';
import type { AccountStore, Session } from '../access/account-store.ts';
import { memberColumns, memberOf, membersOf, nobodys } from './account-members.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

type SessionPart = Pick<
  AccountStore,
  'addSession' | 'session' | 'sessionsOf' | 'sawSession' | 'endSession' | 'endSessions' | 'forgetSessions'
>;

const ownSession = (id: string) => (eb: ExpressionBuilder<Tables, 'sessions'>) =>
  eb.and([eb('hotlineKey', '=', nobodys), eb('id', '=', id)]);

/** Who is signed in. */
export const sessionPart = (database: Database, hotline: string): SessionPart => {
  const write = (work: (db: Kysely<Tables>) => Promise<unknown>): Promise<void> =>
    database.write(nobodys, async ({ db }) => {
      await work(db);
    });
  return {
    addSession: (session) =>
      write((db) =>
        db
          .insertInto('sessions')
          .values({ hotlineKey: nobodys, ...session })
          .execute(),
      ),
    session: async (id) => {
      const row = await membersOf(database.reads.db, hotline)
        .innerJoin('sessions', (join) =>
          join.onRef('sessions.user', '=', 'accounts.user').on('sessions.hotlineKey', '=', nobodys),
        )
        .select([
          ...memberColumns,
          'sessions.id as id',
          'sessions.createdMillis as createdMillis',
          'sessions.seenMillis as seenMillis',
          'sessions.endsMillis as endsMillis',
        ])
        .where('sessions.id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { user, createdMillis, seenMillis, endsMillis } = row;
      const session: Session = { id: row.id, user, createdMillis, seenMillis, endsMillis };
      return { session, member: memberOf(row) };
    },
    sessionsOf: (user) =>
      database.reads.db
        .selectFrom('sessions')
        .select(['id', 'user', 'createdMillis', 'seenMillis', 'endsMillis'])
        .where('hotlineKey', '=', nobodys)
        .where('user', '=', user)
        .orderBy('seenMillis', 'desc')
        .execute(),
    sawSession: (id, seenMillis) =>
      write((db) => db.updateTable('sessions').set({ seenMillis }).where(ownSession(id)).execute()),
    endSession: (id) => write((db) => db.deleteFrom('sessions').where(ownSession(id)).execute()),
    endSessions: (user, but = '') =>
      database.write(nobodys, async ({ db }) => {
        const ending = db.deleteFrom('sessions').where('hotlineKey', '=', nobodys).where('id', '<>', but);
        const { numDeletedRows } = await (
          user === undefined ? ending : ending.where('user', '=', user)
        ).executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
    forgetSessions: (before) =>
      write((db) =>
        db
          .deleteFrom('sessions')
          .where('hotlineKey', '=', nobodys)
          .where('endsMillis', '<', before)
          .execute(),
      ),
  };
};
