import { afterAll, describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import {
  asCounts,
  asRates,
  type Demand,
  noRatePaths,
  noRepeats,
  type Policy,
  type PromptPlacement,
} from '../../src/kernel/hotline.ts';
import { connectionRate, totalOutcome } from '../../src/kernel/measures.ts';
import { project } from '../../src/queueing/project.ts';
import { simulatePlan, simulatePlanOnThreads } from '../../src/queueing/simulator/simulate-plan.ts';
import { birthDeath } from './birth-death.ts';

const count = 48;
const horizon = { zone: 'Asia/Shanghai', startMillis: 0, intervalMinutes: 30, count };
const fill = (value: number): Float64Array => new Float64Array(count).fill(value);

const demandOf = (calls: number, more: Partial<Demand['queues'][number]> = {}): Demand => ({
  horizon,
  queues: [
    {
      queue: 'general',
      freshMean: fill(calls),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: fill(240),
      patienceSeconds: 120,
      repeats: noRepeats,
      ...more,
    },
  ],
});
const capacityOf = (operators: number, trunks = Infinity) => ({
  tiers: [{ tier: 'one', operators: fill(operators) }],
  trunks,
});
const policyOf = (more: Partial<Policy> = {}, smartVoiceShare = 0): Policy => ({
  queues: [
    {
      queue: 'general',
      routes: [{ tier: 'one', preference: 1, overflowDelaySeconds: 0 }],
      priority: 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare,
    },
  ],
  prompts: [],
  channels: [],
  ...more,
});
const options = { replications: 40, seed: 1 };

describe('a plan simulated', () => {
  it('agrees with the exact queue on a constant day', () => {
    const { outcome, halfWidths } = simulatePlan(
      { demand: demandOf(150), capacity: capacityOf(21), policy: policyOf() },
      options,
    );
    const exact = birthDeath(150 / 1800, 240, 120, 21, Infinity);
    // From the third hour on, when the empty start is forgotten.
    const rate = connectionRate(totalOutcome(outcome, 4));
    expect(Math.abs(rate - (1 - exact.abandoned))).toBeLessThan(2.2 * halfWidths.connectionRate);
    expect(halfWidths.connectionRate).toBeLessThan(0.005);
    expect(outcome.method).toBe('simulated');
  });

  it('counts every call once: offered = answered + abandoned + blocked', () => {
    const repeats = {
      ...noRepeats,
      afterAbandon: 0.6,
      afterBlock: 0.8,
      reconnect: 0.1,
      reconnectDelaySeconds: 900,
    };
    const { outcome } = simulatePlan(
      { demand: demandOf(150, { repeats }), capacity: capacityOf(15, 22), policy: policyOf() },
      options,
    );
    const t = totalOutcome(outcome);
    expect(t.answered + t.abandoned + t.blocked).toBeCloseTo(t.offered, 8);
    expect(t.blocked).toBeGreaterThan(0);
    expect(t.offered).toBeGreaterThan(t.fresh);
    expect(t.shortAbandoned).toBeLessThan(t.abandonedWithinThreshold);
    const byTier = outcome.tiers[0]?.answeredByQueue['general']?.reduce((a, b) => a + b, 0);
    expect(byTier).toBeCloseTo(t.answered, 8);
  });

  it('takes another path in each replication, with exactly its calls where counts are asked for', () => {
    const paths = Float64Array.from({ length: 2 * count }, (_, i) => (i < count ? 40 : 80));
    const demand = demandOf(60, { ratePaths: asRates(paths), pathCount: 2 });
    const fresh = (more: object): number[] => [
      ...(simulatePlan({ demand, capacity: capacityOf(30), policy: policyOf() }, { ...options, ...more })
        .outcome.queues[0]?.fresh ?? []),
    ];
    expect(fresh({ counts: [asCounts(paths)] })).toEqual(Array.from({ length: count }, () => 60));
    // By rates: 40 replications of Poisson draws around 60, their mean within four standard errors.
    const drawn = fresh({});
    const mean = drawn.reduce((sum, calls) => sum + calls, 0) / count;
    expect(drawn.every((calls) => calls === 60)).toBe(false);
    expect(Math.abs(mean - 60)).toBeLessThan(4 * Math.sqrt(60 / (40 * count)));
  });

  it('a fraction of an operator is there in that share of replications', () => {
    const { outcome } = simulatePlan(
      { demand: demandOf(150), capacity: capacityOf(10.4), policy: policyOf() },
      {
        replications: 400,
        seed: 2,
      },
    );
    // Far too few operators: all who are there are busy.
    const busy = (outcome.tiers[0]?.busyOperatorSeconds[40] ?? 0) / 1800;
    expect(busy).toBeGreaterThan(10.3);
    expect(busy).toBeLessThan(10.5);
  });

  it('smart voice settles its share', () => {
    const { outcome } = simulatePlan(
      { demand: demandOf(100), capacity: capacityOf(30), policy: policyOf({}, 0.25) },
      options,
    );
    const t = totalOutcome(outcome);
    expect(t.contained / (t.contained + t.fresh)).toBeCloseTo(0.25, 2);
    expect(t.offered).toBe(t.fresh);
  });

  it('is the same on threads', async () => {
    const parallel = createParallelMap(2);
    afterAll(() => parallel.close());
    const operation = { demand: demandOf(100), capacity: capacityOf(14), policy: policyOf() };
    expect(await simulatePlanOnThreads(operation, options, parallel)).toEqual(
      simulatePlan(operation, options),
    );
  });
});

describe('prompts in a simulation', () => {
  const prompt = (change: Partial<PromptPlacement['response']>, more: Partial<PromptPlacement> = {}) => ({
    prompt: 'p',
    kind: 'online-channel' as const,
    queue: 'general',
    on: new Uint8Array(count).fill(1, 10, 20),
    offPeakTarget: new Int32Array(count).fill(30),
    response: {
      reach: 0.5,
      onlineShare: 0,
      offPeakShare: 0,
      offPeakReturnShare: 0,
      onlineFailureShare: 0,
      announcementSeconds: 0,
      onlineHandleSeconds: 0,
      assumed: true,
      ...change,
    },
    ...more,
  });
  const play = (placement: PromptPlacement, channels: Policy['channels'] = []) =>
    simulatePlan(
      {
        demand: demandOf(100),
        capacity: capacityOf(40),
        policy: policyOf({ prompts: [placement], channels }),
      },
      options,
    ).outcome;

  it('send their share online, of whom those who fail call after all', () => {
    const t = totalOutcome(play(prompt({ onlineShare: 0.4, onlineFailureShare: 0.25 })));
    expect(t.divertedOnline / 1000).toBeCloseTo(0.2, 1.6);
    expect(t.offered).toBeGreaterThan(t.fresh - 0.8 * t.divertedOnline);
    expect(t.offered).toBeLessThan(t.fresh - 0.7 * t.divertedOnline);
  });

  it('move callers to the quieter interval', () => {
    const outcome = play(prompt({ offPeakShare: 0.4, offPeakReturnShare: 1 }));
    const t = totalOutcome(outcome);
    expect(t.offered).toBeCloseTo(t.fresh, 8);
    const target = outcome.queues[0];
    expect((target?.offered[30] ?? 0) - (target?.fresh[30] ?? 0)).toBeCloseTo(t.deferred, 8);
    expect(t.deferred / 1000).toBeCloseTo(0.2, 1.6);
  });

  it('spread them over the hours suggested, as the formula does', () => {
    const weights = new Float64Array(count);
    [30, 31, 32, 33].forEach((at, k) => (weights[at] = [4, 3, 2, 1][k] ?? 0));
    const placement = prompt(
      { offPeakShare: 0.4, offPeakReturnShare: 1 },
      { offPeakReturn: { until: new Int32Array(count).fill(34), weights } },
    );
    const outcome = play(placement);
    const { deferred } = totalOutcome(outcome);
    const [queue] = outcome.queues;
    const formula = project({
      demand: demandOf(100),
      capacity: capacityOf(40),
      policy: policyOf({ prompts: [placement] }),
    }).queues[0];
    [0.4, 0.3, 0.2, 0.1].forEach((share, k) => {
      const extra = (queue?.offered[30 + k] ?? 0) - (queue?.fresh[30 + k] ?? 0);
      expect(extra / deferred).toBeCloseTo(share, 1.5);
      expect(((formula?.offered[30 + k] ?? 0) - (formula?.fresh[30 + k] ?? 0)) / 200).toBeCloseTo(share, 2);
    });
    expect(totalOutcome(outcome).offered).toBeCloseTo(totalOutcome(outcome).fresh, 8);
  });

  it('serve no more online than the channel can: the others fail there and call', () => {
    const placement = prompt({ reach: 1, onlineShare: 1 }, { channel: 'app' });
    const channel = { channel: 'app', capacityPerInterval: 7, operatorSeconds: 0, failureShare: 0 };
    const policy = policyOf({ prompts: [placement], channels: [channel] });
    const { outcome, callers } = simulatePlan(
      { demand: demandOf(100), capacity: capacityOf(40), policy },
      options,
    );
    expect(callers.settledOnline).toBe(70);
    const t = totalOutcome(outcome);
    expect(t.offered).toBeCloseTo(t.fresh - 70, 8);
  });

  it('cost their seconds to those who stay', () => {
    const outcome = play(prompt({ reach: 1, announcementSeconds: 12 }));
    const t = totalOutcome(outcome, 10, 20);
    expect(t.answeredWaitSeconds / t.answered).toBeCloseTo(12, 1);
    expect(totalOutcome(outcome, 30, 40).answeredWaitSeconds).toBeLessThan(1);
  });
});
