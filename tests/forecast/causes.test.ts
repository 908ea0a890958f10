import { describe, expect, test } from 'vitest';
import type { Cause } from '../../src/forecast/causes/cause.ts';
import { selectRegressors } from '../../src/forecast/causes/select-regressors.ts';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { OutsideIssue } from '../../src/forecast/outside/outside-forecast.ts';
import type { QueueForecast } from '../../src/forecast/forecast-task.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { lagEffects } from '../../src/forecast/plan/plan-with-causes.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import { rainyLine, type RainyLine } from '../support/rainy-line.ts';

const first = '2025-03-03';
const days = 365;
const origin = addDays(first, days);
const calendar = calendarOf({ country: null });

const made = (seed: number, effects: readonly number[], ahead = 0): RainyLine =>
  rainyLine({ seed, days, effects, ahead });

const request = { origin, days: 7, calendar, method: 'auto', seed: 1 } as const;
const judged = ({ grid, rain, origin: end }: RainyLine) =>
  selectRegressors(prepareHistory(grid, { ...request, origin: end })!, [rain]);
const forecast = ({ grid }: RainyLine, ...causes: readonly Cause[]): QueueForecast =>
  forecastQueue(grid, causes.length === 0 ? request : { ...request, causes });
const codes = ({ reasons }: QueueForecast): unknown[] =>
  reasons.map((reason) => ('code' in reason ? reason.code : undefined));

test.each([
  { length: 180, lines: 200, least: 110 },
  { length: 365, lines: 80, least: 76 },
])(
  'after $length days a known effect lies in its range as often as that says',
  ({ length, lines, least }) => {
    const inside = [0, 0];
    let taken = 0;
    for (let seed = 500; seed < 500 + lines; seed += 1) {
      const found = judged(rainyLine({ seed, days: length, effects: [0.005, 0.002] })).taken;
      if (found === undefined) continue;
      taken += 1;
      [0.005, 0.002].forEach((truth, lag) => {
        const half = 1.2816 * Math.sqrt(found.effects.covariance[lag * 9]!);
        if (Math.abs(found.effects.beta[lag]! - truth) <= half) inside[lag]! += 1;
      });
    }
    expect(taken).toBeGreaterThan(least);
    for (const count of inside) expect(count / taken).toBeGreaterThan(0.72);
    for (const count of inside) expect(count / taken).toBeLessThan(0.9);
  },
);

test('a series that is noise is refused on at least 99 of 100 lines', () => {
  let refused = 0;
  for (let seed = 0; seed < 200; seed += 1) if (judged(made(seed, [])).taken === undefined) refused += 1;
  expect(refused).toBeGreaterThanOrEqual(198);
});

test('how long a cause is known is told of the cause, not of the calls', () => {
  const { grid, rain, origin: end } = made(3, [0.006]);
  const from = dayNumber(end) - 30;
  const late = { ...rain, values: new Map([...rain.values].filter(([day]) => day >= from)) };
  const refused = selectRegressors(prepareHistory(grid, { ...request, origin: end })!, [late]).refused;
  expect(refused).toMatchObject([{ why: 'too-short' }]);
  expect(refused[0]!.days).toBeGreaterThan(20);
  expect(refused[0]!.days).toBeLessThanOrEqual(30);
});

