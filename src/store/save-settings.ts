import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsFileName, type Settings } from '../contract/settings.ts';
import { writeJsonFile } from './workspace-files.ts';

/** Changes some of a workspace's settings in one step and leaves the others as they stand. */
export const saveSettings = async (folder: string, changed: Partial<Settings>): Promise<void> => {
  const file = join(folder, settingsFileName);
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  // An address may hold a password: for the owner alone, as `writeJsonFile` sees to.
  await writeJsonFile(file, { ...known, ...changed });
};
