import { medianOf, weekdayRule } from './weekday-rule.ts';

/** Median of the last four same weekdays, slot by slot: the bar that every method must beat. */
export const weekdayMedian = weekdayRule('weekday-median', 4, medianOf);
