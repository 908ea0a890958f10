import { describe, expect, it } from 'vitest';
import {
  asRates,
  type Capacity,
  type Demand,
  type Outcome,
  type Policy,
  type PromptPlacement,
} from '../../src/kernel/hotline.ts';
import { takeWork } from '../../src/kernel/work.ts';
import { project, projectNear, projectPaths, projectSharedAs } from '../../src/queueing/project.ts';

const count = 48;
const queue = (name: string, peak: number): Demand['queues'][number] => {
  const freshMean = Float64Array.from(
    { length: count },
    (_, i) => 8 + peak * Math.exp(-(((i - 22) / 6) ** 2)),
  );
  const pathCount = 4;
  const paths = new Float64Array(pathCount * count);
  for (let p = 0; p < pathCount; p += 1)
    paths.set(
      freshMean.map((n) => n * (0.85 + 0.1 * p)),
      p * count,
    );
  return {
    queue: name,
    freshMean,
    ratePaths: asRates(paths),
    pathCount,
    handleTimeSeconds: new Float64Array(count).fill(280),
    patienceSeconds: 150,
    repeats: {
      afterAbandon: 0.5,
      afterAbandonDelaySeconds: 600,
      afterBlock: 0.7,
      afterBlockDelaySeconds: 120,
      reconnect: 0,
      reconnectDelaySeconds: 7200,
    },
  };
};
const demand: Demand = {
  horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 30, count },
  queues: [queue('a', 60), queue('b', 25)],
};
const staffed = (tier: string, least: number, peak: number): Capacity['tiers'][number] => ({
  tier,
  operators: Float64Array.from(
    { length: count },
    (_, i) => least + Math.floor(peak * Math.exp(-(((i - 22) / 6) ** 2))),
  ),
});
const capacity: Capacity = { trunks: 40, tiers: [staffed('first', 2, 8.5), staffed('second', 1, 5)] };
const route = (tier: string, preference: number) => ({ tier, preference, overflowDelaySeconds: 0 });
const routing = {
  answerTimeThresholdSeconds: 15,
  shortAbandonSeconds: 5,
  smartVoiceShare: 0,
  priority: 1,
};
const policy: Policy = {
  queues: [
    { queue: 'a', ...routing, routes: [route('first', 1), route('second', 2)] },
    { queue: 'b', ...routing, routes: [route('second', 1)] },
  ],
  prompts: [],
  channels: [],
};
const prompt = (name: string, from: number, to: number): PromptPlacement => ({
  prompt: 'online',
  kind: 'online-channel',
  queue: name,
  on: Uint8Array.from({ length: count }, (_, i) => (i >= from && i < to ? 1 : 0)),
  offPeakTarget: new Int32Array(count).fill(-1),
  response: {
    reach: 1,
    onlineShare: 0.15,
    offPeakShare: 0,
    offPeakReturnShare: 0,
    onlineFailureShare: 0.1,
    onlineHandleSeconds: 0,
    announcementSeconds: 6,
    assumed: true,
  },
});
const withPrompts = (...prompts: PromptPlacement[]): Policy => ({ ...policy, prompts });

/** The largest difference of any figure of two outcomes, relative to 1 or to its size. */
const furthest = (one: unknown, other: unknown): number => {
  if (one instanceof Float64Array && other instanceof Float64Array)
    return one.reduce(
      (most, v, i) => Math.max(most, Math.abs(v - (other[i] ?? NaN)) / Math.max(1, Math.abs(v))),
      0,
    );
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return 0;
  const pairs = Object.entries(one).map(([name, value]) =>
    furthest(value, (other as Record<string, unknown>)[name]),
  );
  return Math.max(0, ...pairs);
};
const answeredAt = ({ queues }: Outcome, i: number): number => queues[0]?.answered[i] ?? Number.NaN;

