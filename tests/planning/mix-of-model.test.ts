import { english } from '../support/said.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { mixOfModel } from '../../src/staffing/mix-of-model.ts';
import { simulateModel } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { mixDocumentSchema } from '../../src/contract/documents/requirement-document.ts';
import { isLongRun } from '../support/sweep.ts';

const parallel = createParallelMap(1);
afterAll(() => parallel.close());

const ask = (model: unknown, more: Partial<Parameters<typeof mixOfModel>[0]> = {}) =>
  mixOfModel(
    {
      model: parseSimulationModel(model),
      connectionRate: 0.9,
      serviceLevel: 0.8,
      thresholdSeconds: 15,
      replications: 20,
      seed: 1,
      ...more,
    },
    parallel,
  );

/** Two classes with a pool each and generalists for both, one staffing throughout. */
const design = {
  intervals: 12,
  interval_s: 3600,
  warmup_s: 7200,
  stationary: true,
  classes: [
    {
      rate_per_h: 150,
      service: ['lognormal', 240, 1.2],
      patience: ['exp', 120],
      route: { '0': [1, 0], '2': [2, 0] },
    },
    {
      rate_per_h: 120,
      service: ['exp', 300],
      patience: ['exp', 150],
      route: { '1': [1, 0], '2': [2, 0] },
    },
  ],
  pools: [
    { staff: 0, class_priority: [1, 9] },
    { staff: 0, class_priority: [9, 1] },
    { staff: 0, class_priority: [1, 1], cost_per_hour: 1.1 },
  ],
};

describe('the least mix of a stationary model', () => {
  const found = ask(design);

  it.runIf(isLongRun)('meets every target when the plain simulator runs it, under another seed', async () => {
    const { pools, classes, operatorHours } = mixDocumentSchema.parse(await found);
    expect(classes.flatMap((own) => [own.connectionRate?.holds, own.serviceLevel?.holds])).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(pools.map(({ staff }) => new Set(staff).size)).toEqual([1, 1, 1]);
    const staffed = design.pools.map((pool, p) => ({ ...pool, staff: pools[p]?.staff }));
    const { per_class } = simulateModel(parseSimulationModel({ ...design, pools: staffed }), {
      replications: 200,
      seed: 99,
    });
    for (const measured of per_class) {
      const [within, width] = measured['sl15_of_attempts'] ?? [0, 0];
      expect(within + width).toBeGreaterThan(0.8);
      expect(measured['p_connect_of_attempts']?.[0]).toBeGreaterThan(0.9);
    }
    expect(operatorHours).toBe(12 * pools.reduce((sum, { staff }) => sum + (staff[0] ?? 0), 0));
  });

  it('lies between one pool and classes apart, and no operator can go', async () => {
    const { operatorHours, byFormula, oneFewer, pools } = await found;
    expect(operatorHours).toBeLessThan(byFormula.dedicated);
    expect(operatorHours).toBeGreaterThanOrEqual(byFormula.pooled);
    expect(oneFewer.map(({ pool }) => pool)).toEqual(
      pools.filter(({ staff }) => (staff[0] ?? 0) > 0).map(({ pool }) => pool),
    );
    for (const { simulated, target } of oneFewer) expect(simulated).toBeLessThan(target);
    // Whoever goes from a class's own pool is missed by that class most.
    const own = oneFewer.filter(({ pool }) => pool < 2);
    expect(own.length).toBeGreaterThan(0);
    for (const row of own) expect(row.class).toBe(row.pool);
  });
});

it('staffs a day of changing calls interval by interval, callers who call again included', async () => {
  const day = {
    intervals: 4,
    interval_s: 1800,
    classes: [
      {
        rate_per_h: [60, 160, 160, 40],
        service: ['exp', 240],
        patience: ['exp', 90],
        redial_abandon: [0.5, 300],
        route: { '0': [1, 0] },
      },
    ],
    pools: [{ staff: 1, class_priority: [1] }],
  };
  const { pools, classes, notices } = await ask(day, { serviceLevel: null, replications: 60 });
  const staff = pools[0]?.staff ?? [];
  expect(staff).toHaveLength(4);
  expect(Math.min(staff[1] ?? 0, staff[2] ?? 0)).toBeGreaterThan(Math.max(staff[0] ?? 0, staff[3] ?? 0));
  expect(classes[0]?.connectionRate?.holds).toBe(true);
  expect(classes[0]?.serviceLevel).toBeNull();
  expect(notices.map(english).join()).toContain('cost_per_hour');
});

it('says so where lines are too few for any number of operators', async () => {
  const { classes, notices } = await ask(
    { ...design, trunks: 8, intervals: 4 },
    { serviceLevel: null, connectionRate: 0.95 },
  );
  expect(classes.some(({ connectionRate }) => connectionRate?.holds === false)).toBe(true);
  expect(notices).toContainEqual(
    expect.objectContaining({ code: 'targets-out-of-reach', values: { intervals: 1, trunks: 8 } }),
  );
});

it('says nothing of a class without calls', async () => {
  const [first, second] = design.classes;
  const { classes } = await ask(
    { ...design, intervals: 3, classes: [first, { ...second, rate_per_h: 0 }] },
    { replications: 10 },
  );
  expect(classes.map(({ connectionRate }) => connectionRate === null)).toEqual([false, true]);
  expect(classes[1]?.serviceLevel).toBeNull();
});

it('answers the same for the same seed', async () => {
  const small = { ...design, intervals: 3 };
  expect(await ask(small, { replications: 10 })).toEqual(await ask(small, { replications: 10 }));
});
