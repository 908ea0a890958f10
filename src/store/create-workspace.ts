import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-problems.ts';
import type { StoreProblem } from './store-problems.ts';
import type { Text } from '../kernel/text.ts';
import { isZone } from '../kernel/time.ts';
import { keepPrivate } from './keep-private.ts';
import { isWorkspace, openWorkspace, type Workspace } from './open-workspace.ts';

export interface NewWorkspace {
  /** Folder whose models are copied. */
  readonly modelsFrom: string;
  /** IANA zone and ISO country of the hotline, where they differ from the copied model's. */
  readonly zone?: string;
  /** Of a real hotline, how it is called until its people name it; left out, the copied model stays the demo's. */
  readonly real?: { readonly name: Text };
  /** Null: no calendar. */
  readonly country?: string | null;
  /** Where its records are to live, as in the workspace's settings; left out: in the folder. */
  readonly store?: string;
  readonly hotline?: string;
}

/**
 * Makes a workspace: copies the models, sets zone and country, makes the database. Nothing is left behind when
 * it fails; an existing workspace is refused, so that nobody's edited models are overwritten.
 */
export const createWorkspace = async (folder: string, wanted: NewWorkspace): Promise<Workspace> => {
  const full = resolve(folder);
  const models = join(full, 'models');
  if (isWorkspace(full) || existsSync(models)) throw new BadInputError([existsAlready(full)]);
  if (wanted.zone !== undefined && !isZone(wanted.zone)) throw new BadInputError([unknownZone(wanted.zone)]);
  const firstMade = await mkdir(full, { recursive: true, mode: 0o700 });
  // A folder that was there and holds other things has its rights from whoever uses it for them.
  if ((await readdir(full)).length === 0) keepPrivate(full);
  try {
    await cp(wanted.modelsFrom, models, { recursive: true });
    await setPlace(join(models, 'hotline.json'), wanted);
    const { store, hotline } = wanted;
    return await openWorkspace(full, {
      create: true,
      ...(store === undefined ? {} : { store }),
      ...(hotline === undefined ? {} : { hotline }),
    });
  } catch (error) {
    await rm(models, { recursive: true, force: true });
    if (firstMade !== undefined) await removeEmpty(full, firstMade);
    throw error;
  }
};

/** Takes away the folders that were made, from the innermost to the first, as long as nothing is in them. */
const removeEmpty = async (folder: string, first: string): Promise<void> => {
  for (let each = folder; each.length >= first.length; each = dirname(each))
    if (
      !(await rmdir(each).then(
        () => true,
        () => false,
      ))
    )
      return;
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

const existsAlready = (folder: string): StoreProblem => ({
  rule: 'workspace-exists',
  severity: 'error',
  file: folder,
  values: { replaceable: false },
});

const unknownZone = (zone: string): Problem => kernelProblem('--timezone', 'unknown-zone', zone);
