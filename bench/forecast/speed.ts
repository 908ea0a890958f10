/**
 * CPU seconds of one automatic forecast with quantiles, selection included:
 *   node bench/forecast/speed.ts
 * Two years of half-hours (35,040 points), and the same with 200 paths of four weeks.
 */
import { forecastQueue } from '../../src/forecast/forecast-queue.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';

const grid = emptyDayGrid('2024-01-01', 730, 30);
const random = seededRandom(1);
for (let i = 0; i < grid.values.length; i += 1) {
  const hour = (i % 48) / 2;
  grid.values[i] = random.poisson(40 + 35 * Math.sin((Math.PI * (hour - 6)) / 12));
}
const calendar = calendarOf({ country: 'CN' });
for (const [days, pathCount] of [
  [7, 0],
  [28, 200],
] as const) {
  const seconds: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = process.cpuUsage();
    forecastQueue(grid, { origin: '2025-12-31', days, calendar, method: 'auto', seed: 1, pathCount });
    const used = process.cpuUsage(started);
    seconds.push((used.user + used.system) / 1e6);
  }
  const median = seconds.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  console.log(
    `${days} days, ${pathCount} paths: first ${seconds[0]?.toFixed(2)} s, median ${median.toFixed(2)} s`,
  );
}
