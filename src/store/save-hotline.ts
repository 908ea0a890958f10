import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HotlineModel } from '../contract/model-files.ts';

/** Replaces a workspace's models/hotline.json in one step: after a crash the old or the new file is there, whole. */
export const saveHotline = async (folder: string, hotline: HotlineModel): Promise<void> => {
  const file = join(folder, 'models', 'hotline.json');
  const unfinished = `${file}.${randomUUID()}`;
  try {
    await writeFile(unfinished, `${JSON.stringify(hotline, null, 2)}\n`, { flush: true });
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
};
