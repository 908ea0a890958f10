import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { monitorSchema, scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { MonitoringResult, OperatorRecord } from '../../src/kernel/records.ts';
import { text } from '../support/text.ts';
import { addDays } from '../../src/kernel/time.ts';
import { hotNeeds, publishedBandEdges as edges } from '../../src/monitoring/bands.ts';
import { collectSamplePaths } from '../../src/monitoring/sample-futures.ts';
import { fitOccupancyEffect } from '../../src/monitoring/occupancy-effect.ts';
import { fitScorecard } from '../../src/monitoring/scorecard.ts';
import { forecastRate } from '../../src/monitoring/forecast-rate.ts';
import { judgeGap } from '../../src/monitoring/judge-gap.ts';
import {
  type MonitoringInput,
  projectMonitoring,
  projectMonitoringDay,
} from '../../src/monitoring/project-monitoring.ts';
import { rankHotlines, rankOneHotline, bandRisks } from '../../src/monitoring/rank-hotlines.ts';
import { fitPooling } from '../../src/monitoring/rates.ts';
import { loadTables } from '../../src/monitoring/tables.ts';
import { testTimesOf } from '../../src/monitoring/test-times.ts';
import { digest, type Figures } from '../support/digest.ts';
import { madeOutcome } from '../support/made-outcome.ts';

/*
 * Made-up leagues and weeks, and what monitoring says of them. The figures stand as they were worked out; the tests
 * beside this one say that they are right. Whoever changes one on purpose writes the new ones by `npx vitest run
 * tests/monitoring/standing-figures.test.ts -u` and names both in the changelog.
 */
const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8'));
const monitor = monitorSchema.parse(read('monitors/standard-11.json'));
const scorecard = scorecardSchema.parse(read('scorecards/gov-hotline-2019.json'));
const tables = await loadTables();

const league = (period: string, seed: number): MonitoringResult[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 24 }, (_, i) => {
    const testCalls = i % 3 === 0 ? 17 : 11;
    const rate = i % 8 === 7 ? 0 : random.uniform() ** 0.3;
    const connected = Array.from({ length: testCalls }).filter(() => random.uniform() < rate).length;
    return {
      hotline: `line-${i}`,
      period,
      indicators: { etiquette: 60 + i },
      meanSeconds: 6 + i,
      total: 50 + 2 * i,
      ...(i % 5 === 4 ? { connectionRate: connected / testCalls } : { testCalls, connected }),
    };
  });
};
const rankOptions = {
  period: '2026',
  previousPeriod: '2025',
  seed: 1,
  madeUp: false,
  bands: edges,
  meanSecondsStandard: 15,
  assumedTestCalls: 11,
  draws: 300,
  tables,
  earlier: league('2024', 5).map((result) => ({ result, yearsBefore: 2 })),
};
const hotlines = Array.from({ length: 24 }, (_, i) => ({
  hotline: `line-${i}`,
  name: `Line ${i}`,
  province: `p${i % 4}`,
  region: ['north', 'south', 'east'][i % 3] ?? '',
}));

const week = (level: number) =>
  madeOutcome(
    (i) => [
      {
        queue: 'a',
        offered: level * (10 + 8 * Math.sin(i / 7) ** 2),
        answered: level * (9 + 5 * Math.sin(i / 7) ** 2),
        blocked: 0.3 * level * Math.sin(i / 7) ** 2,
        answeredWaitSeconds: 90 + 60 * Math.sin(i / 9),
        waitSeconds: 150 + 60 * Math.sin(i / 9),
      },
      { queue: 'b', offered: 4, answered: 3.5, answeredWaitSeconds: 40, waitSeconds: 55 },
    ],
    { first: 0.7, expert: 0.3 },
  );
const operators: OperatorRecord[] = Array.from({ length: 14 }, (_, i) => ({
  operator: `o${i}`,
  tier: i < 9 ? 'first' : 'expert',
  skills: i % 3 === 0 ? ['a', 'b'] : ['a'],
  contractHours: 40,
  qualityScore: 70 + ((i * 7) % 23),
  firstContactResolution: 0.5 + 0.02 * ((i * 5) % 17),
}));
const occupancyRows = (slope: number) =>
  Array.from({ length: 30 }, (_, i) => ({
    occupancy: 0.5 + 0.015 * i,
    qualityPoints: 80 - slope * 0.015 * i + 2 * Math.sin(5 * i),
  }));
