import { describe, expect, it } from 'vitest';
import {
  backtestOrigin,
  type BacktestRun,
  lastWeekOrigins,
  scoreBacktest,
  scoredDates,
} from '../../src/forecast/backtest.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { closeHolidays } from '../../src/forecast/history/prepare-history.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

const row = (...values: readonly number[]): Float64Array => Float64Array.from(values);

/** Two days of two intervals, of which the second is scored: 10 and 20 forecast, ranges 8 to 12 (6 to 14) about them. */
const run = (actual: readonly number[], reported = [1, 1, 1, 1], first = 10): BacktestRun => {
  const mean = row(99, 99, first, 20);
  const off = (by: number): Float64Array => mean.map((n) => n + by);
  const quantiles = { q025: off(-4), q10: off(-2), q50: off(0), q90: off(2), q975: off(4) };
  return {
    origin: '2026-11-23',
    offset: 1,
    forecast: { dates: ['2026-11-23', '2026-11-24'], slotsPerDay: 2, mean, quantiles } as never,
    reported: Uint8Array.from(reported),
    actual: row(0, 0, ...actual),
    rivals: new Map([['seasonal-naive', row(0, 0, 11, 25)]]),
  };
};

describe('scoreBacktest', () => {
  it('what chance makes of an error is the mean deviation of Poisson counts', () => {
    const deviationOf = (mean: number): number => {
      let [log, sum] = [-mean, 0];
      for (let n = 0; n < 2000; n += 1) {
        if (n > 0) log += Math.log(mean / n);
        sum += Math.abs(n - mean) * Math.exp(log);
      }
      return sum;
    };
    // One interval alone, in which one call came.
    const chanceAt = (mean: number) => scoreBacktest([run([1, 0], [1, 1, 1, 0], mean)]).chance;
    for (const mean of [0.2, 1, 3.7, 20, 300]) expect(chanceAt(mean)).toBeCloseTo(deviationOf(mean), 9);
    expect(chanceAt(0)).toBe(0);
    expect(scoreBacktest([run([12, 16])]).chance).toBeCloseTo((deviationOf(10) + deviationOf(20)) / 28, 12);
  });

  it('errors over calls, over the scored days alone', () => {
    // 2 too few forecast and 4 too many, of 28 calls; the day 30 instead of 28.
    const score = scoreBacktest([run([12, 16])]);
    expect(score.wape).toBeCloseTo(6 / 28, 12);
    expect(score.bias).toBeCloseTo(2 / 28, 12);
    expect(score.biasPerDay).toBeCloseTo(2, 12);
    expect(score.dayMape).toBeCloseTo(2 / 28, 12);
    expect(score.scoredIntervals).toBe(2);
    expect(score.rivals.find(({ method }) => method === 'seasonal-naive')?.wape).toBeCloseTo(10 / 28, 12);
  });

  it('a day with too few forecast is as wrong as one with too many; days count alike', () => {
    const score = scoreBacktest([run([20, 20]), run([5, 15])]);
    expect(score.dayMape).toBeCloseTo((10 / 40 + 10 / 20) / 2, 12);
    expect(score.bias).toBeCloseTo(0, 12);
    expect(scoreBacktest([run([20, 20]), run([5, 13])]).biasPerDay).toBeCloseTo(1, 12);
    expect(score.wape).toBeCloseTo(20 / 60, 12);
  });

  it.each([
    // what came where 10 was forecast; inside 80 %, inside 95 %
    [10, 1, 1],
    [8, 1, 1],
    [12, 1, 1],
    [7, 0, 1],
    [13, 0, 1],
    [6, 0, 1],
    [14, 0, 1],
    [5, 0, 0],
    [15, 0, 0],
  ])('%d calls are inside by %d and %d: an end belongs to the range', (calls, inside80, inside95) => {
    const score = scoreBacktest([run([calls, 20], [1, 1, 1, 0])]);
    expect([score.coverage80, score.coverage95, score.scoredIntervals]).toEqual([inside80, inside95, 1]);
  });

  it('leaves out what is not reported or not known; nothing scored is no score', () => {
    expect(scoreBacktest([run([12, NaN])])).toMatchObject({ scoredIntervals: 1, wape: 2 / 12 });
    expect(scoreBacktest([run([12, 16], [1, 1, 0, 0])])).toEqual({
      wape: null,
      chance: null,
      bias: null,
      biasPerDay: null,
      dayMape: null,
      coverage80: null,
      coverage95: null,
      scoredIntervals: 0,
      rivals: ['seasonal-naive', 'weekday-mean', 'weekday-mean-of-4', 'weekday-median'].map((method) => ({
        method,
        wape: null,
      })),
    });
    expect(scoreBacktest([run([0, 0])])).toMatchObject({ wape: null, dayMape: null, coverage80: 0 });
  });

  it('dates of which anything is scored: reported, known and of a scored day', () => {
    const later = {
      ...run([NaN, 16]),
      forecast: { ...run([]).forecast, dates: ['2026-11-30', '2026-12-01'] },
    };
    expect(scoredDates([later, run([12, 16])])).toEqual(['2026-11-24', '2026-12-01']);
    expect(scoredDates([run([NaN, NaN]), run([12, 16], [1, 1, 0, 0])])).toEqual([]);
  });
});

