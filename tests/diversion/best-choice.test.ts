import { describe, expect, it } from 'vitest';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import { aimCosts } from '../../src/diversion/diversion-aim.ts';
import { placePrompt } from '../../src/diversion/prompt-spans.ts';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import { totalOutcome } from '../../src/kernel/measures.ts';
import { sumOf } from '../../src/kernel/statistics.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { leastCost } from '../support/every-choice.ts';
import { catalogueOf, entry, offPeak, peak, smallRequest } from '../support/small-world.ts';
import { costOf, run, world } from './peak-world.ts';

describe('against every possible choice', () => {
  it('finds nothing better by more than half a percent with two prompts over nine intervals', () => {
    const shapes = [
      [40, 60, 85, 95, 80, 60, 70, 90, 50],
      [20, 95, 95, 30, 30, 30, 95, 95, 20],
      [60, 62, 64, 66, 68, 70, 72, 74, 76],
    ];
    const catalogue = catalogueOf([
      entry(),
      entry({ prompt: 'short', response: { onlineShare: 0.08, announcementSeconds: 1 } }),
    ]);
    for (const [k, calls] of shapes.entries()) {
      const request = smallRequest({ calls: { a: calls }, operators: 7 + k, catalogue });
      const best = leastCost(request, { minimumOn: 2, maximumOn: 16 }, 'fewest-diverted');
      const chosen = costOf(request, choosePrompts(request).prompts);
      expect(chosen).toBeLessThanOrEqual(best * 1.005 + 1e-9);
    }
  });

  it('finds nothing better by more than half a percent over twelve intervals with one prompt and a short day', () => {
    const calls = [30, 55, 80, 90, 70, 50, 45, 60, 88, 92, 60, 30];
    const request = smallRequest({
      calls: { a: calls },
      operators: 7,
      catalogue: catalogueOf([entry()], { maximumOnMinutesPerDay: 150 }),
    });
    const best = leastCost(request, { minimumOn: 2, maximumOn: 5 }, 'fewest-diverted');
    expect(costOf(request, choosePrompts(request).prompts)).toBeLessThanOrEqual(best * 1.005 + 1e-9);
  });

  it('finds nothing better by more than half a percent with two queues on one tier', () => {
    const calls = { a: [30, 50, 60, 55, 40, 30, 25], b: [20, 25, 45, 50, 45, 20, 15] };
    const request = smallRequest({ calls, operators: 9, catalogue: catalogueOf([entry()]) });
    const best = leastCost(request, { minimumOn: 2, maximumOn: 16 }, 'fewest-diverted');
    expect(costOf(request, choosePrompts(request).prompts)).toBeLessThanOrEqual(best * 1.005 + 1e-9);
  });
});

describe('best-for-roster', () => {
  it('counts callers who were sent off-peak and never call again as lost', () => {
    const gone = { ...offPeak(), response: { ...offPeak().response, offPeakReturnShare: 0 } };
    const request = world({ catalogue: catalogueOf([gone]), operators: 8 });
    const placed = [placePrompt(gone, 'a', [{ from: 2, to: 6, offPeakTarget: 10 }], peak.length)];
    const totals = totalOutcome(run(request, placed));
    const lost =
      totals.abandoned + 0.25 * (totals.answered - totals.answeredWithinThreshold) + totals.deferred;
    expect(totals.deferred).toBeGreaterThan(20);
    expect(costOf(request, placed, 'best-for-roster')).toBeCloseTo(lost + 0.1 * totals.deferred + 1, 6);
  });
});

describe('the limit on diverted callers', () => {
  it('is kept where it is just reached, and binds below', () => {
    const shareOf = (prompts: readonly PromptPlacement[]): number => {
      const { divertedOnline, deferred, fresh } = totalOutcome(run(world(), prompts));
      return (divertedOnline + deferred) / fresh;
    };
    const choose = (largestDivertedShare: number) =>
      choosePrompts(world({ catalogue: catalogueOf([entry()], { largestDivertedShare }) }));
    const free = choose(1);
    const share = shareOf(free.prompts);
    expect(share).toBeGreaterThan(0.01);
    expect(choose(share).prompts).toEqual(free.prompts);
    for (const less of [0.999, 0.5]) {
      const bound = choose(less * share);
      expect(shareOf(bound.prompts)).toBeLessThanOrEqual(less * share + 1e-9);
      expect(bound.limitedByShare).toBe(true);
    }
    expect(choose(0).prompts).toEqual([]);
  });
});

describe('proved by simulation', () => {
  it('the chosen prompts bring calls nearer to their targets call by call, on the same first callers', () => {
    const request = world();
    const { prompts } = choosePrompts(request);
    const cost = (played: readonly PromptPlacement[]): number => {
      const policy = { ...request.policy, prompts: played };
      const { outcome } = simulatePlan(
        { demand: request.demand, capacity: request.capacity, policy },
        {
          replications: 60,
          seed: 5,
        },
      );
      return sumOf(aimCosts(outcome, played, request.targets, 'fewest-diverted'));
    };
    expect(cost(prompts)).toBeLessThan(0.95 * cost([]));
  });
});

describe('a prompt in the projection', () => {
  it('with take-up 0 and 0 seconds equals no prompt, and no prompt is the baseline exactly', () => {
    const request = world();
    const idle = placePrompt(
      entry({ response: { onlineShare: 0, announcementSeconds: 0 } }),
      'a',
      [{ from: 2, to: 6, offPeakTarget: -1 }],
      peak.length,
    );
    const base = run(request, []);
    const same = run(request, [idle]);
    for (const field of [
      'offered',
      'answered',
      'answeredWithinThreshold',
      'abandoned',
      'waitSeconds',
    ] as const)
      for (const [i, value] of (base.queues[0]?.[field] ?? new Float64Array()).entries())
        expect(same.queues[0]?.[field][i]).toBeCloseTo(value, 9);
    expect(run(request, [])).toEqual(base);
  });
});
