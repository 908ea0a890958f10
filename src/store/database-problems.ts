import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import { explainPostgresError } from './postgres-problems.ts';
import { busy, damaged, full, notReachable } from './place-problems.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that a user can do something about. */
const sqliteCodes: Readonly<Record<number, (place: string) => Problem>> = {
  5: (place) => busy(place),
  8: (place) => notReachable(place),
  10: (place) => (isFull(place) ? full(place) : notReachable(place)),
  11: (place) => damaged(place),
  13: (place) => full(place),
  14: (place) => (isFull(place) ? full(place) : notReachable(place)),
  26: (place) => damaged(place),
};

/**
 * On a disk without any room SQLite cannot even make what it keeps beside the file, and says of that only that it cannot
 * open or write.
 */
const isFull = (place: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(dirname(place));
    return bavail * bsize < leastBytes;
  } catch {
    return false;
  }
};

/** Of a file of its own SQLite takes so much at once. */
const leastBytes = 65_536;

/**
 * What an error of the database means to a user: a damaged file, a full disk, a place that cannot be reached or
 * written, another process that holds on. Any other error comes back as it was: it is ours to mend.
 */
export const explainDatabaseError = (error: unknown, place: string): unknown => {
  if (!(error instanceof Error)) return error;
  const problem =
    'errcode' in error
      ? sqliteCodes[Number(error.errcode) & 0xff]?.(place)
      : place.startsWith('postgres')
        ? explainPostgresError(error, place)
        : undefined;
  return problem === undefined ? error : new BadInputError([problem]);
};

/** A database that a newer version of the product has written. */
export const writtenByNewerVersion = (file: string): StoreProblem => ({
  rule: 'database-newer',
  severity: 'error',
  file,
});

/** A file of an older structure that another program has open: that program would break under its hands. */
export const heldByOther = (file: string): StoreProblem => ({
  rule: 'database-held',
  severity: 'error',
  file,
  values: { shared: false },
});

/** A shared database that processes of another version work on. */
export const databaseHeldByOther = (place: string, others: number): StoreProblem => ({
  rule: 'database-held',
  severity: 'error',
  file: place,
  value: String(others),
  values: { shared: true },
});

/** A shared database of an older structure. */
export const databaseOlder = (place: string): StoreProblem => ({
  rule: 'database-older',
  severity: 'error',
  file: place,
});

export const hotlineNotHere = (place: string, hotline: string, held: readonly string[]): StoreProblem => ({
  rule: 'hotline-not-here',
  severity: 'error',
  file: place,
  value: hotline,
  values: { held },
});
