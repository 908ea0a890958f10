import { BadInputError, problemAt } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';

/** Minutes after midnight of an as-of time: 'HH:MM', or the clock time of a date and time. */
export const minuteOfAsOf = (asOf: string | undefined): number | undefined => {
  if (asOf === undefined) return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}[T ])?([01]?\d|2[0-4]):([0-5]\d)(?::\d{2})?$/.exec(asOf.trim());
  const minute = match === null ? Number.NaN : 60 * Number(match[1]) + Number(match[2]);
  if (minute >= 0 && minute <= 1440) return minute;
  throw new BadInputError([
    problemAt(
      'as-of',
      'bad-as-of',
      asOf,
      text('不是时刻', 'this is not a time of day'),
      text('写成 10:30', 'write it as 10:30'),
    ),
  ]);
};
