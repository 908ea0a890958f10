import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlang } from '../../src/queueing/erlang.ts';
import { countField, transferField, transferWidth } from '../../src/queueing/simulator/line-counts.ts';
import { simulateReplication } from '../../src/queueing/simulator/line-simulation.ts';
import { layOutModel } from '../../src/queueing/simulator/line-spec.ts';
import { simulateModel } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { transferChain, type TransferChain } from './transfer-chain.ts';
import { sweep } from '../support/sweep.ts';

/** Within four standard errors, given half the width of a 95 % interval. */
const expectNear = (estimate: [number, number] | null | undefined, exact: number): void => {
  const [value, halfWidth] = estimate ?? [Number.NaN, 0];
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(2.05 * halfWidth + 1e-12);
};

const noRoute = { service: ['exp', 60], patience: ['inf', 0] };

/** Two desks apart: class 0 at pool 0 hands on to class 1 at pool 1. */
const tandem = (first: object, next: object, staff: readonly [number, number], more: object = {}) =>
  parseSimulationModel({
    intervals: 40,
    interval_s: 3600,
    warmup_s: 10_800,
    classes: [
      { ...noRoute, route: { '0': [1, 0] }, ...first },
      { ...noRoute, rate_per_h: 0, route: { '1': [1, 0] }, ...next },
    ],
    pools: staff.map((n) => ({ staff: n, class_priority: [1, 1] })),
    ...more,
  });

describe('calls handed on, against what is known', () => {
  it('without waiting the next desk carries share × calls × its handle time', () => {
    const model = tandem(
      { rate_per_h: 240, service: ['exp', 150], transfer: [0.25, 1, 0, 60] },
      { service: ['lognormal', 400, 1.2] },
      [60, 40],
    );
    const { pools, per_class } = simulateModel(model, { replications: 60, seed: 3 });
    const [, halfWidth = 0] = pools[1]?.['busy_h'] ?? [];
    expect(halfWidth).toBeLessThan(8);
    const counted = 37 * 240;
    expectNear(pools[0]?.['busy_h'], (counted * (0.75 * 150 + 0.25 * 60)) / 3600);
    expectNear(pools[1]?.['busy_h'], (counted * 0.25 * 400) / 3600);
    expectNear(per_class[1]?.['transfers_in'], counted * 0.25);
  });

  it('two desks in a row without holding and with endless patience are Jackson’s: each as if alone', () => {
    const model = tandem(
      { rate_per_h: 100, service: ['exp', 240], transfer: [0.3, 1, 0] },
      { rate_per_h: 6, service: ['exp', 400] },
      [8, 5],
      { intervals: 80 },
    );
    const { per_class } = simulateModel(model, { replications: 100, seed: 11 });
    const waitOf = (callsPerHour: number, handle: number, operators: number): number => {
      const found = erlang({
        loadErlangs: (callsPerHour / 3600) * handle,
        operators,
        handleTimeSeconds: handle,
        patienceSeconds: Infinity,
        trunks: Infinity,
        thresholdSeconds: 15,
      });
      return found.stable ? found.meanWaitAdmittedSeconds : Number.NaN;
    };
    expectNear(per_class[0]?.['mean_wait_admitted_s'], waitOf(100, 240, 8));
    expectNear(per_class[1]?.['mean_wait_admitted_s'], waitOf(36, 400, 5));
    expectNear(per_class[1]?.['mean_wait_transfers_in_s'], waitOf(36, 400, 5));
  });

  const chains: readonly (TransferChain & { readonly name: string })[] = [
    { name: 'cold', holding: false, share: 0.4, beforeSeconds: 60, lines: 5 },
    { name: 'attended', holding: true, share: 0.4, beforeSeconds: 60, lines: 5 },
    { name: 'attended, most calls go on', holding: true, share: 0.9, beforeSeconds: 150, lines: 8 },
    { name: 'cold, few lines', holding: false, share: 0.7, beforeSeconds: 100, lines: 3 },
  ].map((own) => ({
    callsPerSecond: 1 / 120,
    firstSeconds: 120,
    firstPatience: 200,
    nextSeconds: 180,
    nextPatience: 240,
    ...own,
  }));
  const inEveryRun = ['attended', 'cold, few lines'];
  it.each(sweep(chains, ({ name }) => inEveryRun.includes(name)))(
    'one operator each, exactly solved: $name',
    (chain) => {
      const model = tandem(
        {
          rate_per_h: chain.callsPerSecond * 3600,
          service: ['exp', chain.firstSeconds],
          patience: ['exp', chain.firstPatience],
          transfer: [chain.share, 1, chain.holding, chain.beforeSeconds],
        },
        { service: ['exp', chain.nextSeconds], patience: ['exp', chain.nextPatience] },
        [1, 1],
        { trunks: chain.lines, intervals: 200 },
      );
      const { all, pools } = simulateModel(model, { replications: 120, seed: 7 });
      const exact = transferChain(chain);
      expectNear(all['p_block_of_attempts'], exact.blocked);
      expectNear(all['p_abandon_of_attempts'], exact.abandonedFirst);
      expectNear(pools[0]?.['occupancy_busy_over_scheduled'], exact.firstBusy);
      expectNear(pools[1]?.['occupancy_busy_over_scheduled'], exact.nextBusy);
      expectNear(all['p_abandon_of_transfers_in'], exact.abandonedNext);
      expectNear(all['mean_wait_transfers_in_s'], exact.waitNext);
    },
  );
});

