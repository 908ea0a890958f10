import type { HoursInUse } from '../../contract/models/model-fields.ts';
import { openingMask, partMakeUpDays } from '../../forecast/history/opening-pattern.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import {
  clockText,
  type OpeningHours,
  type OpenSpan,
  spansOfDay,
  type WeekdayHours,
  weeklySpans,
} from '../../kernel/time-window.ts';
import { addDays, dayNumber, type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { planningFinding } from '../planning-findings.ts';

/** Closed stretches shorter than this, in minutes, are quiet intervals of small lines, not closing hours. */
const leastClosedMinutes = 60;

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

type IsOpen = (date: PlainDate, slot: number) => boolean;

/** Fewest days of one weekday behind us that can say anything of it. */
const leastDays = 3;

/**
 * Says in which open hours the history of at least three weeks never holds a call, be it that no row covers them or
 * that every row is zero: operators are rostered there for the least number only. One notice; none where every open
 * hour has had a call.
 */
export const openHoursWithoutCalls = (grids: ReadonlyMap<string, DayGrid>, isOpen: IsOpen): Sayable[] => {
  const first = [...grids.values()][0];
  if (first === undefined) return [];
  const { slotsPerDay, intervalMinutes } = first;
  const silent = silentSlots([...grids.values()], isOpen, slotsPerDay);
  const hours = weeklySpans(silent.map((week) => spansOf(week, intervalMinutes)));
  return hours === undefined ? [] : [planningFinding('open-hours-without-calls', { hours })];
};

/** Per weekday (Monday 0), 1 for each slot that was open on three days or more and never had a call of any queue. */
const silentSlots = (grids: readonly DayGrid[], isOpen: IsOpen, slotsPerDay: number): Uint8Array[] => {
  const openDays = Array.from({ length: 7 }, () => new Float64Array(slotsPerDay));
  const calls = Array.from({ length: 7 }, () => new Float64Array(slotsPerDay));
  for (const grid of grids) {
    const seen = Array.from({ length: 7 }, () => new Float64Array(slotsPerDay));
    for (let day = 0; day < grid.dayCount; day += 1) {
      const date = addDays(grid.firstDate, day);
      const weekday = weekdayOf(date);
      const [days, came] = [seen[weekday], calls[weekday]];
      if (days === undefined || came === undefined) continue;
      for (let slot = 0; slot < slotsPerDay; slot += 1) {
        const value = valueAt(grid.values, day * slotsPerDay + slot);
        if (isOpen(date, slot)) addAt(days, slot, 1);
        if (!Number.isNaN(value)) addAt(came, slot, value);
      }
    }
    openDays.forEach((days, w) => {
      days.forEach((count, slot) => (days[slot] = Math.max(count, seen[w]?.[slot] ?? 0)));
    });
  }
  return openDays.map((days, w) =>
    Uint8Array.from(days, (count, slot) => (count >= leastDays && calls[w]?.[slot] === 0 ? 1 : 0)),
  );
};

/** Clock spans of a weekday's silent slots; one across midnight is one span, a silent day is 00:00–24:00. */
const spansOf = (silent: Uint8Array, intervalMinutes: number): string[] => {
  const runs: { from: number; to: number }[] = [];
  silent.forEach((is, slot) => {
    const last = runs.at(-1);
    if (is !== 1) return;
    if (last?.to === slot) last.to = slot + 1;
    else runs.push({ from: slot, to: slot + 1 });
  });
  const [first, last] = [runs[0], runs.at(-1)];
  if (first !== undefined && last !== undefined && first !== last)
    if (first.from === 0 && last.to === silent.length) {
      runs.shift();
      last.to += first.to;
    }
  return runs
    .filter(({ from, to }) => (to - from) * intervalMinutes >= leastClosedMinutes)
    .map(({ from, to }) => `${clock(from * intervalMinutes)}–${clock(to * intervalMinutes)}`);
};

const clock = (minutes: number): string => clockText(minutes > 1440 ? minutes - 1440 : minutes);

/** Hours of a week from a mask of seven days × slots (1 is open), as they are written in models/hotline.json. */
const hoursOfMask = (mask: Uint8Array, intervalMinutes: number): WeekdayHours[] => {
  const slots = mask.length / 7;
  return Array.from({ length: 7 }, (_, weekday): WeekdayHours => {
    const spans: OpenSpan[] = [];
    const day = mask.subarray(weekday * slots, (weekday + 1) * slots);
    for (let from = day.indexOf(1); from >= 0;) {
      const closed = day.indexOf(0, from);
      const to = closed < 0 ? slots : closed;
      spans.push({ from: clockText(from * intervalMinutes), to: clockText(to * intervalMinutes) });
      from = closed < 0 ? -1 : day.indexOf(1, to);
    }
    return spans.length > 1 ? spans : (spans[0] ?? null);
  });
};
