import { createHash } from 'node:crypto';
import { encodeForecast } from '../../src/forecast/encode-forecast.ts';
import { forecastQueues } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';

/** What a worker thread is asked for: one line with its queues, made from a seed. */
export interface LineTask {
  readonly seed: number;
  readonly queues: number;
  readonly days: number;
  readonly horizonDays: number;
}

export interface LineAnswer {
  /** SHA-256 of every queue's forecast as bytes. */
  readonly digest: string;
  readonly points: number;
  /** Resident memory of the process after the task, bytes. */
  readonly residentBytes: number;
}

const madeUpQueue = (seed: number, days: number): DayGrid => {
  const grid = emptyDayGrid('2024-01-01', days, 30);
  const random = seededRandom(seed);
  for (let i = 0; i < grid.values.length; i += 1) {
    const hour = (i % 48) / 2;
    grid.values[i] = random.poisson(40 + 35 * Math.sin((Math.PI * (hour - 6)) / 12));
  }
  return grid;
};

/** Forecasts a line's queues together and answers with a digest of the bytes. */
export const forecastLine = (task: LineTask): LineAnswer => {
  const histories = new Map(
    Array.from({ length: task.queues }, (_, q) => [
      `queue-${q}`,
      madeUpQueue(1000 * task.seed + q, task.days),
    ]),
  );
  const last = new Date(Date.UTC(2024, 0, 1) + task.days * 86_400_000).toISOString().slice(0, 10);
  const forecasts = forecastQueues(histories, {
    origin: last,
    days: task.horizonDays,
    calendar: calendarOf({ country: 'CN' }),
    method: 'auto',
    seed: task.seed,
    pathCount: 200,
  });
  const hash = createHash('sha256');
  for (const [queue, forecast] of forecasts) hash.update(queue).update(encodeForecast(forecast));
  return {
    digest: hash.digest('hex'),
    points: task.queues * task.days * 48,
    residentBytes: process.memoryUsage().rss,
  };
};