describe('projectNear', () => {
  it('is the projection, whichever near run it starts from', () => {
    const none = projectNear({ demand, capacity, policy });
    expect(furthest(none.outcome, project({ demand, capacity, policy }))).toBe(0);
    const early = projectNear({ demand, capacity, policy: withPrompts(prompt('a', 17, 21)) }, none);
    const later = withPrompts(prompt('a', 18, 24), prompt('b', 22, 24));
    for (const near of [
      none,
      early,
      projectNear({ demand, capacity, policy: withPrompts(prompt('b', 10, 30)) }),
    ])
      expect(
        furthest(
          projectNear({ demand, capacity, policy: later }, near).outcome,
          project({ demand, capacity, policy: later }),
        ),
      ).toBeLessThan(2e-5);
  });

  it('lends nothing that hangs on who would wait, nor what follows from it', () => {
    const byWait = { ...prompt('a', 18, 24), offeredTo: { waitAboveSeconds: 20 } };
    const everyone = prompt('b', 10, 14);
    const none = projectNear({ demand, capacity, policy });
    const waiting = projectNear({ demand, capacity, policy: withPrompts(byWait) }, none);
    for (const [played, near] of [
      [withPrompts(byWait), none],
      [withPrompts(everyone, byWait), waiting],
      [withPrompts(everyone), waiting],
      [policy, waiting],
    ] as const)
      expect(
        furthest(
          projectNear({ demand, capacity, policy: played }, near).outcome,
          project({ demand, capacity, policy: played }),
        ),
      ).toBeLessThan(5e-5);
    expect(waiting.outcome.queues[0]?.divertedOnline[20]).toBeGreaterThan(0.5);
  });

  it('carries calls that are handed on from queue to queue', () => {
    const handing = (...prompts: PromptPlacement[]): Policy => ({
      ...policy,
      queues: policy.queues.map((own) =>
        own.queue === 'a' ? { ...own, transfers: [{ toQueue: 'b', share: 0.2, holding: true }] } : own,
      ),
      prompts,
    });
    const none = projectNear({ demand, capacity, policy: handing() });
    const { outcome } = projectNear({ demand, capacity, policy: handing(prompt('a', 18, 24)) }, none);
    const own = project({ demand, capacity, policy: handing(prompt('a', 18, 24)) });
    expect(furthest(outcome, own)).toBeLessThan(1e-4);
    expect(outcome.queues[1]?.transfers?.received[20]).toBeGreaterThan(1);
  });

  it('lends what is the same to the last bit, and only that', () => {
    const none = projectNear({ demand, capacity, policy });
    const { outcome } = projectNear({ demand, capacity, policy: withPrompts(prompt('a', 18, 22)) }, none);
    for (const i of [5, 17, 40]) expect(answeredAt(outcome, i)).toBe(answeredAt(none.outcome, i));
    // The hours after the prompt still feel it: fewer callers call again.
    for (const i of [18, 22, 23]) expect(answeredAt(outcome, i)).not.toBe(answeredAt(none.outcome, i));
  });

  it('leaves the near run as it was', () => {
    const none = projectNear({ demand, capacity, policy });
    projectNear({ demand, capacity, policy: withPrompts(prompt('a', 0, 48)) }, none);
    expect(furthest(none.outcome, project({ demand, capacity, policy }))).toBe(0);
  });
});

describe('projectPaths from traces', () => {
  it('is the projection over the same paths', () => {
    const played = withPrompts(prompt('a', 18, 24));
    const { traces } = projectPaths({ demand, capacity, policy: played }, Infinity, { traced: true });
    const near = projectPaths({ demand, capacity, policy }, Infinity, { near: traces });
    const own = projectPaths({ demand, capacity, policy });
    expect(furthest(near.outcome, own.outcome)).toBeLessThan(2e-5);
    expect(near.pathTotals[3]?.answered).toBeCloseTo(own.pathTotals[3]?.answered ?? 0, 2);
  });
});

