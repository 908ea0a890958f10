import { existsSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.ts';

/** Ten times what the longest of them takes on a quiet machine. */
const staleMillis = 600_000;

/**
 * A workspace of its own that starts as all of this name do: the first who asks in a run makes it (and closes it), the
 * others copy what was made. Outside a run there is nobody to share with.
 */
export const startFromShared = async (
  name: string,
  to: string,
  make: (folder: string) => Promise<void>,
): Promise<void> => {
  const run = process.env.HUAWU_TEST_RUN;
  if (run === undefined) return make(to);
  const made = join(run, name);
  await oneAtATime(`${made}.lock`, staleMillis, async () => {
    if (existsSync(made)) return;
    const unfinished = `${made}-by-${process.pid}`;
    await make(unfinished);
    await rename(unfinished, made);
  });
  await cp(made, to, { recursive: true });
};
