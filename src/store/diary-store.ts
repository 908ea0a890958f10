import type { Kysely } from 'kysely';
import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { DiaryNote, StoredDiaryNote } from '../contract/documents/diary-document.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, type Author } from './audit-log.ts';
import type { Database } from './database.ts';
import { nextNumber } from './next-number.ts';
import type { Tables } from './tables.ts';

type DiaryPart = Pick<Store, 'diary' | 'addDiaryNote' | 'changeDiaryNote'>;

/** What happened on a hotline's days, as its people noted it. */
export const createDiaryStore = (database: Database, hotline: string, author: Author): DiaryPart => {
  const stamped = (note: DiaryNote): string =>
    JSON.stringify({ ...note, at: new Date(author.now()).toISOString(), by: author.actor.name });
  const insert = async (db: Kysely<Tables>, id: number, version: number, note: DiaryNote): Promise<void> => {
    const row = { hotlineKey: hotline, id, date: note.date, version, document: stamped(note) };
    await db.insertInto('diary').values(row).execute();
  };
  return {
    diary: async () => (await rowsOf(database.reads.db, hotline)).map(noteOf),
    addDiaryNote: (note) =>
      database.write(hotline, async ({ db }) => {
        const id = await nextNumber(db, hotline, 'lastSaved');
        await insert(db, id, 1, note);
        await enterAudit(db, hotline, author, changeOf(id, null, note));
        return id;
      }),
    changeDiaryNote: (id, version, note) =>
      database.write(hotline, async ({ db }) => {
        const stored = (await rowsOf(db, hotline)).map(noteOf).find((one) => one.id === id);
        if (stored === undefined || stored.version !== version) return false;
        await db.deleteFrom('diary').where('hotlineKey', '=', hotline).where('id', '=', id).execute();
        if (note !== null) await insert(db, id, version + 1, note);
        await enterAudit(db, hotline, author, changeOf(id, stored, note));
        return true;
      }),
  };
};

const rowsOf = (db: Kysely<Tables>, hotline: string) =>
  db
    .selectFrom('diary')
    .select(['id', 'version', 'document'])
    .where('hotlineKey', '=', hotline)
    .orderBy('date')
    .orderBy('id')
    .execute();

const noteOf = ({ id, version, document }: Awaited<ReturnType<typeof rowsOf>>[number]): StoredDiaryNote => ({
  ...(JSON.parse(document) as Omit<StoredDiaryNote, 'id' | 'version'>),
  id,
  version,
});

/** A note without its words, which may name people. */
const sideOf = (note: DiaryNote | null): AuditSide =>
  note === null ? null : { date: note.date, kind: note.kind };

const changeOf = (id: number, before: DiaryNote | null, after: DiaryNote | null): AuditNote => ({
  action: 'diary-changed',
  subject: String(id),
  before: sideOf(before),
  after: sideOf(after),
});
