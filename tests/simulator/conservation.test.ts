import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Demand,
  noRatePaths,
  noRepeats,
  type Policy,
  type PromptPlacement,
} from '../../src/kernel/hotline.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { simulateModel } from '../../src/queueing/simulator/simulate-model.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';

const count = 12;
const horizon = { zone: 'Asia/Shanghai', startMillis: 0, intervalMinutes: 30, count };
const fill = (value: number): Float64Array => new Float64Array(count).fill(value);

interface Case {
  readonly calls: number;
  readonly operators: number;
  readonly trunks: number;
  readonly afterAbandon: number;
  readonly afterBlock: number;
  readonly reconnect: number;
  readonly patienceSeconds: number;
  readonly response: PromptPlacement['response'];
  readonly channelCapacity: number;
  readonly seed: number;
}

/** Evenly over tenths: `fc.double` dwells on the smallest of numbers. */
const upTo = (most: number) => fc.integer({ min: 0, max: 10 }).map((n) => (most * n) / 10);
const share = upTo(1);
const cases: fc.Arbitrary<Case> = fc.record({
  calls: fc.integer({ min: 0, max: 60 }),
  operators: upTo(9),
  trunks: fc.constantFrom(0, 1, 5, 12, Infinity),
  afterAbandon: share,
  afterBlock: upTo(0.9),
  reconnect: upTo(0.5),
  patienceSeconds: fc.constantFrom(20, 150, Infinity),
  response: fc.record({
    reach: share,
    onlineShare: upTo(0.5),
    offPeakShare: upTo(0.5),
    offPeakReturnShare: share,
    onlineFailureShare: share,
    announcementSeconds: fc.constantFrom(0, 9),
    onlineHandleSeconds: fc.constant(30),
    assumed: fc.constant(true),
  }),
  channelCapacity: fc.constantFrom(0, 3, 1000),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

const promptOf = (response: PromptPlacement['response']): PromptPlacement => ({
  prompt: 'p',
  kind: 'online-channel',
  queue: 'a',
  on: new Uint8Array(count).fill(1, 2, 7),
  offPeakTarget: new Int32Array(count).fill(9),
  response,
  channel: 'app',
});

const worldOf = (own: Case) => {
  const demand: Demand = {
    horizon,
    queues: ['a', 'b'].map((queue) => ({
      queue,
      freshMean: fill(own.calls),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: fill(240),
      patienceSeconds: own.patienceSeconds,
      repeats: {
        ...noRepeats,
        afterAbandon: own.afterAbandon,
        afterBlock: own.afterBlock,
        reconnect: own.reconnect,
        reconnectDelaySeconds: 1800,
      },
    })),
  };
  const policy = (prompts: readonly PromptPlacement[]): Policy => ({
    queues: ['a', 'b'].map((queue) => ({
      queue,
      routes: [{ tier: 'one', preference: 1, overflowDelaySeconds: 0 }],
      priority: 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0.1,
    })),
    prompts,
    channels: [
      {
        channel: 'app',
        capacityPerInterval: own.channelCapacity,
        operatorSeconds: 30,
        failureShare: own.response.onlineFailureShare,
      },
    ],
  });
  const capacity = { tiers: [{ tier: 'one', operators: fill(own.operators) }], trunks: own.trunks };
  const simulate = (prompts: readonly PromptPlacement[]) =>
    simulatePlan({ demand, capacity, policy: policy(prompts) }, { replications: 2, seed: own.seed });
  return { simulate };
};

describe('first callers in a simulation', () => {
  it('end in exactly one way each, to the last call; every attempt is counted once', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(cases, (own) => {
        const { outcome, callers } = worldOf(own).simulate([promptOf(own.response)]);
        const { first, ...ends } = callers;
        // Two replications: halves add without rounding, so equality is exact.
        expect(Object.values(ends).reduce((a, b) => a + b, 0)).toBe(first);
        for (const [end, n] of Object.entries(ends)) seen.set(end, (seen.get(end) ?? 0) + n);
        const t = totalOutcome(outcome);
        expect(t.fresh).toBe(first);
        expect(t.answered + t.abandoned + t.blocked).toBe(t.offered);
        expect(callers.settledByOperator).toBeLessThanOrEqual(t.answered);
        expect(callers.settledOnline).toBeLessThanOrEqual(t.divertedOnline);
        expect(callers.divertedForGood).toBeLessThanOrEqual(t.deferred);
      }),
      { numRuns: 60, seed: 4 },
    );
    // Nobody is called back here.
    expect(seen.get('settledByCallBack')).toBe(0);
    seen.delete('settledByCallBack');
    // Each other way of ending came up, or the test would say nothing of it.
    expect(seen.size).toBe(6);
    for (const [end, n] of seen) expect(n, end).toBeGreaterThan(0);
  });

  it('meet the same line call by call where a prompt has no take-up and takes no seconds, and where none plays', () => {
    fc.assert(
      fc.property(cases, (own) => {
        const { simulate } = worldOf(own);
        const without = simulate([]);
        const silent = { ...own.response, onlineShare: 0, offPeakShare: 0, announcementSeconds: 0 };
        expect(simulate([promptOf(silent)])).toEqual(without);
        expect(simulate([{ ...promptOf(own.response), on: new Uint8Array(count) }])).toEqual(without);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('end once in a bare model too: redials with a limit, reconnects, busy lines, diversion by estimated wait', () => {
    const { all, per_class } = simulateModel(
      parseSimulationModel({
        intervals: 6,
        interval_s: 1800,
        warmup_s: 1800,
        trunks: 14,
        max_attempts: 3,
        classes: [
          {
            rate_per_h: 150,
            service: ['lognormal', 240, 0.8],
            patience: ['exp', 90],
            redial_abandon: [0.6, 300],
            redial_block: [0.8, 60],
            reconnect: [0.1, 1200],
            divert: [60, 0.2],
            route: { '0': [1, 0] },
          },
        ],
        pools: [{ staff: 9, class_priority: [1] }],
      }),
      { replications: 8, seed: 3 },
    );
    for (const measures of [all, ...per_class]) {
      const value = (name: string): number => measures[name]?.[0] ?? Number.NaN;
      const ends = [
        'settled',
        'gave_up_after_abandoning',
        'gave_up_after_blocking',
        'diverted',
        'still_open',
      ];
      for (const end of ends) expect(value(`callers_${end}`), end).toBeGreaterThan(0);
      expect(ends.reduce((sum, end) => sum + value(`callers_${end}`), 0)).toBe(value('callers'));
    }
  });
});
