import type { StoreProblem } from './store-problems.ts';

/** What can befall the place where records live, whatever keeps them. */

export const damaged = (file: string): StoreProblem => ({
  rule: 'database-damaged',
  severity: 'error',
  file,
});

/** A file of no bytes: SQLite would take it for a new database, and what was in it would be missed too late. */
export const emptied = (file: string): StoreProblem => ({
  rule: 'database-empty',
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

export const replaced = (file: string): StoreProblem => ({
  rule: 'database-replaced',
  severity: 'error',
  file,
});
