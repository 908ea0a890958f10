import { openingOf } from '../history/line-history.ts';
import type { Models } from '../ports.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** 1 for each interval in which the line is open. */
export const openIntervals = (models: Models, week: WeekHorizon): Uint8Array => {
  const isOpen = openingOf(models);
  return Uint8Array.from({ length: week.horizon.count }, (_, i) =>
    isOpen(week.dates[week.day[i] ?? 0] ?? week.firstDate, week.slot[i] ?? 0) ? 1 : 0,
  );
};
