import { describe, expect, test } from 'vitest';
import { byShares, forecastTopics, riseNow, silentFrom } from '../../src/forecast/topics/forecast-topics.ts';
import { seasonOfTopic, topicDays } from '../../src/forecast/topics/topic-season.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import { daysOfGrid, madeUpTopics, type MadeUpSeason } from '../support/made-up-topics.ts';

const calendar = calendarOf({ country: 'CN' });
const first = '2023-01-01';
const winter: MadeUpSeason = { begins: '11-13', spread: 3, riseDays: 9, times: 6, days: 110 };
/** The day before the third winter begins, some days ahead of it. */
const asked = dayNumber('2025-11-01') - dayNumber(first);

const topicOf = (
  seed: number,
  perDay: number,
  season?: MadeUpSeason,
  more: { own?: number; days?: number } = {},
) =>
  madeUpTopics([{ topic: 'a', perDay, own: more.own ?? 0.01, ...(season === undefined ? {} : { season }) }], {
    seed,
    first,
    days: more.days ?? asked + 200,
  });

const nearest = (onsets: readonly number[], day: number): number =>
  onsets.reduce((a, b) => (Math.abs(b - day) < Math.abs(a - day) ? b : a));

describe('seasons of topics', () => {
  test('200 made-up topics of 4 to 40 demands a day: when past ones began, and the range of the next', () => {
    const errors: number[] = [];
    let [found, inside, expectedError] = [0, 0, 0];
    for (let seed = 1; seed <= 200; seed += 1) {
      const made = topicOf(seed, [4, 10, 40][seed % 3]!, { ...winter, times: [3, 6, 8][seed % 3]! });
      const onsets = made.onsets.get('a')!;
      const season = seasonOfTopic(topicDays(daysOfGrid(made.grids.get('a')!, asked), calendar));
      if (season === undefined) continue;
      found += 1;
      for (const { day } of season.seasons) errors.push(Math.abs(day - nearest(onsets, day)));
      const next = nearest(onsets, season.next.day);
      expectedError += Math.abs(next - season.next.day);
      if (next >= season.next.low && next <= season.next.high) inside += 1;
    }
    const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
    expect(found).toBeGreaterThanOrEqual(198);
    expect(mean).toBeLessThan(2);
    expect(errors.filter((error) => error > 7).length / errors.length).toBeLessThan(0.03);
    expect(expectedError / found).toBeLessThan(4);
    // the spread from year to year is 3 days here, and 4 before any year is known
    expect(inside / found).toBeGreaterThan(0.78);
  });

  test('one year alone shows a plain season, which rests on one', () => {
    const made = topicOf(7, 20, winter);
    const grid = made.grids.get('a')!;
    const start = dayNumber('2024-08-01') - dayNumber(first);
    const year = {
      ...grid,
      firstDate: addDays(first, start),
      dayCount: asked - start,
      values: grid.values.slice(start, asked),
    };
    const season = seasonOfTopic(topicDays(year, calendar));
    expect(season?.seasons).toHaveLength(1);
    const { low, high } = season!.next;
    expect(high - low).toBeGreaterThan(10);
  });

  test('topics that only scatter and walk have no season, and less than one false notice of a rise a year', () => {
    let [seasons, notices, years] = [0, 0, 0];
    for (let seed = 1; seed <= 60; seed += 1) {
      const own = seed % 2 === 0 ? 0.01 : 0.03;
      const grid = topicOf(1000 + seed, [5, 50, 400][seed % 3]!, undefined, { own, days: 1100 }).grids.get(
        'a',
      )!;
      const days = topicDays(grid, calendar);
      if (seasonOfTopic(days) !== undefined) seasons += 1;
      years += 1;
      let told = -99;
      for (let end = days.end - 364; end <= days.end; end += 1) {
        if (riseNow(days, end) === undefined) continue;
        if (end - told > 14) notices += 1;
        told = end;
      }
    }
    expect(seasons / years).toBeLessThan(0.1);
    expect(notices / years).toBeLessThan(0.2);
  });

  test('a topic that doubles is told within seven days', () => {
    let told = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const grid = topicOf(2000 + seed, 30, undefined, { days: 500 }).grids.get('a')!;
      for (let d = 493; d < 500; d += 1) grid.values[d] = 2 * grid.values[d]!;
      const days = topicDays(grid, calendar);
      if (riseNow(days, days.end) !== undefined) told += 1;
    }
    expect(told).toBeGreaterThanOrEqual(36);
  });

  test('a season that has begun is seen, and the next is a year on', () => {
    const made = topicOf(3, 40, winter);
    const season = seasonOfTopic(topicDays(daysOfGrid(made.grids.get('a')!, asked + 32), calendar));
    const onset = nearest(made.onsets.get('a')!, dayNumber(first) + asked + 12);
    expect(Math.abs(season!.running!.day - onset)).toBeLessThanOrEqual(2);
    expect(season!.next.day - season!.running!.day).toBeGreaterThan(350);
  });
});

describe('forecasts of topics', () => {
  const made = madeUpTopics(
    [
      { topic: 'heating', perDay: 40, season: winter },
      { topic: 'noise', perDay: 200 },
      { topic: 'pets', perDay: 5 },
    ],
    { seed: 4, first, days: asked + 84 },
  );
  const known = new Map([...made.grids].map(([topic, grid]) => [topic, daysOfGrid(grid, asked)]));
  const request = { origin: addDays(first, asked), days: 84, calendar, seed: 1 };
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  const errorOf = (seasons: boolean): number => {
    const { paths, pathCount } = forecastTopics(known, { ...request, seasons }).get('heating')!;
    const came = made.grids.get('heating')!.values.subarray(asked);
    return Math.abs(sum(paths) / pathCount / sum(came) - 1);
  };

  test('know a season that the plain forecast misses by far', () => {
    const [known, plain] = [errorOf(true), errorOf(false)];
    expect(known).toBeLessThan(0.25);
    expect(plain).toBeGreaterThan(2 * known);
  });

  test('a silent topic is told from a small one', () => {
    const grid = daysOfGrid(made.grids.get('pets')!, asked);
    expect(silentFrom(grid)).toBeUndefined();
    const silent = { ...grid, values: grid.values.slice().fill(0, asked - 40) };
    expect(silentFrom(silent)).toBe(dayNumber(first) + asked - 40);
    expect(silentFrom({ ...grid, values: new Float64Array(asked) })).toBeUndefined();
  });
});

test('topics add up to the total that is given', () => {
  const moved = byShares([Float64Array.of(10, 30), Float64Array.of(60, 60)], 160);
  expect(moved).toEqual([40, 120]);
  expect(byShares([Float64Array.of(0), Float64Array.of(0)], 10)).toEqual([0, 0]);
});
