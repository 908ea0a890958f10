import type { Cause } from '../../src/forecast/causes/cause.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

const first = '2025-03-03';

export interface RainyLine {
  readonly grid: DayGrid;
  readonly rain: Cause;
  /** The day after the last. */
  readonly origin: PlainDate;
}

/** A line of days with a level that walks, and rain that has these effects a unit, so many days later. */
export const rainyLine = ({
  seed,
  days,
  effects,
  ahead = 0,
}: {
  readonly seed: number;
  readonly days: number;
  readonly effects: readonly number[];
  readonly ahead?: number;
}): RainyLine => {
  const random = seededRandom(seed);
  const grid = emptyDayGrid(first, days, 1440);
  const rain = Array.from({ length: days + 7 }, () => (random.uniform() < 0.3 ? 15 * random.gamma(1) : 0));
  let level = 0;
  for (let d = 0; d < days; d += 1) {
    level = 0.98 * level + 0.02 * random.normal();
    const effect = effects.reduce((sum, slope, lag) => sum + slope * (rain[d - lag] ?? 0), 0);
    const usual = 1000 * (weekdayOf(addDays(first, d)) > 4 ? 0.5 : 1);
    grid.values[d] = random.poisson(usual * Math.exp(level + effect + 0.06 * random.normal()));
  }
  const known = rain.slice(0, days + ahead).map((value, d) => [dayNumber(first) + d, value] as const);
  return {
    grid,
    rain: { name: 'rain', values: new Map(known), knownAhead: ahead },
    origin: addDays(first, days),
  };
};