describe('projectSharedAs', () => {
  it('is the same where nothing changes, and near where a prompt takes a few calls away', () => {
    const none = projectNear({ demand, capacity, policy });
    expect(furthest(projectSharedAs(none, { demand, capacity, policy }), none.outcome)).toBeLessThan(2e-4);
    const played = withPrompts(prompt('a', 18, 24));
    const saved = (outcome: Outcome): number =>
      outcome.queues.reduce((sum, { abandoned }) => sum + abandoned.reduce((s, n) => s + n, 0), 0);
    const [before, exact] = [saved(none.outcome), saved(project({ demand, capacity, policy: played }))];
    const roughly = saved(projectSharedAs(none, { demand, capacity, policy: played }));
    expect((before - roughly) / (before - exact)).toBeCloseTo(1, 0);
  });
});

/** Where two outcomes are farther apart than lent figures may be. */
const apart = (one: Outcome, other: Outcome): number =>
  Math.max(
    ...one.queues.flatMap((queue, q) =>
      (['offered', 'answered', 'abandoned', 'answeredWithinThreshold'] as const).flatMap((field) =>
        [...queue[field]].map((value, i) => Math.abs(value - (other.queues[q]?.[field][i] ?? Number.NaN))),
      ),
    ),
  );

describe('other operators in a few intervals', () => {
  const operation = { demand, capacity, policy };
  const more = {
    ...operation,
    capacity: {
      ...capacity,
      tiers: capacity.tiers.map((tier, k) => ({
        ...tier,
        operators: tier.operators.map((n, i) => (k === 0 && i >= 30 && i < 33 ? n + 2 : n)),
      })),
    },
  };

  it('take the rest from a run without them', () => {
    const { outcome } = projectNear(more, projectNear(operation));
    expect(apart(outcome, project(more))).toBeLessThan(1e-3);
    expect([...(outcome.tiers[0]?.operators ?? [])]).toEqual([...(more.capacity.tiers[0]?.operators ?? [])]);
    expect(outcome.tiers[0]?.staffedOperatorSeconds[31]).toBe(
      (more.capacity.tiers[0]?.operators[31] ?? 0) * 1800,
    );
    takeWork();
    projectNear(more, projectNear(operation));
    expect(takeWork().intervalsSolved).toBeLessThan(1.6 * count);
  });

  it('path by path', () => {
    const alone = projectPaths(operation, 3, { traced: true });
    const { outcome } = projectPaths(more, 3, { near: alone.traces });
    expect(apart(outcome, projectPaths(more, 3).outcome)).toBeLessThan(1e-3);
  });
});

it('paths that begin alike are run once until they part', () => {
  const from = 30;
  const begun: Demand = {
    ...demand,
    queues: demand.queues.map((own) => ({
      ...own,
      ratePaths: asRates(
        own.ratePaths.map((rate, k) => (k % count < from ? own.freshMean[k % count]! : rate)),
      ),
    })),
  };
  const operation = { demand: begun, capacity, policy };
  takeWork();
  const { outcome } = projectPaths(operation, 4, { beginAsMean: true });
  expect(takeWork().intervalsSolved).toBe(count + 4 * (count - from));
  const own = projectPaths(operation, 4).outcome;
  // Before, each is the mean's, in which tiers share the load by themselves.
  const mean = project(operation);
  for (const [q, queue] of outcome.queues.entries()) {
    expect([...queue.answered.subarray(0, from)]).toEqual([...mean.queues[q]!.answered.subarray(0, from)]);
    queue.answered.forEach((calls, i) => {
      if (i >= from) expect(Math.abs(calls - own.queues[q]!.answered[i]!)).toBeLessThan(2e-3);
    });
  }
});

it.each(['operators', 'staffedOperatorSeconds', 'callBacks'])(
  'a queue may be called %s, as what an outcome is given',
  (name) => {
    const other = queue('b', 25);
    const [own, called] = ['a', name].map((first) =>
      projectPaths(
        {
          demand: { ...demand, queues: [queue(first, 60), other] },
          capacity,
          policy: {
            ...policy,
            queues: policy.queues.map((one) => (one.queue === 'a' ? { ...one, queue: first } : one)),
          },
        },
        3,
      ),
    );
    for (const [k, { answeredByQueue }] of own!.outcome.tiers.entries())
      expect(called!.outcome.tiers[k]!.answeredByQueue[name]).toEqual(answeredByQueue['a']);
  },
);
