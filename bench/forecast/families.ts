/**
 * Queues of one line forecast together, against each alone:
 *   node bench/forecast/families.ts [--only NAME] [--seeds 1,2] [--weeks 4] [--leads 1,4]
 *   node bench/forecast/families.ts --input FILE --country GB --queue-column queue
 * Means over the small queues; of a file these are those below the median of calls.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  backtestOrigin,
  type BacktestRun,
  lastWeekOrigins,
  scoreBacktest,
} from '../../src/forecast/backtest.ts';
import { familiesBefore } from '../../src/forecast/forecast-queues.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { median } from '../../src/kernel/statistics.ts';
import { familyRecipes, madeUpFamily, type Family } from './made-up-families.ts';
import { leadsOf, scoringOptions } from './scoring-options.ts';

const { values: options } = parseArgs({
  options: {
    ...scoringOptions('4'),
    seeds: { type: 'string', default: '1,2' },
    input: { type: 'string' },
    country: { type: 'string' },
    'queue-column': { type: 'string', default: 'queue' },
  },
});

const fromFile = (file: string): Family => {
  const { queues } = readSeriesCsv(readFileSync(file, 'utf8'), { queueColumn: options['queue-column'] });
  const calls = new Map(
    [...queues].map(([queue, grid]) => [queue, grid.values.reduce((s, v) => s + (v || 0), 0)]),
  );
  const middle = median([...calls.values()]);
  return {
    name: file.split('/').at(-1) ?? file,
    country: options.country ?? null,
    queues,
    small: [...queues.keys()].filter((queue) => calls.get(queue)! > 0 && calls.get(queue)! <= middle),
  };
};

const families = (): Family[] =>
  options.input === undefined
    ? familyRecipes
        .filter(({ name }) => name.includes(options.only ?? ''))
        .flatMap((recipe) => options.seeds.split(',').map((seed) => madeUpFamily(recipe, Number(seed))))
    : [fromFile(options.input)];

type Runs = Map<string, BacktestRun[]>;

/** Error of the day totals of all queues together, over their calls. */
const totalWape = (runs: Runs): number => {
  let [errors, calls] = [0, 0];
  const all = [...runs.values()];
  for (let k = 0; k < (all[0]?.length ?? 0); k += 1) {
    const { forecast, offset } = all[0]![k]!;
    for (let day = offset; day < forecast.dates.length; day += 1) {
      let [came, expected] = [0, 0];
      for (const own of all.map((queue) => queue[k]!)) {
        for (let i = day * forecast.slotsPerDay; i < (day + 1) * forecast.slotsPerDay; i += 1) {
          if (Number.isNaN(own.actual[i]!)) continue;
          came += own.actual[i]!;
          expected += own.forecast.mean[i]!;
        }
      }
      errors += Math.abs(came - expected);
      calls += came;
    }
  }
  return errors / calls;
};

const smallMean = (
  family: Family,
  runs: Runs,
  of: (score: ReturnType<typeof scoreBacktest>) => number | null,
): number =>
  family.small.reduce((sum, queue) => sum + (of(scoreBacktest(runs.get(queue)!)) ?? 0), 0) /
  family.small.length;

const percent = (value: number): string => (100 * value).toFixed(2).padStart(6);

for (const family of families()) {
  const calendar = await loadCalendar({ country: family.country, overrides: [] });
  for (const { weeksAhead, gapDays } of leadsOf(options.leads)) {
    const longest = [...family.queues.values()].reduce((a, b) => (a.dayCount >= b.dayCount ? a : b));
    const origins = lastWeekOrigins(longest, Number(options.weeks), gapDays);
    const forecast = { calendar, method: 'auto' as const, seed: 1 };
    const [alone, together]: [Runs, Runs] = [new Map(), new Map()];
    const seconds = [0, 0];
    for (const origin of origins) {
      const asked = { origins: [origin], gapDays, horizonDays: 7, forecast };
      const run = (runs: Runs, at: number, common: ReturnType<typeof familiesBefore>): void => {
        const before = process.cpuUsage();
        for (const [queue, grid] of family.queues)
          runs.set(queue, [
            ...(runs.get(queue) ?? []),
            backtestOrigin(grid, origin, asked, common.get(queue)),
          ]);
        seconds[at]! += process.cpuUsage(before).user / 1e6;
      };
      run(alone, 0, new Map());
      const before = process.cpuUsage();
      const common = familiesBefore(family.queues, { ...forecast, origin, days: gapDays + 7 });
      seconds[1]! += process.cpuUsage(before).user / 1e6;
      run(together, 1, common);
    }
    const both = (of: (runs: Runs) => number): string => `${percent(of(alone))} → ${percent(of(together))}`;
    const small = (runs: Runs): number => smallMean(family, runs, ({ wape }) => wape);
    console.log(
      `${family.name.padEnd(34)} ${weeksAhead} weeks | small ${both(small)} (${percent(small(together) / small(alone) - 1)} %)` +
        ` | total ${both(totalWape)} | 80 % covers ${both((runs) => smallMean(family, runs, (s) => s.coverage80))}` +
        ` | CPU ${seconds.map((s) => s.toFixed(1)).join(' → ')} s`,
    );
  }
}
