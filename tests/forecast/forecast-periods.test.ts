import { describe, expect, it } from 'vitest';
import { forecastPeriods, scorePeriods } from '../../src/forecast/periods/forecast-periods.ts';
import { periodsAhead, periodsOfGrid, type Period } from '../../src/forecast/periods/periods.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';
import { valueAt } from '../../src/kernel/value-at.ts';

const calendar = calendarOf({ country: null });

interface Recipe {
  readonly months: number;
  readonly growth: number;
  readonly seed: number;
  readonly perDay?: number;
  readonly noise?: number;
  readonly step?: number;
}

/** Months of a line that grows, with a peak in summer; the level walks by `step` a month. */
const lineOf = ({ months, growth, seed, perDay = 300, noise = 0.02, step = 0 }: Recipe): Period[] => {
  const random = seededRandom(seed);
  let level = Math.log(perDay);
  return periodsAhead('2021-01-01', months, 'month', calendar).map((period, t) => {
    level += Math.log1p(growth) / 12 + step * random.normal();
    const season = 0.15 * Math.cos((2 * Math.PI * (t - 6)) / 12);
    const log = level + season + 0.4 * (period.offShare - 2 / 7) + noise * random.normal();
    return { ...period, knownDays: period.days, calls: random.poisson(Math.exp(log) * period.days) };
  });
};

const unknown = (periods: readonly Period[]): Period[] =>
  periods.map((period) => ({ ...period, knownDays: 0, calls: 0 }));

const errorOf = (ahead: readonly Period[], means: readonly number[]): number => {
  const calls = ahead.reduce((sum, period) => sum + period.calls, 0);
  return ahead.reduce((sum, period, h) => sum + Math.abs(valueAt(means, h) - period.calls), 0) / calls;
};

describe('months ahead', () => {
  it.each([-0.1, 0, 0.1, 0.3])('carries a growth of %f a year through the year ahead', (growth) => {
    const line = lineOf({ months: 60, growth, seed: 5 });
    const [past, ahead] = [line.slice(0, 48), line.slice(48)];
    const forecast = forecastPeriods(past, unknown(ahead), { by: 'month', seed: 1 });
    expect(forecast.growth.low).toBeLessThan(growth + 0.005);
    expect(forecast.growth.high).toBeGreaterThan(growth - 0.005);
    expect(
      errorOf(
        ahead,
        forecast.periods.map(({ mean }) => mean),
      ),
    ).toBeLessThan(0.035);
    const bias = forecast.total.mean / ahead.reduce((sum, { calls }) => sum + calls, 0) - 1;
    expect(Math.abs(bias)).toBeLessThan(0.025);
  });

  it('keeps what its ranges say, on lines whose level walks', () => {
    let inside80 = 0;
    let inside95 = 0;
    let totals = 0;
    const lines = 40;
    for (let seed = 1; seed <= lines; seed += 1) {
      const line = lineOf({ months: 48, growth: 0.05, seed, noise: 0.03, step: 0.025 });
      const ahead = line.slice(36);
      const forecast = forecastPeriods(line.slice(0, 36), unknown(ahead), { by: 'month', seed });
      ahead.forEach(({ calls }, h) => {
        const { q025, q10, q90, q975 } = valueAt(forecast.periods, h);
        if (calls >= q10 && calls <= q90) inside80 += 1;
        if (calls >= q025 && calls <= q975) inside95 += 1;
      });
      const sum = ahead.reduce((all, { calls }) => all + calls, 0);
      if (sum >= forecast.total.q10 && sum <= forecast.total.q90) totals += 1;
    }
    expect(inside80 / (12 * lines)).toBeGreaterThan(0.72);
    expect(inside80 / (12 * lines)).toBeLessThan(0.9);
    expect(inside95 / (12 * lines)).toBeGreaterThan(0.89);
    expect(totals / lines).toBeGreaterThan(0.65);
  });

  it('takes a stated growth instead of the one found', () => {
    const past = lineOf({ months: 36, growth: 0, seed: 3 });
    const ahead = periodsAhead('2024-01-01', 24, 'month', calendar);
    const yearOf = (growth: number, year: number): number =>
      forecastPeriods(past, ahead, { by: 'month', seed: 1, growth })
        .periods.slice(12 * year, 12 * year + 12)
        .reduce((sum, { mean }) => sum + mean, 0);
    expect(yearOf(0.2, 1) / yearOf(0.2, 0)).toBeCloseTo(1.2, 1);
    expect(yearOf(0, 1) / yearOf(0, 0)).toBeCloseTo(1, 1);
  });

  it('is not drawn away by one odd month, and widens with the months', () => {
    const line = lineOf({ months: 48, growth: 0, seed: 9 });
    const odd = line.map((period, t) => (t === 40 ? { ...period, calls: 5 * period.calls } : period));
    const ahead = periodsAhead('2025-01-01', 12, 'month', calendar);
    const plain = forecastPeriods(line, ahead, { by: 'month', seed: 1 });
    const after = forecastPeriods(odd, ahead, { by: 'month', seed: 1 });
    expect(after.total.mean / plain.total.mean).toBeCloseTo(1, 1);
    const widthOf = (h: number): number => {
      const { q10, q90, mean } = valueAt(plain.periods, h);
      return (q90 - q10) / mean;
    };
    expect(widthOf(11)).toBeGreaterThan(widthOf(0));
  });

  it('says how the last year would have been foreseen, beside the year before', () => {
    const score = scorePeriods(lineOf({ months: 60, growth: 0.15, seed: 4 }), { by: 'month', seed: 1 });
    expect(score).toMatchObject({ origins: 4, periods: 30 });
    expect(score?.wape).toBeLessThan(0.04);
    expect(score?.yearBeforeWape).toBeGreaterThan(0.1);
    expect(scorePeriods(lineOf({ months: 20, growth: 0, seed: 4 }), { by: 'month', seed: 1 })).toBeNull();
  });
});

