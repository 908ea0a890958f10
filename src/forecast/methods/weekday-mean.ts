import { meanOf, weekdayRule } from './weekday-rule.ts';

/** Mean of the last six same weekdays, slot by slot. */
export const weekdayMean = weekdayRule('weekday-mean', 6, meanOf);
