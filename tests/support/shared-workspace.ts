import { existsSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { oneAtATime } from './one-at-a-time.ts';

/** Ten times what the longest of them takes on a quiet machine. */
const staleMillis = 600_000;

type Make = (folder: string) => Promise<void>;

/**
 * A folder that is read only: the first who asks for this name in a run makes it, the others get the same. Outside a
 * run it is made where told.
 */
export const madeOnce = async (name: string, make: Make, outsideARun: string): Promise<string> => {
  const run = process.env.HUAWU_TEST_RUN;
  if (run === undefined) {
    await make(outsideARun);
    return outsideARun;
  }
  const made = join(run, name);
  await oneAtATime(`${made}.lock`, staleMillis, async () => {
    if (existsSync(made)) return;
    const unfinished = `${made}-by-${process.pid}`;
    await make(unfinished);
    await rename(unfinished, made);
  });
  return made;
};

/** A workspace of its own that starts as all of this name do: a copy of what is made once (and closed). */
export const startFromShared = async (name: string, to: string, make: Make): Promise<void> => {
  const made = await madeOnce(name, make, to);
  if (made !== to) await cp(made, to, { recursive: true });
};
