import { localClock, type PlainDate } from '../../kernel/time.ts';
import type { DayCounts } from '../../monitoring/effective-counts.ts';
import type { Span, Store } from '../ports.ts';
import { valueAt } from '../../kernel/value-at.ts';

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
