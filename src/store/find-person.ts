import { type Kysely, type RawBuilder, sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { snakeCase } from '../kernel/record-fields.ts';
import { personFields, storedKinds } from '../kernel/records.ts';
import type { AuditRow } from './audit-log.ts';
import { recordTables } from './record-table.ts';
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
 * The person whom a name means on a hotline: an operator's name in the records, a user name or a display name. Throws
 * `BadInputError` for nobody or several.
 */
export const findPerson = async (db: Kysely<Tables>, hotline: string, text: string): Promise<Person> => {
  const accounts = await accountsOf(db, hotline, text);
  const [account = null, another] = accounts;
  if (another !== undefined)
    throw new BadInputError([
      storeProblem('person', 'person-name-shared', text, { users: accounts.map(({ user }) => user) }),
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
  if (await isOperator(db, hotline, text)) operators.set(hotline, text);
  if (operators.size === 0) {
    const called = await operatorsCalled(db, hotline, text);
    if (called.length > 1)
      throw new BadInputError([storeProblem('person', 'person-name-shared', text, { users: called })]);
    for (const operator of called) operators.set(hotline, operator);
  }
  if (account === null && operators.size === 0)
    throw new BadInputError([storeProblem('person', 'no-such-person', text)]);
  const operatorNames = new Map<string, string>();
  for (const [line, operator] of operators) {
    const { rows } = await sql<{ name: string | null }>`select name from operators
      where hotline_key = ${line} and operator = ${operator}`.execute(db);
    const name = rows[0]?.name ?? '';
    if (name !== '') operatorNames.set(line, name);
  }
  return { account, operators, operatorNames };
};

const operatorsCalled = async (db: Kysely<Tables>, hotline: string, name: string): Promise<string[]> => {
  const { rows } = await sql<{ operator: string }>`select operator from operators
    where hotline_key = ${hotline} and name = ${name} order by operator`.execute(db);
  return rows.map(({ operator }) => operator);
};

const accountsOf = (db: Kysely<Tables>, hotline: string, text: string) => {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  return db
    .selectFrom('accounts')
    .leftJoin('roles', (join) =>
      join.onRef('roles.user', '=', 'accounts.user').on('roles.hotlineKey', '=', hotline),
    )
    .select(['accounts.user', 'accounts.id', 'accounts.name', 'accounts.openid'])
    .where('accounts.hotlineKey', '=', databaseWideKey)
    .where((eb) =>
      eb.or([
        eb('accounts.user', '=', typed),
        eb('accounts.name', '=', text),
        eb('roles.operator', '=', text),
      ]),
    )
    .orderBy('accounts.user')
    .execute();
};

/** Tables of records of people, and which of their rows are an operator's. */
export const personTables = storedKinds.flatMap((kind) => {
  const columns = kind === 'operators' ? ['operator'] : personFields(kind).map(snakeCase);
  const { table } = recordTables[kind].layout;
  const isOf = (hotline: string, operator: string): RawBuilder<boolean> => {
    const own = columns.map((column) => sql<boolean>`${sql.ref(column)} = ${operator}`);
    return sql<boolean>`hotline_key = ${hotline} and (${sql.join(own, sql` or `)})`;
  };
  return columns.length === 0 ? [] : [{ table, isOf }];
});

/** A condition that a text column holds a text somewhere; letters of either case count. */
const holdsText = (column: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} like ${`%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

/** True where records or rosters of the hotline have such an operator. */
const isOperator = async (db: Kysely<Tables>, hotline: string, text: string): Promise<boolean> => {
  for (const { table, isOf } of personTables) {
    const { rows } =
      await sql`select 1 from ${sql.table(table)} where ${isOf(hotline, text)} limit 1`.execute(db);
    if (rows.length > 0) return true;
  }
  const rosters = await db
    .selectFrom('rosters')
    .select('id')
    .where('hotlineKey', '=', hotline)
    .where(holdsText('document', `"operator":${JSON.stringify(text)}`))
    .limit(1)
    .execute();
  return rosters.length > 0;
};

/** Rows that belong to the database and to no hotline of it. */
export const databaseWideKey = '';

/** Tables with documents that may name people: their key columns and JSON columns. */
export const documentTables = [
  { table: 'rosters', key: 'id', column: 'document', ofOperators: true },
  { table: 'roster_changes', key: 'id', column: 'document', ofOperators: true },
  { table: 'day_actions', key: 'id', column: 'before', ofOperators: true },
  { table: 'day_actions', key: 'id', column: 'document', ofOperators: true },
  { table: 'plans', key: 'id', column: 'document', ofOperators: false },
  { table: 'plans', key: 'id', column: 'life', ofOperators: false },
  { table: 'diary', key: 'id', column: 'document', ofOperators: false },
  { table: 'earlier_models', key: 'id', column: 'document', ofOperators: false },
] as const;

/** An operator's name counts within rosters only: elsewhere it may be that of a tier. */
export const replacingOf = (
  { account, operators, operatorNames }: Person,
  hotline: string,
  by: string,
  ofOperators: boolean,
): Replacing => {
  const people = account === null ? [] : [account.user, account.name];
  const names = new Set([
    ...people,
    ...[operators.get(hotline) ?? [], operatorNames.get(hotline) ?? []].flat(),
  ]);
  return { whole: ofOperators ? names : new Set(people), names, by };
};

interface Rewritten {
  readonly key: string | number;
  readonly before: unknown;
  readonly after: unknown;
}

/** Documents of a column in which somebody is named, as they are and as they would be without. */
export const namingDocuments = async (
  db: Kysely<Tables>,
  hotline: string,
  { table, key, column }: { readonly table: string; readonly key: string; readonly column: string },
  replacing: Replacing,
): Promise<readonly Rewritten[]> => {
  const found = new Map<string | number, Rewritten>();
  for (const name of replacing.names) {
    const { rows } = await sql<{ key: string | number; document: string }>`
      select ${sql.ref(key)} as key, ${sql.ref(column)} as document from ${sql.table(table)}
      where hotline_key = ${hotline} and ${holdsText(column, JSON.stringify(name).slice(1, -1))}`.execute(
      db.withoutPlugins(),
    );
    for (const { key: at, document } of rows) {
      const before: unknown = JSON.parse(document);
      const after = replaceNames(before, replacing);
      if (after !== before) found.set(at, { key: at, before, after });
    }
  }
  return [...found.values()];
};

export const overrulesBy = async (db: Kysely<Tables>, hotline: string, replacing: Replacing) => {
  const rows = await db.selectFrom('overrules').selectAll().where('hotlineKey', '=', hotline).execute();
  return rows.filter((row) => replaceNames(row, replacing) !== row);
};

/** Entries of the log that name somebody, each as it would be without. */
export const auditNaming = async (
  db: Kysely<Tables>,
  hotline: string,
  replacing: Replacing,
): Promise<readonly { readonly row: AuditRow; readonly entry: string }[]> => {
  const names = [...replacing.names];
  if (names.length === 0) return [];
  const rows = await db
    .selectFrom('audit')
    .select(['number', 'atMillis', 'entry', 'seal'])
    .where('hotlineKey', '=', hotline)
    .where((eb) => eb.or(names.map((name) => holdsText('entry', JSON.stringify(name).slice(1, -1)))))
    .orderBy('number')
    .execute();
  return rows.flatMap((row) => {
    const before: unknown = JSON.parse(row.entry);
    const after = replaceNames(before, replacing);
    return after === before ? [] : [{ row, entry: JSON.stringify(after) }];
  });
};

export interface Replacing {
  /** Replaced where they are all that a field says. */
  readonly whole: ReadonlySet<string>;
  /** Replaced within words that people wrote as well. */
  readonly names: ReadonlySet<string>;
  readonly by: string;
}

/** Fields whose words name shifts, tiers and the like: one of them may be called as an operator is. */
const otherNames: ReadonlySet<string> = new Set([
  'shift',
  'template',
  'tier',
  'team',
  'queue',
  'plan',
  'profile',
  'rule',
  'code',
  'id',
  'letter',
]);

/** Fields in which people write what they like. */
const freeText: ReadonlySet<string> = new Set(['text', 'reason', 'why', 'name', 'who']);

/** A name within words: a Chinese one of two characters or more anywhere, any other as a word of its own. */
const withinWords = (name: string): RegExp | undefined => {
  const written = RegExp.escape(name);
  if (/^\p{Script=Han}{2,}$/u.test(name)) return new RegExp(written, 'gu');
  return name.length < 2 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, 'gu');
};

/** Words without somebody's names. */
export const replaceWithin = (text: string, { names, by }: Replacing): string =>
  [...names].reduce((words, name) => {
    const pattern = withinWords(name);
    return pattern === undefined ? words : words.replaceAll(pattern, by);
  }, text);

const replaceString = (value: string, field: string, replacing: Replacing): string => {
  if (otherNames.has(field)) return value;
  if (replacing.whole.has(value)) return replacing.by;
  return freeText.has(field) ? replaceWithin(value, replacing) : value;
};

/** A document without somebody's names; the same one where they do not stand in it. */
export const replaceNames = (value: unknown, replacing: Replacing, field = ''): unknown => {
  if (typeof value === 'string') return replaceString(value, field, replacing);
  if (Array.isArray(value)) {
    const items = value.map((item) => replaceNames(item, replacing, field));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, item, replaceNames(item, replacing, key)] as const,
  );
  return entries.some(([, before, after]) => before !== after)
    ? Object.fromEntries(entries.map(([key, , after]) => [key, after]))
    : value;
};
