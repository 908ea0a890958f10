import type { Role } from '../contract/access/roles.ts';
import type { Account, AccountStore } from '../access/account-store.ts';
import { memberColumns, memberOf, membersOf, nobodys } from './account-members.ts';
import type { Database } from './database.ts';
import { heldLines } from './lines.ts';
import type { Tables } from './tables.ts';

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

type AccountPart = Pick<
  AccountStore,
  | 'hotline'
  | 'anyAccount'
  | 'members'
  | 'member'
  | 'addAccount'
  | 'changeAccount'
  | 'setRole'
  | 'rolesOf'
  | 'roles'
  | 'homeOf'
  | 'hotlines'
>;

/** Who may sign in, and as what on a hotline. */
export const accountPart = (database: Database, hotline: string): AccountPart => {
  const { db } = database.reads;
  return {
    hotline,
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
        const { user, id, name, password, createdMillis, disabled, invitation, openid } = account;
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
            openid,
            home: hotline,
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
    homeOf: async (user) => {
      const row = await db
        .selectFrom('accounts')
        .select('home')
        .where('hotlineKey', '=', nobodys)
        .where('user', '=', user)
        .executeTakeFirst();
      return row?.home ?? null;
    },
    hotlines: () => heldLines(database),
  };
};
