import { join } from 'node:path';
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { Account, AccountStore, ApiToken, Member, Session } from '../access/accounts.ts';
import type { Role, TokenScope } from '../contract/access/roles.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, localAuthor } from './audit-log.ts';
import { createStore } from './create-store.ts';
import type { Database, Writing } from './database.ts';
import { addLine, heldLines, refusingMoved } from './facts.ts';
import { databaseWideKey } from './find-person.ts';
import { appliedSteps, migrateShared, schemaState } from './migrate-schema.ts';
import { openSqlite } from './open-sqlite.ts';
import { explainDatabaseError, withExplainedErrors, placeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { homeFolder } from './workspace-lines.ts';

export interface StorePlace {
  /** The workspace's folder, which holds huawu.db where the store is SQLite; or that of one of its lines. */
  readonly folder: string;
  /** `sqlite` (the default) or postgres://user:password@host:port/database. */
  readonly store?: string;
  /** Which hotline of the database; default `main`. */
  readonly hotline?: string;
}

export interface OpenStoreOptions {
  /** Makes what is missing: the file, the schema of an empty database, the hotline in it. */
  readonly create?: boolean;
  /** The clock that changes are dated by; left out: the machine's. */
  readonly now?: () => number;
  /** Connections to PostgreSQL at most. */
  readonly connections?: number;
  /** Hears every statement: for tests. */
  readonly onStatement?: (statement: string) => void;
}

export const databaseName = 'huawu.db';
export const defaultHotline = 'main';

/**
 * Opens the store of a workspace. Throws `BadInputError`, with nothing changed, where the database cannot be used or
 * does not hold the hotline. A file's older schema is brought up to date; a shared database's is not, since other
 * machines may still run the older version: `huawu migrate` does that.
 */
export const openStore = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Store> =>
  (await openStores(place, options)).store;

export interface OpenedHotline {
  readonly store: Store;
  readonly accounts: AccountStore;
}

/** The same with the accounts beside the records, and what opens another hotline of the same database; closing any store closes all. */
export const openStores = async (
  place: StorePlace,
  options: OpenStoreOptions = {},
): Promise<OpenedHotline & { readonly another: (hotline: string) => Promise<OpenedHotline> }> => {
  const database = await openDatabase(place, options);
  const author = { ...localAuthor, ...(options.now === undefined ? {} : { now: options.now }) };
  const opened = (hotline: string): OpenedHotline => ({
    store: createStore(database, hotline, author),
    accounts: createAccountStore(database, hotline, author.now),
  });
  return {
    ...opened(place.hotline ?? defaultHotline),
    another: async (hotline) => {
      await addLine(database, hotline);
      return opened(hotline);
    },
  };
};

/** The database of a workspace, checked to hold its hotline. */
export const openDatabase = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Database> => {
  const hotline = place.hotline ?? defaultHotline;
  const database = await connect(place, options);
  try {
    if (database.kind === 'postgres') await checkSchema(database, hotline, options.create === true);
    if (options.create === true) await addLine(database, hotline);
    const held = await heldLines(database);
    if (!held.includes(hotline)) throw new BadInputError([hotlineNotHere(database.place, hotline, held)]);
    return database;
  } catch (error) {
    await database.close();
    throw explainDatabaseError(error, database.place);
  }
};

/**
 * Connects without looking at what the database holds; a SQLite file gets its schema. The driver of PostgreSQL is
 * loaded where it is needed only.
 */
export const connect = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Database> => {
  const { folder, store, hotline = defaultHotline } = place;
  if (store === undefined || store === 'sqlite')
    return openSqlite(join(homeFolder(folder), databaseName), { hotline, keepsOlder: true, ...options });
  const { openPostgres } = await import('./open-postgres.ts');
  return openPostgres(store, options);
};

/** Throws `BadInputError` where a shared database has the structure of another version; true where it is empty. */
export const refuseOtherSchema = async ({ reads, place }: Database): Promise<boolean> => {
  const state = schemaState('postgres', await appliedSteps(reads.db));
  if (state === 'newer') throw new BadInputError([placeProblem('database-newer', place)]);
  if (state === 'older') throw new BadInputError([placeProblem('database-older', place)]);
  return state === 'empty';
};

const checkSchema = async (database: Database, hotline: string, create: boolean): Promise<void> => {
  const empty = await refuseOtherSchema(database);
  if (!empty) return;
  if (!create) throw new BadInputError([hotlineNotHere(database.place, hotline, [])]);
  await migrateShared(database, hotline);
};

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
  return withExplainedErrors(database.place, {
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

const rowOf = ({
  name,
  password,
  disabled,
  invitation,
  openid,
}: Partial<Account>): Partial<Tables['accounts']> => ({
  ...(name === undefined ? {} : { name }),
  ...(password === undefined ? {} : { password }),
  ...(openid === undefined ? {} : { openid }),
  ...(disabled === undefined ? {} : { disabled: disabled ? 1 : 0 }),
  ...(invitation === undefined
    ? {}
    : { invitation: invitation?.hash ?? null, invitationEndsMillis: invitation?.endsMillis ?? null }),
});

const accountPart = (database: Database, hotline: string) => {
  const { db } = database.reads;
  return {
    hotline,
    anyAccount: async () =>
      (
        await db
          .selectFrom('accounts')
          .select('user')
          .where('hotlineKey', '=', databaseWideKey)
          .limit(1)
          .execute()
      ).length > 0,
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
      database.write(databaseWideKey, async (writing) => {
        const { user, id, name, password, createdMillis, disabled, invitation, openid } = account;
        const { numInsertedOrUpdatedRows } = await writing.db
          .insertInto('accounts')
          .values({
            hotlineKey: databaseWideKey,
            user,
            id,
            name,
            password,
            disabled: disabled ? 1 : 0,
            createdMillis,
            invitation: invitation?.hash ?? null,
            invitationEndsMillis: invitation?.endsMillis ?? null,
            openid,
            home: hotline,
          })
          .onConflict((conflict) => conflict.columns(['hotlineKey', 'user']).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),
    changeAccount: (user, change) =>
      database.write(databaseWideKey, async (writing) => {
        const { numUpdatedRows } = await writing.db
          .updateTable('accounts')
          .set({ user, ...rowOf(change) })
          .where('hotlineKey', '=', databaseWideKey)
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
    rolesOf: async (user) => {
      const rows = await db
        .selectFrom('roles')
        .select(['hotlineKey', 'role'])
        .where('user', '=', user)
        .execute();
      return new Map(rows.map(({ hotlineKey, role }) => [hotlineKey, role as Role]));
    },
    roles: async () => {
      const rows = await db.selectFrom('roles').select(['hotlineKey', 'user', 'role']).execute();
      return rows.map(({ hotlineKey, user, role }) => ({ hotline: hotlineKey, user, role: role as Role }));
    },
    leaveOthers: (user) =>
      database.write(databaseWideKey, async (writing) => {
        await writing.db
          .deleteFrom('roles')
          .where('hotlineKey', '!=', hotline)
          .where('user', '=', user)
          .execute();
      }),
    hotlines: () => heldLines(database),
  } satisfies Partial<AccountStore>;
};

const ownSession = (id: string) => (eb: ExpressionBuilder<Tables, 'sessions'>) =>
  eb.and([eb('hotlineKey', '=', databaseWideKey), eb('id', '=', id)]);

const sessionPart = (database: Database, hotline: string) => {
  const write = (work: (db: Kysely<Tables>) => Promise<unknown>): Promise<void> =>
    database.write(databaseWideKey, async ({ db }) => {
      await work(db);
    });
  return {
    addSession: (session) =>
      write((db) =>
        db
          .insertInto('sessions')
          .values({ hotlineKey: databaseWideKey, ...session })
          .execute(),
      ),
    session: async (id) => {
      const row = await membersOf(database.reads.db, hotline)
        .innerJoin('sessions', (join) =>
          join.onRef('sessions.user', '=', 'accounts.user').on('sessions.hotlineKey', '=', databaseWideKey),
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
        .where('hotlineKey', '=', databaseWideKey)
        .where('user', '=', user)
        .orderBy('seenMillis', 'desc')
        .execute(),
    sawSession: (id, seenMillis) =>
      write((db) => db.updateTable('sessions').set({ seenMillis }).where(ownSession(id)).execute()),
    endSession: (id) => write((db) => db.deleteFrom('sessions').where(ownSession(id)).execute()),
    endSessions: (user, but = '') =>
      database.write(databaseWideKey, async ({ db }) => {
        const ending = db
          .deleteFrom('sessions')
          .where('hotlineKey', '=', databaseWideKey)
          .where('id', '<>', but);
        const { numDeletedRows } = await (
          user === undefined ? ending : ending.where('user', '=', user)
        ).executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
    forgetSessions: (before) =>
      write((db) =>
        db
          .deleteFrom('sessions')
          .where('hotlineKey', '=', databaseWideKey)
          .where('endsMillis', '<', before)
          .execute(),
      ),
  } satisfies Partial<AccountStore>;
};

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

const tokenPart = (database: Database, hotline: string) => {
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
    endTokens: (user) =>
      database.write(databaseWideKey, async (writing) => {
        const ended = await writing.db
          .deleteFrom('apiTokens')
          .where('user', '=', user)
          .returning(tokenColumns)
          .execute();
        return ended.map(tokenOf);
      }),
  } satisfies Partial<AccountStore>;
};

const hotlineNotHere = (place: string, hotline: string, held: readonly string[]): Problem =>
  placeProblem('hotline-not-here', place, { value: hotline, values: { held } });

const memberColumns = [
  'accounts.user',
  'accounts.id as accountId',
  'accounts.name as accountName',
  'accounts.password',
  'accounts.disabled',
  'accounts.createdMillis as accountCreated',
  'accounts.invitation',
  'accounts.invitationEndsMillis',
  'accounts.openid',
  'accounts.home',
  'roles.role',
  'roles.operator',
] as const;

const membersOf = (db: Kysely<Tables>, hotline: string) =>
  db
    .selectFrom('accounts')
    .leftJoin('roles', (join) =>
      join.onRef('roles.user', '=', 'accounts.user').on('roles.hotlineKey', '=', hotline),
    )
    .where('accounts.hotlineKey', '=', databaseWideKey);

interface MemberRow {
  readonly user: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly password: string | null;
  readonly disabled: number;
  readonly accountCreated: number;
  readonly invitation: string | null;
  readonly invitationEndsMillis: number | null;
  readonly openid: string | null;
  readonly home: string | null;
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
  openid: row.openid,
  home: row.home,
  role: row.role as Role | null,
  operator: row.operator,
});
