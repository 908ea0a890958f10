import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import {
  auditNaming,
  documentTables,
  findPerson,
  namingDocuments,
  overrulesBy,
  type Person,
  personTables,
  replaceNames,
  type Replacing,
  replacingOf,
} from './find-person.ts';
import { heldLines } from './facts.ts';
import type { Tables } from './tables.ts';

/** What a database holds of somebody: rows as they are, by table; of documents, the row's key. */
export interface PersonExport {
  readonly account: Person['account'];
  readonly lines: readonly {
    readonly hotline: string;
    readonly operator: string | null;
    readonly records: Readonly<Record<string, readonly unknown[]>>;
  }[];
  readonly sessions: readonly unknown[];
  readonly tokens: readonly unknown[];
}

/** Everything that is kept of somebody in a database, hotline by hotline. */
export const exportPerson = (database: Database, hotline: string, text: string): Promise<PersonExport> =>
  database.snapshot(async ({ db }) => {
    const person = await findPerson(db, hotline, text);
    const lines = [];
    for (const line of await heldLines(database)) {
      const records = await recordsOf(db, line, person);
      if (Object.keys(records).length > 0)
        lines.push({ hotline: line, operator: person.operators.get(line) ?? null, records });
    }
    const { account } = person;
    const rowsOf = async (table: string, columns: string) =>
      account === null
        ? []
        : (
            await sql<Record<string, unknown>>`select ${sql.raw(columns)} from ${sql.table(table)}
              where ${sql.ref('user')} = ${account.user}`.execute(db.withoutPlugins())
          ).rows;
    return {
      account,
      lines,
      // Credentials are not exported.
      sessions: await rowsOf('sessions', 'created_millis, seen_millis, ends_millis'),
      tokens: await rowsOf(
        'api_tokens',
        'hotline_key, name, scope, created_millis, ends_millis, used_millis',
      ),
    };
  });

const recordsOf = async (
  db: Kysely<Tables>,
  hotline: string,
  person: Person,
): Promise<Record<string, readonly unknown[]>> => {
  const replacing = replacingOf(person, hotline, '', false);
  const records: Record<string, readonly unknown[]> = {};
  const operator = person.operators.get(hotline);
  if (operator !== undefined)
    for (const { table, isOf } of personTables) {
      const own = sql`select * from ${sql.table(table)} where ${isOf(hotline, operator)}`;
      records[table] = (await own.execute(db.withoutPlugins())).rows;
    }
  if (person.account !== null)
    records['roles'] = await db
      .selectFrom('roles')
      .select(['role', 'operator'])
      .where('hotlineKey', '=', hotline)
      .where('user', '=', person.account.user)
      .execute();
  for (const each of documentTables) {
    const replacingIn = replacingOf(person, hotline, '', each.ofOperators);
    const documents = await namingDocuments(db, hotline, each, replacingIn);
    const named = { life: 'plan_lives', before: 'rosters_before_actions', document: each.table };
    records[named[each.column]] = documents.map(({ key, before }) => ({
      key,
      named: partsNaming(before, replacingIn),
    }));
  }
  records['overrules'] = await overrulesBy(db, hotline, replacing);
  records['audit'] = (await auditNaming(db, hotline, replacing)).map(({ row }) => ({
    number: row.number,
    at: new Date(row.atMillis).toISOString(),
    entry: JSON.parse(row.entry) as unknown,
  }));
  return Object.fromEntries(Object.entries(records).filter(([, rows]) => rows.length > 0));
};

/** The smallest parts of a document that name somebody: their duties, not the whole roster. */
const partsNaming = (value: unknown, replacing: Replacing, field = ''): unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const isNamed = Object.entries(value).some(
    ([key, item]) => typeof item === 'string' && replaceNames(item, replacing, isList ? field : key) !== item,
  );
  if (isNamed && !isList) return [value];
  if (isNamed && isList)
    return [{ [field]: value.filter((item) => replaceNames(item, replacing, field) !== item) }];
  return Object.entries(value).flatMap(([key, item]) => partsNaming(item, replacing, isList ? field : key));
};
