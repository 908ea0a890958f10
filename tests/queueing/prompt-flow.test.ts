import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { servedOf } from '../../src/kernel/distributions.ts';
import type { Horizon, Policy, PromptPlacement, PromptResponse } from '../../src/kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../../src/kernel/measures.ts';
import { scaleTakeUp } from '../../src/diversion/prompt-spans.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { leavePrompts, openPromptFlow, playInterval } from '../../src/queueing/prompt-flow.ts';
import { project } from '../../src/queueing/project.ts';
import { aCapacity, aDemand, aPolicy, to } from '../support/a-line.ts';

const response: PromptResponse = {
  reach: 0.9,
  onlineShare: 0,
  offPeakShare: 0,
  offPeakReturnShare: 0.7,
  onlineFailureShare: 0.2,
  announcementSeconds: 8,
  onlineHandleSeconds: 90,
  assumed: true,
};
const placement = (
  more: Partial<PromptPlacement>,
  change: Partial<PromptResponse> = {},
): PromptPlacement => ({
  prompt: 'p',
  kind: 'online-channel',
  queue: 'a',
  on: Uint8Array.from([0, 1, 1, 0, 0, 0]),
  offPeakTarget: new Int32Array(6).fill(-1),
  response: { ...response, ...change },
  ...more,
});
const { horizon } = aDemand([], 6, 30);
/** Plays a policy's prompts over the horizon, to a share of callers where they hang on the wait. */
const applyPrompts = (
  first: readonly Float64Array[],
  queues: readonly string[],
  over: Horizon,
  policy: Policy,
  audience = 1,
) => {
  const flow = openPromptFlow(first, queues, over, policy);
  const arriving = first.map(() => new Float64Array(over.count));
  for (let i = 0; i < over.count; i += 1) {
    // Played again with other shares, as a fixed point does: what was there before must leave no trace.
    playInterval(flow, i, new Float64Array(policy.prompts.length).fill(0.123));
    playInterval(flow, i, new Float64Array(policy.prompts.length).fill(audience));
    for (const [q, { arriving: calls }] of flow.now.entries()) (arriving[q] as Float64Array)[i] = calls;
    leavePrompts(flow, i);
  }
  return { ...flow.effect, calls: arriving };
};
const policyOf = (prompts: PromptPlacement[], channels: Policy['channels'] = []): Policy => ({
  queues: [],
  prompts,
  channels,
});
const calls = (): Float64Array[] => [
  Float64Array.from([50, 100, 100, 50, 20, 20]),
  new Float64Array(6).fill(40),
];
/** Mean of the lesser of a capacity and a Poisson number of requests, summed up as it is written. */
const servedByChance = (requests: number, capacity: number): number => {
  let [served, log, below] = [0, -requests, 0];
  for (let n = 0; n < capacity; n += 1) {
    if (n > 0) log += Math.log(requests / n);
    served += n * Math.exp(log);
    below += Math.exp(log);
  }
  return served + capacity * (1 - below);
};
const sum = (values: Iterable<number> | undefined): number => [...(values ?? [])].reduce((a, b) => a + b, 0);

