import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hotlineKeyPattern, lineFolderOf, linesFolderName } from '../contract/line-folder.ts';

/** The folder whose database holds a workspace's records: for a line of a workspace, that workspace's. */
export const homeFolder = (folder: string): string =>
  lineFolderOf(resolve(folder), existsSync)?.home ?? folder;

/** One of the hotlines of a workspace. */
export interface WorkspaceLine {
  readonly line: string;
  /** Where its models stand. */
  readonly folder: string;
}

/** The hotlines of a workspace: its own (`hotline` of its settings) first, then those under lines/, by name. */
export const workspaceLines = async (folder: string, hotline: string): Promise<readonly WorkspaceLine[]> => {
  const lines = join(folder, linesFolderName);
  const names = await readdir(lines).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const further = names
    .filter(
      (line) => hotlineKeyPattern.test(line) && line !== hotline && existsSync(join(lines, line, 'models')),
    )
    .sort();
  return [{ line: hotline, folder }, ...further.map((line) => ({ line, folder: join(lines, line) }))];
};
