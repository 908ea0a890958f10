import { meanOf, median } from '../../kernel/statistics.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, type ForecastMethod, forecastMethod, weekdayAt } from './forecast-method.ts';

/**
 * The plain forecasts that planners know, slot by slot from at most so many counts of the same weekday, latest first: the
 * last one, the mean or the median of the last few. They are the bar for everything else.
 */
export const plainRules = {
  'seasonal-naive': { most: 1, combine: ([last = 0]) => last },
  'weekday-mean': { most: 6, combine: meanOf },
  'weekday-mean-of-4': { most: 4, combine: meanOf },
  'weekday-median': { most: 4, combine: median },
} satisfies Readonly<
  Record<string, { readonly most: number; readonly combine: (latestFirst: readonly number[]) => number }>
>;
export type PlainRule = keyof typeof plainRules;
export const isPlainRule = (method: string): method is PlainRule => Object.hasOwn(plainRules, method);

/** Expected calls of a slot by the counts of the day's weekday before `origin`; 0 where nothing is known. */
const expectedCalls = (
  history: PreparedHistory,
  rule: PlainRule,
  origin: number,
  day: number,
  slot: number,
): number => {
  const { most, combine } = plainRules[rule];
  const slots = history.slotOf.length;
  const found: number[] = [];
  let d = day - 7;
  while (d >= origin) d -= 7;
  for (; d >= 0 && found.length < most; d -= 7) {
    const calls = d < history.days ? history.values[d * slots + slot]! : Number.NaN;
    if (!Number.isNaN(calls)) found.push(calls);
  }
  return found.length === 0 ? 0 : combine(found);
};

/** Expected calls of one day by a plain rule, written to `out`; 0 in closed slots and where nothing is known. */
export const plainDay = (
  history: PreparedHistory,
  rule: PlainRule,
  origin: number,
  day: number,
  out: Float64Array,
): void => {
  const slots = history.slotOf.length;
  for (let slot = 0; slot < slots; slot += 1)
    out[slot] = history.open[day * slots + slot] === 0 ? 0 : expectedCalls(history, rule, origin, day, slot);
};

/** Calls per weekday × active slot. */
interface WeekdayTable {
  readonly table: readonly number[];
}

/** A plain rule as a method: what it expects of a week. */
const ruleMethod = (rule: PlainRule): ForecastMethod<WeekdayTable> =>
  forecastMethod<WeekdayTable>(
    (history) => {
      const slots = history.slotOf.length;
      const first = weekdayAt(history, history.days);
      const table = Array.from({ length: 7 * slots }, (_, i) => {
        const day = history.days + ((Math.floor(i / slots) - first + 7) % 7);
        return expectedCalls(history, rule, history.days, day, i % slots);
      });
      return { table };
    },
    ({ table }, ahead) =>
      fillHorizon(ahead, (day, slot) => table[weekdayAt(ahead, day) * ahead.slotOf.length + slot] ?? 0),
  );

/** Every plain rule as a method. */
export const ruleMethods = Object.fromEntries(
  Object.keys(plainRules)
    .filter(isPlainRule)
    .map((rule) => [rule, ruleMethod(rule)]),
) as Readonly<Record<PlainRule, ForecastMethod>>;