describe('a forecast with a cause that moves the calls', () => {
  const line = made(7, [0.006], 7);
  const plain = forecast(line);
  const assuming = (value: number): Cause => ({
    ...line.rain,
    assumed: new Map([[dayNumber(origin) + 2, value]]),
  });

  test('follows the values that are known ahead', () => {
    const [dry, wet] = [0, 25].map((value) => forecast(line, assuming(value)));
    const more = wet!.dayQuantiles.mean[2]! / dry!.dayQuantiles.mean[2]!;
    expect(more).toBeGreaterThan(1.1);
    expect(more).toBeLessThan(1.22);
    expect(wet!.dayQuantiles.mean[1]! / dry!.dayQuantiles.mean[1]!).toBeCloseTo(1, 9);
    expect(codes(wet!)).toEqual(expect.arrayContaining(['cause-found', 'causes-gain']));
    const [part] = wet!.parts.slice(2);
    const product = part!.level * part!.weekday * part!.holiday * part!.event * part!.trend * part!.cause!;
    expect(product).toBeCloseTo(wet!.dayQuantiles.mean[2]!, 6);
  });

  test('knows less where they are not: the range is wider, and that is said', () => {
    const blind = forecast(line, { ...line.rain, knownAhead: 0 });
    const seeing = forecast(line, line.rain);
    const width = ({ dayQuantiles: { q10, q90, mean } }: QueueForecast): number =>
      (q90[3]! - q10[3]!) / mean[3]!;
    expect(width(blind)).toBeGreaterThan(1.05 * width(seeing));
    expect(codes(blind)).toContain('cause-not-known-ahead');
    expect(codes(seeing)).not.toContain('cause-not-known-ahead');
  });

  test('takes a value that was never seen for a range between the nearest seen and itself', () => {
    const most = Math.max(...line.rain.values.values());
    const [seen, never] = [most, 2 * most].map((value) => forecast(line, assuming(value)));
    expect(codes(seen!)).not.toContain('cause-never-seen');
    expect(codes(never!)).toContain('cause-never-seen');
    const { q10, q90 } = never!.dayQuantiles;
    expect(q90[2]! / q10[2]!).toBeGreaterThan(
      (1.15 * seen!.dayQuantiles.q90[2]!) / seen!.dayQuantiles.q10[2]!,
    );
  });

  test('believes a value of another unit no further than three spans of what was seen', () => {
    const values = [...line.rain.values.values()];
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const [far, absurd] = [most + 3 * (most - least), 1e9].map((value) => forecast(line, assuming(value)));
    expect(absurd!.dayQuantiles).toEqual(far!.dayQuantiles);
  });

  test('is the same to the bit where no cause is given, or the one given has no part', () => {
    const noise = made(3, []);
    const without = forecast(noise);
    const refused = forecast(noise, noise.rain);
    expect(codes(refused)).toContain('cause-without-effect');
    expect(refused.mean).toEqual(without.mean);
    expect(refused.quantiles).toEqual(without.quantiles);
    expect(refused.parts).toEqual(without.parts);
    expect(forecast(line, line.rain).mean).not.toEqual(plain.mean);
  });
});

test('a cause that made the last weeks worse is not used, and that is said', () => {
  const line = made(9, [0.006], 7);
  const turned = { ...line.grid, values: line.grid.values.slice() };
  for (let d = days - 84; d < days; d += 1)
    turned.values[d]! *= Math.exp(-0.012 * (line.rain.values.get(dayNumber(first) + d) ?? 0));
  const refused = forecast({ ...line, grid: turned }, line.rain);
  expect(codes(refused)).not.toContain('cause-found');
  expect(refused.mean).toEqual(forecast({ ...line, grid: turned }).mean);
});

test('an effect days later is said on one line in twenty where there is none, and where there is one', () => {
  const laterDays = (seed: number, effects: readonly number[]): number[] => {
    const { taken } = judged(rainyLine({ seed: 90_000 + seed, days: 365, effects }));
    return lagEffects(taken!, 0, 10).flatMap(({ lag, isSure }) => (isSure && lag > 0 ? [lag] : []));
  };
  const seeds = Array.from({ length: 60 }, (_, i) => i);
  const none = seeds.filter((seed) => laterDays(seed, [0.005]).length > 0);
  expect(none.length).toBeLessThanOrEqual(6);
  const said = seeds.map((seed) => laterDays(seed, [0.005, 0.002]));
  expect(said.filter((lags) => lags.includes(1)).length).toBeGreaterThan(50);
  expect(said.filter((lags) => lags.some((lag) => lag > 1)).length).toBeLessThanOrEqual(6);
});

test('a forecast from outside is held to the calls that came, rain and all, beside the own with its causes', () => {
  const { grid, rain } = made(7, [0.012], 7);
  const slope = 0.012;
  const issues: OutsideIssue[] = Array.from({ length: 12 }, (_, w) => {
    const from = days - 7 * (12 - w);
    const own = Array.from({ length: 7 }, (_, i) => {
      const day = from + i;
      const calls = grid.values[day]! * Math.exp(day % 2 === 0 ? 0.01 : -0.01);
      return [dayNumber(first) + day, { calls, slots: undefined, q10: Number.NaN, q90: Number.NaN }] as const;
    });
    return { from: dayNumber(first) + from, days: new Map(own) };
  });
  const ahead = Array.from({ length: 7 }, (_, i) => {
    const calls = 800 * Math.exp(slope * (rain.values.get(dayNumber(origin) + i) ?? 0));
    return [dayNumber(origin) + i, { calls, slots: undefined, q10: Number.NaN, q90: Number.NaN }] as const;
  });
  const outside = [
    { model: 'own', queue: 'q', issues: [...issues, { from: dayNumber(origin), days: new Map(ahead) }] },
  ];
  const [share] = forecastQueue(grid, { ...request, causes: [rain], outside }).outside ?? [];
  expect(share!.wape).toBeLessThan(0.02);
  expect(share!.weight).toBeGreaterThan(0.7);
});
