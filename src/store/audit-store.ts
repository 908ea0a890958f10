import { type Kysely, sql } from 'kysely';
import {
  type AuditBreak,
  type AuditChain,
  type AuditEntry,
  type EarlierModel,
  keptVersions,
  type AuditNote,
} from '../contract/documents/audit-document.ts';
import type { ModelName } from '../contract/http/model-name.ts';
import type { Store } from '../planning/ports.ts';
import {
  auditEnd,
  type AuditRow,
  type Author,
  digestOf,
  enterAudit,
  keepAuditEnd,
  sealOf,
} from './audit-log.ts';
import { type Database, nextNumber, type Queries } from './database.ts';
import { databaseWideKey } from './find-person.ts';
import type { Tables } from './tables.ts';

type AuditPart = Pick<Store, 'audit' | 'noteChange' | 'earlierModels' | 'shortenAudit' | 'auditChain'>;

/** The log of a hotline's changes: read, added to, and let go at its old end; and models as they were before. */
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
    .where('hotlineKey', '=', databaseWideKey)
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
 * Removes entries before an instant; a new entry keeps the seal of the last of them, so that any other gap still shows.
 */
const shorten = async (
  db: Kysely<Tables>,
  hotline: string,
  author: Author,
  beforeMillis: number,
): Promise<number> => {
  const entries = db.selectFrom('audit').where('hotlineKey', '=', hotline);
  const kept = await entries
    .select('number')
    .where('atMillis', '>=', beforeMillis)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  const old = kept === undefined ? entries : entries.where('number', '<', kept.number);
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

const pageRows = 2000;

/**
 * Whether every entry of a hotline's log is sealed with the one before it and none is missing or added. An entry from
 * which a name was erased must be listed, as it reads now, by a later sealed entry. A log rewritten as a whole, seals
 * included, is found only by its noted head.
 */
export const checkAudit = async (db: Kysely<Tables>, hotline: string): Promise<AuditChain> => {
  const start = await auditEnd(db, hotline, 'start');
  const head = await auditEnd(db, hotline, 'head');
  const walk = new ChainWalk(start ?? { number: 0, seal: '' });
  for await (const rows of pages(db, hotline)) for (const row of rows) walk.take(row);
  walk.end(head?.number ?? 0, start);
  return { entries: walk.entries, head: head ?? null, first: (start?.number ?? 0) + 1, broken: walk.broken };
};

const pages = async function* (db: Kysely<Tables>, hotline: string): AsyncGenerator<readonly AuditRow[]> {
  let after = Number.NEGATIVE_INFINITY;
  for (;;) {
    let asked = db
      .selectFrom('audit')
      .select(['number', 'atMillis', 'entry', 'seal'])
      .where('hotlineKey', '=', hotline);
    if (Number.isFinite(after)) asked = asked.where('number', '>', after);
    const rows = await asked.orderBy('number').limit(pageRows).execute();
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last.number;
  }
};

class ChainWalk {
  entries = 0;
  readonly broken: AuditBreak[] = [];
  #last: { readonly number: number; readonly seal: string };
  /** What entries say of a removed beginning. */
  readonly #letGo = new Set<string>();
  /** Entries that do not fit their seals, in order. */
  readonly #unfit: AuditRow[] = [];
  /** Digests that later entries give of rewritten ones, by number. */
  readonly #rewritten = new Map<number, { readonly by: number; readonly digest: string }>();

  constructor(start: { readonly number: number; readonly seal: string }) {
    this.#last = start;
  }

  take(row: AuditRow): void {
    this.entries += 1;
    const { number } = row;
    if (!Number.isInteger(number) || number <= this.#last.number) return this.#break('inserted', number);
    const missing = number - this.#last.number - 1;
    if (missing > 0) this.#break('removed', this.#last.number + 1, missing);
    // After a gap the seal before is not known: this entry is believed, the ones after it are checked.
    if (missing > 0 || sealOf(this.#last.seal, row) === row.seal) this.#noteSaid(row);
    else this.#unfit.push(row);
    this.#last = { number, seal: row.seal };
  }

  /** Notes which rewritten entries this one vouches for; the latest entry counts. */
  #noteSaid(row: AuditRow): void {
    try {
      const { action, after } = entryOf(row);
      if (action === 'log-shortened') this.#letGo.add(`${after?.['last']} ${after?.['seal']}`);
      if (action !== 'person-erased') return;
      for (const [number, digest] of rewrittenEntries(after))
        if (row.number > (this.#rewritten.get(number)?.by ?? 0))
          this.#rewritten.set(number, { by: row.number, digest });
    } catch {
      // An entry that cannot be read was altered.
    }
  }

  /** Entries vouch for earlier ones only: from the last on, each is judged before it is believed. */
  #judgeUnfit(): void {
    for (const row of this.#unfit.toReversed())
      if (this.#rewritten.get(row.number)?.digest === digestOf(row)) this.#noteSaid(row);
      else this.#break('altered', row.number);
    this.broken.sort((one, other) => one.number - other.number);
  }

  end(head: number, start: { readonly number: number; readonly seal: string } | undefined): void {
    const { number } = this.#last;
    this.#judgeUnfit();
    if (number < head) this.#break('removed', number + 1, head - number);
    else if (number > head) this.#break('inserted', head + 1, number - head);
    // The log may begin late only where one of its own entries says so.
    if (start !== undefined && !this.#letGo.has(`${start.number} ${start.seal}`))
      this.#break('removed', 1, start.number);
  }

  #break(kind: AuditBreak['kind'], number: number, entries = 1): void {
    this.broken.push({ kind, number, entries });
  }
}

/** Keeps a model as it was, in the transaction that replaces it; the oldest beyond the limit go. */
const keepEarlierModel = async (
  db: Kysely<Tables>,
  hotline: string,
  { actor, now }: Author,
  { model, document }: Pick<EarlierModel, 'model' | 'document'>,
): Promise<void> => {
  const id = await nextNumber(db, hotline, 'lastSaved');
  const text = JSON.stringify({ by: actor.name, document });
  await db
    .insertInto('earlierModels')
    .values({ hotlineKey: hotline, id, model, atMillis: Math.round(now()), document: text })
    .execute();
  const kept = await db
    .selectFrom('earlierModels')
    .select('id')
    .where('hotlineKey', '=', hotline)
    .where('model', '=', model)
    .orderBy('id', 'desc')
    .limit(keptVersions + 1)
    .execute();
  const oldest = kept[keptVersions];
  if (oldest === undefined) return;
  await db
    .deleteFrom('earlierModels')
    .where('hotlineKey', '=', hotline)
    .where('model', '=', model)
    .where('id', '<=', oldest.id)
    .execute();
};

/** Earlier versions of a model, or of all, the latest first. */
const readEarlierModels = async (
  db: Kysely<Tables>,
  hotline: string,
  model: ModelName | undefined,
): Promise<EarlierModel[]> => {
  let asked = db
    .selectFrom('earlierModels')
    .select(['id', 'model', 'atMillis', 'document'])
    .where('hotlineKey', '=', hotline);
  if (model !== undefined) asked = asked.where('model', '=', model);
  const rows = await asked.orderBy('id', 'desc').execute();
  return rows.map((row) => ({
    id: row.id,
    // written under the name of a model alone
    model: row.model as ModelName,
    until: new Date(row.atMillis).toISOString(),
    ...(JSON.parse(row.document) as Pick<EarlierModel, 'by' | 'document'>),
  }));
};

const entryOf = ({ number, atMillis, entry }: Omit<AuditRow, 'seal'>): AuditEntry => ({
  number,
  at: new Date(atMillis).toISOString(),
  ...(JSON.parse(entry) as Omit<AuditEntry, 'number' | 'at'>),
});

const rewrittenEntries = (after: AuditNote['after']): readonly (readonly [number, string])[] =>
  String(after?.['digests'] ?? '')
    .split(' ')
    .filter((written) => written !== '')
    .map((written) => {
      const [number = '', digest = ''] = written.split(':');
      return [Number(number), digest] as const;
    });
