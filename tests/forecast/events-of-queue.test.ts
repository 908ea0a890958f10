import { expect, it } from 'vitest';
import { forecastQueues } from '../../src/forecast/forecast-queues.ts';
import type { ForecastTask } from '../../src/forecast/forecast-task.ts';
import type { DayGrid } from '../../src/kernel/interval-series.ts';
import { countryCalendar } from '../../src/planning/forecasts/country-calendar.ts';

const days = 70;
const grid = (level: number): DayGrid => ({
  firstDate: '2026-03-02',
  dayCount: days,
  slotsPerDay: 24,
  intervalMinutes: 60,
  values: Float64Array.from({ length: 24 * days }, (_, i) => level * (1 + Math.sin((i % 24) / 4)) + (i % 5)),
});
const request: ForecastTask = {
  origin: '2026-05-11',
  days: 3,
  calendar: countryCalendar({ country: null }),
  method: 'auto',
  seed: 1,
  pathCount: 0,
};
const event = { date: '2026-05-12', kind: 'campaign', label: 'letters go out', expectedEffect: 0.5 };
const totals = (queue?: string): number[] => {
  const events = [{ ...event, ...(queue === undefined ? {} : { queue }) }];
  const found = forecastQueues(
    new Map([
      ['a', grid(20)],
      ['b', grid(30)],
    ]),
    { ...request, events },
  );
  return [...found.values()].map(({ mean }) => mean.slice(24, 48).reduce((sum, value) => sum + value, 0));
};

it('an event of one queue moves that queue only; one of the line moves all', () => {
  const without = [
    ...forecastQueues(
      new Map([
        ['a', grid(20)],
        ['b', grid(30)],
      ]),
      request,
    ).values(),
  ].map(({ mean }) => mean.slice(24, 48).reduce((sum, value) => sum + value, 0));
  const [own, line] = [totals('a'), totals()];
  expect((own[0] ?? 0) / (without[0] ?? 1)).toBeGreaterThan(1.3);
  expect(own[1]).toBe(without[1]);
  expect((line[1] ?? 0) / (without[1] ?? 1)).toBeGreaterThan(1.3);
});
