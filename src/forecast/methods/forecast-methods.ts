import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/series-statistics.ts';
import { fillHorizon, type ForecastMethod, forecastMethod, weekdayAt } from './forecast-method.ts';
import { harmonicRegression } from './harmonic-regression.ts';
import { holtWinters } from './holt-winters.ts';
import { lowRank } from './low-rank.ts';
import { poissonRegression, poissonTrend } from './poisson-regression.ts';

/** The latest known counts of a slot on a weekday, at most `most`. */
const latestCounts = (history: PreparedHistory, weekday: number, slot: number, most: number): number[] => {
  const slots = history.slotOf.length;
  const found: number[] = [];
  for (let day = history.days - 1; day >= 0 && found.length < most; day -= 1) {
    const calls = history.values[day * slots + slot]!;
    if (weekdayAt(history, day) === weekday && !Number.isNaN(calls)) found.push(calls);
  }
  return found;
};

/** A forecast from the last few days of the same weekday, slot by slot; 0 where there is none. */
const weekdayRule = (
  most: number,
  combine: (latestFirst: readonly number[]) => number,
): ForecastMethod<WeekdayTable> =>
  forecastMethod<WeekdayTable>(
    (history) => {
      const slots = history.slotOf.length;
      const table = Array.from({ length: 7 * slots }, (_, i) => {
        const latest = latestCounts(history, Math.floor(i / slots), i % slots, most);
        return latest.length === 0 ? 0 : combine(latest);
      });
      return { table };
    },
    ({ table }, ahead) =>
      fillHorizon(ahead, (day, slot) => table[weekdayAt(ahead, day) * ahead.slotOf.length + slot] ?? 0),
  );

/** The last day of the same weekday, as it was. */
const seasonalNaive = weekdayRule(1, ([last = 0]) => last);

/** Arithmetic mean; NaN of nothing. */
const meanOf = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0) / values.length;

/** Mean of the last six same weekdays, slot by slot. */
const weekdayMean = weekdayRule(6, meanOf);

/** Middle value; NaN of nothing. */
const medianOf = (values: readonly number[]): number => median(values);

/** Median of the last four same weekdays, slot by slot: the bar that every method must beat. */
const weekdayMedian = weekdayRule(4, medianOf);

/** Methods that can be asked for by name, as help lists them; `auto` mixes several on evidence. */
const methods = {
  'seasonal-naive': seasonalNaive,
  'weekday-mean': weekdayMean,
  'weekday-median': weekdayMedian,
  'holt-winters': holtWinters,
  'harmonic-regression': harmonicRegression,
  'poisson-regression': poissonRegression,
  'poisson-trend': poissonTrend,
  'calendar-regression': 'form of the level',
  'low-rank': lowRank,
  'day-level': 'form of the level',
  'day-level-trend': 'form of the level',
} satisfies Readonly<Record<string, ForecastMethod | 'form of the level'>>;

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(table) as Name[];

export const methodNames = namesOf(methods);

export type MethodName = (typeof methodNames)[number];

/** The method of that name that forecasts slots directly; undefined of a form of the day's level, and of their mix. */
export const slotMethod = (name: 'auto' | MethodName): ForecastMethod | undefined => {
  const method: ForecastMethod | 'form of the level' | undefined =
    name === 'auto' ? undefined : methods[name];
  return method === 'form of the level' ? undefined : method;
};

/** Calls per weekday × active slot. */
interface WeekdayTable {
  readonly table: readonly number[];
}
