/**
 * Demands by topic, twelve weeks ahead, and how topics are made to add up to the line's forecast:
 *   node bench/forecast/topics.ts [--seeds 1,2,3] [--only NAME] [--origins 4]
 */
import { parseArgs } from 'node:util';
import {
  byShares,
  forecastTopics,
  type TopicForecast,
  withinTotal,
} from '../../src/forecast/topics/forecast-topics.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays } from '../../src/kernel/time.ts';
import { daysOfGrid, madeUpTopics, type TopicRecipe } from '../../tests/support/made-up-topics.ts';

type Reconcile = typeof byShares;

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    only: { type: 'string', default: '' },
    origins: { type: 'string', default: '6' },
  },
});

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is missing shared out by weights. */
const byWeights = (
  means: readonly number[],
  total: number,
  weights: readonly number[],
): readonly number[] => {
  const missing = total - means.reduce((a, b) => a + b, 0);
  const all = weights.reduce((a, b) => a + b, 0);
  if (!(all > 0)) return withinTotal(means, total);
  return withinTotal(
    means.map((mean, i) => mean + (missing * weights[i]!) / all),
    total,
  );
};

/** Each gives or takes in proportion to its variance: minimum trace with a diagonal covariance, the total as given. */
const byVariances: Reconcile = (demands, total) => {
  const means = demands.map(meanOf);
  const variances = demands.map((own, i) => own.reduce((sum, value) => sum + (value - means[i]!) ** 2, 0));
  return byWeights(means, total, variances);
};

/**
 * Each gives or takes in proportion to how its demands go along with the sum of all on joint paths: minimum trace with
 * the paths' covariance, the total as given (Wickramasuriya, Athanasopoulos and Hyndman 2019, with one constraint).
 */
const byCovariances: Reconcile = (demands, total) => {
  const means = demands.map(meanOf);
  const mean = means.reduce((a, b) => a + b, 0);
  const paths = demands[0]?.length ?? 0;
  const off = Float64Array.from(
    { length: paths },
    (_, path) => demands.reduce((sum, own) => sum + own[path]!, 0) - mean,
  );
  const weights = demands.map((own, i) =>
    Math.max(
      0,
      own.reduce((sum, value, path) => sum + (value - means[i]!) * off[path]!, 0),
    ),
  );
  return byWeights(means, total, weights);
};

const plain: readonly TopicRecipe[] = [
  { topic: 'property', perDay: 600 },
  { topic: 'traffic', perDay: 400 },
  { topic: 'noise', perDay: 250 },
  { topic: 'wages', perDay: 90 },
  { topic: 'pets', perDay: 20 },
  { topic: 'trees', perDay: 6 },
];
const seasonal: readonly TopicRecipe[] = [
  ...plain,
  { topic: 'heating', perDay: 40, season: { begins: '11-13', spread: 3, riseDays: 9, times: 8, days: 110 } },
  {
    topic: 'school places',
    perDay: 15,
    season: { begins: '06-05', spread: 5, riseDays: 20, times: 6, days: 70 },
  },
  { topic: 'floods', perDay: 4, season: { begins: '06-20', spread: 12, riseDays: 4, times: 10, days: 40 } },
];
const families = [
  { name: 'nothing seasonal, little shared', recipes: plain, shared: 0.004 },
  {
    name: 'nothing seasonal, much shared',
    recipes: plain.map((one) => ({ ...one, own: 0.003 })),
    shared: 0.015,
  },
  { name: 'three seasonal of nine', recipes: seasonal, shared: 0.006 },
].filter(({ name }) => name.includes(options.only));

const calendar = calendarOf({ country: 'CN' });
const first = '2023-01-02';
const weeks = 12;
const years = 3.6;

const weekSums = (values: ArrayLike<number>, from: number): number[] =>
  Array.from({ length: weeks }, (_, week) => {
    let sum = 0;
    for (let d = 0; d < 7; d += 1) sum += values[from + 7 * week + d]!;
    return sum;
  });

