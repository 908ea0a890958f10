import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  serviceLevels,
  totalOutcome,
} from '../../src/kernel/measures.ts';
import { erlang } from '../../src/queueing/erlang.ts';
import { addWeightedOutcome, project, projectPaths, sharePaths } from '../../src/queueing/project.ts';
import { aCapacity, aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';

const queue = (more: Partial<AQueue> = {}): AQueue => ({
  queue: 'general',
  callsPerHour: 300,
  handle: 240,
  patience: 120,
  routes: [to('one')],
  ...more,
});
const lastLevel = (outcome: Outcome, name: string): number =>
  serviceLevels(totalOutcome(outcome, outcome.horizon.count - 1, outcome.horizon.count, (q) => q === name))
    .ofOffered;

describe('project', () => {
  it('is exact Erlang A for one queue on one tier in steady state, trunks included', () => {
    const queues = [queue()];
    const exact = erlang({
      loadErlangs: 20,
      operators: 21,
      handleTimeSeconds: 240,
      patienceSeconds: 120,
      trunks: 24,
      thresholdSeconds: 15,
    });
    const outcome = project({
      demand: aDemand(queues, 12),
      capacity: aCapacity({ one: 21 }, 12, 24),
      policy: aPolicy(queues),
    });
    const totals = totalOutcome(outcome, 11, 12);
    expect(exact.stable && serviceLevels(totals).ofOffered).toBeCloseTo(
      exact.stable ? exact.slOffered : -1,
      8,
    );
    expect(exact.stable && connectionRate(totals)).toBeCloseTo(exact.stable ? exact.pConnect : -1, 8);
    expect(exact.stable && averageSpeedOfAnswer(totals)).toBeCloseTo(
      exact.stable ? exact.asaAnsweredSeconds : -1,
      6,
    );
    expect(totals.blocked / totals.offered).toBeCloseTo(exact.stable ? exact.pBlock : -1, 8);
  });

  it('answers several queues on one tier, or on the same tiers, as one pool', () => {
    const alone = [queue({ callsPerHour: 450 })];
    const pool = project({
      demand: aDemand(alone, 12),
      capacity: aCapacity({ one: 31 }, 12),
      policy: aPolicy(alone),
    });
    const three = ['a', 'b', 'c'].map((name) =>
      queue({ queue: name, callsPerHour: 150, routes: [to('one', 1), to('two', 1)] }),
    );
    const shared = project({
      demand: aDemand(three, 12),
      capacity: aCapacity({ one: 20, two: 11 }, 12),
      policy: aPolicy(three),
    });
    for (const name of ['a', 'b', 'c']) {
      expect(lastLevel(shared, name)).toBeCloseTo(lastLevel(pool, 'general'), 8);
    }
  });

  it('keeps the pool total exact where patience differs, and lets the impatient hang up more', () => {
    const queues = [queue({ queue: 'hasty', patience: 60 }), queue({ queue: 'calm', patience: 300 })];
    const outcome = project({
      demand: aDemand(queues, 12),
      capacity: aCapacity({ one: 41 }, 12),
      policy: aPolicy(queues),
    });
    const harmonised = 2 / (1 / 60 + 1 / 300);
    const exact = erlang({
      loadErlangs: 40,
      operators: 41,
      handleTimeSeconds: 240,
      patienceSeconds: harmonised,
      trunks: Infinity,
      thresholdSeconds: 15,
    });
    const last = totalOutcome(outcome, 11, 12);
    expect(last.abandoned / last.offered).toBeCloseTo(exact.stable ? exact.pAbandon : -1, 8);
    const [hasty, calm] = outcome.queues;
    expect((hasty?.abandoned[11] ?? 0) / (calm?.abandoned[11] ?? 1)).toBeGreaterThan(2);
  });

  it('leaves dedicated tiers apart', () => {
    const queues = [
      queue({ queue: 'a', callsPerHour: 300, routes: [to('one')] }),
      queue({ queue: 'b', callsPerHour: 360, handle: 300, patience: 180, routes: [to('two')] }),
    ];
    const outcome = project({
      demand: aDemand(queues, 12),
      capacity: aCapacity({ one: 22, two: 29 }, 12),
      policy: aPolicy(queues),
    });
    const exact = erlang({
      loadErlangs: 20,
      operators: 22,
      handleTimeSeconds: 240,
      patienceSeconds: 120,
      trunks: Infinity,
      thresholdSeconds: 15,
    });
    expect(lastLevel(outcome, 'a')).toBeCloseTo(exact.stable ? exact.slOffered : -1, 6);
  });

  it('lies between dedicated and fully pooled where tiers overlap in part', () => {
    const level = (routes: [AQueue['routes'], AQueue['routes']], tiers: Record<string, number>): number => {
      const queues = [queue({ queue: 'a', routes: routes[0] }), queue({ queue: 'b', routes: routes[1] })];
      return lastLevel(
        project({ demand: aDemand(queues, 12), capacity: aCapacity(tiers, 12), policy: aPolicy(queues) }),
        'a',
      );
    };
    const apart = level([[to('one')], [to('two')]], { one: 20, two: 20 });
    const shared = level(
      [
        [to('one', 1), to('both', 2)],
        [to('two', 1), to('both', 2)],
      ],
      {
        one: 16,
        two: 16,
        both: 8,
      },
    );
    const pooled = level([[to('both')], [to('both')]], { both: 40 });
    expect(shared).toBeGreaterThan(apart);
    expect(shared).toBeLessThan(pooled);
  });

  it('answers a queue of higher priority sooner, without changing the pool', () => {
    const of = (priority: number): Outcome => {
      const queues = [queue({ queue: 'urgent' }), queue({ queue: 'plain', priority })];
      return project({
        demand: aDemand(queues, 12),
        capacity: aCapacity({ one: 41 }, 12),
        policy: aPolicy(queues),
      });
    };
    const equal = of(1);
    const first = of(2);
    expect(lastLevel(first, 'urgent')).toBeGreaterThan(lastLevel(equal, 'urgent') + 0.02);
    expect(lastLevel(first, 'plain')).toBeLessThan(lastLevel(equal, 'plain') - 0.02);
    expect(totalOutcome(first, 11).abandoned).toBeCloseTo(totalOutcome(equal, 11).abandoned, 6);
  });

  it('conserves calls in every interval: offered = answered + abandoned + blocked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 900, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 8, maxLength: 8 }),
        fc.constantFrom(12, 40, Infinity),
        fc.constantFrom(60, Infinity),
        fc.boolean(),
        (calls, operators, trunks, patience, shared) => {
          const repeats = { afterAbandon: 0.6, afterBlock: 0.8, reconnect: 0.1, reconnectDelaySeconds: 3000 };
          const queues = [
            queue({ callsPerHour: calls, patience, repeats }),
            queue({ queue: 'b', callsPerHour: 60, routes: shared ? [to('two'), to('one', 2)] : [to('two')] }),
          ];
          const outcome = project({
            demand: aDemand(queues, 8),
            capacity: aCapacity({ one: operators, two: 5 }, 8, trunks),
            policy: aPolicy(queues),
          });
          for (const q of outcome.queues) {
            for (let i = 0; i < 8; i += 1) {
              const offered = q.offered[i] ?? Number.NaN;
              const parts = (q.answered[i] ?? 0) + (q.abandoned[i] ?? 0) + (q.blocked[i] ?? 0);
              expect(Math.abs(offered - parts)).toBeLessThan(1e-9 * (1 + offered));
              expect(offered).toBeGreaterThanOrEqual((q.fresh[i] ?? 0) - 1e-9);
              expect(q.answeredWithinThreshold[i]).toBeLessThanOrEqual((q.answered[i] ?? 0) + 1e-9);
              expect(q.shortAbandoned[i]).toBeLessThanOrEqual((q.abandoned[i] ?? 0) + 1e-9);
            }
          }
          for (const tier of outcome.tiers) {
            tier.busyOperatorSeconds.forEach((busy, i) => {
              expect(busy).toBeLessThanOrEqual((tier.staffedOperatorSeconds[i] ?? 0) + 1e-6);
            });
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('brings back every caller who calls again, and nobody where nobody does', () => {
    const plain = [queue({ callsPerHour: 330 })];
    const none = project({
      demand: aDemand(plain, 6),
      capacity: aCapacity({ one: 18 }, 6),
      policy: aPolicy(plain),
    });
    expect(none.queues[0]?.offered).toEqual(none.queues[0]?.fresh);
    // The last intervals are quiet and long enough for all who failed to have called again.
    const calls = [330, 330, 330, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const again = [
      queue({ callsPerHour: calls, repeats: { afterAbandon: 0.5, afterAbandonDelaySeconds: 600 } }),
    ];
    const outcome = project({
      demand: aDemand(again, 12),
      capacity: aCapacity({ one: 18 }, 12),
      policy: aPolicy(again),
    });
    const totals = totalOutcome(outcome);
    expect(totals.offered).toBeCloseTo(totals.fresh + 0.5 * totals.abandoned, 3);
    expect(totals.offered).toBeGreaterThan(1030);
  });

  it('carries overload into the next interval, the more the longer patience is', () => {
    const after = (patience: number, first: number): number => {
      const queues = [queue({ callsPerHour: [first, 200, 200], patience })];
      const outcome = project({
        demand: aDemand(queues, 3, 15),
        capacity: aCapacity({ one: 18 }, 3),
        policy: aPolicy(queues),
      });
      return lastLevel(outcome, 'general');
    };
    expect(after(120, 900)).toBeLessThan(after(120, 200));
    expect(after(3600, 900)).toBeLessThan(after(120, 900));
    expect(after(Infinity, 900)).toBeLessThan(0.2);
    expect(after(Infinity, 200)).toBeGreaterThan(0.8);
  });

  it('starts empty and takes a whole interval of load as modified by calls in service', () => {
    const queues = [queue({ callsPerHour: 300, handle: 1800, patience: 1e6 })];
    const outcome = project({
      demand: aDemand(queues, 6, 15),
      capacity: aCapacity({ one: 400 }, 6),
      policy: aPolicy(queues),
    });
    const busy = outcome.tiers[0]?.busyOperatorSeconds ?? [];
    // m̄ = (λ/µ)(1 − (1 − e^(−½))/½) in the first quarter of an hour.
    expect((busy[0] ?? 0) / 900).toBeCloseTo(150 * (1 - (1 - Math.exp(-0.5)) / 0.5), 6);
    expect((busy[5] ?? 0) / 900).toBeLessThan(150);
  });

  it('places half an operator between its neighbours', () => {
    const level = (operators: number): number => {
      const queues = [queue()];
      return lastLevel(
        project({
          demand: aDemand(queues, 6),
          capacity: aCapacity({ one: operators }, 6),
          policy: aPolicy(queues),
        }),
        'general',
      );
    };
    expect(level(21.5)).toBeCloseTo((level(21) + level(22)) / 2, 6);
  });

  it('settles the smart-voice share before an operator is asked for', () => {
    const queues = [queue({ smartVoice: 0.25 })];
    const outcome = project({
      demand: aDemand(queues, 2),
      capacity: aCapacity({ one: 21 }, 2),
      policy: aPolicy(queues),
    });
    expect(outcome.queues[0]?.fresh[0]).toBeCloseTo(225, 9);
    expect(outcome.queues[0]?.contained[0]).toBeCloseTo(75, 9);
  });

  it.each([0.25, 1])('settles the share %d of each path by smart voice, and of their mean', (smartVoice) => {
    const paths = [
      [100, 200],
      [300, 500],
    ];
    const queues = [queue({ smartVoice, paths })];
    const operation = {
      ...{ demand: aDemand(queues, 2), policy: aPolicy(queues) },
      capacity: aCapacity({ one: 21 }, 2),
    };
    const of = ({ queues: [own] }: Outcome): number[] => [...(own?.contained ?? []), ...(own?.fresh ?? [])];
    const left = 1 - smartVoice;
    const settled = (one: number, other: number): number[] =>
      [smartVoice, left].flatMap((share) => [one, other].map((n) => expect.closeTo(n * share, 9) as number));
    expect(of(project(operation))).toEqual(settled(300, 300));
    expect(of(projectPaths(operation).outcome)).toEqual(settled(200, 350));
  });

  it('survives a queue without operators or routes, and no calls at all', () => {
    const queues = [queue({ routes: [] }), queue({ queue: 'b', callsPerHour: 0 })];
    const outcome = project({
      demand: aDemand(queues, 2),
      capacity: aCapacity({ one: 2 }, 2),
      policy: aPolicy(queues),
    });
    expect(outcome.queues[0]?.abandoned[0]).toBeCloseTo(300, 6);
    expect(outcome.queues[1]?.offered[0]).toBe(0);
    for (const q of outcome.queues)
      for (const values of [q.answered, q.waitSeconds]) {
        expect(values.every(Number.isFinite)).toBe(true);
      }
  });
});

describe('projectPaths', () => {
  it('is the mean of its paths, with totals per path and local day', () => {
    const count = 48;
    const paths = [0.7, 1, 1.5].map((factor) => Array.from({ length: count }, () => 300 * factor));
    const queues = [queue({ paths })];
    const capacity = aCapacity({ one: 22 }, count);
    const found = projectPaths({ demand: aDemand(queues, count), capacity, policy: aPolicy(queues) });
    expect(found.pathTotals).toHaveLength(3);
    expect(found.dayTotals[0]).toHaveLength(2);
    paths.forEach((path, p) => {
      const single = [queue({ callsPerHour: path })];
      const alone = totalOutcome(
        project({ demand: aDemand(single, count), capacity, policy: aPolicy(single) }),
      );
      expect(found.pathTotals[p]?.answered).toBeCloseTo(alone.answered, 6);
    });
    const mean = totalOutcome(found.outcome);
    const sum = found.pathTotals.reduce((total, path) => total + path.abandoned, 0);
    expect(mean.abandoned).toBeCloseTo(sum / 3, 6);
    const days = found.dayTotals[2] ?? [];
    expect(days.reduce((total, day) => total + day.offered, 0)).toBeCloseTo(
      found.pathTotals[2]?.offered ?? 0,
      6,
    );
  });

  it('uses the first paths up to the limit, and the mean where there are none', () => {
    const queues = [queue({ paths: [[100], [500]] })];
    const some = projectPaths(
      { demand: aDemand(queues, 1), capacity: aCapacity({ one: 22 }, 1), policy: aPolicy(queues) },
      1,
    );
    expect(some.pathTotals.map((t) => t.fresh)).toEqual([100]);
    const none = [queue()];
    const certain = projectPaths({
      demand: aDemand(none, 1),
      capacity: aCapacity({ one: 22 }, 1),
      policy: aPolicy(none),
    });
    expect(certain.outcome).toEqual(
      project({ demand: aDemand(none, 1), capacity: aCapacity({ one: 22 }, 1), policy: aPolicy(none) }),
    );
  });

  it('adds up from shares of the paths, each on its own thread if need be', () => {
    const queues = [
      queue({
        paths: [
          [100, 300],
          [500, 200],
          [250, 250],
          [320, 90],
          [40, 400],
        ],
      }),
    ];
    const asked = {
      demand: aDemand(queues, 2),
      capacity: aCapacity({ one: 22 }, 2),
      policy: aPolicy(queues),
    };
    const whole = projectPaths(asked, 4);
    const shares = sharePaths(asked.demand, 4, 3);
    expect(shares).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 4 },
    ]);
    const found = shares.map((share) => projectPaths(asked, 4, { share, traced: true }));
    expect(found.flatMap(({ pathTotals }) => pathTotals)).toEqual(whole.pathTotals);
    expect(found.flatMap(({ dayTotals }) => dayTotals)).toEqual(whole.dayTotals);
    const [sum] = found.map(({ outcome }) => outcome);
    for (const { outcome } of found.slice(1)) if (sum !== undefined) addWeightedOutcome(sum, outcome, 1);
    const [totals, all] = [totalOutcome(sum ?? whole.mean), totalOutcome(whole.outcome)];
    for (const [field, value] of Object.entries(all))
      expect(totals[field as keyof typeof totals]).toBeCloseTo(value, 9);
    const near = found.map(({ traces }, i) =>
      projectPaths(asked, 4, { near: traces, share: shares[i] ?? { from: 0, to: 0 } }),
    );
    expect(near.flatMap(({ pathTotals }) => pathTotals)).toEqual(whole.pathTotals);
    expect(sharePaths(asked.demand, 3, 3)).toEqual([{ from: 0, to: 3 }]);
  });
});
