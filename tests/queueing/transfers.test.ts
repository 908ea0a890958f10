import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation, Transfer } from '../../src/kernel/hotline.ts';
import { connectionRate, occupancy, totalOutcome, totalTransfers } from '../../src/kernel/measures.ts';
import { project, projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { aCapacity, aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';
import { sweep } from '../support/sweep.ts';

const on = (toQueue: string, share: number, holding = false, beforeSeconds?: number): Transfer => ({
  toQueue,
  share,
  holding,
  beforeSeconds,
});

const general = (more: Partial<AQueue> = {}): AQueue => ({
  queue: 'general',
  callsPerHour: 120,
  handle: 240,
  patience: 120,
  routes: [to('first')],
  ...more,
});
const expert = (more: Partial<AQueue> = {}): AQueue => ({
  queue: 'expert',
  callsPerHour: 10,
  handle: 360,
  patience: 180,
  routes: [to('expert')],
  ...more,
});

const count = 24;
const lineOf = (
  queues: readonly AQueue[],
  tiers: Readonly<Record<string, number>>,
  trunks = Infinity,
): Operation => ({
  demand: aDemand(queues, count, 30),
  capacity: aCapacity(tiers, count, trunks),
  policy: aPolicy(queues),
});

describe('calls handed on, by formula', () => {
  it('without waiting both desks carry their known load, from the third hour on', () => {
    const line = lineOf(
      [
        general({ patience: Infinity, transfers: [on('expert', 0.25, true, 60)] }),
        expert({ callsPerHour: 0 }),
      ],
      { first: 90, expert: 80 },
    );
    const outcome = project(line);
    expect(occupancy(outcome, 6, count, 'first') * 90).toBeCloseTo(
      (120 / 3600) * (0.75 * 240 + 0.25 * 60),
      4,
    );
    expect(occupancy(outcome, 6, count, 'expert') * 80).toBeCloseTo((120 / 3600) * 0.25 * 360, 3);
    expect(totalTransfers(outcome, 6, count).received).toBeCloseTo(9 * 120 * 0.25, 2);
  });

  it('a chain of three desks hands on share × share', () => {
    const line = lineOf(
      [
        general({ transfers: [on('expert', 0.5)] }),
        expert({ callsPerHour: 0, transfers: [on('office', 0.4)] }),
        expert({ queue: 'office', callsPerHour: 0 }),
      ],
      { first: 90, expert: 80 },
    );
    const office = totalTransfers(project(line), 10, count, (queue) => queue === 'office');
    expect(office.received).toBeCloseTo(7 * 120 * 0.2, 0);
  });

  it('a way without a share changes nothing, bit for bit', () => {
    const repeats = { afterAbandon: 0.5, reconnect: 0.1, reconnectDelaySeconds: 1800 };
    const plain = lineOf([general({ repeats }), expert()], { first: 8, expert: 2 }, 14);
    const none = lineOf(
      [general({ repeats, transfers: [on('expert', 0, true)] }), expert()],
      { first: 8, expert: 2 },
      14,
    );
    expect(project(none)).toEqual(project(plain));
    const options = { replications: 6, seed: 3 };
    expect(simulatePlan(none, options)).toEqual(simulatePlan(plain, options));
  });

  it('a queue without demand takes none', () => {
    const found = project(lineOf([general({ transfers: [on('nobody', 0.5, true)] })], { first: 8 }));
    expect(found).toEqual(project(lineOf([general()], { first: 8 })));
  });

  const shares = fc.record({
    share: fc.integer({ min: 1, max: 10 }).map((n) => n / 10),
    next: fc.integer({ min: 0, max: 5 }).map((n) => n / 10),
    holding: fc.boolean(),
    calls: fc.integer({ min: 0, max: 300 }),
    first: fc.integer({ min: 0, max: 20 }),
    desk: fc.integer({ min: 0, max: 8 }),
    patience: fc.constantFrom(30, 200, Infinity),
    trunks: fc.constantFrom(0, 12, Infinity),
    afterAbandon: fc.integer({ min: 0, max: 9 }).map((n) => n / 10),
  });
  it('callers are counted once: offered = answered + abandoned + blocked, sent = received = what became of them', () => {
    fc.assert(
      fc.property(shares, ({ share, next, holding, calls, first, desk, patience, trunks, afterAbandon }) => {
        const repeats = { afterAbandon, reconnect: 0.1, reconnectDelaySeconds: 1800 };
        const outcome = project(
          lineOf(
            [
              general({
                callsPerHour: calls,
                patience,
                repeats,
                transfers: [on('expert', share, holding, 50)],
              }),
              expert({ repeats, transfers: [on('office', next, holding)] }),
              expert({
                queue: 'office',
                callsPerHour: 0,
                patience,
                routes: [to('expert', 1), to('first', 2, 20)],
              }),
            ],
            { first, expert: desk },
            trunks,
          ),
        );
        const line = totalOutcome(outcome);
        const handed = totalTransfers(outcome);
        expect(line.offered).toBeCloseTo(line.answered + line.abandoned + line.blocked, 6);
        expect(handed.sent).toBeCloseTo(handed.received, 6);
        expect(handed.received).toBeCloseTo(handed.answered + handed.abandoned, 6);
        expect(handed.answeredWithinThreshold).toBeLessThanOrEqual(handed.answered + 1e-6);
        expect(handed.sent).toBeLessThanOrEqual(
          (line.answered + handed.answered) * Math.max(share, next) + 1e-3,
        );
        for (const { busyOperatorSeconds, staffedOperatorSeconds } of outcome.tiers)
          busyOperatorSeconds.forEach((busy, i) =>
            expect(busy).toBeLessThanOrEqual((staffedOperatorSeconds[i] ?? 0) + 1e-6),
          );
      }),
      { numRuns: 120, seed: 8 },
    );
  });

  it('holding keeps the first operators: fewer calls are answered than when they let go', () => {
    const answered = (holding: boolean): number =>
      totalOutcome(
        project(
          lineOf([general({ transfers: [on('expert', 0.3, holding)] }), expert()], {
            first: 8,
            expert: 2,
          }),
        ),
        0,
        count,
        (queue) => queue === 'general',
      ).answered;
    expect(answered(true)).toBeLessThan(answered(false) - 20);
  });

  it('each future of demand hands on its own calls', () => {
    const paths = [30, 60, 90].map((calls) => Array.from({ length: count }, () => calls));
    const nobody = [0, 0, 0].map(() => Array.from({ length: count }, () => 0));
    const line = lineOf(
      [general({ paths, transfers: [on('expert', 0.2)] }), expert({ callsPerHour: 0, paths: nobody })],
      { first: 60, expert: 60 },
    );
    const received: number[] = [];
    const { outcome } = projectPaths(line, Infinity, {
      visit: (own) => received.push(totalTransfers(own, 8).received),
    });
    expect(received.map((calls) => Math.round(calls))).toEqual([96, 192, 288]);
    expect(totalTransfers(outcome, 8).received).toBeCloseTo(192, 0);
  });
});

describe('formula against simulation', () => {
  const designs: readonly {
    readonly name: string;
    readonly queues: readonly AQueue[];
    readonly tiers: Readonly<Record<string, number>>;
    readonly trunks?: number;
    readonly within: number;
  }[] = [false, true].flatMap((holding) => {
    const how = holding ? 'holding' : 'letting go';
    const ways = [on('expert', 0.15, holding, 90)];
    return [
      {
        name: `desks apart, ${how}`,
        queues: [general({ transfers: ways }), expert()],
        tiers: { first: 9, expert: 3 },
        within: 0.012,
      },
      {
        name: `a desk that nobody rings, ${how}`,
        queues: [general({ transfers: [on('expert', 0.2, holding)] }), expert({ callsPerHour: 0 })],
        tiers: { first: 9, expert: 2 },
        within: 0.012,
      },
      {
        name: `callers who call again, ${how}`,
        queues: [
          general({
            transfers: ways,
            repeats: {
              afterAbandon: 0.5,
              afterAbandonDelaySeconds: 600,
              reconnect: 0.1,
              reconnectDelaySeconds: 1800,
            },
          }),
          expert(),
        ],
        tiers: { first: 8, expert: 3 },
        within: 0.012,
      },
      {
        name: `few lines, ${how}`,
        queues: [general({ transfers: ways }), expert()],
        tiers: { first: 8, expert: 3 },
        trunks: 14,
        within: 0.015,
      },
      {
        name: `one pool, ${how}`,
        queues: [general({ transfers: ways }), expert({ routes: [to('first')] })],
        tiers: { first: 12 },
        within: 0.03,
      },
      {
        name: `experts who help out, ${how}`,
        queues: [general({ transfers: ways, routes: [to('first', 1), to('expert', 2)] }), expert()],
        tiers: { first: 8, expert: 4 },
        within: 0.04,
      },
    ];
  });
  const inEveryRun = [
    'callers who call again, letting go',
    'few lines, holding',
    'experts who help out, holding',
  ];
  it.each(sweep(designs, ({ name }) => inEveryRun.includes(name)))(
    '$name: rates within $within',
    ({ queues, tiers, trunks, within }) => {
      const line = lineOf(queues, tiers, trunks);
      const formula = project(line);
      const { outcome } = simulatePlan(line, { replications: 250, seed: 5 });
      for (const { queue } of queues) {
        const keep = (name: string): boolean => name === queue;
        const [a, s] = [formula, outcome].map((own) => ({
          line: totalOutcome(own, 4, count, keep),
          handed: totalTransfers(own, 4, count, keep),
        }));
        if (a === undefined || s === undefined) throw new Error('two outcomes');
        if (a.line.offered > 0)
          expect(Math.abs(connectionRate(a.line) - connectionRate(s.line))).toBeLessThan(within);
        if (a.handed.received === 0) continue;
        expect(
          Math.abs(a.handed.answered / a.handed.received - s.handed.answered / s.handed.received),
        ).toBeLessThan(within);
        expect(a.handed.received / s.handed.received).toBeCloseTo(1, 1);
      }
      for (const tier of Object.keys(tiers))
        expect(
          Math.abs(occupancy(formula, 4, count, tier) - occupancy(outcome, 4, count, tier)),
        ).toBeLessThan(within + 0.01);
    },
  );
});