describe('the flow of first calls past prompts', () => {
  it('changes nothing where no prompt plays', () => {
    for (const prompts of [[], [placement({ on: new Uint8Array(6) })]]) {
      expect(applyPrompts(calls(), ['a', 'b'], horizon, policyOf(prompts)).calls).toEqual(calls());
    }
  });

  it('sends the hearing share online, lets failures call after all, and counts the work', () => {
    const effect = applyPrompts(
      calls(),
      ['a', 'b'],
      horizon,
      policyOf([placement({}, { onlineShare: 0.1 })]),
    );
    expect(effect.divertedOnline[0]?.[1]).toBeCloseTo(9, 12);
    expect(sum(effect.failedOnline[0])).toBeCloseTo(18 * 0.2, 9);
    expect(effect.failedOnline[0]?.[0]).toBe(0);
    expect(sum(effect.channels[0]?.operatorSeconds)).toBeCloseTo(18 * 90, 9);
    expect(effect.calls[1]).toEqual(calls()[1]);
  });

  it('fails what a channel cannot serve, over all queues; the work is of what it serves', () => {
    const channel = { channel: 'app', capacityPerInterval: 7, operatorSeconds: 30, failureShare: 0.2 };
    const prompts = ['a', 'b'].map((queue) => placement({ queue, channel: 'app' }, { onlineShare: 0.1 }));
    const effect = applyPrompts(calls(), ['a', 'b'], horizon, policyOf(prompts, [channel]));
    // 90 and 36 hear it an interval, two intervals; of 12.6 requests 7 or fewer are served, of which a fifth fail.
    const served = servedByChance(12.6, 7);
    expect(served).toBeGreaterThan(6.8);
    expect(served).toBeLessThan(7);
    expect(effect.channels[0]?.requests[1]).toBeCloseTo(12.6, 12);
    expect(effect.channels[0]?.operatorSeconds[1]).toBeCloseTo(served * 30, 9);
    expect(sum(effect.failedOnline[0])).toBeCloseTo(2 * (9 - (9 / 12.6) * served * 0.8), 9);
    expect(sum(effect.failedOnline[1])).toBeCloseTo(2 * (3.6 - (3.6 / 12.6) * served * 0.8), 9);
  });

  it('serves of requests that come by chance what the Poisson sum says, more with more of either', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 400, noNaN: true }),
        fc.integer({ min: 0, max: 400 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (requests, capacity, more) => {
          const served = servedOf(requests, capacity);
          expect(served).toBeCloseTo(servedByChance(requests, capacity), 6);
          expect(servedOf(requests + more, capacity)).toBeGreaterThanOrEqual(served - 1e-9);
          expect(servedOf(requests, capacity + more)).toBeGreaterThanOrEqual(served - 1e-9);
          expect(servedOf(requests, Infinity)).toBe(requests);
        },
      ),
      { examples: [[0.01, 0, Number.MIN_VALUE]] },
    );
  });

  it('offers a prompt that hangs on the wait to its share of callers, after those for everyone', () => {
    const above = { offeredTo: { waitAboveSeconds: 30 } };
    const only = placement(above, { onlineShare: 0.1 });
    const half = applyPrompts(calls(), ['a', 'b'], horizon, policyOf([only]), 0.5);
    expect(half.divertedOnline[0]?.[1]).toBeCloseTo(4.5, 12);
    const both = [only, placement({}, { onlineShare: 0.2 })];
    const after = applyPrompts(calls(), ['a', 'b'], horizon, policyOf(both), 0.5);
    expect(after.divertedOnline[0]?.[1]).toBeCloseTo(18 + (100 - 18) * 0.9 * 0.5 * 0.1, 12);
  });

  it('moves callers to the quieter interval, and nobody where there is none', () => {
    const offPeakTarget = Int32Array.from([-1, 4, -1, -1, -1, -1]);
    const effect = applyPrompts(
      calls(),
      ['a', 'b'],
      horizon,
      policyOf([placement({ kind: 'off-peak', offPeakTarget }, { offPeakShare: 0.2 })]),
    );
    expect(effect.deferred[0]?.[1]).toBeCloseTo(18, 12);
    expect(effect.deferred[0]?.[2]).toBe(0);
    expect(effect.returned[0]?.[4]).toBeCloseTo(18 * 0.7, 12);
    expect(effect.calls[0]?.[4]).toBeCloseTo(20 + 12.6, 12);
  });

  it('spreads them over the hours suggested as calls usually come then', () => {
    const on = Uint8Array.from([0, 1, 0, 0, 0, 0]);
    const offPeakTarget = Int32Array.from([-1, 3, -1, -1, -1, -1]);
    const later = { kind: 'off-peak' as const, on, offPeakTarget };
    const returned = (until: number, weights: number[]): number[] => [
      ...(applyPrompts(
        calls(),
        ['a', 'b'],
        horizon,
        policyOf([
          placement(
            {
              ...later,
              offPeakReturn: { until: new Int32Array(6).fill(until), weights: Float64Array.from(weights) },
            },
            { offPeakShare: 0.2 },
          ),
        ]),
      ).returned[0] ?? []),
    ];
    const back = 100 * 0.9 * 0.2 * 0.7;
    const close = (found: number[], wanted: number[]): void =>
      wanted.forEach((calls, i) => expect(found[i]).toBeCloseTo(calls, 12));
    close(returned(6, [9, 9, 9, 50, 30, 20]), [0, 0, 0, 0.5 * back, 0.3 * back, 0.2 * back]);
    close(returned(5, [9, 9, 9, 50, 0, 20]), [0, 0, 0, back, 0, 0]);
    close(returned(6, [9, 9, 9, 0, 0, 0]), [0, 0, 0, back, 0, 0]);
    // Hours beyond the horizon: those callers come after it.
    close(returned(8, [9, 9, 9, 50, 30, 20, 60, 40]), [0, 0, 0, 0.25 * back, 0.15 * back, 0.1 * back]);
  });

  it('callers whose hour is the interval itself or an earlier one come in it, as to the share of each', () => {
    const on = Uint8Array.from([0, 1, 0, 0, 0, 0]);
    const flow = (target: number, until: number) =>
      applyPrompts(
        calls(),
        ['a', 'b'],
        horizon,
        policyOf([
          placement(
            {
              kind: 'off-peak',
              on,
              offPeakTarget: Int32Array.from([-1, target, -1, -1, -1, -1]),
              offPeakReturn: {
                until: new Int32Array(6).fill(until),
                weights: Float64Array.from([50, 30, 20, 0, 0, 0]),
              },
            },
            { offPeakShare: 0.2 },
          ),
        ]),
      ).calls[0];
    // 18 go, 12.6 of them come back.
    const back = 12.6;
    expect([...(flow(1, 3) ?? [])].slice(0, 3)).toEqual([
      50,
      expect.closeTo(82 + 0.6 * back, 10),
      expect.closeTo(100 + 0.4 * back, 10),
    ]);
    expect(flow(0, 2)?.[1]).toBeCloseTo(82 + back, 10);
    expect(flow(2, 3)?.[1]).toBeCloseTo(82, 10);
  });

  it('loses and doubles nobody', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            online: fc.double({ min: 0, max: 0.6, noNaN: true }),
            later: fc.double({ min: 0, max: 0.4, noNaN: true }),
            failing: fc.double({ min: 0, max: 1, noNaN: true }),
            on: fc.array(fc.constantFrom(0, 1), { minLength: 6, maxLength: 6 }),
            target: fc.integer({ min: -1, max: 5 }),
            hours: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
            queue: fc.constantFrom('a', 'b'),
            above: fc.constantFrom(0, 20, Infinity),
          }),
          { maxLength: 4 },
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 2, 1000),
        (list, audience, capacityPerInterval) => {
          const prompts = list.map(({ online, later, failing, on, target, hours, queue, above }) =>
            placement(
              {
                queue,
                on: Uint8Array.from(on),
                offPeakTarget: new Int32Array(6).fill(target),
                ...(hours === undefined
                  ? {}
                  : {
                      offPeakReturn: {
                        until: new Int32Array(6).fill(Math.min(6, target + hours)),
                        weights: Float64Array.from([5, 1, 0, 2, 3, 4]),
                      },
                    }),
                channel: 'app',
                offeredTo: { waitAboveSeconds: above },
              },
              { onlineShare: online, offPeakShare: later, onlineFailureShare: failing },
            ),
          );
          const channel = { channel: 'app', capacityPerInterval, operatorSeconds: 30, failureShare: 0.3 };
          const policy = policyOf(prompts, [channel]);
          const effect = applyPrompts(calls(), ['a', 'b'], horizon, policy, audience);
          calls().forEach((before, q) => {
            const after =
              sum(before) -
              sum(effect.divertedOnline[q]) +
              sum(effect.failedOnline[q]) -
              sum(effect.deferred[q]) +
              sum(effect.returned[q]);
            expect(sum(effect.calls[q])).toBeCloseTo(after, 8);
            expect(effect.calls[q]?.every((value) => value >= -1e-12)).toBe(true);
          });
        },
      ),
    );
  });
});

