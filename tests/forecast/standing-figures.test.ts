import { describe, expect, it } from 'vitest';
import {
  backtestOrigin,
  lastWeekOrigins,
  scoreBacktest,
  scoredDates,
  worstHours,
} from '../../src/forecast/backtest.ts';
import { forecastDay, forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { ForecastTask, QueueForecast } from '../../src/forecast/forecast-task.ts';
import { methodNames } from '../../src/contract/http/job-requests.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf } from '../../src/kernel/time.ts';
import { digest, type Figures } from '../support/digest.ts';

/*
 * Made-up lines and their forecasts. The figures stand as they were worked out; the tests beside this one say that they
 * are right. Whoever changes one on purpose writes the new ones by `npx vitest run
 * tests/forecast/standing-figures.test.ts -u` and names both in the changelog.
 */
const china = calendarOf({ country: 'CN' });
const first = '2025-09-01';

interface Line {
  readonly days: number;
  readonly intervalMinutes: number;
  /** Calls of an ordinary day. */
  readonly level: number;
  /** Hours that are open. */
  readonly from: number;
  readonly to: number;
}

/** Counts of a line with a week's shape, holidays, an outage, a wild day, gaps and a new level near its end. */
const historyOf = ({ days, intervalMinutes, level, from, to }: Line): DayGrid => {
  const random = seededRandom(7);
  const grid = emptyDayGrid(first, days, intervalMinutes);
  const { slotsPerDay } = grid;
  for (let d = 0; d < days; d += 1) {
    const date = addDays(first, d);
    if (d % 41 === 17) continue;
    const week = [1.15, 1.05, 1, 0.95, 1, 0.6, 0.45][weekdayOf(date)] ?? 1;
    const holiday = china.dayKind(date).kind === 'holiday' ? 0.5 : 1;
    const odd = d === days - 33 ? 3 : 1;
    const total =
      level * week * holiday * odd * (d > 0.7 * days ? 1.25 : 1) * Math.exp(0.05 * random.normal());
    for (let s = 0; s < slotsPerDay; s += 1) {
      const hour = (s * intervalMinutes) / 60;
      if (hour < from || hour >= to) continue;
      if (d === days - 50 && hour < 16) {
        grid.values[d * slotsPerDay + s] = 0;
        continue;
      }
      const share =
        (1 + 0.6 * Math.sin(((hour - from) / (to - from)) * 5)) / (((to - from) * 60) / intervalMinutes);
      grid.values[d * slotsPerDay + s] = random.poisson(total * share);
    }
  }
  return grid;
};

const figures = (line: Line, more: Partial<ForecastTask> = {}): Figures => {
  const found = forecastQueue(historyOf(line), {
    origin: addDays(first, line.days),
    days: 9,
    calendar: china,
    method: 'auto',
    seed: 3,
    pathCount: 4,
    ...more,
  });
  return digest([countsOf(found)]);
};
/** A forecast without its sentences, dates and names. */
const countsOf = ({ reasons, notices, ...found }: QueueForecast): object => ({
  ...found,
  said: reasons.length + 100 * notices.length,
});

const usual: Line = { days: 210, intervalMinutes: 120, level: 600, from: 8, to: 20 };
const usualRequest = {
  origin: addDays(first, usual.days),
  days: 1,
  calendar: china,
  method: 'auto',
  seed: 3,
} as const;
/** A line and a smaller one that leans on it. */
const twoLines = new Map([
  ['large', historyOf(usual)],
  ['small', historyOf({ ...usual, level: 70 })],
]);
const cases: Readonly<Record<string, () => Figures>> = {
  usual: () => figures(usual),
  roundTheClock: () => figures({ ...usual, from: 0, to: 24, days: 130 }),
  few: () => figures({ ...usual, level: 9, days: 120 }),
  short: () => figures({ ...usual, days: 40 }),
  days: () => figures({ ...usual, intervalMinutes: 1440, from: 0, to: 24 }),
  overYears: () => figures({ ...usual, intervalMinutes: 360, days: 800 }),
  uncleaned: () =>
    figures({ ...usual, days: 120 }, { cleaning: { outages: false, outliers: false, levelShifts: false } }),
  knownUntilNoon: () =>
    figures(
      { ...usual, days: 120 },
      {
        intraday: {
          date: addDays(first, 120),
          knownSlots: 6,
          counts: Float64Array.of(0, 0, 0, 0, 130, 160),
        },
      },
    ),
  withEvents: () =>
    figures(usual, {
      events: [
        { date: addDays(first, 30), kind: 'heating', label: 'x', expectedEffect: 0.3, decayDays: 5 },
        { date: addDays(first, 212), kind: 'heating', label: 'x', expectedEffect: 0.4, decayDays: 4 },
        {
          date: addDays(first, 214),
          end: addDays(first, 215),
          kind: 'school',
          label: 'y',
          expectedEffect: -0.1,
        },
      ],
      open: (date, slot) => date !== addDays(first, 213) || slot < 7,
    }),
  dayOfTwo: () => {
    const counts = new Map([
      ['large', { date: usualRequest.origin, knownSlots: 6, counts: Float64Array.of(0, 0, 0, 0, 90, NaN) }],
    ]);
    const found = forecastDay(twoLines, { ...usualRequest, pathCount: 3 }, counts);
    return digest([...found.values()].map((own) => countsOf(own)));
  },
  fromOutside: () => {
    const day = dayNumber(first);
    const issues = Array.from({ length: 9 }, (_, week) => {
      const from = day + usual.days - 7 * week;
      const days = Array.from({ length: 7 }, (__, i) => {
        const calls = 500 + 40 * ((i + week) % 5);
        return [from + i, { calls, slots: undefined, q10: 0.9 * calls, q90: 1.12 * calls }] as const;
      });
      return { from, days: new Map(days) };
    });
    const outside = [{ model: 'other', queue: 'q', issues }];
    return figures(usual, { outside, days: 7 });
  },
  backtest: () => {
    const grid = historyOf({ ...usual, days: 150 });
    const origins = lastWeekOrigins(grid, 2, 3);
    const runs = origins.map((origin) =>
      backtestOrigin(grid, origin, {
        origins,
        gapDays: 3,
        horizonDays: 7,
        asOfMinute: 600,
        forecast: { calendar: china, method: 'auto', seed: 3 },
      }),
    );
    return digest([
      { score: scoreBacktest(runs), worst: worstHours(runs, 120), scored: scoredDates(runs).length },
    ]);
  },
  ...Object.fromEntries(
    methodNames.map((method) => [method, () => figures({ ...usual, days: 120 }, { method, pathCount: 0 })]),
  ),
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    expect(cases[name]?.()).toMatchSnapshot();
  });
});
