import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { simulateReplication } from '../../src/queueing/simulator/line-simulation.ts';
import { countField, totalsOfCounts } from '../../src/queueing/simulator/line-counts.ts';
import { layOutModel } from '../../src/queueing/simulator/line-spec.ts';
import { simulateModel, simulateModelOnThreads } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { modelSimulationSchema } from '../../src/contract/documents/effect-documents.ts';
import { birthDeath } from './birth-death.ts';

const single = (own: Record<string, unknown>, staff: number | number[], more: Record<string, unknown> = {}) =>
  parseSimulationModel({
    intervals: 22,
    interval_s: 3600,
    warmup_s: 7200,
    classes: [{ service: ['exp', 240], patience: ['exp', 120], route: { '0': [1, 0] }, ...own }],
    pools: [{ staff, class_priority: [1] }],
    ...more,
  });

/** Within four standard errors, given half the width of a 95 % interval. */
const expectNear = (estimate: [number, number] | null | undefined, exact: number): void => {
  const [value, halfWidth] = estimate ?? [Number.NaN, 0];
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(2.05 * halfWidth + 1e-12);
};

describe('stationary queues against the exact chain', () => {
  it.each([
    { name: 'Erlang A', rate: 300, patience: 120, staff: 20, trunks: Infinity },
    { name: 'Erlang A with few lines', rate: 420, patience: 180, staff: 24, trunks: 30 },
    { name: 'Erlang B', rate: 300, patience: 120, staff: 20, trunks: 20 },
    { name: 'Erlang C', rate: 240, patience: Infinity, staff: 20, trunks: Infinity },
  ])('$name', ({ rate, patience, staff, trunks }) => {
    const model = single(
      { rate_per_h: rate, patience: patience === Infinity ? ['inf', 0] : ['exp', patience] },
      staff,
      { trunks: trunks === Infinity ? null : trunks },
    );
    const { all, pools } = simulateModel(model, { replications: 60, seed: 3 });
    const exact = birthDeath(rate / 3600, 240, patience, staff, trunks);
    expectNear(all['p_block_of_attempts'], exact.blocked);
    expectNear(all['p_abandon_of_attempts'], exact.abandoned);
    expectNear(all['p_wait_of_admitted'], exact.waits);
    expectNear(all['mean_wait_admitted_s'], exact.meanWaitSeconds);
    expectNear(pools[0]?.['occupancy_busy_over_scheduled'], exact.occupancy);
  });

  it('blocks alike whatever the law of service, when nobody can wait (insensitivity of Erlang B)', () => {
    const exact = birthDeath(300 / 3600, 240, 1, 20, 20);
    for (const service of [
      ['det', 240],
      ['lognormal', 240, 2],
      ['hyperexp2', 240, 2],
    ]) {
      const model = single({ rate_per_h: 300, service }, 20, { trunks: 20 });
      expectNear(
        simulateModel(model, { replications: 60, seed: 5 }).all['p_block_of_attempts'],
        exact.blocked,
      );
    }
  });
});

