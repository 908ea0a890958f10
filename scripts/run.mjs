import { spawnSync } from 'node:child_process';

/** Runs a program to its end and answers what it printed; throws, with that, where it failed. */
export const run = (folder, command, args, options = {}) => {
  const { status, error, stdout } = spawnSync(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout}`);
  return stdout;
};
