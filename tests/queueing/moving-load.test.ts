import { expect, it } from 'vitest';
import { type Demand, noRatePaths, noRepeats, type Policy } from '../../src/kernel/hotline.ts';
import { loadForMoving, spreadWithin } from '../../src/queueing/moving-load.ts';
import { project } from '../../src/queueing/project.ts';
import { transientServiceLevel } from '../support/transient.ts';

interface Queue {
  readonly calls: Float64Array;
  readonly operators: Float64Array;
  readonly handle: number;
  readonly patience: number;
  readonly minutes: number;
}

const policy: Policy = {
  queues: [
    {
      queue: 'all',
      routes: [{ tier: 'all', preference: 1, overflowDelaySeconds: 0 }],
      priority: 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    },
  ],
  prompts: [],
  channels: [],
};

/** Share of each interval's calls within 15 seconds, by the formula and by the exact chain. */
const sharesInTime = ({ calls, operators, handle, patience, minutes }: Queue) => {
  const exact = transientServiceLevel({
    ratesPerSecond: Array.from(calls, (n) => n / (60 * minutes)),
    operators: Array.from(operators),
    stepSeconds: 60 * minutes,
    handleTimeSeconds: handle,
    patienceSeconds: patience,
    thresholdSeconds: 15,
  }).within;
  const demand: Demand = {
    horizon: {
      zone: 'Asia/Shanghai',
      startMillis: Date.parse('2026-11-23T00:00:00+08:00'),
      intervalMinutes: minutes,
      count: calls.length,
    },
    queues: [
      {
        queue: 'all',
        freshMean: calls,
        ratePaths: noRatePaths,
        pathCount: 0,
        handleTimeSeconds: new Float64Array(calls.length).fill(handle),
        patienceSeconds: patience,
        repeats: noRepeats,
      },
    ],
  };
  const capacity = { tiers: [{ tier: 'all', operators }], trunks: Infinity };
  const [queue] = project({ demand, policy, capacity }).queues;
  return {
    exact,
    formula: Array.from(calls, (n, i) => (n > 0 ? (queue?.answeredWithinThreshold[i] ?? 0) / n : 1)),
  };
};

const count = 96;
/** Two peaks a day over a quiet night. */
const calls = Float64Array.from({ length: count }, (_, i) => {
  const slot = i % 48;
  return 4 + 60 * Math.exp(-(((slot - 20) / 3.5) ** 2)) + 55 * Math.exp(-(((slot - 31) / 4) ** 2));
});

it.each([
  ['as many as a plan has', 240, 120, 1.1],
  ['fewer', 300, 200, 0.7],
  ['patient callers', 200, 400, 1.2],
])('two days with peaks are answered as the exact chain answers them: %s', (_, handle, patience, spare) => {
  const operators = Float64Array.from(calls, (n) => {
    const load = (n * handle) / 1800;
    return Math.ceil(load + spare * Math.sqrt(load));
  });
  const { exact, formula } = sharesInTime({ calls, operators, handle, patience, minutes: 30 });
  const all = calls.reduce((sum, n) => sum + n, 0);
  const of = (shares: readonly number[]): number =>
    shares.reduce((sum, share, i) => sum + share * (calls[i] ?? 0), 0) / all;
  expect(Math.abs(of(formula) - of(exact))).toBeLessThan(0.0009);
});

it('a hall that opens empty is answered as the exact chain answers it, from two operators to a hundred', () => {
  for (const [handle, patience, minutes] of [
    [240, 120, 30],
    [300, 180, 30],
    [180, 240, 15],
  ] as const)
    for (const load of [2, 8, 27, 90])
      for (const [spare, most] of [
        [0.2, 0.03],
        [1, 0.015],
      ] as const) {
        const each = (load * 60 * minutes) / handle;
        const operators = Math.ceil(load + spare * Math.sqrt(load));
        const { exact, formula } = sharesInTime({
          calls: Float64Array.of(0, each),
          operators: Float64Array.of(0, operators),
          handle,
          patience,
          minutes,
        });
        const apart = Math.abs((formula[1] ?? 0) - (exact[1] ?? 0));
        expect.soft(apart, `${operators} operators, ${handle} seconds`).toBeLessThan(most);
      }
});

it('spreads as e^(−t) does between start and end', () => {
  const steps = Array.from({ length: 100_000 }, (_, i) => Math.exp((-3 * (i + 0.5)) / 100_000));
  const mean = steps.reduce((sum, n) => sum + n, 0) / steps.length;
  const square = steps.reduce((sum, n) => sum + n * n, 0) / steps.length;
  expect(spreadWithin(3)).toBeCloseTo(Math.sqrt(square - mean * mean), 8);
});

it('adds nothing to a load that stands still, and never more than it moves by', () => {
  expect(loadForMoving(8, 10, 2, 0, 7)).toBe(0);
  expect(loadForMoving(8, 0, 2, 1, 7)).toBe(0);
  expect(loadForMoving(12, 10, 2, 1, 7)).toBe(0);
  for (const theta of [0, 0.5, 2, 1000])
    for (const moved of [-8, -4, -1, 1, 6, 20]) {
      const added = loadForMoving(8, 10, theta, moved, 7);
      expect(added).toBeGreaterThan(0);
      expect(added).toBeLessThanOrEqual(Math.abs(moved));
    }
});
