import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

/** A made-up line of day totals whose level changes once. */
export interface RegimeLine {
  readonly kind: 'calm' | 'shift' | 'epidemic';
  readonly name: string;
  readonly grid: DayGrid;
  /** Days of history before the change. */
  readonly known: number;
  /** First day of the change: the jump, or the day from which an epidemic adds a tenth. */
  readonly changed: PlainDate;
}

interface Change {
  readonly kind: RegimeLine['kind'];
  readonly name: string;
  /** Added to the log level so many days after the change. */
  readonly added: (since: number) => number;
}

const shift = (factor: number): Change => ({
  kind: 'shift',
  name: `shift to ${factor}`,
  added: (since) => (since < 0 ? 0 : Math.log(factor)),
});

/** Rises to `peak` times the usual level within `rise` days of the day it shows, and falls half as fast. */
const epidemic = (peak: number, rise: number): Change => {
  const top = Math.log(peak);
  const span = rise / Math.sqrt(Math.log(top / Math.log(1.1)));
  return {
    kind: 'epidemic',
    name: `epidemic to ${peak} within ${rise} days`,
    added: (since) => top * Math.exp(-(((since - rise) / (since < rise ? span : 2 * span)) ** 2)),
  };
};

const changes: readonly Change[] = [
  { kind: 'calm', name: 'calm', added: () => 0 },
  ...[0.6, 0.75, 0.9, 1.1, 1.2, 1.4].map(shift),
  epidemic(1.3, 10),
  epidemic(1.6, 14),
  epidemic(2.2, 14),
  epidemic(2.2, 28),
];

/** Days known before a change: little more than half a year, and more than two. */
const before = [230, 800];
const yearAfter = 400;
const start = '2021-01-04';
const weekFactors = [1.15, 1.05, 1, 0.95, 1, 0.6, 0.5];

/** Day totals of some 600 calls: weekdays, a year's shape, a level that wanders, days that hang together, counting. */
const makeUp = ({ kind, name, added }: Change, known: number, seed: number): RegimeLine => {
  const random = seededRandom(seed);
  const days = known + yearAfter;
  const grid = emptyDayGrid(start, days, 1440);
  let level = 0;
  let near = 0;
  for (let day = 0; day < days; day += 1) {
    level += 0.005 * random.normal();
    near = 0.6 * near + 0.02 * random.normal();
    const season = 0.06 * Math.sin((2 * Math.PI * day) / 365.25 + seed);
    const week = weekFactors[weekdayOf(addDays(start, day))] ?? 1;
    const log = level + near + season + added(day - known) + 0.03 * random.normal();
    grid.values[day] = random.poisson(600 * week * Math.exp(log));
  }
  return { kind, name, grid, known, changed: addDays(start, known) };
};

/** Lines that stay calm, jump by 10 to 40 % and go through an epidemic; `seeds` of each. */
export const madeUpRegimes = (seeds: number): RegimeLine[] =>
  Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) =>
    before.flatMap((known, i) =>
      changes.map((change, c) => makeUp(change, known, 7000 + 100 * seed + 20 * i + c)),
    ),
  );
