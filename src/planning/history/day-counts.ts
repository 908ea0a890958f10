import { BadInputError } from '../../kernel/errors.ts';
import { localClock, type PlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { DayCounts } from '../../monitoring/rates.ts';
import { planningProblem } from '../planning-problems.ts';
import type { Span, Store } from '../ports.ts';

/**
 * Calls offered and answered within the threshold of each local day of a queue, over the intervals that tell both,
 * in time order. Days that tell neither are absent.
 */
export const dayCountsOf = async (
  store: Store,
  queue: string,
  zone: string,
  span?: Span,
): Promise<(DayCounts & { readonly date: PlainDate })[]> => {
  const { startMillis, offered, answeredInThreshold } = await store.traffic(queue, span);
  const clock = localClock(zone);
  const perDay = new Map<PlainDate, DayCounts>();
  for (const [i, start] of startMillis.entries()) {
    const [calls, met] = [valueAt(offered, i), valueAt(answeredInThreshold, i)];
    if (Number.isNaN(calls) || Number.isNaN(met)) continue;
    const { date } = clock(start);
    const so = perDay.get(date) ?? { calls: 0, met: 0 };
    perDay.set(date, { calls: so.calls + calls, met: so.met + met });
  }
  return Array.from(perDay, ([date, counts]) => ({ date, ...counts }));
};

/** Minutes after midnight of an as-of time: 'HH:MM', or the clock time of a date and time. */
export const minuteOfAsOf = (asOf: string | undefined): number | undefined => {
  if (asOf === undefined) return undefined;
  const match = /^(?:\d{4}-\d{2}-\d{2}[T ])?([01]?\d|2[0-4]):([0-5]\d)(?::\d{2})?$/.exec(asOf.trim());
  const minute = match === null ? Number.NaN : 60 * Number(match[1]) + Number(match[2]);
  if (minute >= 0 && minute <= 1440) return minute;
  throw new BadInputError([planningProblem('as-of', 'bad-as-of', asOf)]);
};
