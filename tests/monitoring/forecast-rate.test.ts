import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';
import { forecastRate, type RateHistory } from '../../src/monitoring/forecast-rate.ts';

const from = '2026-03-02';
const expit = (x: number): number => 1 / (1 + Math.exp(-x));
const dates = (days: number): string[] => Array.from({ length: days }, (_, i) => addDays(from, i - days));

/** Lines whose days stray about a level that drifts, better on two weekdays. */
const world = (seed: number, drift: number, days = 98): RateHistory[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 12 }, (_, i) => {
    let level = 0.5 + 0.2 * i;
    return {
      line: `line-${i}`,
      days: dates(days).map((date) => {
        level += drift * random.normal();
        const rate = expit(level + (weekdayOf(date) >= 5 ? 0.8 : 0) + 0.3 * random.normal());
        return { date, calls: 2000, met: Math.round(2000 * rate) };
      }),
    };
  });
};

describe('the rate of days to come', () => {
  test('a steady line keeps its rate and its weekdays', () => {
    const days = dates(70).map((date) => ({ date, calls: 1000, met: weekdayOf(date) >= 5 ? 900 : 700 }));
    const { lines } = forecastRate([{ line: 'a', days }], from, 14);
    const forecast = lines.get('a') ?? [];
    expect(forecast).toHaveLength(14);
    for (const { date, mean, q10, q90 } of forecast) {
      expect(mean).toBeCloseTo(weekdayOf(date) >= 5 ? 0.9 : 0.7, 2);
      expect(q90 - q10).toBeLessThan(0.02);
    }
  });

  test('a level that drifts is followed closely, one that does not is averaged long', () => {
    expect(forecastRate(world(1, 0.2), from, 21).halfLifeDays).toBe(7);
    expect(forecastRate(world(1, 0), from, 21).halfLifeDays).toBeGreaterThanOrEqual(28);
  });

  test('ranges hold what they say on days not seen', () => {
    let held = 0;
    let all = 0;
    for (let seed = 1; seed <= 6; seed += 1) {
      const whole = world(seed, 0.05, 119).map(({ line, days }) => ({
        line,
        days: days.map((day) => ({ ...day, date: addDays(day.date, 21) })),
      }));
      const { lines } = forecastRate(whole, from, 21);
      for (const { line, days } of whole)
        for (const { date, q10, q90 } of lines.get(line) ?? []) {
          const day = days.find((one) => one.date === date);
          if (day === undefined) throw new Error('no such day');
          const rate = day.met / day.calls;
          all += 1;
          if (rate >= q10 && rate <= q90) held += 1;
        }
    }
    expect(all).toBe(6 * 12 * 21);
    expect(held / all).toBeGreaterThan(0.7);
    expect(held / all).toBeLessThan(0.9);
  });

  test('what comes after the origin is not looked at; a short history is left out', () => {
    const [line = { line: '', days: [] }] = world(2, 0.1);
    const later = { ...line, days: [...line.days, { date: from, calls: 1000, met: 0 }] };
    const short = { line: 'short', days: line.days.slice(-20) };
    const found = forecastRate([later, short], from, 7);
    expect(found.lines.get(line.line)).toEqual(forecastRate([line], from, 7).lines.get(line.line));
    expect(found.lines.has('short')).toBe(false);
  });
});
