import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for what the files of one run share, gone at its end; nothing is put into it before it is asked for. What the
 * workers, and the threads and processes that tests start, compile is kept there too, as the program keeps its own
 * (`src/cli/main.ts`): each file is read and compiled once a run.
 */
export const setup = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-run-'));
  process.env.HUAWU_TEST_RUN = folder;
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled');
  // Workers that are ending may still write what they compiled.
  return () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
};
