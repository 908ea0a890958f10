import { describe, expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { QueueForecast } from '../../src/forecast/forecast-task.ts';
import {
  evidenceWeight,
  issuedByNow,
  outsideDay,
  type OutsideForecast,
  type OutsideIssue,
  outsideMethod,
} from '../../src/forecast/outside/outside-forecast.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf } from '../../src/kernel/time.ts';

const first = '2025-09-01';
const days = 210;
const horizon = 7;
const slots = 4;
const origin = addDays(first, days);
const none = calendarOf({ country: null });

/** A line whose days are moved by something that its own past does not tell. */
const line = (seed: number): { grid: DayGrid; surprise: Float64Array } => {
  const random = seededRandom(seed);
  const grid = emptyDayGrid(first, days + horizon, 360);
  const surprise = Float64Array.from({ length: days + horizon }, () => 0.15 * random.normal());
  for (let day = 0; day < days; day += 1)
    for (let slot = 0; slot < slots; slot += 1)
      grid.values[day * slots + slot] = random.poisson(usual(day) * Math.exp(surprise[day]!) * 0.25);
  return { grid, surprise };
};

const usual = (day: number): number => (weekdayOf(addDays(first, day)) > 4 ? 500 : 900);

/** A model that is issued every Monday for a week, and says of a day what `says` does. */
const model = (says: (day: number) => number, weeks: number, withSlots = false): OutsideForecast => {
  const issues: OutsideIssue[] = [];
  for (let week = weeks; week >= 0; week -= 1) {
    const from = days - 7 * week;
    const own = Array.from({ length: 7 }, (_, i) => {
      const calls = says(from + i);
      const shaped = withSlots ? new Float64Array(slots).fill(calls / slots) : undefined;
      return [
        dayNumber(first) + from + i,
        { calls, slots: shaped, q10: calls * 0.95, q90: calls * 1.05 },
      ] as const;
    });
    issues.push({ from: dayNumber(first) + from, days: new Map(own) });
  }
  return { model: 'own', queue: 'q', issues };
};

const forecast = (grid: DayGrid, outside?: OutsideForecast) =>
  forecastQueue(grid, {
    origin,
    days: horizon,
    calendar: none,
    method: 'auto',
    seed: 1,
    ...(outside === undefined ? {} : { outside: [outside] }),
  });

const codesOf = ({ reasons }: QueueForecast): unknown[] =>
  reasons.map((reason) => ('code' in reason ? reason.code : undefined));

describe('a forecast from outside', () => {
  const { grid, surprise } = line(3);
  const knowing = (day: number): number => usual(day) * Math.exp(surprise[day] ?? 0);
  const plain = forecast(grid);

  test('that knows what moves the days has nearly all of the mix, and narrows it', () => {
    const mixed = forecast(grid, model(knowing, 12));
    const [share] = mixed.outside ?? [];
    expect(share).toMatchObject({ model: 'own', weeks: 12 });
    expect(share!.weight).toBeGreaterThan(0.7);
    expect(share!.wape).toBeLessThan(share!.ownWape);
    expect(share!.mixedWape).toBeLessThan(share!.ownWape);
    const own = mixed.candidates.find(({ method }) => method === outsideMethod('own'));
    expect(own?.weight).toBe(share!.weight);
    expect(mixed.candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    for (let day = 0; day < horizon; day += 1) {
      const truth = knowing(days + day);
      const error = (calls: number): number => Math.abs(calls / truth - 1);
      expect(error(mixed.dayQuantiles.mean[day]!)).toBeLessThan(error(plain.dayQuantiles.mean[day]!) + 0.03);
    }
    const width = (q: typeof plain.dayQuantiles): number => q.q90[2]! - q.q10[2]!;
    expect(width(mixed.dayQuantiles)).toBeLessThan(0.8 * width(plain.dayQuantiles));
    expect(codesOf(mixed)).toContain('outside-mixed');
  });

  test('without three weeks more is shown beside and not mixed: the forecast is the same to the bit', () => {
    const mixed = forecast(grid, model(knowing, 3));
    expect(mixed.outside?.[0]).toMatchObject({ weeks: 3, weight: 0 });
    expect(mixed.outside?.[0]?.days[0]?.calls).toBeCloseTo(knowing(days), 9);
    expect(mixed.mean).toEqual(plain.mean);
    expect(mixed.quantiles).toEqual(plain.quantiles);
    expect(codesOf(mixed)).toContain('outside-beside');
  });

  test('that only guesses has next to no share, over many lines', () => {
    const shares = Array.from({ length: 12 }, (_, seed) => {
      const random = seededRandom(900 + seed);
      const guess = Array.from({ length: days + horizon }, () => Math.exp(0.2 * random.normal()));
      return forecast(
        line(40 + seed).grid,
        model((day) => usual(day) * guess[day]!, 12),
      ).outside![0]!.weight;
    });
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.08);
  });

  test('whose ranges told which days are unsure makes those days’ ranges wider and the others’ narrower', () => {
    const random = seededRandom(17);
    const unsure = (day: number): boolean => day % 3 === 0;
    const rough = emptyDayGrid(first, days + horizon, 360);
    for (let day = 0; day < days; day += 1) {
      const luck = Math.exp(surprise[day]! + (unsure(day) ? 0.2 : 0.02) * random.normal());
      for (let slot = 0; slot < slots; slot += 1)
        rough.values[day * slots + slot] = random.poisson(usual(day) * luck * 0.25);
    }
    const says = (widthOf: (day: number) => number): OutsideForecast => {
      const plainly = model(knowing, 12);
      const issues = plainly.issues.map(({ from, days: own }) => ({
        from,
        days: new Map(
          [...own].map(([day, said]) => {
            const wide = Math.exp(widthOf(day - dayNumber(first)));
            return [day, { ...said, q10: said.calls / wide, q90: said.calls * wide }] as const;
          }),
        ),
      }));
      return { ...plainly, issues };
    };
    const widths = ({ dayQuantiles: { q10, q90, mean } }: QueueForecast): number[] =>
      Array.from(mean, (calls, j) => (q90[j]! - q10[j]!) / calls);
    const told = forecast(
      rough,
      says((day) => (unsure(day) ? 0.1 : 0.02)),
    );
    const alike = forecast(
      rough,
      says(() => 0.05),
    );
    widths(told).forEach((width, j) => {
      if (unsure(days + j)) expect(width).toBeGreaterThan(1.2 * widths(alike)[j]!);
      else expect(width).toBeLessThan(0.9 * widths(alike)[j]!);
    });
    expect(codesOf(told)).toContain('outside-ranges-tell');
    expect(codesOf(alike)).not.toContain('outside-ranges-tell');
    const wrong = forecast(
      rough,
      says((day) => (day % 2 === 0 ? 0.1 : 0.02)),
    );
    widths(wrong).forEach((width, j) => expect(width / widths(alike)[j]!).toBeGreaterThan(0.85));
  });

  test('that tells intervals brings its shape along', () => {
    const bent = emptyDayGrid(first, days + horizon, 360);
    const random = seededRandom(8);
    const turned = (day: number): Float64Array =>
      Float64Array.from([0.25, 0.25, 0.25, 0.25], (share, slot) =>
        slot < 2 ? share * (1 + (day % 2 === 0 ? 0.4 : -0.4)) : share * (1 - (day % 2 === 0 ? 0.4 : -0.4)),
      );
    for (let day = 0; day < days; day += 1)
      turned(day).forEach((share, slot) => {
        bent.values[day * slots + slot] = random.poisson(usual(day) * Math.exp(surprise[day]!) * share);
      });
    const shaped = model(knowing, 12);
    const issues = shaped.issues.map((issue) => ({
      ...issue,
      days: new Map(
        [...issue.days].map(([day, own]) => [
          day,
          { ...own, slots: turned(day - dayNumber(first)).map((share) => share * own.calls) },
        ]),
      ),
    }));
    const mixed = forecast(bent, { ...shaped, issues });
    const share = mixed.mean.slice(0, 4).map((calls) => calls / mixed.dayQuantiles.mean[0]!);
    expect(share[0]!).toBeGreaterThan(0.31);
    expect(forecast(bent).shape[0]!).toBeLessThan(0.29);
  });

  test('without figures for the days ahead has no share', () => {
    const past = model(knowing, 12);
    const mixed = forecast(grid, { ...past, issues: past.issues.slice(0, -1) });
    expect(mixed.mean).toEqual(plain.mean);
    expect(codesOf(mixed)).toContain('outside-not-ahead');
  });
});

test('what was issued after an origin is not known there, unless nothing later is known at all', () => {
  const late: OutsideForecast = {
    model: 'own',
    queue: 'q',
    issues: [{ from: 101, days: new Map([[105, { calls: 7, slots: undefined, q10: 1, q90: 9 }]]) }],
  };
  expect(outsideDay(late, 100, 105)).toBeUndefined();
  expect(outsideDay(late, 101, 105)?.calls).toBe(7);
  expect(outsideDay(issuedByNow([late], 100)[0]!, 100, 105)?.calls).toBe(7);
});

test('a share needs four weeks and more than one lucky one', () => {
  const week = (own: number, other: number) => Array.from({ length: 7 }, () => ({ own, other }));
  expect(evidenceWeight([week(1, 0), week(1, 0), week(1, 0)])).toBe(0);
  expect(evidenceWeight(Array.from({ length: 8 }, () => week(1, 0)))).toBeCloseTo(0.8, 9);
  expect(evidenceWeight([week(3, 0), ...Array.from({ length: 7 }, () => week(0.2, 0.4))])).toBe(0);
});
