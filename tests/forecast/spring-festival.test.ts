import { expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queue.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays } from '../../src/kernel/time.ts';
import { springFestivalLine } from '../support/spring-festival-line.ts';

const calendar = calendarOf({ country: 'CN' });

test.each([
  { years: 2, within: 0.12 },
  { years: 4, within: 0.1 },
])(
  'after $years festivals the days around the next are foretold, whatever days are off',
  ({ years, within }) => {
    let [error, covered, count] = [0, 0, 0];
    for (let seed = 101; seed <= 108; seed += 1) {
      const line = springFestivalLine({ seed, years, year: 2011 + (seed % 15) });
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
    expect(covered / count).toBeGreaterThan(0.65);
    expect(covered / count).toBeLessThan(0.95);
  },
);
