import { type ExpressionBuilder, type Kysely } from 'kysely';
import type { Account, AccountStore, ApiToken, Member, Session } from '../access/account-store.ts';
import type { Role, TokenScope } from '../contract/access/roles.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { enterAudit } from './audit-log.ts';
import type { Database, Writing } from './database.ts';
import { explained } from './explained.ts';
import { refusingMoved } from './moved-away.ts';
import type { Tables } from './tables.ts';

/** Rows that belong to the database and to no hotline of it. */
const nobodys = '';

/** Accounts of a database, with their roles and tokens on one of its hotlines. */
export const createAccountStore = (
  opened: Database,
  hotline: string,
  now: () => number = Date.now,
): AccountStore => {
  const database = refusingMoved(opened);
  const together: AccountStore['together'] = (actor, work) =>
    database.write(hotline, async (writing) => {
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

const memberColumns = [
  'accounts.user',
  'accounts.id as accountId',
  'accounts.name as accountName',
  'accounts.password',
  'accounts.disabled',
  'accounts.createdMillis as accountCreated',
  'accounts.invitation',
  'accounts.invitationEndsMillis',
  'roles.role',
  'roles.operator',
] as const;

const membersOf = (db: Kysely<Tables>, hotline: string) =>
  db
    .selectFrom('accounts')
    .leftJoin('roles', (join) =>
      join.onRef('roles.user', '=', 'accounts.user').on('roles.hotlineKey', '=', hotline),
    )
    .where('accounts.hotlineKey', '=', nobodys);

interface MemberRow {
  readonly user: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly password: string | null;
  readonly disabled: number;
  readonly accountCreated: number;
  readonly invitation: string | null;
  readonly invitationEndsMillis: number | null;
  readonly role: string | null;
  readonly operator: string | null;
}

const memberOf = (row: MemberRow): Member => ({
  user: row.user,
  id: row.accountId,
  name: row.accountName,
  password: row.password,
  disabled: row.disabled === 1,
  createdMillis: row.accountCreated,
  invitation:
    row.invitation === null ? null : { hash: row.invitation, endsMillis: row.invitationEndsMillis ?? 0 },
  role: row.role as Role | null,
  operator: row.operator,
});

const rowOf = ({ name, password, disabled, invitation }: Partial<Account>): Partial<Tables['accounts']> => ({
  ...(name === undefined ? {} : { name }),
  ...(password === undefined ? {} : { password }),
  ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }),
  ...(invitation === undefined
    ? {}
    : { invitation: invitation?.hash ?? null, invitationEndsMillis: invitation?.endsMillis ?? null }),
});

type AccountPart = Pick<
  AccountStore,
  'anyAccount' | 'members' | 'member' | 'addAccount' | 'changeAccount' | 'setRole' | 'hasRoleElsewhere'
>;

const accountPart = (database: Database, hotline: string): AccountPart => {
  const { db } = database.reads;
  return {
    anyAccount: async () =>
      (await db.selectFrom('accounts').select('user').where('hotlineKey', '=', nobodys).limit(1).execute())
        .length > 0,
    members: async () =>
      (await membersOf(db, hotline).select(memberColumns).orderBy('accounts.user').execute()).map(memberOf),
    member: async (user) => {
      const row = await membersOf(db, hotline)
        .select(memberColumns)
        .where('accounts.user', '=', user)
        .executeTakeFirst();
      return row === undefined ? undefined : memberOf(row);
    },
    addAccount: (account) =>
      database.write(nobodys, async (writing) => {
        const { user, id, name, password, createdMillis, disabled, invitation } = account;
        const { numInsertedOrUpdatedRows } = await writing.db
          .insertInto('accounts')
          .values({
            hotlineKey: nobodys,
            user,
            id,
            name,
            password,
            disabled: disabled ? 1 : 0,
            createdMillis,
            invitation: invitation?.hash ?? null,
            invitationEndsMillis: invitation?.endsMillis ?? null,
          })
          .onConflict((conflict) => conflict.columns(['hotlineKey', 'user']).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
    changeAccount: (user, change) =>
      database.write(nobodys, async (writing) => {
        const { numUpdatedRows } = await writing.db
          .updateTable('accounts')
          .set({ user, ...rowOf(change) })
          .where('hotlineKey', '=', nobodys)
          .where('user', '=', user)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),
    setRole: (user, role, operator) =>
      database.write(hotline, async (writing) => {
        await writing.db
          .deleteFrom('roles')
          .where('hotlineKey', '=', hotline)
          .where('user', '=', user)
          .execute();
        if (role !== null)
          await writing.db
            .insertInto('roles')
            .values({ hotlineKey: hotline, user, role, operator })
            .execute();
      }),
    hasRoleElsewhere: async (user) =>
      (
        await db
          .selectFrom('roles')
          .select('user')
          .where('user', '=', user)
          .where('hotlineKey', '<>', hotline)
          .limit(1)
          .execute()
      ).length > 0,
  };
};

type SessionPart = Pick<
  AccountStore,
  'addSession' | 'session' | 'sessionsOf' | 'sawSession' | 'endSession' | 'endSessions' | 'forgetSessions'
>;

const ownSession = (id: string) => (eb: ExpressionBuilder<Tables, 'sessions'>) =>
  eb.and([eb('hotlineKey', '=', nobodys), eb('id', '=', id)]);

const sessionPart = (database: Database, hotline: string): SessionPart => {
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

type TokenPart = Pick<AccountStore, 'tokens' | 'token' | 'addToken' | 'usedToken' | 'removeToken'>;

const tokenColumns = [
  'apiTokens.id as tokenId',
  'apiTokens.user as owner',
  'apiTokens.name as tokenName',
  'apiTokens.hash',
  'apiTokens.scope',
  'apiTokens.createdMillis as createdMillis',
  'apiTokens.endsMillis as endsMillis',
  'apiTokens.usedMillis as usedMillis',
] as const;

interface TokenRow {
  readonly tokenId: string;
  readonly owner: string;
  readonly tokenName: string;
  readonly hash: string;
  readonly scope: string;
  readonly createdMillis: number;
  readonly endsMillis: number;
  readonly usedMillis: number | null;
}

const tokenOf = ({ tokenId, owner, tokenName, hash, scope, ...times }: TokenRow): ApiToken => ({
  id: tokenId,
  user: owner,
  name: tokenName,
  hash,
  scope: scope as TokenScope,
  createdMillis: times.createdMillis,
  endsMillis: times.endsMillis,
  usedMillis: times.usedMillis,
});

const tokenPart = (database: Database, hotline: string): TokenPart => {
  const { db } = database.reads;
  return {
    tokens: async () =>
      (
        await db
          .selectFrom('apiTokens')
          .select(tokenColumns)
          .where('hotlineKey', '=', hotline)
          .orderBy('createdMillis')
          .execute()
      ).map(tokenOf),
    token: async (id) => {
      const row = await membersOf(db, hotline)
        .innerJoin('apiTokens', (join) =>
          join.onRef('apiTokens.user', '=', 'accounts.user').on('apiTokens.hotlineKey', '=', hotline),
        )
        .select([...memberColumns, ...tokenColumns])
        .where('apiTokens.id', '=', id)
        .executeTakeFirst();
      return row === undefined ? undefined : { token: tokenOf(row), member: memberOf(row) };
    },
    addToken: (token) =>
      database.write(hotline, async (writing) => {
        await writing.db
          .insertInto('apiTokens')
          .values({ hotlineKey: hotline, ...token })
          .execute();
      }),
    usedToken: (id, usedMillis) =>
      database.write(hotline, async (writing) => {
        await writing.db
          .updateTable('apiTokens')
          .set({ usedMillis })
          .where('hotlineKey', '=', hotline)
          .where('id', '=', id)
          .execute();
      }),
    removeToken: (id) =>
      database.write(hotline, async (writing) => {
        const { numDeletedRows } = await writing.db
          .deleteFrom('apiTokens')
          .where('hotlineKey', '=', hotline)
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        return numDeletedRows === 1n;
      }),
  };
};
