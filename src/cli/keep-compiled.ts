import { join } from 'node:path';

/** Where each system keeps what a program may make again at any time, for this account alone. */
const cacheFolder = ({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string | undefined => {
  if (process.platform === 'win32') return LOCALAPPDATA;
  if (XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '') return XDG_CACHE_HOME;
  if (HOME === undefined || HOME === '') return undefined;
  return join(HOME, ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']));
};

/**
 * Lets the threads and processes that are started from here on keep their code as compiled, so that a command starts in
 * half the time. Kept with the account's own caches and not, as Node would by itself, in the temporary folder, where other
 * accounts could lay code of theirs. Nothing is kept where that folder cannot be written to, or where the user has said
 * (`NODE_COMPILE_CACHE`, `NODE_DISABLE_COMPILE_CACHE`) otherwise.
 */
export const keepCompiled = (env: NodeJS.ProcessEnv): void => {
  const folder = cacheFolder(env);
  if (folder !== undefined) env['NODE_COMPILE_CACHE'] ??= join(folder, 'huawu');
};
