import type { Kysely } from 'kysely';
import type { Member } from '../access/account-store.ts';
import type { Role } from '../contract/access/roles.ts';
import type { Tables } from './tables.ts';

/** Rows that belong to the database and to no hotline of it. */
export const nobodys = '';

export const memberColumns = [
  'accounts.user',
  'accounts.id as accountId',
  'accounts.name as accountName',
  'accounts.password',
  'accounts.disabled',
  'accounts.createdMillis as accountCreated',
  'accounts.invitation',
  'accounts.invitationEndsMillis',
  'accounts.openid',
  'roles.role',
  'roles.operator',
] as const;

/** Accounts of a database with their roles on a hotline. */
export const membersOf = (db: Kysely<Tables>, hotline: string) =>
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
  readonly openid: string | null;
  readonly role: string | null;
  readonly operator: string | null;
}

export const memberOf = (row: MemberRow): Member => ({
  user: row.user,
  id: row.accountId,
  name: row.accountName,
  password: row.password,
  disabled: row.disabled === 1,
  createdMillis: row.accountCreated,
  invitation:
    row.invitation === null ? null : { hash: row.invitation, endsMillis: row.invitationEndsMillis ?? 0 },
  openid: row.openid,
  role: row.role as Role | null,
  operator: row.operator,
});
