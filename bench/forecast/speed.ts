/**
 * CPU seconds of one automatic forecast with quantiles, selection included:
 *   node bench/forecast/speed.ts [--rounds 5]
 * Two years of half-hours (35,040 points), the same with 200 paths of four weeks, and five years of days with twelve
 * weeks ahead: the first, the least and the median of the rounds.
 */
import { parseArgs } from 'node:util';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

const random = seededRandom(1);

const halfHours = emptyDayGrid('2024-01-01', 730, 30);
for (let i = 0; i < halfHours.values.length; i += 1) {
  const hour = (i % 48) / 2;
  halfHours.values[i] = random.poisson(40 + 35 * Math.sin((Math.PI * (hour - 6)) / 12));
}

const weekFactors = [1.1, 1.04, 1, 0.98, 1, 0.75, 0.65];
const days = emptyDayGrid('2021-01-04', 1826, 1440);
let walk = 0;
for (let day = 0; day < days.values.length; day += 1) {
  walk += 0.004 * random.normal();
  const season = 0.07 * Math.sin((2 * Math.PI * day) / 365.25);
  days.values[day] = random.poisson(1500 * weekFactors[day % 7]! * Math.exp(walk + season));
}

const calendar = calendarOf({ country: 'CN' });
for (const [name, grid, ahead, pathCount] of [
  ['half-hours of two years', halfHours, 7, 0],
  ['half-hours of two years', halfHours, 28, 200],
  ['days of five years', days, 84, 0],
] as const) {
  const seconds: number[] = [];
  const origin = addDays(grid.firstDate, grid.dayCount);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const started = process.cpuUsage();
    forecastQueue(grid, { origin, days: ahead, calendar, method: 'auto', seed: 1, pathCount });
    const used = process.cpuUsage(started);
    seconds.push((used.user + used.system) / 1e6);
  }
  const sorted = seconds.toSorted((a, b) => a - b);
  const told = [seconds[0], sorted[0], sorted[Math.floor(sorted.length / 2)]].map((each) => each?.toFixed(3));
  console.log(
    `${name}, ${ahead} days, ${pathCount} paths: first ${told[0]} s, least ${told[1]} s, median ${told[2]} s`,
  );
}
