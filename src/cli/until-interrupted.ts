import type { Terminal } from './cli-context.ts';

/** Serves until the user interrupts: what comes after it ends the command in order. */
export const untilInterrupted = async ({ signal, serving }: Terminal): Promise<void> => {
  serving?.();
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
};
