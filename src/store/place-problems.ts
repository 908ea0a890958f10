import type { StoreProblem } from './store-problems.ts';

/** What can befall the place where records live, whatever keeps them. */

export const damaged = (file: string): StoreProblem => ({
  rule: 'database-damaged',
  severity: 'error',
  file,
});

export const full = (file: string | undefined): StoreProblem => ({
  rule: 'disk-full',
  severity: 'error',
  ...(file === undefined ? {} : { file }),
});

export const notReachable = (file: string): StoreProblem => ({
  rule: 'database-not-writable',
  severity: 'error',
  file,
});

export const busy = (file: string): StoreProblem => ({
  rule: 'database-busy',
  severity: 'error',
  file,
});