/** Mean and standard deviation of each week's demands over the paths. */
const weeksOf = ({ paths, pathCount }: TopicForecast): { means: number[]; deviations: number[] } => {
  const days = paths.length / pathCount;
  const all = Array.from({ length: pathCount }, (_, path) =>
    weekSums(paths.subarray(path * days, (path + 1) * days), 0),
  );
  const means = Array.from(
    { length: weeks },
    (_, w) => all.reduce((sum, own) => sum + own[w]!, 0) / pathCount,
  );
  const deviations = means.map((mean, w) =>
    Math.sqrt(all.reduce((sum, own) => sum + (own[w]! - mean) ** 2, 0) / pathCount),
  );
  return { means, deviations };
};

const ways = ['no seasons', 'sum', 'shares', 'variances', 'covariances'] as const;
type Score = Record<(typeof ways)[number], { small: number; all: number; calls: number; total: number }>;

for (const { name, recipes, shared } of families) {
  const score = Object.fromEntries(
    ways.map((way) => [way, { small: 0, all: 0, calls: 0, total: 0 }]),
  ) as Score;
  let smallCalls = 0;
  let [inside, asked, seconds] = [0, 0, 0];
  for (const seed of options.seeds.split(',').map(Number)) {
    const days = Math.round(365 * years);
    const world = madeUpTopics(recipes, { seed, first, days, shared });
    const topics = [...world.grids.values()];
    for (let origin = 0; origin < Number(options.origins); origin += 1) {
      const at = days - 84 - Math.round((365 / Number(options.origins)) * origin);
      const request = { origin: addDays(first, at), days: 84, calendar, seed: 1 };
      const known = new Map([...world.grids].map(([topic, grid]) => [topic, daysOfGrid(grid, at)]));
      const before = process.cpuUsage();
      const of = (asked: Partial<Parameters<typeof forecastTopics>[1]>): ReturnType<typeof weeksOf>[] =>
        [...forecastTopics(known, { ...request, ...asked }).values()].map(weeksOf);
      const made: Record<(typeof ways)[number], ReturnType<typeof weeksOf>[]> = {
        'no seasons': of({ seasons: false, reconcile: null }),
        sum: of({ reconcile: null }),
        shares: of({ reconcile: byShares }),
        variances: of({ reconcile: byVariances }),
        covariances: of({ reconcile: byCovariances }),
      };
      seconds += process.cpuUsage(before).user / 1e6;
      for (let w = 0; w < weeks; w += 1) {
        const came = topics.map((grid) => weekSums(grid.values, at)[w]!);
        const small = recipes.map(({ perDay }) => perDay <= 100);
        for (const way of ways) {
          const means = made[way].map((own) => own.means[w]!);
          const errors = means.map((mean, i) => Math.abs(mean - came[i]!));
          score[way].all += errors.reduce((a, b) => a + b, 0);
          score[way].small += errors.reduce((a, b, i) => a + (small[i] === true ? b : 0), 0);
          score[way].calls += came.reduce((a, b) => a + b, 0);
          score[way].total += Math.abs(means.reduce((a, b) => a + b, 0) - came.reduce((a, b) => a + b, 0));
        }
        smallCalls += came.reduce((a, b, i) => a + (small[i] === true ? b : 0), 0);
        came.forEach((count, i) => {
          asked += 1;
          const { means, deviations } = made.covariances[i]!;
          if (Math.abs(count - means[w]!) <= 1.2816 * deviations[w]!) inside += 1;
        });
      }
    }
  }
  console.log(`${name}: 80 % covers ${((100 * inside) / asked).toFixed(0)}, ${seconds.toFixed(1)} s`);
  for (const way of ways) {
    const { small, all, calls, total } = score[way];
    const percent = (value: number): string => (100 * value).toFixed(2).padStart(6);
    console.log(
      `  ${way.padEnd(24)} small ${percent(small / smallCalls)}  all ${percent(all / calls)}  total ${percent(total / calls)}`,
    );
  }
}
