import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

/** A made-up line of day totals, cut off some weeks before or after its level changed. */
export interface ShapedLine {
  readonly kind: ShapeKind;
  readonly seed: number;
  /** Four weeks longer than the history. */
  readonly grid: DayGrid;
  /** First day that is not known. */
  readonly origin: PlainDate;
  /** Log of the calls expected on each day ahead: what no forecast can do better than. */
  readonly expected: Float64Array;
}

type Random = ReturnType<typeof seededRandom>;

/** What a change adds to the log level so many days after it began. */
type Change = (since: number) => number;

const between = (random: Random, low: number, high: number): number => low + (high - low) * random.uniform();
const risen = (since: number, days: number): number => 1 / (1 + Math.exp(-(6 * (since / days - 0.5))));

/** What happens to lines, each drawn in its own size and speed. */
const changes = {
  calm: () => () => 0,
  grows: (random) => {
    const perYear = Math.log(1 + between(random, -0.15, 0.35));
    return (since) => (perYear * since) / 365.25;
  },
  campaign: (random) => {
    const size = Math.log(between(random, 1.2, 1.7));
    const [lasts, fades] = [between(random, 14, 49), between(random, 5, 15)];
    return (since) => (since < 0 ? 0 : size * Math.min(1, Math.exp(-(since - lasts) / fades)));
  },
  merger: (random) => {
    const size = Math.log(between(random, 1.08, 1.6));
    const takes = between(random, 1, 21);
    return (since) => size * Math.max(0, Math.min(1, since / takes));
  },
  'new service': (random) => {
    const size = Math.log(between(random, 1.15, 1.8));
    const takes = between(random, 60, 270);
    return (since) => (since < 0 ? 0 : size * (risen(since, takes) - risen(0, takes)) * 1.05);
  },
  pandemic: (random) => {
    const peak = Math.log(between(random, 1.3, 2.4));
    const [rise, falls] = [between(random, 10, 28), between(random, 20, 60)];
    const again = between(random, 100, 200);
    const wave = (since: number): number =>
      Math.exp(-(((since - rise) / (since < rise ? rise / 1.7 : falls)) ** 2));
    return (since) => peak * (wave(since) + 0.6 * wave(since - again));
  },
  'ended service': (random) => {
    const size = Math.log(between(random, 0.55, 0.92));
    const takes = between(random, 1, 56);
    return (since) => size * Math.max(0, Math.min(1, since / takes));
  },
} satisfies Record<string, (random: Random) => Change>;

export type ShapeKind = keyof typeof changes;
export const shapeKinds = Object.keys(changes) as ShapeKind[];

const start = '2021-01-04';
const daysAhead = 28;

/**
 * Day totals of 200 to 5,000 calls: weekdays, a year's shape, a level that wanders, days that hang together, counting. The
 * history is half a year to five quarters or two to three years long; the change began up to 17 weeks before it ends.
 */
export const madeUpShape = (kind: ShapeKind, seed: number): ShapedLine => {
  const random = seededRandom(seed, 11 + shapeKinds.indexOf(kind));
  const change: Change = changes[kind](random);
  const known = Math.round(random.uniform() < 0.5 ? between(random, 180, 390) : between(random, 730, 1100));
  const since = Math.round(between(random, 3, 120));
  const calls = Math.exp(between(random, Math.log(200), Math.log(5000)));
  const weekend = between(random, 0.3, 1);
  const weekday = Array.from(
    { length: 7 },
    (_, day) => (day < 5 ? 1 : weekend) * Math.exp(0.06 * random.normal()),
  );
  const [walk, near, noise] = [
    between(random, 0.001, 0.008),
    between(random, 0.01, 0.03),
    between(random, 0.01, 0.05),
  ];
  const [season, phase] = [between(random, 0, 0.1), 2 * Math.PI * random.uniform()];
  const grid = emptyDayGrid(start, known + daysAhead, 1440);
  const expected = new Float64Array(daysAhead);
  let [level, shock] = [0, 0];
  for (let day = 0; day < grid.values.length; day += 1) {
    level += walk * random.normal();
    shock = 0.6 * shock + near * random.normal();
    const turn = (2 * Math.PI * day) / 365.25 + phase;
    const year = season * (Math.sin(turn) + 0.4 * Math.sin(2 * turn + phase));
    const plain =
      Math.log(calls * weekday[weekdayOf(addDays(start, day))]!) + year + change(day - (known - since));
    if (day >= known) expected[day - known] = plain + level;
    grid.values[day] = random.poisson(Math.exp(plain + level + shock + noise * random.normal()));
  }
  return { kind, seed, grid, origin: addDays(start, known), expected };
};
