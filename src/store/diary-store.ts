import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type {
  AuditNote,
  AuditSide,
  DiaryNote,
  StoredDiaryNote,
} from '../contract/documents/audit-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { EventRecord } from '../kernel/records.ts';
import type { RecordWriter, Store, WriteCount } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import { type Database, nextNumber, type Writing } from './database.ts';
import { forgetFact, hashFact } from './facts.ts';
import { readRecords, recordTables } from './record-table.ts';
import { storeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { upsertRecords } from './upsert-records.ts';

/**
 * What people noted of a hotline's days. A note that forecasts use has an event of its date, kind and words in the
 * calendar, which comes, changes and goes with it.
 */
export const createDiaryStore = (database: Database, hotline: string, author: Author) => {
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
  } satisfies Partial<Store>;
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

/** Makes the calendar's event follow its note; the effect that planners set stays. */
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
  // Where the calendar already has such an event, the note uses it.
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

type Rows = Omit<WriteCount, 'unchanged'>;

/** The same writer; it also counts, for the log, how many rows of each kind were changed. */
export const notingWrites = (
  writer: RecordWriter,
  ownsTraffic: () => Promise<boolean>,
): { readonly writer: RecordWriter; readonly notes: () => readonly AuditNote[] } => {
  const counts = new Map<string, Rows>();
  let replaced = false;
  const counted = async (kind: string, written: Promise<WriteCount>): Promise<WriteCount> => {
    const count = await written;
    const known = counts.get(kind) ?? { added: 0, changed: 0 };
    counts.set(kind, { added: known.added + count.added, changed: known.changed + count.changed });
    return count;
  };
  const write: RecordWriter['write'] = (kind, records) => counted(kind, writer.write(kind, records));
  const replaceMadeUp: RecordWriter['replaceMadeUp'] = async (records) => {
    // After an interruption before the models said so, own traffic may already be there.
    replaced ||= !(await ownsTraffic());
    return counted('traffic', writer.replaceMadeUp(records));
  };
  return {
    writer: { ...writer, write, replaceMadeUp },
    notes: () => notesOf(counts, replaced),
  };
};

const notesOf = (counts: ReadonlyMap<string, Rows>, replaced: boolean): AuditNote[] =>
  [...counts]
    .filter(([, { added, changed }]) => added + changed > 0)
    .map(([kind, rows]) => ({
      action: replaced && kind === 'traffic' ? 'made-up-replaced' : 'records-written',
      subject: kind,
      before: null,
      after: { ...rows },
    }));

const sideOfEvent = (event: EventRecord | null): AuditSide =>
  event === null
    ? null
    : {
        name: event.label,
        date: event.date,
        end: event.end ?? null,
        kind: event.kind,
        queue: event.queue ?? null,
        effect: event.expectedEffect ?? null,
      };

/** An event by its name, and what it says before and after. */
export const noteOfEvent = (before: EventRecord | null, after: EventRecord | null): AuditNote => ({
  action: 'event-changed',
  subject: (after ?? before)?.date ?? '',
  before: sideOfEvent(before),
  after: sideOfEvent(after),
});

const { events } = recordTables;

const isSame = (a: EventRecord, b: EventRecord): boolean =>
  events.key.every((field) => (a[field] ?? '') === (b[field] ?? ''));

/**
 * Replaces one event by another in a transaction; null: no event. False, with nothing written, where `before` has
 * changed meanwhile or another event has the name of `after`.
 */
export const changeEvent = async (
  writing: Writing,
  hotline: string,
  before: EventRecord | null,
  after: EventRecord | null,
): Promise<boolean> => {
  const stored = await readRecords(writing.db, hotline, events);
  const others = stored.filter((event) => before === null || !isSame(event, before));
  if (before !== null && !stored.some((event) => isDeepStrictEqual({ ...event }, { ...before })))
    return false;
  if (after !== null && others.some((event) => isSame(event, after))) return false;
  if (before !== null)
    await sql`delete from events where hotline_key = ${hotline} and ${sql.join(
      events.key.map((field) => sql`${sql.ref(field)} = ${before[field] ?? ''}`),
      sql` and `,
    )}`.execute(writing.db);
  if (after !== null) await upsertRecords(writing, hotline, events, [after]);
  await forgetFact(writing.db, hotline, hashFact);
  return true;
};
