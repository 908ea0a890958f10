import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what the files of one run share, gone at its end; nothing is put into it before it is asked for. */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-run-'));
  process.env.HUAWU_TEST_RUN = folder;
  return () => rm(folder, { recursive: true, force: true });
};
