/**
 * Does the mean of small lines lean? Forecasts of made-up lines against the truth they were drawn from:
 *   node bench/forecast/bias.ts [--seeds 8] [--calls 2,5,10,20,50,200]
 * Per number of calls a day and kind of scatter: mean bias over steps of a day, an hour and half an hour, round
 * the clock and with closed nights, with and without holidays, one and four weeks ahead, and its standard error.
 */
import { parseArgs } from 'node:util';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom, type Random } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '8' },
    calls: { type: 'string', default: '2,5,10,20,50,200' },
  },
});

const silent = 'one day in seven silent';

/** What the calls of a day are multiplied by; 1 on average. */
const scatters: Readonly<Record<string, (random: Random) => number>> = {
  'counting only': () => 1,
  'days by 30 %': (random) => random.gamma(11) / 11,
  'days by 70 %': (random) => random.gamma(2) / 2,
  [silent]: (random) => (random.uniform() < 1 / 7 ? 0 : 7 / 6),
};

interface Line {
  readonly calls: number;
  readonly intervalMinutes: number;
  readonly days: number;
  readonly night: boolean;
  readonly country: string | null;
  readonly scatter: (random: Random) => number;
  readonly seed: number;
}

const first = '2024-01-01';
const horizon = 28;

const makeLine = (line: Line): { grid: DayGrid; truth: Float64Array } => {
  const random = seededRandom(line.seed);
  const calendar = calendarOf({ country: line.country });
  const grid = emptyDayGrid(first, line.days, line.intervalMinutes);
  const n = grid.slotsPerDay;
  const truth = new Float64Array(horizon);
  const weights = Array.from({ length: n }, (_, s) => {
    const hour = ((s + 0.5) * line.intervalMinutes) / 60;
    const open = n === 1 || line.night || (hour > 8 && hour < 20);
    return open ? 0.1 + Math.exp(-(((hour - 12) / 4) ** 2)) : 0;
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  let level = 0;
  for (let d = 0; d < line.days + horizon; d += 1) {
    const date = addDays(first, d);
    const holiday = calendar.dayKind(date).kind === 'holiday';
    const usual = line.calls * (holiday ? 0.5 : weekdayOf(date) >= 5 ? 0.6 : 1) * Math.exp(level);
    if (d >= line.days) {
      truth[d - line.days] = usual;
      continue;
    }
    level += 0.006 * random.normal();
    const factor = line.scatter(random);
    weights.forEach((w, s) => {
      if (w > 0) grid.values[d * n + s] = random.poisson((usual * factor * w) / sum);
    });
  }
  return { grid, truth };
};

/** Relative error of the sum of a week's means: the first and the fourth week. */
const biasOf = (line: Line): [number, number] => {
  const { grid, truth } = makeLine(line);
  const f = forecastQueue(grid, {
    origin: addDays(first, line.days),
    days: horizon,
    calendar: calendarOf({ country: line.country }),
    method: 'auto',
    seed: 1,
    pathCount: 0,
  });
  const week = (k: number): number => {
    const expected = f.dayQuantiles.mean.subarray(7 * k, 7 * k + 7).reduce((a, b) => a + b, 0);
    return expected / truth.subarray(7 * k, 7 * k + 7).reduce((a, b) => a + b, 0) - 1;
  };
  return [week(0), week(3)];
};

const told = (values: readonly number[]): string => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length - 1) / values.length);
  return `${(100 * mean).toFixed(1)} ± ${(100 * error).toFixed(1)}`;
};

console.log('| calls a day | scatter | bias %, 1 week ahead | 4 weeks |\n|---|---|---|---|');
for (const calls of options.calls.split(',').map(Number)) {
  for (const [name, scatter] of Object.entries(scatters)) {
    // From some 25 calls a day on a silent day is an outage, which is no matter of chance.
    if (name === silent && calls > 20) continue;
    const found: [number, number][] = [];
    for (let k = 0; k < Number(options.seeds); k += 1) {
      for (const [i, intervalMinutes] of [1440, 60, 30].entries()) {
        const country = (k + i) % 2 === 0 ? 'CN' : null;
        const days = k % 3 === 0 ? 112 : 300;
        const seed = 1000 * calls + 10 * k + i;
        found.push(biasOf({ calls, intervalMinutes, days, night: k % 2 === 0, country, scatter, seed }));
      }
    }
    console.log(`| ${calls} | ${name} | ${told(found.map(([a]) => a))} | ${told(found.map(([, b]) => b))} |`);
  }
}
