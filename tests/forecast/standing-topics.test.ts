import { expect, it } from 'vitest';
import { madeUpFamily } from '../../bench/forecast/made-up-families.ts';
import { backtestOrigin, scoreBacktest } from '../../src/forecast/backtest.ts';
import {
  behaviourSpread,
  drawBehaviour,
  estimateHandleTime,
  estimateRepeats,
} from '../../src/forecast/behaviour/behaviour.ts';
import { forecastQueue, forecastQueues } from '../../src/forecast/forecast-queues.ts';
import type { QueueForecast } from '../../src/forecast/forecast-task.ts';
import { forecastPeriods, scorePeriods } from '../../src/forecast/periods/forecast-periods.ts';
import { periodsAhead, type Period } from '../../src/forecast/periods/periods.ts';
import { byShares, forecastTopics, riseNow } from '../../src/forecast/topics/forecast-topics.ts';
import { seasonOfTopic, shapeOf, topicDays } from '../../src/forecast/topics/topic-season.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { noRepeats } from '../../src/kernel/hotline.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, startOfDay } from '../../src/kernel/time.ts';
import { digest, type Figures } from '../support/digest.ts';
import { daysOfGrid, madeUpTopics } from '../support/made-up-topics.ts';
import { rainyLine } from '../support/rainy-line.ts';

/*
 * Topics, families, causes, months and behaviour of made-up lines, as standing-figures.test.ts has its lines: what was
 * worked out stands, and the tests beside this one say that it is right.
 */
const china = calendarOf({ country: 'CN' });
const first = '2023-01-01';

/** A digest with one figure for each part. */
const parts = (...rows: readonly object[]): Figures => {
  const sums: Record<string, number> = {};
  for (const [name, figure] of Object.entries(digest(rows))) {
    const [part = ''] = name.split('.');
    sums[part] = (sums[part] ?? 0) + figure * (1 + name.length / 100);
  }
  return Object.fromEntries(Object.entries(sums).map(([part, sum]) => [part, Number(sum.toPrecision(7))]));
};

const countsOf = ({ reasons, notices, ...found }: QueueForecast): object => ({
  ...found,
  said: reasons.length + 100 * notices.length,
});

const winter = { begins: '11-13', spread: 3, riseDays: 9, times: 6, days: 110 };
const topics = madeUpTopics(
  [
    { topic: 'heating', perDay: 40, season: winter },
    { topic: 'pets', perDay: 5 },
  ],
  { seed: 4, first, days: 1100 },
);
const before = (date: string) => dayNumber(date) - dayNumber(first);
const topicsUntil = (date: string, change: Partial<Parameters<typeof forecastTopics>[1]> = {}): Figures => {
  const known = new Map([...topics.grids].map(([topic, grid]) => [topic, daysOfGrid(grid, before(date))]));
  const found = forecastTopics(known, { origin: date, days: 21, calendar: china, seed: 1, ...change });
  return parts(...[...found.values()].map(({ forecast, ...own }) => ({ ...countsOf(forecast), ...own })));
};

const month = (t: number, period: Period, level: number): number =>
  Math.exp(level + 0.15 * Math.cos((2 * Math.PI * (t - 6)) / 12) + 0.4 * (period.offShare - 2 / 7)) *
  period.days;
const periodsOf = (by: 'month' | 'week', count: number, ahead: number): Figures => {
  const random = seededRandom(5);
  const all = periodsAhead('2021-01-01', count + ahead, by, china).map((period, t) => ({
    ...period,
    knownDays: t === 3 ? period.days - 4 : period.days,
    calls: random.poisson(month(t, period, 5 + 0.01 * t)),
  }));
  const forecast = forecastPeriods(
    all.slice(0, count),
    all.slice(count).map((period) => ({ ...period, knownDays: 0, calls: 0 })),
    { by, seed: 1 },
  );
  return parts(forecast, { scored: scorePeriods(all, { by, seed: 1 }) });
};

