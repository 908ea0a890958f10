import { sql, type Kysely } from 'kysely';
import type { AuditRow } from './audit-log.ts';
import { holdsText, type Person } from './find-person.ts';
import { replaceNames, type Replacing } from './replace-names.ts';
import type { Tables } from './tables.ts';

/** Tables with documents that may name people: what tells their rows apart, and the columns that hold JSON. */
export const documentTables = [
  { table: 'rosters', key: 'id', column: 'document', ofOperators: true },
  { table: 'roster_changes', key: 'id', column: 'document', ofOperators: true },
  { table: 'plans', key: 'id', column: 'document', ofOperators: false },
  { table: 'plans', key: 'id', column: 'life', ofOperators: false },
  { table: 'diary', key: 'id', column: 'document', ofOperators: false },
  { table: 'earlier_models', key: 'id', column: 'document', ofOperators: false },
] as const;

/** An operator's name alone says little outside of rosters: there it may be that of a tier. */
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

/** Changes of forecasts that somebody made, or whose reason names them. */
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