describe('a history of days', () => {
  it('becomes months of known days, and keeps what is known of the month that is going on', () => {
    const grid = emptyDayGrid('2023-01-01', 3 * 365, 1440);
    for (let d = 0; d < 3 * 365; d += 1) grid.values[d] = d >= 40 && d < 45 ? Number.NaN : 100;
    const periods = periodsOfGrid(grid, 'month', calendar, '2025-12-11');
    expect(periods).toHaveLength(36);
    expect(periods[0]).toMatchObject({ start: '2023-01-01', days: 31, knownDays: 31, calls: 3100 });
    expect(periods[1]).toMatchObject({ start: '2023-02-01', days: 28, knownDays: 23, calls: 2300 });
    expect(periods[35]).toMatchObject({ start: '2025-12-01', days: 31, knownDays: 10, calls: 1000 });
    const current = valueAt(periods, 35);
    const forecast = forecastPeriods(
      periods,
      [current, ...periodsAhead('2026-01-01', 1, 'month', calendar)],
      {
        by: 'month',
        seed: 1,
      },
    );
    const [december, january] = forecast.periods;
    expect(december?.q025).toBeGreaterThan(2900);
    expect(december?.q975).toBeLessThan(3300);
    expect(january?.mean).toBeGreaterThan(3000);
    expect(january?.mean).toBeLessThan(3200);
  });

  it('counts weeks from Monday, wherever it begins', () => {
    const grid = emptyDayGrid(addDays('2024-01-01', 2), 40, 1440);
    grid.values.fill(10);
    const weeks = periodsOfGrid(grid, 'week', calendar, '2100-01-01');
    expect(weeks[0]).toMatchObject({ start: '2024-01-01', knownDays: 5, calls: 50 });
    expect(weeks[1]).toMatchObject({ start: '2024-01-08', knownDays: 7, calls: 70 });
  });
});

it('steps over months without a row: what lies behind a gap grows with it', () => {
  const line = lineOf({ months: 36, growth: 0.3, seed: 8 });
  const ahead = periodsAhead('2024-07-01', 1, 'month', calendar);
  const gone = periodsAhead('2024-01-01', 6, 'month', calendar);
  const [july] = forecastPeriods([...line, ...gone], ahead, { by: 'month', seed: 1 }).periods;
  const before = valueAt(line, 30);
  expect((july?.mean ?? 0) / before.calls).toBeGreaterThan(1.2);
});
