import { planningFinding } from '../planning-findings.ts';
import { planningProblem } from '../planning-problems.ts';
import { UsageError, type Problem } from '../../kernel/errors.ts';
import type { Horizon } from '../../kernel/hotline.ts';
import {
  addDays,
  datesFrom,
  dayNumber,
  localClock,
  mondayOfWeek,
  startOfDay,
  type PlainDate,
} from '../../kernel/time.ts';
import { clockText } from '../../kernel/time-window.ts';

/** An ISO week of a hotline as intervals, and where each interval lies on the local wall clock. */
export interface WeekHorizon {
  readonly week: string;
  readonly firstDate: PlainDate;
  readonly dates: readonly PlainDate[];
  readonly horizon: Horizon;
  /** Day of the week (0–6) of each interval. */
  readonly day: Int32Array;
  /** Slot within its day of each interval. */
  readonly slot: Int32Array;
  /** Local wall clock 'YYYY-MM-DDTHH:MM' of each interval. */
  readonly starts: readonly string[];
}

/** The intervals of an ISO week such as '2026-W48'; a week with a change of clocks has more or fewer. */
export const weekHorizon = (week: string, zone: string, intervalMinutes: number): WeekHorizon => {
  const monday = mondayOfWeek(week);
  if (monday === undefined) {
    throw new UsageError(planningFinding('no-such-week', { week }));
  }
  return spanHorizon(week, monday, 7, zone, intervalMinutes);
};

/** The intervals of some whole days from a date on. */
export const spanHorizon = (
  name: string,
  firstDate: PlainDate,
  days: number,
  zone: string,
  intervalMinutes: number,
): WeekHorizon => {
  const startMillis = startOfDay(firstDate, zone);
  const count = Math.round(
    (startOfDay(addDays(firstDate, days), zone) - startMillis) / (intervalMinutes * 60_000),
  );
  const clock = localClock(zone);
  const first = dayNumber(firstDate);
  const day = new Int32Array(count);
  const slot = new Int32Array(count);
  const starts: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { date, minute } = clock(startMillis + i * intervalMinutes * 60_000);
    day[i] = dayNumber(date) - first;
    slot[i] = Math.floor(minute / intervalMinutes);
    starts.push(`${date}T${clockText(minute)}`);
  }
  return {
    week: name,
    firstDate,
    dates: datesFrom(firstDate, days),
    horizon: { zone, startMillis, intervalMinutes, count },
    day,
    slot,
    starts,
  };
};

/** The problem of a moment, given under `path`, that lies in no interval of a plan's week. */
export const outsideWeek = (path: string, moment: string, week: WeekHorizon): Problem =>
  planningProblem(path, 'outside-plan-week', moment, { week: week.week, firstDate: week.firstDate });