describe('what must hold exactly', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const repeat = fc.tuple(share, fc.integer({ min: 0, max: 400 }));
  const ownClass = fc.record({
    rate_per_h: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 6, maxLength: 6 }),
    service: fc.constantFrom(['exp', 200], ['lognormal', 300, 1.5], ['erlang', 100, 2], ['det', 0]),
    patience: fc.constantFrom(['exp', 60], ['weibull', 100, 0.7], ['inf', 0], ['gamma', 50, 2]),
    redial_abandon: repeat,
    redial_block: repeat,
    reconnect: fc.tuple(fc.double({ min: 0, max: 0.5, noNaN: true }), fc.integer({ min: 0, max: 900 })),
    divert: fc.tuple(fc.integer({ min: 0, max: 60 }), share),
    route: fc.constantFrom({ '0': [1, 0] }, { '1': [1, 0], '0': [2, 20] }, { '0': [2, 0], '1': [1, 0] }),
  });
  const anyModel = fc.record({
    intervals: fc.constant(6),
    interval_s: fc.constant(900),
    trunks: fc.option(fc.integer({ min: 0, max: 40 })),
    max_attempts: fc.integer({ min: 1, max: 5 }),
    classes: fc.array(ownClass, { minLength: 2, maxLength: 2 }),
    pools: fc.array(
      fc.record({
        staff: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 6, maxLength: 6 }),
        class_priority: fc.constantFrom([1, 1], [1, 2], [2, 1]),
      }),
      { minLength: 2, maxLength: 2 },
    ),
  });

  it('every attempt is blocked, deflected, connected or abandoned, and has one cause', () => {
    fc.assert(
      fc.property(anyModel, fc.integer(), (input, seed) => {
        const spec = layOutModel(parseSimulationModel(input));
        const counts = simulateReplication(spec, seed, 0);
        for (let row = 0; row < counts.calls.length; row += counts.width) {
          const at = (field: keyof typeof countField): number => counts.calls[row + countField[field]] ?? 0;
          expect(at('blocked') + at('deflected') + at('connected') + at('abandoned')).toBe(at('attempts'));
          expect(at('first') + at('redialAfterAbandon') + at('redialAfterBlock') + at('reconnects')).toBe(
            at('attempts'),
          );
          expect(at('first')).toBe(at('fresh'));
          expect(at('waited')).toBeLessThanOrEqual(at('connected') + at('abandoned'));
        }
        const byPool = counts.connectedByPool.reduce((a, b) => a + b, 0);
        const totals = totalsOfCounts(spec, counts);
        const connected =
          (totals[countField.connected] ?? 0) + (totals[counts.width + countField.connected] ?? 0);
        expect(byPool).toBe(connected);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('nobody tries more often than max_attempts, and a reconnect starts anew', () => {
    const hopeless = single({ rate_per_h: 60, redial_abandon: [1, 10] }, 0, { max_attempts: 4, warmup_s: 0 });
    const { all } = simulateModel(hopeless, { replications: 20, seed: 1 });
    const perFirst = all['attempts_per_first']?.[0] ?? 0;
    expect(perFirst).toBeLessThanOrEqual(4);
    expect(perFirst).toBeGreaterThan(3.9);
    const endless = single({ rate_per_h: 60, service: ['exp', 1], reconnect: [0.8, 1] }, 50, {
      max_attempts: 1,
      warmup_s: 0,
    });
    const again = simulateModel(endless, { replications: 20, seed: 1 }).all['attempts_per_first']?.[0] ?? 0;
    expect(again).toBeGreaterThan(4.8);
    expect(again).toBeLessThan(5.2);
  });

  it('an operator whose shift ends finishes the call and then leaves', () => {
    const model = parseSimulationModel({
      intervals: 2,
      interval_s: 3600,
      classes: [
        { rate_per_h: [600, 0], service: ['det', 1800], patience: ['inf', 0], route: { '0': [1, 0] } },
      ],
      pools: [{ staff: [10, 2], class_priority: [1] }],
    });
    const spec = layOutModel(model);
    const counts = simulateReplication(spec, 1, 0);
    // Ten calls start about 0 s, ten more about 1800 s; those end about 3600 s and eight operators leave.
    expect(counts.overrun[1]).toBeGreaterThan(0);
    expect(counts.overrun[1]).toBeLessThan(8 * 200);
    expect(counts.busy[1]).toBeCloseTo(2 * 3600 + (counts.overrun[1] ?? 0), 6);
    expect(counts.staffed[1]).toBe(2 * 3600);
  });

  it('answers in order of priority, as in Cobham’s formula, and in order of arrival where they are equal', () => {
    // Two classes of 2.25 Erlangs each on 6 operators: ρ₁ = 0.375, ρ = 0.75.
    const urgent = (priorities: number[], rates: number[]) =>
      parseSimulationModel({
        intervals: 26,
        interval_s: 3600,
        warmup_s: 7200,
        classes: rates.map((rate) => ({
          rate_per_h: rate,
          service: ['exp', 180],
          patience: ['inf', 0],
          route: { '0': [1, 0] },
        })),
        pools: [{ staff: 6, class_priority: priorities }],
      });
    const delay = birthDeath(90 / 3600, 180, Infinity, 6, Infinity).waits;
    const urgentWait = (delay * 180) / 6 / (1 - 0.375);
    const ranked = simulateModel(urgent([1, 2], [45, 45]), { replications: 100, seed: 2 }).per_class;
    expectNear(ranked[0]?.['mean_wait_admitted_s'], urgentWait);
    expectNear(ranked[1]?.['mean_wait_admitted_s'], urgentWait / (1 - 0.75));
    const equal = simulateModel(urgent([1, 1], [80, 10]), { replications: 100, seed: 2 }).per_class;
    for (const own of equal) expectNear(own['mean_wait_admitted_s'], (delay * 180) / 6 / (1 - 0.75));
  });
});

describe('edges', () => {
  it('no calls: counts of 0, and null where the base is 0', () => {
    const model = single({ rate_per_h: 0 }, 3);
    const answer = simulateModel(model, { replications: 4, seed: 1 });
    expect(answer.all['attempts']).toEqual([0, 0]);
    expect(answer.all['p_connect_of_attempts']).toBeNull();
    expect(modelSimulationSchema.parse(answer)).toEqual(answer);
  });

  it('nobody on duty and endless patience: all count as abandoned in the end', () => {
    const model = single({ rate_per_h: 50, patience: ['inf', 0] }, 0);
    const { all, pools } = simulateModel(model, { replications: 4, seed: 1 });
    expect(all['p_abandon_of_attempts']).toEqual([1, 0]);
    expect(pools[0]?.['occupancy_busy_over_scheduled']).toBeNull();
  });

  it('repeats itself under a seed, and differs under another', () => {
    const model = single({ rate_per_h: 100 }, 8);
    const first = simulateModel(model, { replications: 5, seed: 4 });
    expect(simulateModel(model, { replications: 5, seed: 4 })).toEqual(first);
    expect(simulateModel(model, { replications: 5, seed: 5 })).not.toEqual(first);
  });

  it('meets the same first calls whatever the staff (common random numbers)', () => {
    const few = simulateModel(single({ rate_per_h: 100 }, 5), { replications: 10, seed: 4 });
    const many = simulateModel(single({ rate_per_h: 100 }, 9), { replications: 10, seed: 4 });
    expect(few.all['first']).toEqual(many.all['first']);
    expect(few.all['abandoned']?.[0]).toBeGreaterThan(many.all['abandoned']?.[0] ?? 0);
  });

  it('gives up when asked to', () => {
    const model = single({ rate_per_h: 10 }, 2);
    expect(() => simulateModel(model, { replications: 4, seed: 1, shouldStop: () => true })).toThrow(
      CancelledError,
    );
  });
});

describe('threads', () => {
  const parallel = createParallelMap(2);
  afterAll(() => parallel.close());

  it('give the same numbers as none', async () => {
    const model = single({ rate_per_h: 100, redial_abandon: [0.5, 100] }, 7);
    const options = { replications: 50, seed: 6 };
    expect(await simulateModelOnThreads(model, options, parallel)).toEqual(simulateModel(model, options));
  });
});
