import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textSchema } from '../contract/models/text-schema.ts';
import { untranslated, type Text } from '../kernel/text.ts';
import type { WorkspaceLine } from './workspace-lines.ts';

/** What a line is called; one whose models cannot be read goes by its folder's name. */
export const lineName = async ({ line, folder }: WorkspaceLine): Promise<Text> => {
  try {
    const hotline: unknown = JSON.parse(await readFile(join(folder, 'models', 'hotline.json'), 'utf8'));
    return textSchema.parse((hotline as { readonly name?: unknown }).name);
  } catch {
    return untranslated(line);
  }
};
