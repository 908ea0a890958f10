import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { textSchema } from '../contract/models/model-fields.ts';
import { hotlineKeyPattern, lineFolderOf } from '../contract/settings.ts';
import { type Text, untranslated } from '../kernel/text.ts';

/** The folder whose database holds a workspace's records: for a line of a workspace, that workspace's. */
export const homeFolder = (folder: string): string =>
  lineFolderOf(resolve(folder), existsSync)?.home ?? folder;

export interface WorkspaceLine {
  readonly line: string;
  readonly folder: string;
}

/** The folder of a workspace that holds its further lines, each in a folder of its own. */
const linesFolderName = 'lines';

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

/** What a line is called; one whose models cannot be read goes by its folder's name. */
export const lineName = async ({ line, folder }: WorkspaceLine): Promise<Text> => {
  try {
    const hotline: unknown = JSON.parse(await readFile(join(folder, 'models', 'hotline.json'), 'utf8'));
    return textSchema.parse((hotline as { readonly name?: unknown }).name);
  } catch {
    return untranslated(line);
  }
};
