import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageScale, slotVariance } from '../../src/forecast/calibration/calibrate.ts';
import { openingMask, presentSlots } from '../../src/forecast/history/opening-pattern.ts';
import type { PreparedHistory } from '../../src/forecast/history/prepare-history.ts';
import { fillHorizon } from '../../src/forecast/methods/forecast-method.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';

/** Days from Monday 5 January 2026 in four slots, each filled by what it gives for the day and weekday. */
const first = '2026-01-05';
const grid = (days: number, row: (day: number, weekday: number) => readonly number[]): DayGrid => {
  const made = emptyDayGrid(first, days, 360);
  for (let d = 0; d < days; d += 1) made.values.set(row(d, d % 7), 4 * d);
  return made;
};
const after = (days: number): number => dayNumber(addDays(first, days));
/** The mask as a word a day, Monday first. */
const words = (mask: Uint8Array): string[] =>
  Array.from({ length: 7 }, (_, weekday) => mask.slice(4 * weekday, 4 * weekday + 4).join(''));
const all = (word: string): string[] => Array.from({ length: 7 }, () => word);

describe('slots that carry counts', () => {
  it('by weekday, zeros too, and nothing from the day asked for on', () => {
    const seen = grid(14, (_, weekday) => (weekday === 6 ? [NaN, NaN, NaN, NaN] : [NaN, 5, 0, NaN]));
    expect(words(presentSlots(seen, after(14)))).toEqual([...all('0110').slice(1), '0000']);
    expect(words(presentSlots(seen, after(2)))).toEqual(['0110', '0110', ...all('0000').slice(2)]);
    expect(words(presentSlots(seen, after(0)))).toEqual(all('0000'));
    expect(words(presentSlots(seen, after(60)))[0]).toBe('0110');
  });

  it('among the last twelve days of a weekday that have data, half a year back at most', () => {
    // A slot that was there until a Monday so many weeks ago.
    const until = (weeks: number, gap = false): string | undefined =>
      words(
        presentSlots(
          grid(7 * 30, (d) => {
            const ago = 29 - Math.floor(d / 7);
            if (gap && ago < 20) return [NaN, NaN, NaN, NaN];
            return [ago >= weeks ? 4 : NaN, 5, NaN, NaN];
          }),
          after(7 * 30),
        ),
      )[0];
    expect(until(11)).toBe('1100');
    expect(until(12)).toBe('0100');
    // Twenty weeks without data: the twelve days before them count, as far back as 26 weeks.
    expect(until(25, true)).toBe('1100');
    expect(until(26, true)).toBe('0100');
  });
});

