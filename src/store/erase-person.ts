import { sql, type Kysely } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import {
  auditNaming,
  documentTables,
  findPerson,
  namingDocuments,
  databaseWideKey,
  overrulesBy,
  type Person,
  personTables,
  replaceNames,
  replaceWithin,
  type Replacing,
  replacingOf,
} from './find-person.ts';
import { type AuditRow, type Author, digestOf, enterAudit } from './audit-log.ts';
import type { Database } from './database.ts';
import { heldLines, keepFact } from './facts.ts';
import { nameFact } from './plan-store.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

interface PersonErased {
  readonly pseudonym: string;
  /** Rows by table: removed, or rewritten. */
  readonly removed: Readonly<Record<string, number>>;
  readonly rewritten: Readonly<Record<string, number>>;
}

/**
 * Removes what is kept of a person, or replaces their names by a pseudonym where records must still add up (duties,
 * rosters, decisions, the log of changes). One transaction for all hotlines and the account.
 */
export const erasePerson = async (
  database: Database,
  hotline: string,
  author: Author,
  text: string,
  pseudonym: string,
): Promise<PersonErased> => {
  const person = await findPerson(database.reads.db, hotline, text);
  await refuseLast(database.reads.db, person, text);
  const [removed, rewritten]: [Record<string, number>, Record<string, number>] = [{}, {}];
  const count = (into: Record<string, number>, table: string, rows: number): void => {
    if (rows > 0) into[table] = (into[table] ?? 0) + rows;
  };
  const lines = await heldLines(database);
  await database.write(databaseWideKey, async (writing) => {
    const { db, kind } = writing;
    // All hotlines are locked until the end, in one order, so that nothing deadlocks.
    if (kind === 'postgres')
      await db.selectFrom('lines').select('hotlineKey').orderBy('hotlineKey').forUpdate().execute();
    for (const line of lines) {
      const replacing = replacingOf(person, line, pseudonym, false);
      await eraseRecords(db, line, person, pseudonym, (table, rows) => count(removed, table, rows));
      await rewriteRecords(db, line, person, pseudonym, (table, rows) => count(rewritten, table, rows));
      const rows = await rewriteAudit(db, line, author, replacing, line === hotline);
      count(rewritten, 'audit', rows);
      if (kind === 'postgres') await forgetJobs(db, line);
      // Kept results can be computed again.
      await db.deleteFrom('results').where('hotlineKey', '=', line).execute();
    }
    if (person.account === null) return;
    const { user } = person.account;
    for (const table of ['sessions', 'accounts'] as const) {
      const { numDeletedRows } = await db
        .deleteFrom(table)
        .where('user', '=', user)
        .executeTakeFirstOrThrow();
      count(removed, table, Number(numDeletedRows));
    }
  });
  return { pseudonym, removed, rewritten };
};

/** Each hotline needs somebody who can let others in. */
const refuseLast = async (db: Kysely<Tables>, { account }: Person, text: string): Promise<void> => {
  if (account === null) return;
  const administrators = await db
    .selectFrom('roles')
    .innerJoin('accounts', 'accounts.user', 'roles.user')
    .select(['roles.hotlineKey as hotline', 'roles.user as user'])
    .where('roles.role', '=', 'administrator')
    .where('accounts.disabled', '=', 0)
    .execute();
  const own = administrators.filter(({ user }) => user === account.user);
  const alone = own.filter(
    ({ hotline }) => administrators.filter((each) => each.hotline === hotline).length < 2,
  );
  if (alone.length > 0) throw new BadInputError([storeProblem('person', 'person-administers-alone', text)]);
};

type Counted = (table: string, rows: number) => void;

const eraseRecords = async (
  db: Kysely<Tables>,
  hotline: string,
  { account, operators }: Person,
  by: string,
  removed: Counted,
): Promise<void> => {
  const operator = operators.get(hotline);
  if (operator !== undefined)
    for (const { table, isOf } of personTables) {
      const naming = sql`where ${isOf(hotline, operator)}`;
      // Duties are still counted, without a name.
      const { numAffectedRows = 0n } =
        table === 'duties'
          ? await sql`update ${sql.table(table)} set operator = ${by} ${naming}`.execute(db)
          : await sql`delete from ${sql.table(table)} ${naming}`.execute(db);
      removed(table, Number(numAffectedRows));
    }
  if (account === null) return;
  for (const table of ['roles', 'apiTokens'] as const) {
    const { numDeletedRows } = await db
      .deleteFrom(table)
      .where('hotlineKey', '=', hotline)
      .where('user', '=', account.user)
      .executeTakeFirstOrThrow();
    removed(table, Number(numDeletedRows));
  }
};

