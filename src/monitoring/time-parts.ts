import type { Calendar } from '../kernel/calendar.ts';
import { localClock, type PlainDate } from '../kernel/time.ts';
import { effectiveCounts } from './effective-counts.ts';
import { rateInterval } from './rates.ts';

/** Parts of time that staffing treats apart: daytime is 8:00 to 20:00; a working day is one on which offices work. */
const timeParts = ['day', 'night', 'working-day', 'day-off'] as const;
export type TimePart = (typeof timeParts)[number];

export interface PartRate {
  readonly part: TimePart;
  readonly calls: number;
  readonly connected: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** Calls of one instant, and those among them that got through. */
interface TimedCounts {
  readonly millis: number;
  readonly calls: number;
  readonly connected: number;
}

interface PartsOfTime {
  readonly parts: readonly TimePart[];
  readonly date: PlainDate;
}

const dayStarts = 8 * 60;
const nightStarts = 20 * 60;

/** Tells the two parts to which an instant belongs; `wholeDays` where counts of a day cannot tell day from night. */
export const partsAt = (
  calendar: Calendar,
  zone: string,
  wholeDays = false,
): ((millis: number) => PartsOfTime) => {
  const clock = localClock(zone);
  const seen = new Map<number, PartsOfTime>();
  return (millis) => {
    // Clocks differ from UTC by whole quarters of an hour, and parts change on the hour.
    const quarter = Math.floor(millis / 900_000);
    const known = seen.get(quarter);
    if (known !== undefined) return known;
    const { date, minute } = clock(millis);
    const ofDay = calendar.dayKind(date).working ? ('working-day' as const) : ('day-off' as const);
    const ofClock = minute >= dayStarts && minute < nightStarts ? ('day' as const) : ('night' as const);
    const found = { parts: wholeDays ? [ofDay] : [ofClock, ofDay], date };
    seen.set(quarter, found);
    return found;
  };
};

/**
 * Rates by day and night, working day and day off, with 95 % intervals. With `clustered`, calls of one date count as
 * a cluster (`effectiveCounts`): right for traffic; single test calls stand for themselves. Parts without calls are
 * left out.
 */
export const ratesByPart = (
  counts: Iterable<TimedCounts>,
  partsOf: ReturnType<typeof partsAt>,
  clustered: boolean,
): PartRate[] => {
  const days = new Map<TimePart, Map<PlainDate, { calls: number; met: number }>>();
  for (const { millis, calls, connected } of counts) {
    if (!(calls > 0)) continue;
    const { parts, date } = partsOf(millis);
    for (const part of parts) {
      const own = days.get(part) ?? new Map<PlainDate, { calls: number; met: number }>();
      days.set(part, own);
      const so = own.get(date) ?? { calls: 0, met: 0 };
      own.set(date, { calls: so.calls + calls, met: so.met + connected });
    }
  }
  return timeParts.flatMap((part) => {
    const own = days.get(part);
    if (own === undefined) return [];
    const { calls, met, rate, effectiveCalls } = effectiveCounts([...own.values()]);
    const n = clustered ? Math.max(1, Math.round(effectiveCalls)) : calls;
    const { low, high } = rateInterval(Math.min(n, Math.round(rate * n)), n);
    return [{ part, calls, connected: met, rate, low: Math.min(low, rate), high: Math.max(high, rate) }];
  });
};
