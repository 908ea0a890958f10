import type { AccountStore, ApiToken } from '../access/account-store.ts';
import type { TokenScope } from '../contract/access/roles.ts';
import { memberColumns, memberOf, membersOf } from './account-members.ts';
import type { Database } from './database.ts';

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

/** What programs carry. */
export const tokenPart = (database: Database, hotline: string): TokenPart => {
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
