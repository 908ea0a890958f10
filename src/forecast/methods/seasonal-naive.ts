import { weekdayRule } from './weekday-rule.ts';

/** The last day of the same weekday, as it was. */
export const seasonalNaive = weekdayRule('seasonal-naive', 1, ([last = 0]) => last);
