import { shorten, type Problem } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import { full } from './place-problems.ts';

/**
 * What the operating system's refusal of a file or folder of the workspace (settings, models, backups) means to a user;
 * undefined for any other error: it is ours to mend.
 */
export const explainFileError = (error: unknown): Problem | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  if (error.code === 'ENAMETOOLONG') return notPossible(path, 'too-long');
  if (error.code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes'))
    return notPossible(undefined, 'character');
  const notFolder =
    error.code === 'ENOTDIR' || (error.code === 'EEXIST' && 'syscall' in error && error.syscall === 'mkdir');
  if (notFolder && path !== undefined)
    return { rule: 'not-a-folder', severity: 'error', file: path } satisfies StoreProblem;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return full(path);
  // A folder that cannot be made within one on a read-only disk is told as missing.
  const notMade = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir';
  const refused = error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS' || notMade;
  return refused && path !== undefined ? notPermitted(path) : undefined;
};

const notPossible = (file: string | undefined, reason: 'too-long' | 'character'): StoreProblem => ({
  rule: 'path-not-possible',
  severity: 'error',
  ...(file === undefined ? {} : { file: shorten(file) }),
  values: { reason },
});

const notPermitted = (file: string): StoreProblem => ({
  rule: 'file-not-permitted',
  severity: 'error',
  file,
});
