import { expect, test } from 'vitest';
import {
  behaviourSpread,
  drawBehaviour,
  estimateRepeats,
  freshDemand,
  weeklySpread,
} from '../../src/forecast/behaviour/behaviour.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import {
  asRates,
  type BehaviourPaths,
  type Demand,
  noRepeats,
  type Policy,
} from '../../src/kernel/hotline.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { startOfDay } from '../../src/kernel/time.ts';

const weeks = 26;
const start = startOfDay('2026-01-05', 'Asia/Shanghai');
const startMillis = Float64Array.from({ length: weeks * 7 }, (_, d) => start + d * 86_400_000);

/** Sums of exponential service of `calls` calls a day, whose mean differs from week to week by `spread`. */
const handled = (spread: number, calls: number) => {
  const random = seededRandom(5);
  let mean = 200;
  const answered = new Float64Array(weeks * 7).fill(calls);
  const seconds = answered.map((n, d) => {
    if (d % 7 === 0) mean = 200 * Math.exp(spread * random.normal());
    return mean * random.gamma(n);
  });
  return { answered, seconds };
};

test('weeks that differ are found again; weeks that differ by chance alone leave the estimate its own error', () => {
  const apart = handled(0.1, 400);
  expect(Math.abs(weeklySpread(startMillis, apart.seconds, apart.answered) - 0.1)).toBeLessThan(0.03);
  const alike = handled(0, 20);
  expect(weeklySpread(startMillis, alike.seconds, alike.answered)).toBeLessThan(0.05);
  const none = new Float64Array(weeks * 7).fill(Number.NaN);
  expect(weeklySpread(startMillis, none, none)).toBe(0);
});

const traffic = (redials: number) => ({
  startMillis,
  offered: new Float64Array(weeks * 7).fill(100),
  answered: new Float64Array(weeks * 7).fill(80),
  abandoned: new Float64Array(weeks * 7).fill(20),
  waitSecondsTotal: new Float64Array(weeks * 7).fill(2000),
  handleSecondsTotal: new Float64Array(weeks * 7).fill(Number.NaN),
  redials: new Float64Array(weeks * 7).fill(redials),
});

test('redials that are counted set the chance of calling again; where they are not, it stays assumed', () => {
  const assumed = { ...noRepeats, afterAbandon: 0.5, afterBlock: 0.8 };
  const found = estimateRepeats(traffic(5), assumed)!;
  expect(Math.abs(found.afterAbandon - 0.25)).toBeLessThan(0.01);
  expect(found.afterBlock / found.afterAbandon).toBeCloseTo(1.6, 6);
  expect(estimateRepeats(traffic(Number.NaN), assumed)).toBeUndefined();
  // Nobody ever calls again by the counts: they tell nothing of it, of calls as little as of the chance.
  expect(estimateRepeats(traffic(0), assumed)).toBeUndefined();
  // Fewer lost calls than the assumption counts for measure nothing: one that called again is no share of them.
  const few = (lost: number) => ({
    ...traffic(Number.NaN),
    offered: Float64Array.of(100),
    answered: Float64Array.of(100 - lost),
    redials: Float64Array.of(1),
  });
  expect(estimateRepeats(few(49), assumed)).toBeUndefined();
  expect(estimateRepeats(few(50), assumed)?.afterAbandon).toBeCloseTo(0.26, 9);
  const grid = (n: number) => ({
    firstDate: '2026-01-05',
    dayCount: 1,
    intervalMinutes: 1440,
    slotsPerDay: 1,
    values: Float64Array.of(n),
  });
  const [offered, answered] = [grid(30), grid(20)];
  const none = freshDemand(offered, answered, grid(0), 0.5);
  expect([none.fresh.values[0], none.assumed]).toEqual([25, true]);
  const some = freshDemand(offered, answered, grid(4), 0.5);
  expect([some.fresh.values[0], some.assumed]).toEqual([26, false]);
});

test('what the data does not tell has no spread, and factors have mean 1', () => {
  const spread = behaviourSpread(traffic(Number.NaN));
  expect(spread.handleTime).toBe(0);
  expect(spread.repeats).toBe(0);
  expect(spread.patience).toBeGreaterThan(0);
  const drawn = drawBehaviour({ handleTime: 0.1, patience: 0.2, repeats: 0 }, 4000, seededRandom(2));
  const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(Math.abs(mean(drawn.handleTime) - 1)).toBeLessThan(0.01);
  expect(Math.abs(mean(drawn.patience) - 1)).toBeLessThan(0.02);
  expect(drawn.repeats.every((f) => f === 1)).toBe(true);
});

const zone = 'Asia/Shanghai';
const demandWith = (behaviour?: BehaviourPaths): Demand => ({
  horizon: { zone, startMillis: start, intervalMinutes: 30, count: 4 },
  queues: [
    {
      queue: 'main',
      freshMean: new Float64Array(4).fill(100),
      ratePaths: asRates(new Float64Array(8).fill(100)),
      pathCount: 2,
      handleTimeSeconds: new Float64Array(4).fill(180),
      patienceSeconds: 120,
      repeats: { ...noRepeats, afterAbandon: 0.5 },
      ...(behaviour === undefined ? {} : { behaviour }),
    },
  ],
});
const policy: Policy = {
  queues: [
    {
      queue: 'main',
      routes: [{ tier: 'all', preference: 0, overflowDelaySeconds: 0 }],
      priority: 0,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    },
  ],
  prompts: [],
  channels: [],
};
const ones = Float64Array.of(1, 1);

test('a projection carries each path of handle time, patience and redials', () => {
  const capacity = { trunks: Infinity, tiers: [{ tier: 'all', operators: new Float64Array(4).fill(10) }] };
  const abandonedWith = (behaviour?: BehaviourPaths): number => {
    const { outcome } = projectPaths({ demand: demandWith(behaviour), capacity, policy });
    return outcome.queues[0]!.abandoned.reduce((a, b) => a + b, 0);
  };
  const base = abandonedWith();
  expect(abandonedWith({ handleTime: ones, patience: ones, repeats: ones })).toBe(base);
  const slow = Float64Array.of(1.3, 1.3);
  expect(abandonedWith({ handleTime: slow, patience: ones, repeats: ones })).toBeGreaterThan(1.05 * base);
  const short = Float64Array.of(0.5, 0.5);
  expect(abandonedWith({ handleTime: ones, patience: short, repeats: ones })).toBeGreaterThan(1.02 * base);
  expect(abandonedWith({ handleTime: ones, patience: ones, repeats: slow })).toBeGreaterThan(1.01 * base);
});