const zone = 'Asia/Shanghai';
const behaviour = (): Figures => {
  const random = seededRandom(8);
  const hours = 24 * 7 * 12;
  const column = (make: (i: number) => number) => Float64Array.from({ length: hours }, (_, i) => make(i));
  const start = startOfDay('2026-01-05', zone);
  const answered = column((i) => (i % 29 === 3 ? Number.NaN : random.poisson(20)));
  const traffic = {
    startMillis: column((i) => start + i * 3_600_000),
    offered: answered.map((n) => n * 1.2),
    answered,
    abandoned: answered.map((n) => 0.2 * n),
    waitSecondsTotal: answered.map((n) => 20 * n),
    handleSecondsTotal: answered.map((n, i) => n * (200 + 30 * (i % 3) + 20 * Math.floor(i / 168))),
    redials: answered.map((n) => 0.06 * n),
  };
  const horizon = { zone, startMillis: start, intervalMinutes: 30, count: 96 };
  const spread = behaviourSpread(traffic);
  return parts({
    handle: estimateHandleTime(traffic, horizon),
    repeats: estimateRepeats(traffic, { ...noRepeats, afterAbandon: 0.5, afterBlock: 0.8 }),
    spread,
    drawn: drawBehaviour(spread, 6, seededRandom(2)),
  });
};

const cases: Readonly<Record<string, () => Figures>> = {
  beforeSeason: () => topicsUntil('2025-10-25'),
  inSeason: () => topicsUntil('2025-12-05', { reconcile: byShares }),
  seasons: () =>
    parts(
      ...[...topics.grids.values()].flatMap((grid) =>
        ['2024-08-01', '2025-11-20', '2025-12-24'].map((date) => {
          const days = topicDays(daysOfGrid(grid, before(date)), china);
          const season = seasonOfTopic(days);
          const shape = season === undefined ? undefined : shapeOf(days, season.seasons);
          return { season, shape, rise: riseNow(days, days.end) };
        }),
      ),
    ),
  rain: () => {
    const { grid, rain, origin } = rainyLine({ seed: 7, days: 300, effects: [0.006, 0.002], ahead: 7 });
    const assumed = new Map([[dayNumber(origin) + 2, 40]]);
    const asked = { origin, days: 7, calendar: china, method: 'auto', seed: 1, pathCount: 3 } as const;
    return parts(
      countsOf(forecastQueue(grid, { ...asked, causes: [rain] })),
      countsOf(forecastQueue(grid, { ...asked, causes: [{ ...rain, assumed }] })),
    );
  },
  family: () => {
    const { queues } = madeUpFamily(
      {
        ...{ name: 'f', days: 460, intervalMinutes: 1440, callsPerDay: [2000, 90, 150], shared: 0.015 },
        ...{
          own: 0.002,
          sharedNoise: 0.02,
          ownNoise: 0.02,
          year: 0.15,
          holiday: 0.5,
          holidayOwn: 0.1,
          laterBy: 60,
        },
      },
      2,
    );
    const origin = addDays('2023-01-02', 460);
    const asked = { origin, days: 14, calendar: china, method: 'auto', seed: 1, pathCount: 3 } as const;
    return parts(...[...forecastQueues(queues, asked).values()].map(countsOf));
  },
  months: () => periodsOf('month', 40, 12),
  weeks: () => periodsOf('week', 75, 5),
  scored: () => {
    const grid = topics.grids.get('pets');
    if (grid === undefined) throw new Error('no such topic');
    const runs = ['2025-09-08', '2025-09-15'].map((origin) =>
      backtestOrigin(daysOfGrid(grid, before('2025-10-01')), origin, {
        origins: [origin],
        gapDays: 2,
        horizonDays: 7,
        forecast: { calendar: china, method: 'seasonal-naive', seed: 1 },
      }),
    );
    return parts(scoreBacktest(runs));
  },
  behaviour,
};

it.each(Object.keys(cases))('what stands of %s', (name) => {
  expect(cases[name]?.()).toMatchSnapshot();
});
