import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import type { StoreProblems } from './store-problems.ts';
import { busy, damaged, full, notReachable } from './place-problems.ts';

/** What an error of PostgreSQL or of the way to it means to a user; undefined: it is ours to mend. */
export const explainPostgresError = (error: Error, place: string): Problem | undefined => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isUnreachable(code, error.message)) return unreachable(place, error.message || code);
  if (code.startsWith('28')) return refused(place, error.message);
  if (code === '3D000') return missing(place);
  if (code === '42501') return mayNot(place, error.message);
  if (code === '53100') return full(place);
  if (code === '25006') return notReachable(place);
  if (code === '55P03' || code === '40P01') return busy(place);
  if (code === 'XX001' || code === 'XX002') return damaged(place);
  return undefined;
};

/** Errors of the network (libuv), of a server that starts or stops (classes 08 and 57P), and of the driver. */
const isUnreachable = (code: string, message: string): boolean =>
  /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|08|57P|53300)/.test(code) ||
  (code === '' &&
    /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(message));

const problem = <Rule extends keyof StoreProblems>(
  rule: Rule,
  file: string,
  value: string,
  ...[values]: NoValues extends StoreProblems[Rule] ? [] : [values: StoreProblems[Rule]]
): Problem => ({
  rule,
  severity: 'error',
  file,
  ...(value === '' ? {} : { value: value.slice(0, 100) }),
  ...(values === undefined ? {} : { values }),
});

const unreachable = (place: string, said: string): Problem => problem('database-unreachable', place, said);

const refused = (place: string, said: string): Problem => problem('database-login-refused', place, said);

const missing = (place: string): Problem => problem('database-missing', place, '');

const mayNot = (place: string, said: string): Problem => problem('database-not-permitted', place, said);

/** A server older than what this version works with. */
export const tooOldPostgres = (place: string, found: string, wanted: number): Problem =>
  problem('postgres-too-old', place, found, { wanted });
