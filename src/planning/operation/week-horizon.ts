import type { PromptSpan } from '../../contract/documents/schema-parts.ts';
import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { PromptSpanChoice } from '../../diversion/prompt-spans.ts';
import { type Problem, UsageError } from '../../kernel/errors.ts';
import type { Demand, Horizon } from '../../kernel/hotline.ts';
import { untranslated } from '../../kernel/text.ts';
import { clockText } from '../../kernel/time-window.ts';
import {
  addDays,
  datesFrom,
  dayNumber,
  localClock,
  mondayOfWeek,
  type PlainDate,
  startOfDay,
  weekOf,
} from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { openingOf } from '../history/line-history.ts';
import { planningFinding, planningProblem } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

/** An ISO week of a hotline as intervals, and where each interval lies on the local wall clock. */
export interface WeekHorizon {
  readonly week: string;
  readonly firstDate: PlainDate;
  readonly dates: readonly PlainDate[];
  readonly horizon: Horizon;
  /** Day of each interval, as an index of `dates`. */
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

/**
 * 1 for each interval in which the line is open: by its hours on days on which any call is expected (a holiday on which
 * nobody ever called is closed), and wherever calls are expected (a make-up workday is open whatever its weekday).
 */
export const openIntervals = (
  models: Models,
  week: WeekHorizon,
  { queues }: Pick<Demand, 'queues'>,
): Uint8Array => {
  const isOpen = openingOf(models);
  const expected = week.day.map((_, i) =>
    queues.some(({ freshMean }) => valueAt(freshMean, i) > 0) ? 1 : 0,
  );
  const called = new Set(week.day.filter((_, i) => expected[i] === 1));
  return Uint8Array.from(expected, (calls, i) => {
    const day = valueAt(week.day, i);
    return calls === 1 ||
      (called.has(day) && isOpen(week.dates[day] ?? week.firstDate, valueAt(week.slot, i)))
      ? 1
      : 0;
  });
};

/** A chosen prompt as documents show it: names, local clock times and words. */
export const writeSpan = (span: PromptSpanChoice, catalogue: PromptsModel, week: WeekHorizon): PromptSpan => {
  const entry = catalogue.prompts.find((prompt) => prompt.prompt === span.prompt);
  return {
    prompt: span.prompt,
    name: entry?.name ?? untranslated(span.prompt),
    kind: entry?.kind ?? 'online-channel',
    queue: span.queue,
    date: week.dates[valueAt(week.day, span.from)] ?? week.firstDate,
    from: (week.starts[span.from] ?? '').slice(11),
    to: clockText((valueAt(week.slot, span.to - 1) + 1) * week.horizon.intervalMinutes),
    announcement: span.announcement,
    announcementSeconds: span.announcementSeconds,
    ...(span.waitAboveSeconds > 0 ? { waitAboveSeconds: span.waitAboveSeconds } : {}),
    callersDiverted: span.callersDiverted,
  };
};

/** A day whose rows end before that hour is still running, or has not come whole: lines may close early, or be quiet late. */
const eveningHour = 17;

/** The ISO week after the one that holds the last whole day of traffic: with a Monday's morning it is the running one. */
export const nextWeek = (
  summary: readonly {
    readonly firstMillis: number;
    readonly lastMillis: number;
    readonly intervalMinutes: number;
  }[],
  zone: string,
): string => {
  const dayOf = (millis: number): string => localClock(zone)(millis).date;
  const last = Math.max(...summary.map((queue) => queue.lastMillis + queue.intervalMinutes * 60_000)) - 1;
  const first = dayOf(Math.min(...summary.map((queue) => queue.firstMillis)));
  const { date, minute } = localClock(zone)(last);
  const isWhole = date === first || minute + 1 >= eveningHour * 60;
  return weekOf(addDays(date, isWhole ? 7 : 6));
};
