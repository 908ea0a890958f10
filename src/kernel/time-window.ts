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

/** A clock time 'HH:MM'; one that may end a day, 24:00; one that may end a window in the next day, until 47:59. */
export const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;
export const closingTime = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
export const windowEnd = /^(?:[0-3]\d|4[0-7]):[0-5]\d$/;

/** Minutes after midnight of 'HH:MM', seconds left out; 24:00 is 1440. */
export const minuteOf = (clock: string): number => 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3, 5));

/** Minute of the day as 'HH:MM'; 1440 is '24:00'. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes from midnight to a start and to its end, which lies on the next day where it is not after the start. */
export const spanMinutes = (start: string, end: string): readonly [number, number] => {
  const [from, to] = [minuteOf(start), minuteOf(end)];
  return [from, to > from ? to : to + dayMinutes];
};

/** A window in minutes of the day: what is asked of it again and again is read from its text once. */
interface Span {
  readonly weekdays: readonly number[] | undefined;
  readonly from: number;
  /** After `from`; beyond a day's minutes where it ends in the next day. */
  readonly until: number;
}

export const spanOf = ({ weekdays, from, to }: TimeWindow): Span => {
  const [start, until] = spanMinutes(from ?? '00:00', to ?? '24:00');
  return { weekdays, from: start, until };
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

/** Opening and closing clock time; a `to` not after `from` lies in the next day. */
export interface OpenSpan {
  readonly from: string;
  readonly to: string;
}

/** A weekday's open hours: one span, several (a lunch break between them), or null when closed all day. */
export type WeekdayHours = OpenSpan | readonly OpenSpan[] | null;

/** Hours per weekday, Monday first; 'learn' where nobody has stated them and the data are to tell. */
export type OpeningHours = readonly WeekdayHours[] | 'learn';

const isList = (day: OpenSpan | readonly OpenSpan[]): day is readonly OpenSpan[] => Array.isArray(day);

/** The spans of a weekday in order; none when it is closed. */
export const spansOfDay = (day: WeekdayHours | undefined): readonly OpenSpan[] =>
  day === null || day === undefined ? [] : isList(day) ? day : [day];

/**
 * True while the line is open on a weekday (Monday 0) at a minute of the day; hours past midnight wrap. Hours that are
 * still to be learnt close nothing.
 */
export const isOpen = (hours: OpeningHours, weekday: number, minute: number): boolean => {
  if (hours === 'learn') return true;
  const within = (day: WeekdayHours | undefined, at: number): boolean =>
    spansOfDay(day).some(({ from, to }) => {
      const [opens, closes] = spanMinutes(from, to);
      return at >= opens && at < closes;
    });
  return within(hours[weekday], minute) || within(hours[(weekday + 6) % 7], minute + dayMinutes);
};

/** True where a week has closed hours. */
export const closesEver = (week: readonly WeekdayHours[]): boolean =>
  week.some((day) => !spansOfDay(day).some(({ from, to }) => from === '00:00' && to === '24:00'));

/** Weekdays from Monday (0) that have the same hours; none: closed. */
interface SameHours {
  readonly weekdays: readonly number[];
  /** Clock spans such as '08:30–17:30'. */
  readonly spans: readonly string[];
}

/** A finding: what a week's hours are said by. */
interface WeeklyHours {
  readonly code: 'weekly-hours';
  readonly values: { readonly days: readonly SameHours[] };
}

const hoursFinding = (days: readonly SameHours[]): WeeklyHours => ({
  code: 'weekly-hours',
  values: { days },
});

/** A week's opening hours, weekdays of the same hours together; a day without any is closed. */
export const weeklyHours = (week: readonly WeekdayHours[]): WeeklyHours =>
  hoursFinding(sameHours(week.map((day) => spansOfDay(day).map(({ from, to }) => `${from}–${to}`))));

/** Clock spans within a week, weekdays of the same spans together; undefined where no day has any. */
export const weeklySpans = (week: readonly (readonly string[])[]): WeeklyHours | undefined => {
  const days = sameHours(week).filter(({ spans }) => spans.length > 0);
  return days.length === 0 ? undefined : hoursFinding(days);
};

const sameHours = (week: readonly (readonly string[])[]): SameHours[] => {
  const groups = new Map<string, { readonly weekdays: number[]; readonly spans: readonly string[] }>();
  week.forEach((spans, weekday) => {
    const group = groups.get(spans.join()) ?? { weekdays: [], spans };
    group.weekdays.push(weekday);
    groups.set(spans.join(), group);
  });
  return [...groups.values()];
};

/** Start of a day's interval that is not over as of a clock time: from there on the day is projected. */
export const restStart = ({
  asOf,
  intervals: { starts },
}: {
  readonly asOf: string;
  readonly intervals: { readonly starts: readonly string[] };
}): string => (asOf.endsWith('T24:00') ? asOf : (starts.findLast((start) => start <= asOf) ?? asOf));

interface ClockSpan {
  readonly from: string;
  readonly to: string;
}

/** The parts of a day's interval of which calls are known: before `until` and outside of the gaps. */
export const heardOf = (
  starts: readonly string[],
  i: number,
  gaps: readonly ClockSpan[],
  until: string | null,
): readonly ClockSpan[] => {
  const from = starts[i] ?? '';
  const end = starts[i + 1] ?? `${from.slice(0, 10)}T24:00`;
  const whole = { from, to: until !== null && until < end ? until : end };
  return gaps
    .reduce<readonly ClockSpan[]>(
      (parts, gap) =>
        parts.flatMap((part) =>
          gap.to <= part.from || gap.from >= part.to
            ? [part]
            : [
                { from: part.from, to: gap.from },
                { from: gap.to, to: part.to },
              ],
        ),
      until === null ? [] : [whole],
    )
    .filter((part) => part.from < part.to);
};

/** Start of the interval that a wall clock 'YYYY-MM-DDTHH:MM' lies in. */
export const intervalStart = (clock: string, minutes: number): string =>
  clock.slice(0, 11) + clockText(minuteOf(clock.slice(11)) - (minuteOf(clock.slice(11)) % minutes));

/** Whether an action waits for an answer that can still come in time, in a day projected from `began` on. */
export const isAwaited = (
  { state, action: { latest } }: { readonly state: string; readonly action: { readonly latest: string } },
  began: string,
): boolean => state === 'asked' && latest >= began;
