import type { Calendar } from '../kernel/calendar.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import { daysOfPeriod, localClock, type PlainDate } from '../kernel/time.ts';
import { placeAmong } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { effectiveCounts, rateInterval } from './rates.ts';

/** Parts of time that staffing treats apart: daytime is 8:00 to 20:00; a working day is one on which offices work. */
const timeParts = ['day', 'night', 'working-day', 'day-off'] as const;
export type TimePart = (typeof timeParts)[number];

/** A hotline's single test calls as columns, in order of time: what rates are counted from. */
export interface TestCallColumns {
  readonly hotline: string;
  readonly placedAtMillis: Float64Array;
  /** 1 where the call got through, else 0. */
  readonly connected: Float64Array;
  /** NaN where it is not known. */
  readonly secondsToOperator: Float64Array;
}

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
      const ofPart = days.get(part) ?? new Map<PlainDate, { calls: number; met: number }>();
      days.set(part, ofPart);
      const so = ofPart.get(date) ?? { calls: 0, met: 0 };
      ofPart.set(date, { calls: so.calls + calls, met: so.met + connected });
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

/**
 * Single test calls of one period as results, one per hotline: calls placed and connected, and the mean seconds of the
 * connected ones that tell it. Points of indicators are left out. The caller picks the period's calls (`callsWithin`).
 */
export const summariseTestCalls = (
  calls: readonly TestCallColumns[],
  period: string,
): readonly MonitoringResult[] =>
  calls.map((hotline) => {
    let [connected, sum, told] = [0, 0, 0];
    for (let i = 0; i < hotline.connected.length; i += 1) {
      if (hotline.connected[i] !== 1) continue;
      connected += 1;
      const seconds = valueAt(hotline.secondsToOperator, i);
      if (Number.isNaN(seconds)) continue;
      sum += seconds;
      told += 1;
    }
    return {
      hotline: hotline.hotline,
      period,
      testCalls: hotline.connected.length,
      connected,
      ...(told === 0 ? {} : { meanSeconds: sum / told }),
      indicators: {},
    };
  });

/** Those of the calls that were placed from `fromMillis` on and before `toMillis`; hotlines without one are left out. */
export const callsWithin = (
  calls: readonly TestCallColumns[],
  { fromMillis, toMillis }: { readonly fromMillis: number; readonly toMillis: number },
): readonly TestCallColumns[] =>
  calls.flatMap((hotline) => {
    const [from, to] = [
      placeAmong(hotline.placedAtMillis, fromMillis),
      placeAmong(hotline.placedAtMillis, toMillis),
    ];
    if (from >= to) return [];
    return [
      {
        hotline: hotline.hotline,
        placedAtMillis: hotline.placedAtMillis.subarray(from, to),
        connected: hotline.connected.subarray(from, to),
        secondsToOperator: hotline.secondsToOperator.subarray(from, to),
      },
    ];
  });

/** The period a year before: 2018, 2025-Q3, 2025-11. */
export const yearBefore = (period: string): string => {
  const year = Number(period.slice(0, 4));
  return `${String(year - 1).padStart(4, '0')}${period.slice(4)}`;
};

const unknown = { from: '', before: '' };

/** Order of periods by their end, the longer of two that end together last: 2025, 2026-06, 2026-Q2, 2026. */
export const comparePeriods = (a: string, b: string): number => {
  const [one, other] = [daysOfPeriod(a) ?? unknown, daysOfPeriod(b) ?? unknown];
  return compareText(one.before, other.before) || compareText(other.from, one.from);
};

/** Years from the end of one period to that of another. */
export const yearsBetween = (earlier: string, later: string): number => {
  const end = (period: string): number => {
    const { before } = daysOfPeriod(period) ?? unknown;
    return Number(before.slice(0, 4)) + Number(before.slice(5, 7)) / 12;
  };
  return end(later) - end(earlier);
};

/**
 * Of periods, those that are over when `chosen` begins and lie in no longer one of them: 2025-11 is part of 2025, and
 * its test calls would count twice beside it.
 */
export const periodsBefore = (periods: Iterable<string>, chosen: string): ReadonlySet<string> => {
  const start = daysOfPeriod(chosen)?.from ?? '';
  const over = [...new Set(periods)].flatMap((period) => {
    const days = daysOfPeriod(period);
    return days === undefined || days.before > start ? [] : [{ period, ...days }];
  });
  const within = (a: (typeof over)[number], b: (typeof over)[number]): boolean =>
    a.period !== b.period && b.from <= a.from && a.before <= b.before;
  return new Set(over.filter((one) => !over.some((other) => within(one, other))).map(({ period }) => period));
};

/**
 * What the list says of every hotline in a period: the row that held on the period's last day; where all rows of a
 * hotline begin later, the first of them.
 */
export const hotlinesInPeriod = (
  list: readonly MonitoredHotline[],
  period: string,
): readonly MonitoredHotline[] => {
  const before = daysOfPeriod(period)?.before;
  const held = new Map<string, MonitoredHotline>();
  for (const row of list.toSorted((a, b) => compareText(startOf(a), startOf(b)))) {
    if (held.has(row.hotline) && before !== undefined && startOf(row) >= before) continue;
    held.set(row.hotline, row);
  }
  return [...held.values()];
};

const startOf = ({ validFrom = '' }: MonitoredHotline): string => validFrom;
