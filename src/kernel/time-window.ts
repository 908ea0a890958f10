/** Hours of some weekdays on the local clock. */
export interface TimeWindow {
  /** Weekdays on which it starts, Monday 1; left out: every day. */
  readonly weekdays?: readonly number[] | undefined;
  /** 'HH:MM'; a `to` not after `from` lies in the next day. Left out: the whole day. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Minutes of a day on the wall clock; a day on which clocks change has an hour more or less. */
export const dayMinutes = 1440;

/** Minutes after midnight of 'HH:MM', seconds left out; 24:00 is 1440. */
export const minuteOf = (clock: string): number => 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3, 5));

/** Minute of the day as 'HH:MM'; 1440 is '24:00'. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A window in minutes of the day: what is asked of it again and again is read from its text once. */
interface Span {
  readonly weekdays: readonly number[] | undefined;
  readonly from: number;
  /** After `from`; beyond a day's minutes where it ends in the next day. */
  readonly until: number;
}

export const spanOf = ({ weekdays, from, to }: TimeWindow): Span => {
  const [start, end] = [minuteOf(from ?? '00:00'), minuteOf(to ?? '24:00')];
  return { weekdays, from: start, until: end > start ? end : end + dayMinutes };
};

/** Minutes of [start, start + length) on a weekday (Monday 0) that a span covers. */
export const minutesWithin = (
  { weekdays, from, until }: Span,
  weekday: number,
  start: number,
  length: number,
): number => {
  let minutes = 0;
  for (let dayBefore = 0; dayBefore < 2; dayBefore += 1) {
    const day = (weekday - dayBefore + 7) % 7;
    if (weekdays !== undefined && !weekdays.includes(day + 1)) continue;
    const shift = dayBefore * dayMinutes;
    minutes += Math.max(0, Math.min(start + length, until - shift) - Math.max(start, from - shift));
  }
  return minutes;
};

/** Minutes of [start, start + length) on a weekday (Monday 0) that a window covers. */
export const coveredMinutes = (window: TimeWindow, weekday: number, start: number, length: number): number =>
  minutesWithin(spanOf(window), weekday, start, length);

/**
 * Whether a range held what came. An end of the range belongs to it, as is usual for counts: a range from 0 to 3 calls
 * held 0 and 3. Every coverage that the product reports counts so; where nothing is expected or comes the range holds,
 * so that over quiet intervals an 80 % range is to hold more often than in 80 of 100.
 */
export const isCovered = (came: number, low: number, high: number): boolean => came >= low && came <= high;
