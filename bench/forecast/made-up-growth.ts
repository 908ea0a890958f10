import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

/** A made-up line whose level grows as it was made to. */
export interface GrowingLine {
  readonly kind: string;
  readonly grid: DayGrid;
}

/** The log level that growth alone gives a day of so many. */
type Growth = (day: number, days: number) => number;

const year = 365.25;
const steady =
  (perYear: number): Growth =>
  (day) =>
    (Math.log(1 + perYear) * day) / year;

/** A year's growth of 30 %, which ends when a quarter of the history is left. */
const thenFlat: Growth = (day, days) => (Math.log(1.3) * Math.min(day, 0.75 * days)) / year;

const growths: readonly (readonly [string, Growth])[] = [
  ['0 %', steady(0)],
  ['+10 %', steady(0.1)],
  ['+30 %', steady(0.3)],
  ['-10 %', steady(-0.1)],
  ['+30 %, then flat', thenFlat],
];

/** Step in minutes, days of history, calls a day. */
const forms = [
  [1440, 1300, 900],
  [1440, 720, 3000],
  [60, 540, 700],
  [30, 300, 1500],
] as const;

const start = '2021-01-04';
const weekFactors = [1.12, 1.05, 1, 0.97, 1, 0.7, 0.6];

const shareOf = (hour: number): number =>
  0.1 + Math.exp(-(((hour - 10.5) / 2.5) ** 2)) + 0.8 * Math.exp(-(((hour - 16) / 3) ** 2));

/** Weekdays, a year's shape, days that hang together, slots that scatter beyond counting. */
const makeUp = (
  kind: string,
  growth: Growth,
  [minutes, days, calls]: (typeof forms)[number],
  seed: number,
): GrowingLine => {
  const random = seededRandom(seed);
  const grid = emptyDayGrid(start, days, minutes);
  const { slotsPerDay } = grid;
  const weights = Array.from({ length: slotsPerDay }, (_, slot) =>
    slotsPerDay === 1 ? 1 : shareOf(((slot + 0.5) * minutes) / 60),
  );
  const whole = weights.reduce((a, b) => a + b, 0);
  let level = 0;
  let near = 0;
  for (let day = 0; day < days; day += 1) {
    level += 0.003 * random.normal();
    near = 0.5 * near + 0.025 * random.normal();
    const turn = (2 * Math.PI * day) / year;
    const season = 0.05 * Math.sin(turn + seed) + 0.02 * Math.sin(2 * turn + 2 * seed);
    const week = weekFactors[weekdayOf(addDays(start, day))] ?? 1;
    const total = calls * week * Math.exp(growth(day, days) + level + near + season);
    weights.forEach((weight, slot) => {
      const mean = (total * weight) / whole;
      const scattered = slotsPerDay === 1 ? mean : (mean * random.gamma(50)) / 50;
      grid.values[day * slotsPerDay + slot] = random.poisson(scattered);
    });
  }
  return { kind, grid };
};

/** Lines growing by 0, 10 and 30 % a year, falling by 10 %, and growing and then flat; `seeds` of each. */
export const madeUpGrowth = (seeds: number): GrowingLine[] =>
  growths.flatMap(([kind, growth]) =>
    forms.flatMap((form, f) =>
      Array.from({ length: seeds }, (_, seed) => makeUp(kind, growth, form, 400 + 10 * seed + f)),
    ),
  );
