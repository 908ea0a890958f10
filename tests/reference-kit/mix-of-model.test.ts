import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { mixOfModel } from '../../src/staffing/mix-of-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';

const file = new URL('../../../shared/reference/simulation/scenarios.json', import.meta.url);
const isThere = existsSync(file);
const scenarios = isThere
  ? (JSON.parse(readFileSync(file, 'utf8')) as { scenarios: { name: string; params: unknown }[] }).scenarios
  : [];
const parallel = createParallelMap();
afterAll(() => parallel.close());

describe.skipIf(!isThere)('least mixes of the N and M designs (skipped without ../shared)', () => {
  it.each([
    ['S11_N_design_overflow30', 0.97, null],
    ['S13_M_design', 0.9, 0.8],
  ] as const)('%s', async (name, connectionRate, serviceLevel) => {
    const { params } = scenarios.find((scenario) => scenario.name === name) ?? {};
    const { classes, operatorHours, byFormula, oneFewer } = await mixOfModel(
      {
        model: parseSimulationModel(params),
        connectionRate,
        serviceLevel,
        thresholdSeconds: 15,
        replications: 40,
        seed: 1,
      },
      parallel,
    );
    for (const own of classes) {
      expect(own.connectionRate?.holds).toBe(true);
      expect(own.serviceLevel?.holds ?? true).toBe(true);
    }
    expect(operatorHours).toBeLessThan(byFormula.dedicated);
    expect(oneFewer.length).toBeGreaterThan(1);
    for (const { simulated, target } of oneFewer) expect(simulated).toBeLessThan(target);
  });
});
