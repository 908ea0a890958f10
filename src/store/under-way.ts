import { existsSync } from 'node:fs';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseJsonDocument } from '../contract/parse-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { StorePlace } from './open-store.ts';
import type { StoreProblem } from './store-problems.ts';
import { isAlive, removeUnfinishedWrites, writeJsonFile } from './write-json-file.ts';

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

export type UnderWay = z.output<typeof workSchema>;
export type UnderWayOf<Work extends UnderWay['work']> = Extract<UnderWay, { readonly work: Work }>;

/** For the owner alone, as an address may hold a password. */
export const noteFile = (folder: string): string => join(folder, '.under-way.json');

/** Notes what is about to be done to a folder, before its first step. */
export const noteUnderWay = (folder: string, work: UnderWay): Promise<void> =>
  writeJsonFile(noteFile(folder), { ...work, process: process.pid, machine: hostname() });

export const forgetUnderWay = (folder: string): Promise<void> => rm(noteFile(folder), { force: true });

/**
 * What was begun in a folder and did not come to its end; undefined where nothing was: files that were being written are
 * taken away. Throws `BadInputError` where the
 * process that began it is still at work.
 */
export const brokenOff = async (folder: string): Promise<UnderWay | undefined> => {
  const file = noteFile(folder);
  await removeUnfinishedWrites(folder);
  await removeUnfinishedWrites(join(folder, 'models'));
  if (!existsSync(file)) return undefined;
  const note = parseJsonDocument(noteSchema, await readFile(file, 'utf8'), file);
  if (isAtWork(note)) throw new BadInputError([stillUnderWay(folder, note)]);
  return note;
};

/** Of another machine nobody here knows: what stands in its note is taken for broken off. */
const isAtWork = (note: z.output<typeof noteSchema>): boolean =>
  note.machine === hostname() && note.process !== process.pid && isAlive(note.process);

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

const stillUnderWay = (
  folder: string,
  { work, process: number }: UnderWay & { readonly process: number },
): StoreProblem => ({
  rule: 'work-under-way',
  severity: 'error',
  file: folder,
  values: { work, process: number },
});
