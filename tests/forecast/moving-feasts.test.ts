import { expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { addDays } from '../../src/kernel/time.ts';
import { feastLine } from '../support/feast-line.ts';
import { sweep } from '../support/sweep.ts';

const feasts = [
  { country: 'CN', years: 2, within: 0.12 },
  { country: 'CN', years: 4, within: 0.1 },
  { country: 'SA', years: 3, within: 0.1 },
  { country: 'IN', years: 3, within: 0.08 },
  { country: 'GB', years: 3, within: 0.08 },
];

test.each(sweep(feasts, ({ country, years }) => country === 'CN' && years === 4))(
  'after $years feasts of $country the days around the next are foretold, whatever days are off',
  async ({ country, years, within }) => {
    const calendar = await loadCalendar({ country });
    const lines = country === 'CN' ? 8 : 5;
    let [error, covered, count] = [0, 0, 0];
    for (let seed = 101; seed < 101 + lines; seed += 1) {
      const line = feastLine({ calendar, seed, years, year: 2011 + (seed % 15) });
      for (const [origin, days] of [
        [addDays(line.firstOff, -4), line.before],
        [line.lastOff, line.after],
      ] as const) {
        const request = { origin, days: 14, calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
        const { parts, dayQuantiles } = forecastQueue(line.until(origin), request);
        for (const date of days) {
          const at = parts.findIndex((part) => part.date === date);
          const calls = line.calls(date);
          error += Math.abs(dayQuantiles.mean[at]! / line.expected(date) - 1);
          covered += calls >= dayQuantiles.q10[at]! && calls <= dayQuantiles.q90[at]! ? 1 : 0;
          count += 1;
        }
      }
    }
    expect(error / count).toBeLessThan(within);
    expect(covered / count).toBeGreaterThan(country === 'CN' ? 0.65 : 0.55);
    expect(covered / count).toBeLessThan(0.99);
  },
);

/** Dates as they were kept; Ramadan's end by the calendar of Umm al-Qura. */
test.each([
  { country: 'CN', dates: ['2024-02-09', '2025-01-28', '2026-02-16'] },
  { country: 'GB-ENG', dates: ['2024-03-31', '2025-04-20', '2026-04-05', '2038-04-25'] },
  { country: 'GR', dates: ['2021-05-02', '2024-05-05', '2025-04-20', '2026-04-12'] },
  { country: 'SA', dates: ['2022-05-02', '2023-04-21', '2024-04-10', '2025-03-30'] },
  { country: 'IN', dates: ['2020-11-14', '2022-10-24', '2023-11-12', '2024-10-31', '2025-10-20'] },
])('the feast of $country is known without a list of its dates', async ({ country, dates }) => {
  const { feast } = await loadCalendar({ country });
  expect(dates.map((date) => feast?.dayOf(date))).toEqual(dates.map(() => 0));
  expect(dates.map((date) => feast?.dayOf(addDays(date, -2)))).toEqual(dates.map(() => -2));
  expect(dates.map((date) => feast?.dayOf(addDays(date, 60)))).toEqual(dates.map(() => undefined));
});
