import type { DayShape } from '../../kernel/day-shape.ts';
import { isOpen, type OpeningHours } from '../../kernel/opening-hours.ts';
import {
  trafficFields,
  trafficMeasures,
  type TrafficMeasure,
  type TrafficRecord,
} from '../../kernel/records.ts';
import { weekdayOfDay } from '../../kernel/time.ts';
import type { ZoneInstants } from '../cells/zone-instants.ts';

interface Spreading {
  readonly shape: DayShape;
  readonly zone: ZoneInstants;
  readonly intervalMinutes: number;
  readonly openingHours: OpeningHours;
}

type Draft = { -readonly [K in keyof TrafficRecord]: TrafficRecord[K] };

/**
 * Whole days as intervals of so many minutes, by a day's shape within opening hours. Each day keeps its sums: counts are
 * whole, and parts stay within the calls of their interval; states, such as operators, are not known of intervals.
 */
export const spreadDays = (days: readonly TrafficRecord[], spreading: Spreading): TrafficRecord[] =>
  days.flatMap((day) => spreadDay(day, spreading));

const spreadDay = (
  day: TrafficRecord,
  { shape, zone, intervalMinutes, openingHours }: Spreading,
): TrafficRecord[] => {
  const number = Math.floor(zone.local(day.startMillis + 7_200_000) / 86_400_000);
  const weekday = weekdayOfDay(number);
  const weights = weekday < 5 ? shape.workday : shape.restDay;
  const all = Array.from({ length: 1440 / intervalMinutes }, (_, slot) => slot * intervalMinutes);
  const open = all.filter((minute) => isOpen(openingHours, weekday, minute));
  // a day of calls on which the line is closed by its hours was open all the same
  const minutes = open.length > 0 ? open : all;
  const instants = minutes.flatMap((minute) => {
    const instant = zone.earlier(number * 86_400_000 + minute * 60_000);
    return Number.isNaN(instant) ? [] : [{ instant, weight: weights[Math.floor(minute / 60)] ?? 0 }];
  });
  const whole = instants.reduce((sum, { weight }) => sum + weight, 0) || 1;
  let reached = 0;
  let before = parts(day, 0, 0);
  return instants.map(({ instant, weight }, i): TrafficRecord => {
    reached = i === instants.length - 1 ? whole : reached + weight;
    const calls = Math.round((day.offered * reached) / whole);
    const now = parts(day, calls, reached / whole);
    const record: Draft = {
      queue: day.queue,
      startMillis: instant,
      intervalMinutes,
      offered: calls - (before.offered ?? 0),
    };
    for (const measure of Object.keys(now) as TrafficMeasure[])
      record[measure] = (now[measure] ?? 0) - (before[measure] ?? 0);
    before = now;
    return record;
  });
};

type Sums = Partial<Record<TrafficMeasure, number>>;

/** What came of calls, and what is counted within another measure. */
const outcomes = ['answered', 'abandoned', 'blocked'] as const;
const within = [
  ['answeredInThreshold', 'answered'],
  ['shortAbandoned', 'abandoned'],
  ['redials', 'offered'],
] as const;

/** Every other measure of which intervals add up to the day: what is a state, such as people on duty, does not. */
const otherSums = trafficMeasures.filter(
  (measure) =>
    measure !== 'offered' &&
    !('state' in trafficFields[measure]) &&
    !outcomes.some((outcome) => outcome === measure) &&
    !within.some(([inner]) => inner === measure),
);

/**
 * What a day has of each measure once so many of its calls, and such a share of its time, have passed. Each part is
 * taken of what the parts before it leave, so that in no interval they are more than its calls.
 */
const parts = (day: TrafficRecord, calls: number, share: number): Sums => {
  const sums: Sums = { offered: calls };
  let [left, leftOfDay] = [calls, day.offered];
  for (const outcome of outcomes) {
    const whole = day[outcome];
    if (whole === undefined) continue;
    // calls that are booked when they end may be more than came
    const taken =
      whole > leftOfDay ? Math.round(whole * share) : Math.round((left * whole) / (leftOfDay || 1));
    sums[outcome] = taken;
    [left, leftOfDay] = [Math.max(0, left - taken), Math.max(0, leftOfDay - whole)];
  }
  for (const [inner, outer] of within) {
    const whole = day[inner];
    if (whole !== undefined) sums[inner] = Math.round(((sums[outer] ?? 0) * whole) / (day[outer] || 1));
  }
  const passed = day.offered === 0 ? share : calls / day.offered;
  for (const measure of otherSums) {
    const whole = day[measure];
    if (whole === undefined) continue;
    sums[measure] = trafficFields[measure].type === 'count' ? Math.round(whole * passed) : whole * passed;
  }
  return sums;
};