const rewriteRecords = async (
  db: Kysely<Tables>,
  hotline: string,
  person: Person,
  by: string,
  rewritten: Counted,
): Promise<void> => {
  for (const each of documentTables) {
    const replacingIn = replacingOf(person, hotline, by, each.ofOperators);
    const documents = await namingDocuments(db, hotline, each, replacingIn);
    for (const { key, after } of documents)
      await sql`update ${sql.table(each.table)} set ${sql.ref(each.column)} = ${JSON.stringify(after)}
        where hotline_key = ${hotline} and ${sql.ref(each.key)} = ${key}`.execute(db);
    rewritten(each.table, documents.length);
  }
  const replacing = replacingOf(person, hotline, by, false);
  rewritten('facts', await renamePlans(db, hotline, replacing));
  rewritten('events', await renameEvents(db, hotline, replacing));
  const overrules = await overrulesBy(db, hotline, replacing);
  for (const row of overrules) {
    const { author, reason } = replaceNames(row, replacing) as typeof row;
    await db
      .updateTable('overrules')
      .set({ author, reason })
      .where('hotlineKey', '=', hotline)
      .where('id', '=', row.id)
      .execute();
  }
  rewritten('overrules', overrules.length);
};

/** Names of plans are free text. */
const renamePlans = async (db: Kysely<Tables>, hotline: string, replacing: Replacing): Promise<number> => {
  const named = await db
    .selectFrom('facts')
    .select(['fact', 'value'])
    .where('hotlineKey', '=', hotline)
    .where('fact', 'like', `${nameFact}%`)
    .execute();
  const changed = named.filter(({ value }) => replaceWithin(value, replacing) !== value);
  for (const { fact, value } of changed) await keepFact(db, hotline, fact, replaceWithin(value, replacing));
  return changed.length;
};

/** A note of the diary that forecasts use is in the calendar too. */
const renameEvents = async (db: Kysely<Tables>, hotline: string, replacing: Replacing): Promise<number> => {
  const { rows } = await sql<{ label: string }>`select distinct label from events
    where hotline_key = ${hotline}`.execute(db);
  const changed = rows.filter(({ label }) => replaceWithin(label, replacing) !== label);
  for (const { label } of changed)
    await sql`update events set label = ${replaceWithin(label, replacing)}
      where hotline_key = ${hotline} and label = ${label}`.execute(db);
  return changed.length;
};

/** Finished jobs say who ordered them and are kept for display only. */
const forgetJobs = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  const { rows } = await sql<{ there: string | null }>`
    select to_regclass('huawu_jobs.jobs')::text as there`.execute(db);
  if (rows[0]?.there == null) return;
  await sql`delete from huawu_jobs.jobs where hotline_key = ${hotline}
    and state in ('done', 'failed', 'cancelled')`.execute(db);
};

/** Rewrites entries of the log; new entries list them with their new digests, so that the chain still proves itself. */
const rewriteAudit = async (
  db: Kysely<Tables>,
  hotline: string,
  author: Author,
  replacing: Replacing,
  isAsked: boolean,
): Promise<number> => {
  const naming = await auditNaming(db, hotline, replacing);
  for (const { row, entry } of naming)
    await db
      .updateTable('audit')
      .set({ entry })
      .where('hotlineKey', '=', hotline)
      .where('number', '=', row.number)
      .execute();
  const parts = Array.from({ length: Math.ceil(naming.length / digestsPerEntry) }, (_, i) =>
    naming.slice(i * digestsPerEntry, (i + 1) * digestsPerEntry),
  );
  // The hotline where the erasure was asked for always gets an entry.
  for (const part of parts.length === 0 && isAsked ? [[]] : parts) {
    const digests = writtenDigests(part.map(({ row, entry }) => ({ ...row, entry })));
    const after = { entries: part.length, digests };
    await enterAudit(db, hotline, author, {
      action: 'person-erased',
      subject: replacing.by,
      before: null,
      after,
    });
  }
  return naming.length;
};

const digestsPerEntry = 200;

/** Entries that were rewritten, as the entry that says so keeps them: '12:digest 15:digest'. */
const writtenDigests = (rows: readonly Omit<AuditRow, 'seal'>[]): string =>
  rows.map((row) => `${row.number}:${digestOf(row)}`).join(' ');
