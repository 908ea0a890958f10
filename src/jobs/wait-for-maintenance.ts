import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError } from '../kernel/errors.ts';
import type { RunTask } from './job-queue.ts';

/** How often it is looked whether maintenance is over, milliseconds. */
const usualLookMillis = 2_000;

/** The same way to run tasks, each of which waits as long as there is maintenance; waiting, it can be cancelled. */
export const waitForMaintenance =
  (run: RunTask, isOn: () => Promise<boolean>, lookMillis: number = usualLookMillis): RunTask =>
  async (task, progress, signal) => {
    // A database that is away fails the task by itself.
    while (await isOn().catch(() => false)) {
      await pause(lookMillis, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new CancelledError();
    }
    return run(task, progress, signal);
  };
