import type { Sayable } from '../../kernel/finding.ts';
import { planningFinding } from '../planning-findings.ts';
import { gridDate, type DayGrid } from '../../kernel/interval-series.ts';
import { weeklySpans } from '../../kernel/weekly-hours.ts';
import { weekdayOf, type PlainDate } from '../../kernel/time.ts';
import { clockText } from '../../kernel/time-window.ts';
import { leastClosedMinutes } from './settle-hours.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

type IsOpen = (date: PlainDate, slot: number) => boolean;

/** Fewest days of one weekday behind us that can say anything of it. */
const leastDays = 3;

/**
 * Says in which open hours the history of at least three weeks never holds a call, be it that no row covers them or
 * that every row is zero: operators are rostered there for the least number only. One notice; none where every open
 * hour has had a call.
 */
export const openWithoutCalls = (grids: ReadonlyMap<string, DayGrid>, isOpen: IsOpen): Sayable[] => {
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
      const date = gridDate(grid, day);
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
