import { useMemo } from 'react';
import { weekOf } from '../../kernel/time.ts';
import { dayRate, operatorsWith } from './day-rate.ts';
import type { DraftControl, RosterParts } from './use-draft.ts';

export interface DayRates {
  /** Connection rate of the chosen day as the roster was stored, and with the edits. */
  readonly before: number;
  readonly now: number;
  /** Ready operators of the day's week by tier, with the edits. */
  readonly operators: ReadonlyMap<string, Float64Array>;
}

/** What callers meet on a day, moving with the edits. */
export const useDayRate = (
  { document, basis, operations }: RosterParts,
  { draft, moves }: DraftControl,
  day: number,
): DayRates => {
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const week = basis.weeks.find((one) => one.week === weekOf(date));
  const plannedOperation = operations.get(week?.plan ?? '');
  const { problem } = draft;
  const stored = useMemo(
    () =>
      week === undefined || plannedOperation === undefined
        ? none
        : operatorsWith({ problem, document, basis, plannedOperation }, week, []),
    [week, plannedOperation, problem, document, basis],
  );
  const operators = useMemo(() => {
    if (week === undefined || plannedOperation === undefined) return stored;
    const own = moves.filter((move) => weekOf(document.days[move.day]?.date ?? '') === week.week);
    return own.length === 0
      ? stored
      : operatorsWith({ problem, document, basis, plannedOperation }, week, own);
  }, [week, plannedOperation, problem, document, basis, moves, stored]);
  const rateOf = (of: DayRates['operators']): number =>
    plannedOperation === undefined ? Number.NaN : dayRate(plannedOperation, weekday, of);
  const before = useMemo(() => rateOf(stored), [plannedOperation, weekday, stored]);
  const now = useMemo(
    () => (operators === stored ? before : rateOf(operators)),
    [plannedOperation, weekday, operators, stored, before],
  );
  return { before, now, operators };
};

const none: DayRates['operators'] = new Map();
