/**
 * How the rest of past days would have been foretold at each hour: from forecasts made on each origin for its seven days,
 * against no update and the ratio so far damped by half.
 */
import { fitQueue } from '../src/forecast/forecast-queues.ts';
import { assembleForecast, dayMeans } from '../src/forecast/plan/assemble-forecast.ts';
import { explainForecast } from '../src/forecast/plan/explain-forecast.ts';
import { updateDay } from '../src/forecast/plan/within-day.ts';
import type { Calendar } from '../src/kernel/calendar.ts';
import type { DayGrid } from '../src/kernel/interval-series.ts';
import { dayNumber } from '../src/kernel/time.ts';

interface Sums {
  error: number;
  totalError: number;
  calls: number;
}
const none = (): Sums => ({ error: 0, totalError: 0, calls: 0 });

/** What an hour's updates came to; `slots` and `rests` are how many lay within their range, of how many. */
const hourSums = () => ({
  none: none(),
  damped: none(),
  updated: none(),
  slots: [0, 0] as [number, number],
  rests: [0, 0] as [number, number],
});
type HourSums = ReturnType<typeof hourSums>;

/** One day at one hour: what came, and per slot the forecast as it was, as updated, and its range; slots before `from` are known. */
interface UpdatedDay {
  readonly actual: Float64Array;
  readonly isKnown: (slot: number) => boolean;
  readonly base: (slot: number) => number;
  readonly mean: (slot: number) => number;
  readonly range: (slot: number) => readonly [number, number];
  readonly total: readonly [number, number];
}

const scoreDay = (sum: HourSums, { actual, isKnown, base, mean, range, total }: UpdatedDay): void => {
  let [seen, due, rest, plain, updated] = [0, 0, 0, 0, 0];
  const known = [...actual.keys()].filter((slot) => !Number.isNaN(actual[slot]!));
  for (const slot of known.filter(isKnown)) {
    seen += actual[slot]!;
    due += base(slot);
  }
  const ratio = due > 0 ? 1 + 0.5 * (seen / due - 1) : 1;
  for (const slot of known.filter((own) => !isKnown(own))) {
    const calls = actual[slot]!;
    sum.none.error += Math.abs(calls - base(slot));
    sum.damped.error += Math.abs(calls - ratio * base(slot));
    sum.updated.error += Math.abs(calls - mean(slot));
    for (const own of [sum.none, sum.damped, sum.updated]) own.calls += calls;
    const [low, high] = range(slot);
    if (calls >= low && calls <= high) sum.slots[0] += calls === low || calls === high ? 0.5 : 1;
    sum.slots[1] += 1;
    rest += calls;
    plain += base(slot);
    updated += mean(slot);
  }
  if (rest === 0) return;
  sum.none.totalError += Math.abs(rest - plain);
  sum.damped.totalError += Math.abs(rest - ratio * plain);
  sum.updated.totalError += Math.abs(rest - updated);
  sum.rests[0] += rest + seen >= total[0] && rest + seen <= total[1] ? 1 : 0;
  sum.rests[1] += 1;
};

/** Errors and coverage by hour, of the days from each origin on. */
export const scoreRests = (
  grid: DayGrid,
  origins: readonly string[],
  calendar: Calendar,
  hours: readonly number[],
  days = 7,
): ReadonlyMap<number, HourSums> => {
  const sums = new Map(hours.map((hour) => [hour, hourSums()]));
  for (const origin of origins) {
    const request = { origin, days, calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
    const fitted = fitQueue(grid, request);
    if (fitted === undefined) continue;
    const { plan, history } = fitted;
    const story = explainForecast(plan, request);
    const first = dayNumber(origin) - dayNumber(grid.firstDate);
    for (let j = 0; j < days; j += 1) {
      const actual = Float64Array.from(
        history.slotOf,
        (slot) => grid.values[(first + j) * grid.slotsPerDay + slot] ?? Number.NaN,
      );
      if (actual.every(Number.isNaN)) continue;
      const base = assembleForecast(history, plan, request, story).mean;
      for (const hour of hours) {
        const knownSlots = (hour * 60) / grid.intervalMinutes;
        const known = actual.map((calls, s) => (history.slotOf[s]! < knownSlots ? calls : Number.NaN));
        const update = updateDay(plan, dayMeans(plan)[j]!, j, known);
        const out = assembleForecast(history, plan, request, story, undefined, new Map([[j, update]]));
        const at = (s: number): number => j * grid.slotsPerDay + history.slotOf[s]!;
        scoreDay(sums.get(hour)!, {
          actual,
          isKnown: (slot) => history.slotOf[slot]! < knownSlots,
          base: (slot) => base[at(slot)]!,
          mean: (slot) => out.mean[at(slot)]!,
          range: (slot) => [out.quantiles.q10[at(slot)]!, out.quantiles.q90[at(slot)]!],
          total: [out.dayQuantiles.q10[j]!, out.dayQuantiles.q90[j]!],
        });
      }
    }
  }
  return sums;
};

/** Errors in percent of the calls left, of the intervals and of their sum, and how many of them lay within their range. */
export const percentOf = ({ none: plain, damped, updated, slots, rests }: HourSums) => {
  const of = (own: Sums) => ({
    wape: (100 * own.error) / own.calls,
    sum: (100 * own.totalError) / own.calls,
  });
  return {
    none: of(plain),
    damped: of(damped),
    updated: of(updated),
    slots: (100 * slots[0]) / slots[1],
    rests: (100 * rests[0]) / rests[1],
  };
};

/** All hours together. */
export const togetherOf = (sums: Iterable<HourSums>): HourSums => {
  const all = hourSums();
  for (const own of sums) {
    for (const part of [0, 1] as const) {
      all.slots[part] += own.slots[part];
      all.rests[part] += own.rests[part];
    }
    for (const name of ['none', 'damped', 'updated'] as const)
      for (const field of ['error', 'totalError', 'calls'] as const) all[name][field] += own[name][field];
  }
  return all;
};