describe('opening hours as a history shows them', () => {
  it('zeros are closed where so many calls would be impossible to miss, and chance where few are', () => {
    // Six calls in each of two slots; the others are zero in every one of n weeks: 12 n calls are missing.
    const mask = (weeks: number, calls: number): string[] =>
      words(
        openingMask(
          grid(7 * weeks, () => [0, calls, calls, 0]),
          after(7 * weeks),
        ),
      );
    expect(mask(4, 6)).toEqual(all('1111'));
    expect(mask(5, 6)).toEqual(all('0110'));
    expect(mask(5, 5)).toEqual(all('1111'));
    expect(mask(9, 3)).toEqual(all('0110'));
  });

  it('a run of zeros counts together', () => {
    const mask = (weeks: number): string[] =>
      words(
        openingMask(
          grid(7 * weeks, () => [6, 0, 0, 6]),
          after(7 * weeks),
        ),
      );
    expect(mask(2)).toEqual(all('1111'));
    expect(mask(3)).toEqual(all('1001'));
  });

  it('a weekday without any call is held against what the others have in a day', () => {
    // Six days with 24 calls in a day of four slots: six a slot, 24 a Sunday.
    const mask = (weeks: number): string | undefined =>
      words(
        openingMask(
          grid(7 * weeks, (_, w) => (w === 6 ? [0, 0, 0, 0] : [0, 12, 12, 0])),
          after(7 * weeks),
        ),
      )[6];
    expect(mask(1)).toBe('1111');
    expect(mask(2)).toBe('0000');
  });

  it('what was closed half a year ago and is open since, is open', () => {
    const opened = grid(7 * 40, (d) => (d < 7 * 12 ? [0, 9, 9, 0] : [5, 9, 9, 5]));
    expect(words(openingMask(opened, after(7 * 40)))).toEqual(all('1111'));
    const closed = grid(7 * 40, (d) => (d < 7 * 12 ? [5, 9, 9, 5] : [0, 9, 9, 0]));
    expect(words(openingMask(closed, after(7 * 40)))).toEqual(all('0110'));
  });

  it('a weekday that less than a week has not shown yet is open whenever another one is', () => {
    const mask = (days: number): string[] =>
      words(
        openingMask(
          grid(days, (_, w) => (w === 1 ? [NaN, 5, 5, NaN] : [NaN, NaN, 5, 5])),
          after(days),
        ),
      );
    expect(mask(3)).toEqual(['0011', '0110', '0011', ...all('0111').slice(3)]);
    expect(mask(6)).toEqual(['0011', '0110', '0011', '0011', '0011', '0011', '0111']);
    expect(mask(7)[6]).toBe('0011');
    expect(words(openingMask(emptyDayGrid(first, 3, 360), after(3)))).toEqual(all('0000'));
  });

  it('a series of days has no hours to close', () => {
    const days = emptyDayGrid(first, 70, 1440);
    days.values.fill(0);
    expect([...openingMask(days, after(70))]).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('how wide ranges must be', () => {
  const past = (n: number, mean: number, off: number) =>
    Array.from({ length: n }, (_, i) => ({
      mean,
      variance: mean,
      actual: mean + off * (i % 2 === 0 ? 1 : -1),
    }));

  it('1 of fewer than ten, or of less than a week', () => {
    expect(coverageScale(past(9, 100, 50), 8, 80)).toBe(1);
    expect(coverageScale(past(10, 100, 50), 0.9, 80)).toBe(1);
    expect(coverageScale(past(10, 100, 50), 1, 80)).toBeGreaterThan(1);
    expect(coverageScale(past(40, 100, 0.5), 8, 80)).toBeLessThan(1);
  });

  it('drawn towards 1 where few weeks are known, between 0.6 and 3', () => {
    const scales = [1, 4, 40, 4000].map((weeks) => coverageScale(past(40, 100, 30), weeks, 80));
    expect(scales).toEqual(scales.toSorted((a, b) => a - b));
    // Half of the logarithm after four weeks.
    expect(Math.log(scales[1] ?? 0) / Math.log(coverageScale(past(40, 100, 30), 1e9, 80))).toBeCloseTo(
      0.5,
      6,
    );
    expect(coverageScale(past(40, 100, 99), 1e9, 80)).toBe(3);
    expect(coverageScale(past(40, 1000, 0.1), 1e9, 80)).toBe(0.6);
  });

  it('quiet intervals raise it by a quarter at most over that of the busy ones', () => {
    const busy = past(40, 100, 9);
    const quiet = Array.from({ length: 200 }, () => ({ mean: 4, variance: 4, actual: 30 }));
    const own = coverageScale(busy, 1e9, 95);
    expect(coverageScale([...busy, ...quiet], 1e9, 95)).toBeCloseTo(1.25 * own, 9);
    expect(coverageScale(quiet, 1e9, 95)).toBe(1.25);
    expect(coverageScale([...busy.slice(0, 9), ...quiet], 1e9, 95)).toBe(1.25);
  });

  it('a slot varies by its count, by itself and with its day', () => {
    const spread = { count: 1.5, relative: 0.04 } as never;
    expect(slotVariance(spread, 10, 0)).toBeCloseTo(15 + 4, 12);
    expect(slotVariance(spread, 10, Math.log(1.09))).toBeCloseTo(15 + 13, 9);
  });
});

it('a horizon has the calls that are expected of its own days, and none in the slots in which they are closed', () => {
  const mask = fc.array(fc.array(fc.nat(1), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(mask, fc.nat(6), (days, cut) => {
      const known = Math.min(days.length - 1, cut);
      const history = {
        days: known,
        horizon: days.length - known,
        slotOf: Int32Array.of(0, 1, 2),
        open: Uint8Array.from(days.flat()),
      } as unknown as PreparedHistory;
      const calls = fillHorizon(history, (day, slot) => 100 * day + slot + 1);
      expect([...calls]).toEqual(
        days.flatMap((open, day) =>
          day < known ? [] : open.map((isOpen, slot) => (isOpen === 0 ? 0 : 100 * day + slot + 1)),
        ),
      );
    }),
  );
});
