import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isatty } from 'node:tty';
import type { CliContext } from './cli-context.ts';
import { cliFinding } from './cli-findings.ts';

/** Nothing that is typed is shown meanwhile; false where this terminal cannot do so. */
const showTyped = (shown: boolean): boolean =>
  spawnSync('stty', [shown ? 'echo' : '-echo'], { stdio: ['inherit', 'ignore', 'ignore'] }).status === 0;

/** The next line that is typed, or piped in; empty where there is none. */
export const readLine = async (): Promise<string> => {
  const lines = createInterface({ input: createReadStream('', { fd: 0, autoClose: false }) });
  for await (const line of lines) return line;
  return '';
};

/**
 * A secret as it is typed, unseen, or as the first line of what is piped in. Never an argument: those stand in the list
 * of processes and in the shell's history.
 */
export const readSecret = async (context: CliContext): Promise<string> => {
  const typed = isatty(0);
  const hidden = typed && showTyped(false);
  const show = (): void => void (hidden && showTyped(true));
  if (typed) context.notice(cliFinding(hidden ? 'type-password' : 'type-password-seen'));
  context.terminal.signal.addEventListener('abort', show, { once: true });
  try {
    return await readLine();
  } finally {
    show();
  }
};
