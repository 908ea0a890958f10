import { existsSync } from 'node:fs';
import { readFile, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { parseJsonDocument } from '../contract/parse-document.ts';
import type { Settings } from '../contract/settings.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { StorePlace } from './open-store.ts';
import { placeProblem } from './store-problems.ts';
import { isAlive, removeUnfinishedWrites, writeJsonFile } from './workspace-files.ts';

const placeSchema = z.object({ folder: z.string(), store: z.string(), hotline: z.string() });

/** What a folder's note says of the work of several steps that goes on there: enough to finish it or to take it back. */
const workSchema = z.discriminatedUnion('work', [
  z.object({
    work: z.literal('init'),
    /** The outermost folder that was made for it. */
    made: z.string().nullable(),
  }),
  z.object({
    work: z.literal('restore'),
    file: z.string(),
    hotline: z.string(),
    made: z.string().nullable(),
    /** The folder has no database of its own until the rows are in it. */
    newFile: z.boolean(),
    /** The last entry of the log before: the rows are there once a later one tells of them. */
    entry: z.number(),
    /** The settings are to name the hotline. */
    naming: z.boolean(),
  }),
  z.object({
    work: z.literal('move'),
    from: placeSchema,
    to: placeSchema,
    /** The folder whose settings name the new place in the end. */
    settled: z.string(),
  }),
]);

const noteSchema = z.intersection(workSchema, z.object({ process: z.number(), machine: z.string() }));

type UnderWay = z.output<typeof workSchema>;
export type UnderWayOf<Work extends UnderWay['work']> = Extract<UnderWay, { readonly work: Work }>;

/** For the owner alone, as an address may hold a password. */
export const noteFile = (folder: string): string => join(folder, '.under-way.json');

/** How often a note is touched while the work goes on, and how old that of another machine is once it has broken off. */
const beatMillis = 5_000;
const silentMillis = 60_000;

const beats = new Map<string, NodeJS.Timeout>();

/** Notes what is about to be done to a folder, before its first step; from then on the note stays young until it goes. */
export const noteUnderWay = async (folder: string, work: UnderWay): Promise<void> => {
  const file = noteFile(folder);
  await writeJsonFile(file, { ...work, process: process.pid, machine: hostname() });
  const beat = (): void => void utimes(file, new Date(), new Date()).catch(() => undefined);
  if (!beats.has(file)) beats.set(file, setInterval(beat, beatMillis).unref());
};

export const forgetUnderWay = (folder: string): Promise<void> => {
  const file = noteFile(folder);
  clearInterval(beats.get(file));
  beats.delete(file);
  return rm(file, { force: true });
};

/**
 * What was begun in a folder and did not come to its end; undefined where nothing was: files that were being written are
 * taken away. Throws `BadInputError` where the
 * process that began it is still at work.
 */
const brokenOff = async (folder: string): Promise<UnderWay | undefined> => {
  const file = noteFile(folder);
  await removeUnfinishedWrites(folder);
  await removeUnfinishedWrites(join(folder, 'models'));
  if (!existsSync(file)) return undefined;
  const note = await readNote(file);
  if (await isAtWork(note, file))
    throw new BadInputError([
      placeProblem('work-under-way', folder, { values: { work: note.work, process: note.process } }),
    ]);
  return note;
};

const readNote = async (file: string): Promise<z.output<typeof noteSchema>> => {
  try {
    return parseJsonDocument(noteSchema, await readFile(file, 'utf8'), file);
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    throw new BadInputError([placeProblem('note-not-readable', file)]);
  }
};

/** Processes of another machine (another container on the same folder) are known by the note that they keep young. */
const isAtWork = async (
  { machine, process: number }: z.output<typeof noteSchema>,
  file: string,
): Promise<boolean> => {
  if (machine === hostname()) return number !== process.pid && isAlive(number);
  const touched = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
  return number > 0 && Date.now() - touched < silentMillis;
};

/** Takes away a folder that was made for work that came to nothing, and those made around it, as long as nothing is in them. */
export const removeMade = async (folder: string, first: string | null): Promise<void> => {
  if (first === null) return;
  for (let each = folder; each.length >= first.length; each = dirname(each))
    if (
      !(await rmdir(each).then(
        () => true,
        () => false,
      ))
    )
      return;
};

/** The same place as a note keeps it. */
export const notedPlace = ({
  folder,
  store = 'sqlite',
  hotline = 'main',
}: StorePlace): z.output<typeof placeSchema> => ({ folder, store, hotline });

/** Work that was cut off in a folder (killed, power gone), and what has become of it. */
interface Settled {
  readonly work: UnderWay['work'];
  /** Finished now; else taken back, so that nothing of it is there. */
  readonly finished: boolean;
  /** What to give to the command that begins it again: the backup's file, or the place. */
  readonly given: string;
}

/**
 * Brings a folder in order in which a command was cut off between two of its steps: the work is finished where all that
 * counts was done, and taken back otherwise. Undefined where nothing was cut off. Throws `BadInputError` where the command
 * is still at work.
 */
export const settleBrokenOff = async (
  workspace: string,
  { store }: Pick<Settings, 'store'>,
): Promise<Settled | undefined> => {
  const folder = resolve(workspace);
  const note = await brokenOff(folder);
  if (note === undefined) return undefined;
  if (note.work === 'restore') {
    const { settleRestore } = await import('./restore-workspace.ts');
    return { work: note.work, given: note.file, finished: await settleRestore(folder, note, store) };
  }
  if (note.work === 'move') {
    const { settleMove } = await import('./move-workspace.ts');
    const { withoutPassword } = await import('./open-postgres.ts');
    const text = note.to.store === 'sqlite' ? note.to.folder : withoutPassword(note.to.store);
    return { work: note.work, given: text, finished: await settleMove(folder, note) };
  }
  const { takeBackInit } = await import('./create-workspace.ts');
  await takeBackInit(folder, note);
  return { work: note.work, given: '', finished: false };
};
