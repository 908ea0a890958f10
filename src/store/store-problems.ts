import { readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OverrulesMeanwhile } from '../contract/documents/overrule-schema.ts';
import type { PlanMeanwhile } from '../contract/plan-life.ts';
import type { PlanState } from '../contract/plan-states.ts';
import { BadInputError, type Problem, problemsOf, shownValue } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { Change } from '../kernel/merge-edits.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** What can be wrong with a store, its place, or the models beside it, by rule, with what its sentences need. */
export interface StoreProblems extends SaidOf<'store-problems'> {
  'workspace-exists': { readonly replaceable: boolean };
  'database-held': { readonly shared: boolean };
  'work-under-way': { readonly work: 'init' | 'restore' | 'move'; readonly process: number };
  'text-with-nul': { readonly table: string; readonly key: string };
  'no-workspace': { readonly databaseName: string };
  /** Who holds it, as far as this machine tells: `none` and 0 where it does not. */
  'database-busy': { readonly program: string; readonly process: number };
  /** `reason`: why no file or folder can be called so. */
  'path-not-possible': { readonly reason: 'too-long' | 'character' };
  'published-plans-lost': { readonly plans: readonly string[] };
  'hotline-not-here': { readonly held: readonly string[] };
  'plan-locked': { readonly state: PlanState };
  'plan-step-not-allowed': { readonly state: PlanState; readonly from: readonly PlanState[] };
  'week-published-already': { readonly week: string };
  'plan-changed-meanwhile': PlanMeanwhile;
  'overrules-changed-meanwhile': OverrulesMeanwhile;
  'note-changed-meanwhile': { readonly version: number; readonly by: string };
  /** What has changed since the version that somebody decided on; null: nobody here knows that version. */
  'model-changed-meanwhile': { readonly version: string; readonly changes: readonly Change[] | null };
  'records-moved': { readonly target: string };
}

export const storeProblem = problemsOf<StoreProblems>();

type Found = Pick<Problem, 'column' | 'value'>;

/** A problem of a file, a folder or a database as a whole, with what was found there. */
export const placeProblem = <Rule extends keyof StoreProblems>(
  rule: Rule,
  file: string | undefined,
  ...[found]: NoValues extends StoreProblems[Rule]
    ? [found?: Found]
    : [found: Found & { readonly values: StoreProblems[Rule] }]
): Problem => ({ rule, severity: 'error', file, ...found });

/**
 * What the operating system's refusal of a file or folder of the workspace (settings, models, backups) means to a user;
 * undefined for any other error: it is ours to fix.
 */
export const explainFileError = (error: unknown): Problem | undefined => {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  if (error.code === 'ENAMETOOLONG') return notPossible(path, 'too-long');
  if (error.code === 'ERR_INVALID_ARG_VALUE' && error.message.includes('null bytes'))
    return notPossible(undefined, 'character');
  const notFolder =
    error.code === 'ENOTDIR' || (error.code === 'EEXIST' && 'syscall' in error && error.syscall === 'mkdir');
  if (notFolder && path !== undefined) return placeProblem('not-a-folder', path);
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return placeProblem('disk-full', path);
  // A folder that cannot be made within one on a read-only disk is reported as missing.
  const notMade = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir';
  const refused = error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS' || notMade;
  return refused && path !== undefined ? placeProblem('file-not-permitted', path) : undefined;
};

const notPossible = (file: string | undefined, reason: 'too-long' | 'character'): Problem =>
  placeProblem('path-not-possible', file && shownValue(file), { values: { reason } });

const busy = (place: string): Problem => placeProblem('database-busy', place, { values: holderOf(place) });

/** The byte of SQLite's shared memory that a writer locks (sqlite.org/walformat.html, WAL_WRITE_LOCK). */
const writeLock = 120;

/** The program that holds the file for writing, as Linux tells it of its locks; other systems do not. */
const holderOf = (file: string): { readonly program: string; readonly process: number } => {
  try {
    const { ino } = statSync(`${file}-shm`);
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, , , access, process = '', place = '', from, to] = line.trim().split(/\s+/);
      const isIts = place.endsWith(`:${ino}`) && Number(from) <= writeLock && Number(to) >= writeLock;
      if (access !== 'WRITE' || !isIts || !/^[1-9]/.test(process)) continue;
      const program = shownValue(readFileSync(`/proc/${process}/comm`, 'utf8').trim());
      return { program: program === '' ? 'none' : program, process: Number(process) };
    }
  } catch {
    // it is gone by now, or this system does not tell
  }
  return { program: 'none', process: 0 };
};

/** The same functions, with errors of the database told in the user's words. */
export const withExplainedErrors = <Part extends object>(place: string, part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, member]) => [
      name,
      typeof member !== 'function'
        ? member
        : async (...given: unknown[]): Promise<unknown> => {
            try {
              return await (member as (...given: unknown[]) => Promise<unknown>)(...given);
            } catch (error) {
              throw explainDatabaseError(error, place);
            }
          },
    ]),
  ) as Part;

/** Primary result codes of SQLite (sqlite.org/rescode.html) that a user can do something about. */
const sqliteCodes: Readonly<Record<number, (place: string) => Problem>> = {
  5: busy,
  8: (place) => placeProblem('database-not-writable', place),
  10: (place) => placeProblem(isFull(place) ? 'disk-full' : 'database-not-writable', place),
  11: (place) => placeProblem('database-damaged', place),
  13: (place) => placeProblem('disk-full', place),
  14: (place) => placeProblem(isFull(place) ? 'disk-full' : 'database-not-writable', place),
  26: (place) => placeProblem('database-damaged', place),
};

/** A file that ends before one of its pages does. */
const shortRead = 522;

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
 * written, another process that holds on. Any other error comes back as it was: it is ours to fix.
 */
export const explainDatabaseError = (error: unknown, place: string): unknown => {
  if (!(error instanceof Error)) return error;
  const problem =
    'errcode' in error
      ? Number(error.errcode) === shortRead
        ? placeProblem('database-damaged', place)
        : sqliteCodes[Number(error.errcode) & 0xff]?.(place)
      : place.startsWith('postgres')
        ? explainPostgresError(error, place)
        : undefined;
  return problem === undefined ? error : new BadInputError([problem]);
};

/** What an error of PostgreSQL or of the way to it means to a user; undefined: it is ours to fix. */
const explainPostgresError = (error: Error, place: string): Problem | undefined => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = (text: string) => ({ value: text.slice(0, 100) || undefined });
  if (isUnreachable(code, error.message))
    return placeProblem('database-unreachable', place, said(error.message || code));
  if (code.startsWith('28')) return placeProblem('database-login-refused', place, said(error.message));
  if (code === '3D000') return placeProblem('database-missing', place);
  if (code === '42501') return placeProblem('database-not-permitted', place, said(error.message));
  if (code === '53100') return placeProblem('disk-full', place);
  if (code === '25006') return placeProblem('database-not-writable', place);
  if (code === '55P03' || code === '40P01') return busy(place);
  if (code === 'XX001' || code === 'XX002') return placeProblem('database-damaged', place);
  return undefined;
};

/** Errors of the network (libuv), of a server that starts or stops (classes 08 and 57P), and of the driver. */
const isUnreachable = (code: string, message: string): boolean =>
  /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|08|57P|53300)/.test(code) ||
  (code === '' &&
    /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(message));
