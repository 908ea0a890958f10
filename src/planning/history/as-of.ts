import { planningProblem } from '../planning-problems.ts';
import { BadInputError } from '../../kernel/errors.ts';

/** Minutes after midnight of an as-of time: 'HH:MM', or the clock time of a date and time. */
export const minuteOfAsOf = (asOf: string | undefined): number | undefined => {
  if (asOf === undefined) return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}[T ])?([01]?\d|2[0-4]):([0-5]\d)(?::\d{2})?$/.exec(asOf.trim());
  const minute = match === null ? Number.NaN : 60 * Number(match[1]) + Number(match[2]);
  if (minute >= 0 && minute <= 1440) return minute;
  throw new BadInputError([planningProblem('as-of', 'bad-as-of', asOf)]);
};
