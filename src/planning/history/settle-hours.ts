import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import type { HoursInUse } from '../../contract/models/opening-hours-schema.ts';
import { partMakeUpDays } from '../../forecast/history/make-up-days.ts';
import { openingMask } from '../../forecast/history/opening-pattern.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import {
  closesEver,
  hoursOfMask,
  spansOfDay,
  type OpeningHours,
  type WeekdayHours,
} from '../../kernel/opening-hours.ts';
import { weeklyHours } from '../../kernel/weekly-hours.ts';
import { dayNumber, type PlainDate } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Closed stretches shorter than this, in minutes, are quiet intervals of small lines, not closing hours. */
export const leastClosedMinutes = 60;

/**
 * The hours that a line is open: those that its model states, else those in which the history before `origin` shows
 * calls of any queue. Every queue is forecast in its own hours within them. Make-up workdays teach hours of their own
 * and none of their weekday.
 */
export const settleHours = (
  stated: OpeningHours,
  grids: ReadonlyMap<string, DayGrid>,
  origin: PlainDate,
  calendar: Calendar,
): HoursInUse => {
  const before = Math.min(dayNumber(origin), dayAfterData(grids));
  const parted = [...grids.values()].map((grid) => partMakeUpDays(grid, before, calendar));
  const learnt = written(
    learntHours(
      parted.map(({ ordinary }) => ordinary),
      before,
    ),
  );
  const intervalMinutes = parted[0]?.ordinary.intervalMinutes ?? 1440;
  const makeUp = anyOf(parted.flatMap((own) => own.makeUp ?? []));
  return {
    ...(stated === 'learn'
      ? { source: 'learnt', week: learnt, learnt }
      : { source: 'stated', week: written(stated), learnt }),
    ...(makeUp === undefined ? {} : { makeUpWorkdays: makeUpHours(makeUp, intervalMinutes) }),
  };
};

/**
 * The day after the last with data: where nothing was brought in for long, the hours are those that there were, and not
 * every day closed.
 */
const dayAfterData = (grids: ReadonlyMap<string, DayGrid>): number =>
  Math.max(
    ...[...grids.values()].map(
      ({ firstDate, values, slotsPerDay }) =>
        dayNumber(firstDate) +
        Math.floor(values.findLastIndex((calls) => !Number.isNaN(calls)) / slotsPerDay) +
        1,
    ),
  );

/** 1 where any of the masks has one; undefined without masks. */
const anyOf = (masks: readonly Uint8Array[]): Uint8Array | undefined =>
  masks[0]?.map((_, slot) => (masks.some((mask) => mask[slot] === 1) ? 1 : 0));

const makeUpHours = (open: Uint8Array, intervalMinutes: number): Week[number] => {
  const week = Uint8Array.from({ length: 7 * open.length }, (_, i) => valueAt(open, i % open.length));
  bridgeShortBreaks(week, Math.ceil(leastClosedMinutes / intervalMinutes));
  return written(hoursOfMask(week, intervalMinutes))[0] ?? null;
};

/** Open where any queue is; queues too young to have seen every weekday say nothing of those they have not seen. */
const learntHours = (grids: readonly DayGrid[], before: number): WeekdayHours[] => {
  const [first] = grids;
  if (first === undefined) return hoursOfMask(new Uint8Array(7).fill(1), 1440);
  const { slotsPerDay, intervalMinutes } = first;
  const old = grids.filter((grid) => before - dayNumber(grid.firstDate) >= 7);
  const open = new Uint8Array(7 * slotsPerDay);
  for (const grid of old.length > 0 ? old : grids)
    openingMask(grid, before).forEach((is, slot) => (open[slot] = is === 1 ? 1 : valueAt(open, slot)));
  bridgeShortBreaks(open, Math.ceil(leastClosedMinutes / intervalMinutes));
  return hoursOfMask(open, intervalMinutes);
};

/** Opens closed runs of fewer slots than `least`; the week is a ring. */
const bridgeShortBreaks = (open: Uint8Array, least: number): void => {
  const n = open.length;
  const start = open.indexOf(1);
  if (start < 0) return;
  for (let k = 0, run = 0; k <= n; k += 1) {
    if (open[(start + k) % n] === 0) run += 1;
    else {
      if (run > 0 && run < least) for (let i = 1; i <= run; i += 1) open[(start + k - i) % n] = 1;
      run = 0;
    }
  }
};

type Week = HoursInUse['week'];

const written = (week: readonly WeekdayHours[]): Week =>
  week.map((day): Week[number] => {
    const [first, ...more] = spansOfDay(day);
    return first === undefined
      ? null
      : more.length === 0
        ? { ...first }
        : [first, ...more].map((span) => ({ ...span }));
  });

/** Says which hours were learnt, and how to keep them; nothing where the hours are stated or never close. */
export const tellLearntHours = (hours: HoursInUse): readonly Sayable[] => {
  if (hours.source === 'stated' || !closesEver(hours.week)) return [];
  return [planningFinding('opening-hours-learnt', { hours: weeklyHours(hours.week) })];
};