const projected = (more: Partial<MonitoringInput> = {}): Figures => {
  const dates = ['2026-11-23', '2026-11-28'];
  const collector = collectSamplePaths(week(1).horizon, monitor, 6, dates);
  for (const level of [0.8, 1, 1.3]) collector.visit(week(level));
  const input = {
    expected: week(1),
    ...collector.futures(),
    monitor,
    scorecard,
    greetingSeconds: 6,
    tierFigures: {
      first: { qualityScore: 80, firstContactResolution: 0.6 },
      expert: { qualityScore: 93, firstContactResolution: 0.85 },
    },
    occupancy: {
      'quality-score': fitOccupancyEffect(occupancyRows(20)),
      'first-contact-resolution': fitOccupancyEffect(occupancyRows(0)),
    },
    operators,
    tierQueues: { first: ['a'], expert: ['a', 'b'] },
    tierNames: { first: text('一级', 'First'), expert: text('专家', 'Expert') },
    ...more,
  };
  return digest([
    projectMonitoring(input),
    ...dates.flatMap((date) => projectMonitoringDay(input, date) ?? []),
  ]);
};

const cases: Readonly<Record<string, () => Figures>> = {
  league: () => {
    const { notices, ...table } = rankHotlines(league('2026', 1), league('2025', 2), hotlines, rankOptions);
    return digest([{ ...table, notices: notices.length }]);
  },
  oneHotline: () =>
    digest(
      ['line-3', 'line-7', 'line-9'].map((hotline) => ({
        of: rankOneHotline(league('2026', 1), league('2025', 2), hotlines, rankOptions, hotline),
      })),
    ),
  pooling: () => digest([fitPooling(league('2026', 1)), fitPooling(league('2025', 2).slice(0, 6))]),
  risks: () => {
    const { riskOf, weightPerYear } = bandRisks(
      league('2026', 1),
      [1, 2, 4].flatMap((yearsBefore) =>
        league('2024', 1 + (yearsBefore % 2)).map((result) => ({ result, yearsBefore })),
      ),
      fitPooling(league('2026', 1)),
      edges,
    );
    return digest([{ weightPerYear, risks: [0, 3, 7, 12].map((i) => riskOf(`line-${i}`)) }]);
  },
  needs: () => digest(hotNeeds([11, 17, 40], { ...monitor, attempts: 2 })),
  projected: () => projected(),
  projectedOnLittle: () =>
    projected({
      occupancy: {
        'quality-score': fitOccupancyEffect(occupancyRows(20).slice(0, 2)),
        'first-contact-resolution': fitOccupancyEffect([]),
      },
      operators: operators.slice(6, 11),
    }),
  forecastRate: () => {
    const random = seededRandom(2);
    const lines = ['x', 'y'].map((line, l) => ({
      line,
      days: Array.from({ length: 80 + 9 * l }, (_, d) => ({
        date: addDays('2026-03-02', d - 80 - 9 * l),
        calls: d % 13 === 4 ? 0 : 400,
        met: d % 13 === 4 ? 0 : 300 + Math.floor(60 * random.uniform()) + (d % 7 === 0 ? 30 : 0),
      })),
    }));
    const found = forecastRate(lines, '2026-03-02', 10);
    return digest([{ halfLifeDays: found.halfLifeDays, days: [...found.lines.values()] }]);
  },
  scorecardFitted: () => {
    const random = seededRandom(6);
    const rows = Array.from({ length: 20 }, () => {
      const points = [0, 1, 2, 3].map(() => 100 * random.uniform());
      return {
        points,
        total: points.reduce((sum, p, k) => sum + p * ([0.5, 0.3, 0.2][k] ?? 0), 0) + random.normal(),
      };
    });
    return digest([fitScorecard(rows, { seed: 1, draws: 40 })]);
  },
  gaps: () =>
    digest(
      [
        [7, 11, 0.95],
        [10, 11, 0.9],
        [11, 11, 0.7],
      ].map(([connected, testCalls, rate]) =>
        judgeGap({
          connected: connected ?? 0,
          testCalls: testCalls ?? 0,
          projected: Float64Array.of(rate ?? 0, (rate ?? 0) - 0.1),
          causes: ['volume', 'operators'].map((cause, k) => ({
            cause,
            name: text(cause, cause),
            effect: k === 0 ? -0.1 : 0.04,
          })),
        }),
      ),
    ),
  testTimes: () =>
    digest([
      {
        all: testTimesOf(week(1).horizon, monitor),
        day: testTimesOf(week(1).horizon, monitor, '2026-11-25'),
      },
    ]),
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    expect(cases[name]?.()).toMatchSnapshot();
  });
});