describe('calls handed on, whatever the line', () => {
  const tenths = (most: number) => fc.integer({ min: 0, max: 10 }).map((n) => (most * n) / 10);
  const lines = fc.record({
    rates: fc.tuple(tenths(300), tenths(60), tenths(40)),
    staff: fc.tuple(tenths(30), tenths(10), tenths(10)),
    shares: fc.tuple(tenths(0.5), tenths(0.5), tenths(1)),
    holds: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    patience: fc.constantFrom(['exp', 60], ['inf', 0], ['weibull', 200, 0.6]),
    redial: tenths(0.9),
    reconnect: tenths(0.5),
    trunks: fc.constantFrom(null, 2, 15),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
  });

  it('none is lost or doubled', () => {
    fc.assert(
      fc.property(lines, ({ rates, staff, shares, holds, patience, redial, reconnect, trunks, seed }) => {
        const own = {
          service: ['exp', 200],
          patience,
          redial_abandon: [redial, 300],
          redial_block: [redial, 60],
          reconnect: [reconnect, 900],
        };
        const model = parseSimulationModel({
          intervals: 6,
          interval_s: 1800,
          trunks,
          classes: [
            { ...own, rate_per_h: rates[0], route: { '0': [1, 0], '2': [2, 20] },
              transfer: [[shares[0], 1, holds[0]], [shares[1], 2, holds[1], 40]] }, // prettier-ignore
            {
              ...own,
              rate_per_h: rates[1],
              route: { '1': [1, 0], '0': [2, 0] },
              transfer: [shares[2], 2, holds[2]],
            },
            { ...own, rate_per_h: rates[2], route: { '2': [1, 0] } },
          ],
          pools: staff.map((n) => ({ staff: Math.round(n), class_priority: [2, 1, 1] })),
        });
        const { calls, width, transfers } = simulateReplication(layOutModel(model), seed, 0);
        const total = (field: number): number => {
          let sum = 0;
          for (let at = field; at < calls.length; at += width) sum += calls[at] ?? 0;
          return sum;
        };
        const handed = (field: number, c?: number): number => {
          let sum = 0;
          for (let at = field; at < transfers.length; at += transferWidth)
            if (c === undefined || Math.floor(at / transferWidth / 6) === c) sum += transfers[at] ?? 0;
          return sum;
        };
        expect(handed(transferField.sent)).toBe(handed(transferField.received));
        for (const c of [0, 1, 2])
          expect(handed(transferField.received, c)).toBe(
            handed(transferField.answered, c) + handed(transferField.abandoned, c),
          );
        expect(total(countField.attempts)).toBe(
          total(countField.connected) + total(countField.abandoned) + total(countField.blocked),
        );
        const ends = [
          countField.settledByOperator,
          countField.gaveUpAfterAbandoning,
          countField.gaveUpAfterBlocking,
          countField.stillOpen,
        ];
        expect(total(countField.fresh)).toBe(ends.reduce((sum, field) => sum + total(field), 0));
      }),
      { numRuns: 150, seed: 20 },
    );
  });

  it('a share of 0 changes nothing, bit for bit', () => {
    const line = (transfer: object) =>
      tandem(
        { rate_per_h: 200, patience: ['exp', 90], redial_abandon: [0.4, 200], ...transfer },
        { rate_per_h: 40 },
        [4, 2],
      );
    const options = { replications: 6, seed: 5 };
    expect(simulateModel(line({ transfer: [0, 1, true, 30] }), options)).toEqual(
      simulateModel(line({}), options),
    );
  });

  it('first callers stay the same under more operators at the next desk (common random numbers)', () => {
    const line = (staff: number) =>
      simulateModel(tandem({ rate_per_h: 200, transfer: [0.3, 1, 0] }, {}, [6, staff]), {
        replications: 4,
        seed: 5,
      });
    expect(line(2).per_class[0]?.['first']).toEqual(line(9).per_class[0]?.['first']);
    expect(line(2).per_class[0]?.['asa_answered_s']).toEqual(line(9).per_class[0]?.['asa_answered_s']);
  });
});

describe('a model file that hands calls on', () => {
  const rulesOf = (first: object, next: object = {}): readonly string[] => {
    try {
      tandem({ rate_per_h: 10, ...first }, next, [1, 1]);
    } catch (error) {
      if (error instanceof BadInputError) return error.problems.map(({ rule }) => rule);
      throw error;
    }
    return [];
  };
  it.each([
    ['one way on, or a list of them', { transfer: [[0.2, 1, 1], [0.3, 1, false, 50]] }, {}, []], // prettier-ignore
    ['a class that is not there', { transfer: [0.2, 4, 1] }, {}, ['known-class']],
    ['more calls than are answered', { transfer: [[0.7, 1, 1], [0.4, 1, 1]] }, {}, ['transfer-shares']], // prettier-ignore
    ['itself', { transfer: [0.2, 0, 1] }, {}, ['transfer-circle']],
    ['in a circle', { transfer: [0.2, 1, 1] }, { transfer: [0.2, 0, 1] }, ['transfer-circle']],
    ['a share above 1', { transfer: [1.2, 1, 1] }, {}, ['model-shape']],
  ])('%s', (_, first, next, expected) => {
    expect(rulesOf(first, next)).toEqual(expected);
  });
});