/** So many days from Monday 5 January 2026 with calls in the second of two intervals, on weekdays that are open. */
const grid = (days: number, open = 7): DayGrid => {
  const made = emptyDayGrid('2026-01-05', days, 720);
  for (let d = 0; d < days; d += 1)
    if (weekdayOf(addDays('2026-01-05', d)) < open) made.values[2 * d + 1] = 10 * (1 + (d % 7));
  return made;
};

describe('origins of past weeks', () => {
  it('are the Mondays of the last full weeks, less the gap', () => {
    expect(lastWeekOrigins(grid(70), 2, 0)).toEqual(['2026-03-02', '2026-03-09']);
    expect(lastWeekOrigins(grid(70), 2, 7)).toEqual(['2026-02-23', '2026-03-02']);
    // A Sunday short the last week is not full, unless the line is closed on Sundays.
    expect(lastWeekOrigins(grid(69), 1, 0)).toEqual(['2026-03-02']);
    expect(lastWeekOrigins(grid(69, 6), 1, 0)).toEqual(['2026-03-09']);
    expect(lastWeekOrigins(grid(70, 6), 1, 0)).toEqual(['2026-03-09']);
    expect(lastWeekOrigins(emptyDayGrid('2026-01-05', 3, 720), 2, 0)).toEqual([]);
  });

  it('a forecast from one knows nothing later, and reports what is usually recorded', () => {
    const history = grid(70, 6);
    const request = {
      origins: [],
      gapDays: 2,
      horizonDays: 7,
      forecast: { calendar: calendarOf({ country: null }), method: 'weekday-mean' as const, seed: 1 },
    };
    const found = backtestOrigin(history, '2026-03-07', request);
    expect(found.offset).toBe(2);
    expect(found.forecast.dates).toHaveLength(9);
    // From Monday 9 March: the second interval of six days, none on Sunday.
    const reported = [...found.reported];
    expect(reported.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(reported.slice(4)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0]);
    expect([...found.actual.slice(4, 8)]).toEqual([NaN, 10, NaN, 20]);
    expect(found.forecast.mean[5]).toBeCloseTo(10, 9);
    const naive = found.rivals.get('seasonal-naive');
    expect([naive?.[5], naive?.[7], naive?.[4]]).toEqual([10, 20, 0]);
    expect([...found.rivals.keys()]).toEqual([
      'seasonal-naive',
      'weekday-mean',
      'weekday-mean-of-4',
      'weekday-median',
    ]);
    const noon = backtestOrigin(history, '2026-03-07', { ...request, asOfMinute: 720 });
    expect([...noon.reported]).toEqual(reported);
    expect(backtestOrigin(history, '2026-03-07', { ...request, asOfMinute: 1440 }).reported.includes(1)).toBe(
      false,
    );
  });
});

describe('a line that is closed on holidays', () => {
  /** Days of two slots, of which the last two are to come; the calls of each holiday, others have ten. */
  const openAfter = (holidays: readonly (number | undefined)[], ahead = [1, 0]): number[] => {
    const days = holidays.length;
    const values = Float64Array.from(holidays.flatMap((calls) => [calls ?? Number.NaN, calls ?? Number.NaN]));
    const open = new Uint8Array(2 * (days + 2)).fill(1);
    const features = { count: days + 2, holiday: Uint8Array.from([...holidays.map(() => 1), ...ahead]) };
    closeHolidays(values, open, days, features as never);
    return [...open.slice(2 * days)];
  };

  it('is closed on those to come where three or more had not one call', () => {
    expect(openAfter([0, 0, 0])).toEqual([0, 0, 1, 1]);
    expect(openAfter([0, 0, 0, 0], [0, 1])).toEqual([1, 1, 0, 0]);
    expect(openAfter([0, 0])).toEqual([1, 1, 1, 1]);
    expect(openAfter([0, 0, 0, 1])).toEqual([1, 1, 1, 1]);
  });

  it('days without records say nothing, nor do usually closed ones', () => {
    expect(openAfter([0, undefined, 0])).toEqual([1, 1, 1, 1]);
    expect(openAfter([0, undefined, 0, 0])).toEqual([0, 0, 1, 1]);
    const values = row(0, 5, 0, 5, 0, 5, NaN, NaN);
    const open = Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 1);
    closeHolidays(values, open, 3, { count: 4, holiday: Uint8Array.of(1, 1, 1, 1) } as never);
    expect([...open.slice(6)]).toEqual([0, 0]);
  });
});
