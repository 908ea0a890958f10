import type { DayFeatures } from './day-features.ts';
import { median } from '../numbers/robust.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Days back in which the week's rhythm is read. */
const recentDays = 84;
/** Fewest days of a kind that show its level. */
const leastDays = 3;
/** A day of rest this close to the working days (log scale) says nothing of holidays. */
const tellingGap = 0.1;
/** Share of a holiday's log factor that a half day is expected to have. */
const halfDay = 0.5;
/** Holidays seen by which the expectation has lost half its say: then they speak for themselves. */
const halfSaid = 5;

/**
 * What is a holiday like before the line has seen one? Like its day of rest: where weekends are quiet a holiday
 * is quiet too, where they are busy (a health line) it is busy. Writes the log factor of every full holiday,
 * and half of it for half days, to `features.holidayPrior`; 0 where no weekend day was ever answered. `totals` are the history's day totals.
 */
export const markHolidayPrior = (features: DayFeatures, totals: Float64Array): void => {
  let seen = 0;
  for (let day = 0; day < totals.length; day += 1)
    if (features.holiday[day] === 1 && valueAt(totals, day) > 0) seen += 1;
  const logs: number[][] = Array.from({ length: 7 }, () => []);
  for (let day = Math.max(0, totals.length - recentDays); day < totals.length; day += 1) {
    const dayClass = valueAt(features.weekdayClass, day);
    if (dayClass > 6 || valueAt(features.holiday, day) > 0 || !(valueAt(totals, day) > 0)) continue;
    valueAt(logs, dayClass).push(Math.log(valueAt(totals, day)));
  }
  const levels = logs.map((l) => (l.length >= leastDays ? median(l) : Number.NaN));
  const working = levels.slice(0, 4).filter((l) => !Number.isNaN(l));
  const resting = levels.slice(5).filter((l) => !Number.isNaN(l));
  if (working.length === 0 || resting.length === 0) return;
  const usual = median(working);
  const rest = resting.reduce((a, b) => (Math.abs(b - usual) > Math.abs(a - usual) ? b : a));
  const say = halfSaid / (halfSaid + seen);
  for (let day = 0; day < features.count; day += 1) {
    const part = features.holiday[day] === 1 ? 1 : features.half[day] === 1 ? halfDay : 0;
    if (part === 0) continue;
    const own = valueAt(levels, (features.firstDay + day + 3) % 7);
    const gap = rest - (Number.isNaN(own) ? usual : own);
    features.holidayPrior[day] = part * say * Math.sign(gap) * Math.max(0, Math.abs(gap) - tellingGap);
  }
};
