import { usualLaw } from '../../intraday/residual-law.ts';
import { buildRest, worthOfPresent } from '../../intraday/rest-of-day.ts';
import type { MeasuredDay } from '../../intraday/watched-day.ts';
import { noRatePaths } from '../../kernel/hotline.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, localClock, startOfDay, weekdayOf, weekOf } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { History } from '../history/read-history.ts';
import { spanHorizon } from '../operation/week-horizon.ts';
import {
  type AskedDay,
  dayOperation,
  type DayPorts,
  firstCalls,
  pictureOf,
  tellsPresence,
  yesterdayOf,
} from './day-picture.ts';

/** A day so many days before, as the same plan has its weekday, and over. */
const dayBefore = (asked: AskedDay, back: number): AskedDay => {
  const { stored } = asked;
  const { planned, week } = stored;
  const date = addDays(asked.date, -back);
  const day = spanHorizon(weekOf(date), date, 1, planned.models.hotline.zone, week.horizon.intervalMinutes);
  const inWeek = week.dates.findIndex((own) => weekdayOf(own) === weekdayOf(date));
  const operation = dayOperation(planned, week.day.indexOf(inWeek), day);
  return { ...asked, date, day, now: day.horizon.count, operation };
};

/** Days whose handle times tell how those of an ordinary day differ from the plan's. */
const pastHandleDays = 70;

/** Handle times of past days against the plan's. */
export const handledBefore = (
  queue: string,
  { stored, day, date }: AskedDay,
  history: History,
): ReadonlyMap<string, MeasuredDay> => {
  const columns = history.queues.find((own) => own.queue === queue);
  const planned = stored.planned.demand.queues.find((own) => own.queue === queue);
  const found = new Map<string, MeasuredDay>();
  if (columns === undefined || planned === undefined) return found;
  const { zone, intervalMinutes } = day.horizon;
  const { week } = stored;
  const clock = localClock(zone);
  const since = startOfDay(addDays(date, -pastHandleDays), zone);
  const slots = 1440 / intervalMinutes;
  const bySlot = new Map(
    week.starts.map((_, i) => [
      weekdayOf(week.dates[valueAt(week.day, i)] ?? date) * slots + valueAt(week.slot, i),
      i,
    ]),
  );
  columns.startMillis.forEach((start, k) => {
    if (start < since || start >= day.horizon.startMillis) return;
    const { date: on, minute } = clock(start);
    const slot = Math.floor(minute / intervalMinutes);
    const at = bySlot.get(weekdayOf(on) * slots + slot);
    const [answered, seconds] = [valueAt(columns.answered, k), valueAt(columns.handleSecondsTotal, k)];
    if (at === undefined || !(answered > 0) || Number.isNaN(seconds)) return;
    const measured = found.get(on) ?? {
      came: new Float64Array(slots).fill(Number.NaN),
      expected: new Float64Array(slots),
      weight: new Float64Array(slots),
    };
    found.set(on, measured);
    measured.came[slot] = seconds;
    measured.expected[slot] = answered * valueAt(planned.handleTimeSeconds, at);
    measured.weight[slot] = answered;
  });
  return found;
};

/** Days before whose presence is asked what it was worth. */
const daysBefore = 3;
/** How much of what a day has shown of it holds on the next. */
const holdsOn = 0.6;

/** What those present were worth on the days before, one after the other: with that a day begins. null: nobody tells. */
export const worthBefore = async (
  ports: DayPorts,
  asked: AskedDay,
  history: History,
  grids: ReadonlyMap<string, DayGrid>,
): Promise<number | null> => {
  let worth: number | null = null;
  for (let back = daysBefore; back > 0; back -= 1) {
    const day = dayBefore(asked, back);
    const picture = await pictureOf(ports, day, history);
    if (!tellsPresence(picture)) continue;
    const first = firstCalls(day, history, grids);
    const ahead = day.operation.demand.queues.map(({ queue, freshMean }) => ({
      queue,
      mean: freshMean.map((mean, i) => {
        const came = first.get(queue)?.[i] ?? Number.NaN;
        return Number.isNaN(came) ? mean : came;
      }),
      ratePaths: noRatePaths,
      pathCount: 0,
      morning: freshMean,
      handleLaw: usualLaw(1),
    }));
    const answered = Float64Array.from({ length: day.now }, (_, i) =>
      picture.queues.reduce((sum, { seen }) => sum + (seen.answered[i] || 0), 0),
    );
    // Where nobody was answered the switch may have failed.
    const mute = Uint8Array.from(answered, (calls) => (calls > 0 ? 0 : 1));
    const { operation } = buildRest(picture, { ahead, yesterday: yesterdayOf(history, day.day), mute });
    worth = 1 + holdsOn * (worthOfPresent(operation, day.now, answered, mute, worth ?? 1) - 1);
  }
  return worth;
};
