import { sql, type Kysely } from 'kysely';
import type { AuditEntry } from '../contract/documents/audit-document.ts';
import type { Store } from '../planning/ports.ts';
import { nobodys } from './account-members.ts';
import { checkAudit } from './check-audit.ts';
import { auditEnd, enterAudit, entryOf, keepAuditEnd, type Author } from './audit-log.ts';
import type { Database, Queries } from './database.ts';
import { keepEarlierModel, readEarlierModels } from './earlier-models.ts';
import type { Tables } from './tables.ts';

type AuditPart = Pick<Store, 'audit' | 'noteChange' | 'earlierModels' | 'shortenAudit' | 'auditChain'>;

/** The log of a hotline's changes: read, added to, and let go at its old end; and models as they stood before. */
export const createAuditStore = (database: Database, hotline: string, author: Author): AuditPart => ({
  audit: (wanted) => readAudit(database.reads, hotline, wanted),
  noteChange: (notes, change, replaced = []) =>
    database.write(hotline, async ({ db }) => {
      for (const note of notes) await enterAudit(db, hotline, author, note);
      for (const model of replaced) await keepEarlierModel(db, hotline, author, model);
      await change?.();
    }),
  earlierModels: (model) => readEarlierModels(database.reads.db, hotline, model),
  shortenAudit: (beforeMillis) =>
    database.write(hotline, ({ db }) => shorten(db, hotline, author, beforeMillis)),
  auditChain: () => database.snapshot(({ db }) => checkAudit(db, hotline)),
});

const readAudit = async (
  { kind, db }: Queries,
  hotline: string,
  { fromMillis, toMillis, below, limit, actions }: Parameters<Store['audit']>[0] = {},
): Promise<readonly AuditEntry[]> => {
  let asked = db
    .selectFrom('audit')
    .select(['number', 'atMillis', 'entry'])
    .where('hotlineKey', '=', hotline);
  if (fromMillis !== undefined) asked = asked.where('atMillis', '>=', fromMillis);
  if (toMillis !== undefined) asked = asked.where('atMillis', '<', toMillis);
  if (below !== undefined) asked = asked.where('number', '<', below);
  const action =
    kind === 'sqlite' ? sql<string>`entry ->> '$.action'` : sql<string>`entry::json ->> 'action'`;
  if (actions !== undefined) asked = asked.where(action, 'in', actions);
  asked = asked.orderBy('number', 'desc');
  const rows = await (limit === undefined ? asked : asked.limit(limit)).execute();
  return named(db, hotline, rows.map(entryOf));
};

/** Accounts and tokens by what they are called: the log holds their ids alone, so that a name can be erased. */
const named = async (
  db: Kysely<Tables>,
  hotline: string,
  entries: readonly AuditEntry[],
): Promise<readonly AuditEntry[]> => {
  if (!entries.some(({ action }) => action === 'people-changed')) return entries;
  const accounts = await db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('hotlineKey', '=', nobodys)
    .execute();
  const tokens = await db
    .selectFrom('apiTokens')
    .select(['id', 'name'])
    .where('hotlineKey', '=', hotline)
    .execute();
  const names = new Map([...accounts, ...tokens].map(({ id, name }) => [id, name]));
  return entries.map((entry) => {
    const name = entry.action === 'people-changed' ? names.get(entry.subject) : undefined;
    return name === undefined ? entry : { ...entry, name };
  });
};

/**
 * Lets entries before an instant go, from the oldest on. The seal of the last of them is kept and stands in a new
 * entry: what is left still proves that nothing else is missing.
 */
const shorten = async (
  db: Kysely<Tables>,
  hotline: string,
  author: Author,
  beforeMillis: number,
): Promise<number> => {
  const own = db.selectFrom('audit').where('hotlineKey', '=', hotline);
  const kept = await own
    .select('number')
    .where('atMillis', '>=', beforeMillis)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  const old = kept === undefined ? own : own.where('number', '<', kept.number);
  const last = await old.select(['number', 'seal']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  if (last === undefined) return 0;
  const { number } = last;
  const start = await auditEnd(db, hotline, 'start');
  await db.deleteFrom('audit').where('hotlineKey', '=', hotline).where('number', '<=', number).execute();
  await keepAuditEnd(db, hotline, 'start', { number, seal: last.seal });
  const gone = number - (start?.number ?? 0);
  const after = { entries: gone, last: number, seal: last.seal };
  await enterAudit(db, hotline, author, { action: 'log-shortened', subject: '', before: null, after });
  return gone;
};
