import type { PreparedHistory } from '../history/prepare-history.ts';

/** Days that calendar and events leave alone, by their weeks: what effects of causes are learnt from. */
export interface PlainDays {
  /** Days since the history's first, in order. */
  readonly days: Int32Array;
  /** Week and weekday class of each, as numbers from 0. */
  readonly week: Int32Array;
  readonly weekday: Int32Array;
  readonly weeks: number;
}

/** Days of a week that must be plain for it to say anything. */
const leastOfWeek = 4;
/** A weekday's usual place in its week is learnt anew every so many weeks. */
export const weeksOfHabit = 26;

/** Days of whole weeks before `until` without holidays, what surrounds them, and events. */
export const plainDays = ({ features: f, totals }: PreparedHistory, until: number): PlainDays => {
  const isPlain = (d: number): boolean =>
    totals[d]! > 0 &&
    f.holiday[d] === 0 &&
    f.after[d] === 0 &&
    f.before[d] === 0 &&
    f.bridge[d] === 0 &&
    f.weekdayClass[d]! < 7 &&
    f.events.every(({ strength }) => strength[d]! < 0.05);
  const days: number[] = [];
  const week: number[] = [];
  const weekday: number[] = [];
  let weeks = 0;
  for (let start = until % 7; start + 7 <= until; start += 7) {
    const own = Array.from({ length: 7 }, (_, i) => start + i).filter(isPlain);
    if (own.length < leastOfWeek) continue;
    for (const d of own) {
      days.push(d);
      week.push(weeks);
      weekday.push(7 * Math.floor(weeks / weeksOfHabit) + f.weekdayClass[d]!);
    }
    weeks += 1;
  }
  return {
    days: Int32Array.from(days),
    week: Int32Array.from(week),
    weekday: Int32Array.from(weekday),
    weeks,
  };
};

const rounds = 30;

const lessMeans = (values: Float64Array, group: Int32Array): void => {
  const sums: number[] = [];
  const counts: number[] = [];
  values.forEach((value, i) => {
    const g = group[i]!;
    sums[g] = (sums[g] ?? 0) + value;
    counts[g] = (counts[g] ?? 0) + 1;
  });
  for (let i = 0; i < values.length; i += 1) values[i]! -= sums[group[i]!]! / counts[group[i]!]!;
};

/** What of a series its weeks and weekdays do not tell: both are taken off until nothing of them is left. */
export const withinWeeks = (values: Float64Array, { week, weekday }: PlainDays): Float64Array => {
  const left = values.slice();
  for (let round = 0; round < rounds; round += 1) {
    lessMeans(left, weekday);
    lessMeans(left, week);
  }
  return left;
};
