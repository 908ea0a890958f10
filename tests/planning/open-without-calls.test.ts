import { chinese, english } from '../support/said.ts';
import { expect, test } from 'vitest';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { openHoursWithoutCalls, settleHours } from '../../src/planning/history/settle-hours.ts';

const always = (): boolean => true;

/** Hourly history from Monday 2026-09-07; NaN where nothing is recorded. */
const history = (days: number, callsAt: (weekday: number, hour: number) => number) => {
  const grid = emptyDayGrid('2026-09-07', days, 60);
  grid.values.forEach((_, i) => (grid.values[i] = callsAt(Math.floor(i / 24) % 7, i % 24)));
  return new Map([['main', grid]]);
};
const inDaytime = (_: number, hour: number): number => (hour >= 8 && hour < 20 ? 9 : Number.NaN);

test('nights without a row, or with nothing but zeros, are named as one span across midnight', () => {
  for (const calls of [inDaytime, (w: number, hour: number) => inDaytime(w, hour) || 0]) {
    const said = openHoursWithoutCalls(history(21, calls), always);
    expect(said).toHaveLength(1);
    expect(english(said[0])).toContain('every day 20:00–08:00;');
    expect(english(said[0])).toContain('Set openingHours');
    expect(chinese(said[0])).toMatch(/\uff1a每天 20:00–08:00\uff1b.*\uff0c请设置 openingHours/);
  }
});

test('weekdays that differ are named apart', () => {
  const said = openHoursWithoutCalls(
    history(28, (weekday, hour) => (weekday < 5 ? 9 : inDaytime(weekday, hour))),
    always,
  );
  expect(english(said[0])).toContain('in these hours: Sat, Sun 20:00–08:00;');
  expect(chinese(said[0])).toContain('周六、日 20:00–08:00');
});

test('a weekday that is open and never had a call is named whole', () => {
  const said = openHoursWithoutCalls(
    history(21, (weekday) => (weekday === 6 ? 0 : 9)),
    always,
  );
  expect(english(said[0])).toContain('Sun 00:00–24:00');
});

test('hours that are closed, a single call, or less than three weeks are no matter', () => {
  const byDay = (_: string, slot: number): boolean => slot >= 8 && slot < 20;
  expect(openHoursWithoutCalls(history(21, inDaytime), byDay)).toEqual([]);
  expect(english(openHoursWithoutCalls(history(20, inDaytime), always)[0])).not.toContain('every day');
  expect(openHoursWithoutCalls(history(14, inDaytime), always)).toEqual([]);
  expect(
    openHoursWithoutCalls(
      history(21, () => 1),
      always,
    ),
  ).toEqual([]);
});

test('hours are learnt from the days that have data, however long ago they are', async () => {
  const calendar = await loadCalendar({ country: null, overrides: [] });
  const hours = (origin: string) => settleHours('learn', history(84, inDaytime), origin, calendar);
  expect(hours('2026-11-30').week).toEqual(Array.from({ length: 7 }, () => ({ from: '08:00', to: '20:00' })));
  expect(hours('2027-11-08')).toEqual(hours('2026-11-30'));
});

test('a call of any queue counts', () => {
  const night = history(21, (_, hour) => (hour >= 8 && hour < 20 ? 0 : 1)).get('main');
  if (night === undefined) throw new Error('no history');
  expect(openHoursWithoutCalls(new Map([...history(21, inDaytime), ['night', night]]), always)).toEqual([]);
});
