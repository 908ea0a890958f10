import { useMemo } from 'react';
import { weekOf } from '../../kernel/time.ts';
import { dayRate, operatorsWith } from './day-rate.ts';
import type { DeskControl, RosterParts } from './use-desk.ts';

export interface DayRates {
  /** Connection rate of the chosen day as the roster was stored, and with the edits. */
  readonly before: number;
  readonly now: number;
  /** Ready operators of the day's week by tier, with the edits. */
  readonly operators: ReadonlyMap<string, Float64Array>;
}

/** What callers meet on a day, moving with the edits. */
export const useDayRate = (
  { document, desk: rests, worlds }: RosterParts,
  { desk, moves }: DeskControl,
  day: number,
): DayRates => {
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const week = rests.weeks.find((one) => one.week === weekOf(date));
  const world = worlds.get(week?.plan ?? '');
  const before = useMemo(
    () =>
      week === undefined || world === undefined
        ? Number.NaN
        : dayRate(world, weekday, operatorsWith(desk, document, world, week, [])),
    [week, world, weekday, desk, document],
  );
  return useMemo(() => {
    if (week === undefined || world === undefined) return { before, now: before, operators: new Map() };
    const own = moves.filter((move) => weekOf(document.days[move.day]?.date ?? '') === week.week);
    const operators = operatorsWith(desk, document, world, week, own);
    return { before, now: own.length === 0 ? before : dayRate(world, weekday, operators), operators };
  }, [week, world, weekday, desk, document, moves, before]);
};
