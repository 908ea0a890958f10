import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf } from '../../src/kernel/time.ts';

/** A line's queues, made up from a seed, or read from a file. */
export interface Family {
  readonly name: string;
  readonly country: string | null;
  readonly queues: ReadonlyMap<string, DayGrid>;
  /** Queues whose errors are asked after. */
  readonly small: readonly string[];
}

/** How a made-up family moves. Sizes are standard deviations on the log scale. */
export interface FamilyRecipe {
  readonly name: string;
  readonly days: number;
  readonly intervalMinutes: number;
  /** Calls of a usual day, queue by queue; the first is the large one. */
  readonly callsPerDay: readonly number[];
  /** Step of a day that all make, and of each queue alone. */
  readonly shared: number;
  readonly own: number;
  /** A day's chance that all share, and of each queue alone. */
  readonly sharedNoise: number;
  readonly ownNoise: number;
  /** Half of the difference between the year's high and low. */
  readonly year: number;
  /** Factor of a holiday, and how far queues differ in it; left out: holidays are like other days. */
  readonly holiday?: number;
  readonly holidayOwn: number;
  /** Days by which the small queues began later. */
  readonly laterBy?: number;
}

const weekdayShape = (random: ReturnType<typeof seededRandom>): number[] =>
  Array.from({ length: 7 }, (_, w) => (w >= 5 ? 0.7 : 1) * Math.exp(0.1 * random.normal()));

const dayShape = (random: ReturnType<typeof seededRandom>, slots: number): number[] => {
  const middle = 13 + 2 * random.normal();
  const weights = Array.from({ length: slots }, (_, s) => {
    const hour = ((s + 0.5) * 24) / slots;
    return 0.1 + Math.exp(-(((hour - middle) / 5) ** 2));
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
};

/** Draws a family: counts are Poisson around what is expected of each interval. */
export const madeUpFamily = (recipe: FamilyRecipe, seed: number): Family => {
  const random = seededRandom(seed);
  const first = '2023-01-02';
  const calendar = calendarOf({ country: 'CN' });
  const slots = 1440 / recipe.intervalMinutes;
  const queues = recipe.callsPerDay.map((calls, q) => ({
    name: q === 0 ? 'large' : `small-${q}`,
    calls,
    grid: emptyDayGrid(first, recipe.days, recipe.intervalMinutes),
    weekdays: weekdayShape(random),
    shape: dayShape(random, slots),
    holiday: (recipe.holiday ?? 1) * Math.exp(recipe.holidayOwn * random.normal()),
    level: 0,
    from: q === 0 ? 0 : (recipe.laterBy ?? 0),
  }));
  const phase = 2 * Math.PI * random.uniform();
  let level = 0;
  let chance = 0;
  for (let d = 0; d < recipe.days; d += 1) {
    const date = addDays(first, d);
    const kind = recipe.holiday === undefined ? 'none' : calendar.dayKind(date).kind;
    level = 0.998 * level + recipe.shared * random.normal();
    chance = 0.4 * chance + recipe.sharedNoise * random.normal();
    const year = recipe.year * Math.cos((2 * Math.PI * dayNumber(date)) / 365.25 + phase);
    for (const queue of queues) {
      queue.level = 0.998 * queue.level + recipe.own * random.normal();
      const weekday = kind === 'make-up-workday' ? 1 : queue.weekdays[weekdayOf(date)]!;
      const expected =
        queue.calls *
        (kind === 'holiday' ? queue.holiday : weekday) *
        Math.exp(level + chance + year + queue.level + recipe.ownNoise * random.normal());
      if (d < queue.from) continue;
      for (let s = 0; s < slots; s += 1)
        queue.grid.values[d * slots + s] = random.poisson(expected * queue.shape[s]!);
    }
  }
  return {
    name: recipe.name,
    country: 'CN',
    queues: new Map(queues.map(({ name, grid }) => [name, grid])),
    small: queues.slice(1).map(({ name }) => name),
  };
};

const usual: Omit<FamilyRecipe, 'name' | 'shared' | 'own'> = {
  days: 300,
  intervalMinutes: 1440,
  callsPerDay: [4000, 10, 30, 60, 100, 200, 300, 500, 800],
  sharedNoise: 0.02,
  ownNoise: 0.03,
  year: 0.1,
  holiday: 0.5,
  holidayOwn: 0.1,
};

const { holiday: _none, ...rest } = usual;

/** Families whose queues share much, little or nothing. */
export const familyRecipes: readonly FamilyRecipe[] = [
  { ...usual, name: 'all moves shared', shared: 0.03, own: 0.002 },
  { ...usual, name: 'gentle moves shared', shared: 0.015, own: 0.002 },
  { ...usual, name: 'half of the moves shared', shared: 0.015, own: 0.015 },
  { ...usual, name: 'small ones begun 70 days ago', shared: 0.015, own: 0.002, laterBy: 230 },
  { ...usual, name: 'two years', days: 740, shared: 0.015, own: 0.002, year: 0.2 },
  { ...usual, name: 'seventeen weeks', days: 120, shared: 0.02, own: 0.002 },
  { ...usual, name: 'half-hours', intervalMinutes: 30, shared: 0.02, own: 0.002 },
  { ...rest, name: 'nothing shared', shared: 0, own: 0.02, sharedNoise: 0, year: 0 },
];
