import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import { overrulesVersion } from '../contract/documents/overrule-schema.ts';
import type { RosterChange, RosterDocument } from '../contract/documents/roster-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { DayActionEntry, Store, StoredDayAction } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import { type Database, nextNumber } from './database.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

type RosterPart = Pick<
  Store,
  | 'saveRoster'
  | 'changeRoster'
  | 'roster'
  | 'rosters'
  | 'rosterChanges'
  | 'dayActions'
  | 'dayAction'
  | 'rosterBefore'
  | 'actOnDay'
>;

/** Rosters as documents and what became of them, and actions of days, some of which change one. */
export const createRosterStore = (database: Database, hotline: string, author: Author): RosterPart => {
  const { db } = database.reads;
  const rosters = db.selectFrom('rosters').where('hotlineKey', '=', hotline);
  return {
    saveRoster: (roster) =>
      database.write(hotline, async ({ db: trx }) => {
        await saveRoster(trx, hotline, roster);
        const after = { from: roster.from, to: roster.to };
        const note: AuditNote = { action: 'roster-made', subject: roster.id, before: null, after };
        await enterAudit(trx, hotline, author, note);
      }),
    changeRoster: (roster, change) =>
      database.write(hotline, async (writing) => {
        if ((await changesOf(writing.db, hotline, roster.id)) !== roster.revision) return false;
        await saveRoster(writing.db, hotline, roster);
        await addChange(writing.db, hotline, author, change);
        await enterAudit(writing.db, hotline, author, noteOfChange(roster, change));
        return true;
      }),
    dayActions: (date) => readActions(db, hotline, { date }),
    dayAction: async (id) => (await readActions(db, hotline, { id }))[0],
    rosterBefore: async (id) => {
      const [row] = await actionsOf(db, hotline, { id }).select(['document', 'before', 'after']).execute();
      if (row?.before == null) return undefined;
      const { roster } = JSON.parse(row.document) as DayActionEntry;
      const now = await storedText(db, hotline, roster?.roster ?? '');
      return now !== undefined && digestOf(now) === row.after
        ? (JSON.parse(row.before) as RosterDocument)
        : undefined;
    },
    actOnDay: ({ date, revision, acts, roster }) =>
      database.write(hotline, async ({ db: trx }) => {
        const stored = await readActions(trx, hotline, { date });
        if (stored.reduce((sum, { steps }) => sum + steps.length, 0) !== revision) return 'day';
        if (roster !== undefined && (await changesOf(trx, hotline, roster.document.id)) !== roster.revision)
          return 'roster';
        const texts = { before: null as string | null, after: null as string | null };
        if (roster !== undefined) {
          const { document, change } = roster;
          texts.before = (await storedText(trx, hotline, document.id)) ?? null;
          texts.after = digestOf(JSON.stringify(document));
          await saveRoster(trx, hotline, document);
          await addChange(trx, hotline, author, change);
          const note = noteOfChange({ ...document, revision: roster.revision }, change);
          await enterAudit(trx, hotline, author, note);
        }
        const isAlone = acts.filter(({ entry }) => entry.roster !== null).length === 1;
        const ids: number[] = [];
        for (const { id: known, entry } of acts) {
          const id = known ?? (await nextNumber(trx, hotline, 'lastSaved'));
          const kept = isAlone && entry.roster !== null ? texts : { before: null, after: null };
          const row = { date, document: JSON.stringify(entry), ...kept };
          await trx
            .insertInto('dayActions')
            .values({ hotlineKey: hotline, id, ...row })
            .onConflict((conflict) => conflict.columns(['hotlineKey', 'id']).doUpdateSet(row))
            .execute();
          const { step, by } = entry.steps.at(-1) ?? {};
          await enterAudit(trx, hotline, author, {
            by: by ?? '',
            action: 'day-acted',
            subject: String(id),
            before: null,
            after: { date, kind: entry.action.kind, step: step ?? '' },
          });
          ids.push(id);
        }
        // What a day that is over did is not undone any more.
        await trx
          .updateTable('dayActions')
          .set({ before: null, after: null })
          .where('hotlineKey', '=', hotline)
          .where('date', '<', date)
          .execute();
        return ids;
      }),
    roster: async (id) => {
      // One statement: the roster beside the count of changes that made it what it is.
      const row = await rosters
        .select((made) => [
          'document',
          made
            .selectFrom('rosterChanges')
            .select(({ fn }) => fn.countAll().as('changes'))
            .whereRef('rosterChanges.hotlineKey', '=', 'rosters.hotlineKey')
            .whereRef('rosterChanges.roster', '=', 'rosters.id')
            .as('changes'),
        ])
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { ...(JSON.parse(row.document) as RosterDocument), revision: Number(row.changes) };
    },
    rosters: () =>
      rosters.select(['id', 'from', 'to', 'createdAt', 'publishedAt']).orderBy('saved', 'desc').execute(),
    rosterChanges: async (roster) => {
      const changes = db
        .selectFrom('rosterChanges')
        .select('document')
        .where('hotlineKey', '=', hotline)
        .orderBy('id');
      const rows = await (roster === undefined ? changes : changes.where('roster', '=', roster)).execute();
      return rows.map(({ document }) => JSON.parse(document) as RosterChange);
    },
  };
};

const actionsOf = (
  db: Kysely<Tables>,
  hotline: string,
  of: Partial<Pick<Tables['dayActions'], 'id' | 'date'>>,
) => {
  const own = db.selectFrom('dayActions').where('hotlineKey', '=', hotline).orderBy('id');
  return of.id === undefined ? own.where('date', '=', of.date ?? '') : own.where('id', '=', of.id);
};

