import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { withPassingPath } from './passing-paths.ts';

/** Replaces a JSON file in one step: after a crash the old or the new one is there, whole. For the owner alone. */
export const writeJsonFile = (file: string, document: unknown): Promise<void> => {
  const unfinished = `${file}.${randomUUID()}`;
  return withPassingPath(unfinished, async () => {
    await writeFile(unfinished, `${JSON.stringify(document, null, 2)}\n`, { flush: true, mode: 0o600 });
    await rename(unfinished, file);
  });
};