describe('prompts in project', () => {
  const queue = { queue: 'a', callsPerHour: 300, handle: 240, patience: 120, routes: [to('one')] };
  const run = (prompts: PromptPlacement[]): ReturnType<typeof totalOutcome> => {
    const policy = { ...aPolicy([queue]), prompts };
    return totalOutcome(
      project({ demand: aDemand([queue], 6, 30), capacity: aCapacity({ one: 19 }, 6), policy }),
      2,
      3,
    );
  };

  it('counts announcement seconds as wait: longer than the threshold, nobody who hears it is in time', () => {
    const silent = run([]);
    const heard = run([placement({}, { reach: 1, announcementSeconds: 8 })]);
    const long = run([placement({}, { reach: 1, announcementSeconds: 16 })]);
    expect(heard.answered).toBeCloseTo(silent.answered, 9);
    expect(heard.answeredWaitSeconds - silent.answeredWaitSeconds).toBeCloseTo(8 * silent.answered, 6);
    expect(serviceLevels(heard).ofOffered).toBeLessThan(serviceLevels(silent).ofOffered);
    expect(long.answeredWithinThreshold).toBe(0);
  });

  it('raises the service level by sending callers online', () => {
    const silent = serviceLevels(run([])).ofOffered;
    const diverted = run([
      placement({}, { onlineShare: 0.3, onlineFailureShare: 0, announcementSeconds: 0 }),
    ]);
    expect(serviceLevels(diverted).ofOffered).toBeGreaterThan(silent + 0.1);
  });
});