const readActions = async (...asked: Parameters<typeof actionsOf>): Promise<readonly StoredDayAction[]> => {
  const rows = await actionsOf(...asked)
    .select(['id', 'date', 'document'])
    .execute();
  return rows.map(({ id, date, document }) => ({ ...(JSON.parse(document) as DayActionEntry), id, date }));
};

const storedText = async (db: Kysely<Tables>, hotline: string, id: string): Promise<string | undefined> => {
  const row = await db
    .selectFrom('rosters')
    .select('document')
    .where('hotlineKey', '=', hotline)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.document;
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How many days changed; the people who work them are in the roster's own changes. */
const noteOfChange = (roster: RosterDocument, { moves, by = '' }: RosterChange): AuditNote => ({
  by,
  action: moves.length === 0 && roster.publishedAt !== null ? 'roster-published' : 'roster-changed',
  subject: roster.id,
  before: { revision: roster.revision },
  after: { revision: roster.revision + 1, days: moves.length },
});

const saveRoster = async (db: Kysely<Tables>, hotline: string, roster: RosterDocument): Promise<void> => {
  const { id, from, to, createdAt, publishedAt } = roster;
  const saved = await nextNumber(db, hotline, 'lastSaved');
  const row = { from, to, createdAt, publishedAt, saved, document: JSON.stringify(roster) };
  await db
    .insertInto('rosters')
    .values({ hotlineKey: hotline, id, ...row })
    .onConflict((conflict) => conflict.columns(['hotlineKey', 'id']).doUpdateSet(row))
    .execute();
};

const changesOf = async (db: Kysely<Tables>, hotline: string, roster: string): Promise<number> => {
  const { changes } = await db
    .selectFrom('rosterChanges')
    .select(({ fn }) => fn.countAll().as('changes'))
    .where('hotlineKey', '=', hotline)
    .where('roster', '=', roster)
    .executeTakeFirstOrThrow();
  return Number(changes);
};

/** Keeps a change under the person who signed in, else the one it names, else the user of this machine. */
const addChange = async (
  db: Kysely<Tables>,
  hotline: string,
  { actor }: Author,
  { by: text, ...change }: RosterChange,
): Promise<void> => {
  const id = await nextNumber(db, hotline, 'lastSaved');
  const { roster, at } = change;
  const by = actor.kind === 'local' ? (text ?? actor.name) : actor.name;
  const document = JSON.stringify(by === '' ? change : { ...change, by });
  await db.insertInto('rosterChanges').values({ hotlineKey: hotline, id, roster, at, document }).execute();
};

export const createOverruleStore = (
  database: Database,
  hotline: string,
  by: Author,
): Pick<Store, 'overrules' | 'addOverrule' | 'removeOverrule'> => ({
  overrules: () =>
    database.reads.db
      .selectFrom('overrules')
      .select(['id', 'queue', 'date', 'from', 'to', 'factor', 'calls', 'reason', 'author'])
      .where('hotlineKey', '=', hotline)
      .orderBy('id')
      .execute(),
  addOverrule: ({ queue, date, from, to, factor, calls, reason, author }, version) =>
    database.write(hotline, async ({ db: trx }) => {
      await refuseOtherOverrules(trx, hotline, version);
      const id = await nextNumber(trx, hotline, 'lastOverrule');
      const row = { hotlineKey: hotline, id, queue, date, from, to, factor, calls, reason, author };
      await trx.insertInto('overrules').values(row).execute();
      const after = overruleSide(row);
      await enterAudit(trx, hotline, by, {
        by: author ?? '',
        action: 'overrule-added',
        subject: String(id),
        before: null,
        after,
      });
      return id;
    }),
  removeOverrule: (id, version) =>
    database.write(hotline, async ({ db: trx }) => {
      await refuseOtherOverrules(trx, hotline, version);
      const gone = await trx
        .deleteFrom('overrules')
        .where('hotlineKey', '=', hotline)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (gone === undefined) return false;
      const before = overruleSide(gone);
      await enterAudit(trx, hotline, by, {
        action: 'overrule-removed',
        subject: String(id),
        before,
        after: null,
      });
      return true;
    }),
});

/** Throws `BadInputError` where the overrules are no longer those that somebody looked at. */
const refuseOtherOverrules = async (
  db: Kysely<Tables>,
  hotline: string,
  version: string | undefined,
): Promise<void> => {
  if (version === undefined) return;
  const rows = await db
    .selectFrom('overrules')
    .select(['id', 'queue', 'date', 'from', 'to', 'factor', 'calls'])
    .where('hotlineKey', '=', hotline)
    .orderBy('id')
    .execute();
  if (overrulesVersion(rows) === version) return;
  const seen = new Set(version.split('.'));
  const now = new Set(rows.map(({ id }) => String(id)));
  const added = rows.filter(({ id }) => !seen.has(String(id)));
  const gone = seen.difference(now.add('none')).size;
  throw new BadInputError([
    storeProblem('overrules', 'overrules-changed-meanwhile', version, {
      added: added.length,
      gone,
      rows: added,
    }),
  ]);
};

/** An overrule without its reason, which is free text. */
const overruleSide = ({ queue, date, from, to, factor, calls }: Tables['overrules']): AuditSide => ({
  queue,
  date,
  from,
  to,
  factor,
  calls,
});
