import type { Kysely } from 'kysely';
import type { AuditNote, AuditSide } from '../contract/documents/audit-document.ts';
import type { DiaryNote, StoredDiaryNote } from '../contract/documents/diary-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { EventRecord } from '../kernel/records.ts';
import type { Store } from '../planning/ports.ts';
import { enterAudit, type Author } from './audit-log.ts';
import { noteOfEvent } from './audit-notes.ts';
import { changeEvent } from './change-event.ts';
import type { Database, Writing } from './database.ts';
import { nextNumber } from './next-number.ts';
import { readRecords } from './record-table.ts';
import { recordTables } from './record-tables.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';

type DiaryPart = Pick<Store, 'diary' | 'addDiaryNote' | 'changeDiaryNote'>;

/**
 * What happened on a hotline's days, as its people noted it. Whether forecasts use a note is told by the calendar: an
 * event of its date, kind and words stands there, and comes, changes and goes with the note.
 */
export const createDiaryStore = (database: Database, hotline: string, author: Author): DiaryPart => {
  const stamped = ({ date, kind, text }: DiaryNote): string =>
    JSON.stringify({ date, kind, text, at: new Date(author.now()).toISOString(), by: author.actor.name });
  const insert = async (db: Kysely<Tables>, id: number, version: number, note: DiaryNote): Promise<void> => {
    const row = { hotlineKey: hotline, id, date: note.date, version, document: stamped(note) };
    await db.insertInto('diary').values(row).execute();
  };
  return {
    diary: () => readNotes(database.reads.db, hotline),
    addDiaryNote: (note) =>
      database.write(hotline, async (writing) => {
        const id = await nextNumber(writing.db, hotline, 'lastSaved');
        await insert(writing.db, id, 1, note);
        await enterAudit(writing.db, hotline, author, changeOf(id, null, note));
        await followEvent(writing, hotline, author, null, note);
        return id;
      }),
    changeDiaryNote: (id, note, version) =>
      database.write(hotline, async (writing) => {
        const { db } = writing;
        const stored = (await readNotes(db, hotline)).find((one) => one.id === id);
        if (stored === undefined) return false;
        if (version !== undefined && stored.version !== version) throw changedMeanwhile(stored);
        await db.deleteFrom('diary').where('hotlineKey', '=', hotline).where('id', '=', id).execute();
        if (note !== null) await insert(db, id, stored.version + 1, note);
        await enterAudit(db, hotline, author, changeOf(id, stored, note));
        await followEvent(writing, hotline, author, stored, note);
        return true;
      }),
  };
};

const readNotes = async (db: Kysely<Tables>, hotline: string): Promise<StoredDiaryNote[]> => {
  const rows = await db
    .selectFrom('diary')
    .select(['id', 'version', 'document'])
    .where('hotlineKey', '=', hotline)
    .orderBy('date')
    .orderBy('id')
    .execute();
  const events = await readRecords(db, hotline, recordTables.events);
  return rows.map(({ id, version, document }) => {
    const note = JSON.parse(document) as Omit<StoredDiaryNote, 'id' | 'version' | 'event'>;
    return { ...note, event: eventOf(note, events) !== undefined, id, version };
  });
};

type Noted = Pick<DiaryNote, 'date' | 'kind' | 'text'>;

/** The event that a note stands for in the calendar. */
const eventOf = ({ date, kind, text }: Noted, events: readonly EventRecord[]): EventRecord | undefined =>
  events.find(
    (event) =>
      event.date === date && event.kind === kind && event.label === text && (event.queue ?? '') === '',
  );

/** Lets the calendar's event go the way of its note; what planners set of the event (its effect) stays. */
const followEvent = async (
  writing: Writing,
  hotline: string,
  author: Author,
  before: Noted | null,
  after: DiaryNote | null,
): Promise<void> => {
  const events = await readRecords(writing.db, hotline, recordTables.events);
  const stood = before === null ? undefined : eventOf(before, events);
  const wanted = after?.event === true ? after : undefined;
  if (wanted === undefined && stood === undefined) return;
  const { end, ...kept } = stood ?? {};
  const next: EventRecord | null =
    wanted === undefined
      ? null
      : {
          ...kept,
          ...(end !== undefined && end >= wanted.date ? { end } : {}),
          date: wanted.date,
          kind: wanted.kind,
          label: wanted.text,
        };
  // Where the calendar has such an event already, the note has found its own.
  if (await changeEvent(writing, hotline, stood ?? null, next))
    await enterAudit(writing.db, hotline, author, noteOfEvent(stood ?? null, next));
};

const changedMeanwhile = ({ id, version, by }: StoredDiaryNote): BadInputError =>
  new BadInputError([storeProblem('note', 'note-changed-meanwhile', String(id), { version, by })]);

/** A note without its words, which may name people. */
const sideOf = (note: DiaryNote | null): AuditSide =>
  note === null ? null : { date: note.date, kind: note.kind };

const changeOf = (id: number, before: DiaryNote | null, after: DiaryNote | null): AuditNote => ({
  action: 'diary-changed',
  subject: String(id),
  before: sideOf(before),
  after: sideOf(after),
});
