import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** An empty folder of the test file's own, gone after all else it ends with: asked for at the file's top level. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
