import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Settings } from '../contract/settings.ts';
import { BadInputError } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { placeProblem } from './store-problems.ts';
import type { Text } from '../kernel/text.ts';
import { isZone } from '../kernel/time.ts';
import { keepPrivate } from './workspace-files.ts';
import { removeDatabase } from './backup-file.ts';
import { hasLogOfAnother } from './left-log.ts';
import { databaseName } from './open-store.ts';
import { saveSettings } from './workspace-models.ts';
import { isWorkspace, openWorkspace, type Workspace } from './open-workspace.ts';
import { forgetUnderWay, noteUnderWay, removeMade, type UnderWayOf } from './under-way.ts';

interface NewWorkspace {
  readonly modelsFrom: string;
  /** IANA zone and ISO country of the hotline, where they differ from the copied model's. */
  readonly zone?: string;
  /** Name of a real hotline until its people name it; left out, the copied model stays the demo's. */
  readonly real?: { readonly name: Text };
  /** Null: no calendar. */
  readonly country?: string | null;
  /** Where its records live, as in the workspace's settings; left out: in the folder. */
  readonly store?: string;
  readonly hotline?: string;
  readonly settings?: Partial<Settings>;
}

/**
 * Makes a workspace: copies models, sets zone and country, makes the database. An existing one is refused; a failure
 * leaves nothing.
 */
export const createWorkspace = async (folder: string, wanted: NewWorkspace): Promise<Workspace> => {
  const full = resolve(folder);
  const models = join(full, 'models');
  if (isWorkspace(full) || existsSync(models))
    throw new BadInputError([placeProblem('workspace-exists', full, { values: { replaceable: false } })]);
  if (wanted.zone !== undefined && !isZone(wanted.zone))
    throw new BadInputError([kernelProblem('--timezone', 'unknown-zone', wanted.zone)]);
  const made = (await mkdir(full, { recursive: true, mode: 0o700 })) ?? null;
  // A folder that exists and holds other things keeps the rights that it has.
  if ((await readdir(full)).length === 0) keepPrivate(full);
  const note: UnderWayOf<'init'> = { work: 'init', made };
  try {
    await noteUnderWay(full, note);
    await cp(wanted.modelsFrom, models, { recursive: true });
    await setPlace(join(models, 'hotline.json'), wanted);
    const { store, hotline } = wanted;
    const workspace = await openWorkspace(full, {
      create: true,
      ...(store === undefined ? {} : { store }),
      ...(hotline === undefined ? {} : { hotline }),
    });
    if (wanted.settings !== undefined) await saveSettings(full, wanted.settings);
    await forgetUnderWay(full);
    return workspace;
  } catch (error) {
    await takeBackInit(full, note);
    throw error;
  }
};

/** Removes an unfinished workspace, unless it has records by now. */
export const takeBackInit = async (folder: string, { made }: UnderWayOf<'init'>): Promise<void> => {
  if (!holdsRecords(join(folder, databaseName))) {
    await removeDatabase(join(folder, databaseName));
    await rm(join(folder, 'models'), { recursive: true, force: true });
  }
  await forgetUnderWay(folder);
  await removeMade(folder, made);
};

/**
 * True for a database with calls, people or plans, or one put in its place by somebody else; false where it is not
 * whole.
 */
const holdsRecords = (file: string): boolean => {
  if (!existsSync(file)) return false;
  if (hasLogOfAnother(file)) return true;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return ['traffic', 'operators', 'plans'].some(
        (table) => database.prepare(`select 1 from ${table} limit 1`).get() !== undefined,
      );
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
};

const setPlace = async (file: string, { zone, country, real }: NewWorkspace): Promise<void> => {
  const hotline: unknown = JSON.parse(await readFile(file, 'utf8'));
  const place = {
    ...(zone === undefined ? {} : { zone }),
    ...(country === undefined ? {} : { country: country?.toUpperCase() ?? null }),
    ...(real !== undefined ? { name: real.name, trunks: null, madeUp: false } : {}),
  };
  const { monitoredAs, ...rest } = hotline as Record<string, unknown>;
  const whom = real !== undefined || monitoredAs === undefined ? {} : { monitoredAs };
  await writeFile(file, `${JSON.stringify({ ...rest, ...whom, ...place }, null, 2)}\n`);
};
