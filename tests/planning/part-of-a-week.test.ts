import { chinese, english } from '../support/said.ts';
import { describe, expect, test } from 'vitest';
import { forecastAgainstActual } from '../../src/planning/comparison/forecast-against-actual.ts';
import { judgeMonitored } from '../../src/planning/comparison/monitored-in-span.ts';
import { planningFinding } from '../../src/planning/planning-findings.ts';
import { text } from '../support/text.ts';

type Plan = Parameters<typeof forecastAgainstActual>[0];
type Happened = Parameters<typeof forecastAgainstActual>[1];
type Explained = Parameters<typeof judgeMonitored>[1];

const nan = Number.NaN;
const dates = ['2026-11-23', '2026-11-24', '2026-11-25'];
const mean = [10, 30, 10, 30, 10, 30];

const plan = {
  starts: dates.flatMap((date) => [`${date}T03:00:00`, `${date}T09:00:00`]),
  calls: { mean, q10: mean, q90: mean, q025: mean, q975: mean },
  days: dates.map((date) => ({ date, calls: { mean: 40, q10: 20, q90: 60 } })),
  queues: [{ queue: 'main', mean, q10: mean, q90: mean, q025: mean, q975: mean, parts: [] }],
} as unknown as Plan;

test('a day recorded in part is scored over what was recorded, a day without a record not at all', () => {
  const happened = { fresh: new Map([['main', Float64Array.of(nan, 33, 8, 30, nan, nan)]]) };
  expect(forecastAgainstActual(plan, happened as unknown as Happened)?.days).toEqual([
    { date: dates[0], forecast: 30, q10: 15, q90: 45, actual: 33 },
    { date: dates[1], forecast: 40, q10: 20, q90: 60, actual: 38 },
    { date: dates[2], forecast: 40, q10: 20, q90: 60, actual: null },
  ]);
});

test('a week compared begins with whether its targets were held, and what took it below the plan, once', () => {
  const of = (actual: number, inTime?: number): string[] => {
    const { verdict } = judgeMonitored(
      undefined,
      {
        gap: actual - 0.95,
        rateFutures: new Float64Array(0),
        traffic: { actualConnectionRate: actual, actualServiceLevel: inTime ?? null },
        causes: [
          { cause: 'volume', name: text('来电量', 'Call volume'), effect: -0.08 },
          { cause: 'operators', name: text('到岗座席', 'Operators present'), effect: -0.02 },
        ],
      } as unknown as Explained,
      {
        targets: { connectionRate: 0.95, rollingConnectionRate: null, serviceLevel: 0.8 },
        answerTimeThresholdSeconds: 15,
      } as never,
    );
    return [english(verdict), chinese(verdict)];
  };
  expect(of(0.845)[0]).toMatch(
    /^The week missed its connection target: 84\.5% connected, target 95\.0%; its connection rate was below the plan mainly because of call volume \(-8\.00 points\)\./,
  );
  expect(of(0.845)[1]).toMatch(/^本周接通率未达标：实际 84\.5%，目标 95\.0%；接通率比计划低，主因是“来电量”/);
  expect(of(0.845)[0]?.match(/call volume/g)).toHaveLength(1);
  expect(of(0.9501)[0]).toMatch(/^The week met its connection target: 95\.0% connected, target 95\.0%\./);
  expect(of(0.9501, 0.74)[0]).toContain('; it missed that of 15 seconds: 74.0% in time, target 80.0%.');
  expect(of(0.9501, 0.74)[1]).toContain('；15 秒接通率未达标：实际 74.0%，目标 80.0%。');
});

test('a cause is named only where it took the week below its plan, and no rest takes it back', () => {
  const of = (effects: Readonly<Record<string, number>>, actual: number, planned: number): string[] => {
    const { verdict } = judgeMonitored(
      undefined,
      {
        gap: actual - planned,
        rateFutures: new Float64Array(0),
        traffic: { actualConnectionRate: actual, actualServiceLevel: null },
        causes: Object.entries(effects).map(([cause, effect]) => ({
          cause,
          name: planningFinding(`gap-by-${cause}` as 'gap-by-model'),
          effect,
        })),
      } as unknown as Explained,
      {
        targets: { connectionRate: 0.95, rollingConnectionRate: null, serviceLevel: null },
        answerTimeThresholdSeconds: 15,
      } as never,
    );
    return [english(verdict), chinese(verdict)];
  };
  for (const effects of [
    { volume: -0.002, model: -0.031 },
    { volume: -0.002, operators: -0.004, model: -0.031 },
  ]) {
    const [said, words] = of(effects, 0.917, 0.95);
    expect(said).not.toContain('mainly because of');
    expect(said?.match(/3\.10/g)).toHaveLength(1);
    expect(words).not.toContain('，主因是');
  }
  // The plan missed the target itself: what was held or bettered took nothing below it.
  expect(of({ volume: -0.00002, 'handle-time': 0.00001 }, 0.9299, 0.93)[0]).not.toContain(
    'mainly because of',
  );
  expect(of({ volume: -0.012, operators: 0.03 }, 0.94, 0.922)[0]).not.toContain('mainly because of');
  expect(of({ volume: -0.02, operators: -0.01, model: -0.003 }, 0.91, 0.943)[0]).toContain(
    'below the plan mainly because of call volume (-2.00 points)',
  );
});

describe('the verdict on a gap', () => {
  const verdictOf = (volume: number, model: number, presence = true) =>
    judgeMonitored(undefined, {
      gap: volume + model,
      rateFutures: new Float64Array(0),
      causes: [
        { cause: 'volume', name: text('来电量', 'Call volume'), effect: volume },
        ...(presence ? [{ cause: 'operators', name: text('到岗座席', 'Operators present'), effect: 0 }] : []),
        { cause: 'model', name: text('模型误差及其他', 'Model error and the rest'), effect: model },
      ],
    } as unknown as Explained).verdict;

  test('blames no model while nobody knows who was there', () => {
    const known = verdictOf(-0.02, 0.23, true);
    const unknown = verdictOf(-0.02, 0.23, false);
    expect(english(known)).toMatch(/is none of these: call volume, operators present/);
    expect(english(unknown)).toMatch(
      /^Most of the gap \(\+23\.00 points\) comes from none of these: call volume\. Presence is not on record/,
    );
    expect(chinese(unknown)).toContain('实际到岗人数没有记录，无法判断');
  });

  test('begins with the records not explaining it where the rest is the largest part, whatever its sign', () => {
    expect(english(verdictOf(-0.02, -0.08))).toMatch(
      /^What was recorded does not explain the gap.*-8\.00 points/,
    );
    expect(english(verdictOf(-0.02, 0.03))).toMatch(/^What was recorded does not explain/);
    expect(chinese(verdictOf(-0.02, -0.08))).toMatch(/^差距的主要部分\uff08-8\.00 个百分点\uff09/);
  });

  test('does not where a recorded cause is the largest, or nothing is to explain', () => {
    expect(english(verdictOf(-0.08, -0.02))).not.toContain('does not explain');
    expect(english(verdictOf(0, 0.0001))).not.toContain('does not explain');
  });
});
