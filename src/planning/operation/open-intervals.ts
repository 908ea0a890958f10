import type { Demand } from '../../kernel/hotline.ts';
import { openingOf } from '../history/line-history.ts';
import type { Models } from '../ports.ts';
import type { WeekHorizon } from './week-horizon.ts';
import { valueAt } from '../../kernel/value-at.ts';

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
