import { sql, type Kysely, type RawBuilder } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { nobodys } from './account-members.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

/** Somebody whose data a database may hold: as operators of hotlines, and as an account. */
export interface Person {
  readonly account: {
    readonly user: string;
    readonly id: string;
    readonly name: string;
    /** Issuer and subject at a provider of OpenID Connect. */
    readonly openid: string | null;
  } | null;
  /** What they are called in the records of each hotline, by hotline. */
  readonly operators: ReadonlyMap<string, string>;
  /** The names beside these, where records have one. */
  readonly operatorNames: ReadonlyMap<string, string>;
}

/**
 * Whom a name means on a hotline: an operator as the records have it, what is typed to sign in, or what people call
 * them. Throws `BadInputError` where it is nobody, or several people.
 */
export const findPerson = async (db: Kysely<Tables>, hotline: string, given: string): Promise<Person> => {
  const accounts = await accountsOf(db, hotline, given);
  const [account = null, another] = accounts;
  if (another !== undefined)
    throw new BadInputError([
      storeProblem('person', 'person-name-shared', given, { users: accounts.map(({ user }) => user) }),
    ]);
  const operators = new Map<string, string>();
  if (account !== null) {
    const roles = await db
      .selectFrom('roles')
      .select(['hotlineKey', 'operator'])
      .where('user', '=', account.user)
      .execute();
    for (const { hotlineKey, operator } of roles) if (operator !== null) operators.set(hotlineKey, operator);
  }
  if (await isOperator(db, hotline, given)) operators.set(hotline, given);
  if (operators.size === 0) {
    const called = await operatorsCalled(db, hotline, given);
    if (called.length > 1)
      throw new BadInputError([storeProblem('person', 'person-name-shared', given, { users: called })]);
    for (const operator of called) operators.set(hotline, operator);
  }
  if (account === null && operators.size === 0)
    throw new BadInputError([storeProblem('person', 'no-such-person', given)]);
  const operatorNames = new Map<string, string>();
  for (const [line, operator] of operators) {
    const { rows } = await sql<{ name: string | null }>`select name from operators
      where hotline_key = ${line} and operator = ${operator}`.execute(db);
    const name = rows[0]?.name ?? '';
    if (name !== '') operatorNames.set(line, name);
  }
  return { account, operators, operatorNames };
};

/** Operators whom the records call by a name. */
const operatorsCalled = async (db: Kysely<Tables>, hotline: string, name: string): Promise<string[]> => {
  const { rows } = await sql<{ operator: string }>`select operator from operators
    where hotline_key = ${hotline} and name = ${name} order by operator`.execute(db);
  return rows.map(({ operator }) => operator);
};

const accountsOf = (db: Kysely<Tables>, hotline: string, given: string) => {
  const typed = given.normalize('NFKC').trim().toLowerCase();
  return db
    .selectFrom('accounts')
    .leftJoin('roles', (join) =>
      join.onRef('roles.user', '=', 'accounts.user').on('roles.hotlineKey', '=', hotline),
    )
    .select(['accounts.user', 'accounts.id', 'accounts.name', 'accounts.openid'])
    .where('accounts.hotlineKey', '=', nobodys)
    .where((eb) =>
      eb.or([
        eb('accounts.user', '=', typed),
        eb('accounts.name', '=', given),
        eb('roles.operator', '=', given),
      ]),
    )
    .orderBy('accounts.user')
    .execute();
};

/** Tables of records that name operators. */
export const operatorTables = ['operators', 'leave', 'roster_requests', 'duties'] as const;

/** A condition that a text column holds a text somewhere; letters of either case count. */
export const holdsText = (column: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} like ${`%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

/** True where records or rosters of the hotline have such an operator. */
const isOperator = async (db: Kysely<Tables>, hotline: string, given: string): Promise<boolean> => {
  for (const table of operatorTables) {
    const { rows } = await sql`select 1 from ${sql.table(table)}
      where hotline_key = ${hotline} and operator = ${given} limit 1`.execute(db);
    if (rows.length > 0) return true;
  }
  const rosters = await db
    .selectFrom('rosters')
    .select('id')
    .where('hotlineKey', '=', hotline)
    .where(holdsText('document', `"operator":${JSON.stringify(given)}`))
    .limit(1)
    .execute();
  return rosters.length > 0;
};
