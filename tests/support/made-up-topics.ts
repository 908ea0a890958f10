import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf, type PlainDate } from '../../src/kernel/time.ts';

/** A season of a made-up topic: its usual first day (MM-DD), how many days it rises over, to how many times, for how long. */
export interface MadeUpSeason {
  readonly begins: string;
  /** Standard deviation of its first day from year to year. */
  readonly spread: number;
  readonly riseDays: number;
  readonly times: number;
  readonly days: number;
}

export interface TopicRecipe {
  readonly topic: string;
  readonly perDay: number;
  readonly season?: MadeUpSeason;
  /** Step of a day that the topic makes alone, log scale (default 0.01). */
  readonly own?: number;
}

export interface MadeUpTopics {
  readonly grids: ReadonlyMap<string, DayGrid>;
  /** First days of each topic's seasons, year by year, as days of the calendar. */
  readonly onsets: ReadonlyMap<string, readonly number[]>;
  readonly total: DayGrid;
}

/** How many times the usual, on a day so long after its season began. */
const timesAfter = ({ riseDays, times, days }: MadeUpSeason, after: number): number => {
  if (after < 0 || after >= days + 20) return 1;
  if (after < riseDays) return 1 + ((times - 1) * (after + 0.5)) / riseDays;
  return after < days ? times : 1 + ((times - 1) * (days + 20 - after)) / 20;
};

/** Draws topics of a line: a level that all share, one of their own, weekdays, chance of a day, and seasons. */
export const madeUpTopics = (
  recipes: readonly TopicRecipe[],
  {
    seed,
    first,
    days,
    shared = 0.006,
    chance = 0.05,
  }: {
    readonly seed: number;
    readonly first: PlainDate;
    readonly days: number;
    readonly shared?: number;
    readonly chance?: number;
  },
): MadeUpTopics => {
  const random = seededRandom(seed);
  const years = Array.from(
    { length: Math.ceil(days / 365) + 2 },
    (_, y) => Number(first.slice(0, 4)) - 1 + y,
  );
  const topics = recipes.map((recipe) => ({
    ...recipe,
    level: 0,
    grid: emptyDayGrid(first, days, 1440),
    onsets: years.map((year) =>
      recipe.season === undefined
        ? Number.NaN
        : Math.round(dayNumber(`${year}-${recipe.season.begins}`) + recipe.season.spread * random.normal()),
    ),
    height: years.map(() => Math.exp(0.15 * random.normal())),
  }));
  const total = emptyDayGrid(first, days, 1440);
  total.values.fill(0);
  let level = 0;
  for (let d = 0; d < days; d += 1) {
    const day = dayNumber(first) + d;
    level = 0.998 * level + shared * random.normal();
    const weekday = weekdayOf(addDays(first, d)) >= 5 ? 0.75 : 1.1;
    for (const topic of topics) {
      topic.level = 0.998 * topic.level + (topic.own ?? 0.01) * random.normal();
      const { season } = topic;
      const times =
        season === undefined
          ? 1
          : topic.onsets.reduce(
              (all, onset, y) =>
                all *
                timesAfter({ ...season, times: 1 + (season.times - 1) * topic.height[y]! }, day - onset),
              1,
            );
      const mean = topic.perDay * weekday * times * Math.exp(level + topic.level + chance * random.normal());
      topic.grid.values[d] = random.poisson(mean);
      total.values[d]! += topic.grid.values[d]!;
    }
  }
  return {
    grids: new Map(topics.map(({ topic, grid }) => [topic, grid])),
    onsets: new Map(topics.map(({ topic, season, onsets }) => [topic, season === undefined ? [] : onsets])),
    total,
  };
};

/** The first days of a history, the later ones left out. */
export const daysOfGrid = (grid: DayGrid, days: number): DayGrid => ({
  ...grid,
  dayCount: days,
  values: grid.values.slice(0, days),
});