describe('what prompts do at other take-ups', () => {
  const count = 20;
  const day = [30, 40, 60, 80, 100, 130, 150, 160, 160, 150, 130, 110, 90, 80, 60, 50, 40, 30, 20, 20];
  const queue = { queue: 'a', callsPerHour: 0, handle: 240, patience: 120, routes: [to('one')] };
  const prompt: PromptPlacement = placement(
    {
      channel: 'app',
      on: new Uint8Array(count).fill(1, 4, 12),
      offPeakTarget: new Int32Array(count).fill(-1),
    },
    { reach: 0.95, onlineShare: 0.1, onlineFailureShare: 0.15 },
  );
  const [own] = aDemand([queue], count, 30).queues;
  if (own === undefined) throw new Error('no queue');
  const demand = { ...aDemand([queue], count, 30), queues: [{ ...own, freshMean: Float64Array.from(day) }] };
  const capacity = aCapacity({ one: 20 }, count);

  // At the assumed take-up some 14 requests an interval, at the double 29: channels that fill up at either.
  it.each([14, 28])('is what simulation finds, up to the double: a channel of %i', (most) => {
    const channels = [{ channel: 'app', capacityPerInterval: most, operatorSeconds: 90, failureShare: 0.15 }];
    const rates = [0, 1, 2].map((factor) => {
      const prompts = factor === 0 ? [] : scaleTakeUp([prompt], factor);
      const operation = { demand, capacity, policy: { ...aPolicy([queue]), prompts, channels } };
      return [project(operation), simulatePlan(operation, { replications: 500, seed: 3 }).outcome].map(
        (outcome) => {
          const totals = totalOutcome(outcome);
          return [totals.answered / totals.offered, serviceLevels(totals).ofOffered] as const;
        },
      );
    });
    const gain = (factor: 1 | 2, by: 0 | 1, rate: 0 | 1): number =>
      (rates[factor]?.[by]?.[rate] ?? Number.NaN) - (rates[0]?.[by]?.[rate] ?? Number.NaN);
    for (const factor of [1, 2] as const) {
      expect(gain(factor, 1, 1)).toBeGreaterThan(0.02);
      expect(Math.abs(gain(factor, 0, 0) - gain(factor, 1, 0)), `${factor} connected`).toBeLessThan(0.0011);
      expect(Math.abs(gain(factor, 0, 1) - gain(factor, 1, 1)), `${factor} in time`).toBeLessThan(0.0025);
    }
  });
});
