import { describe, expect, it } from 'vitest';
import { simulateModel, type ModelSimulation } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';

/** Distance in standard errors; half widths are 1.96 of them. */
const errorsFrom = (ours: [number, number] | null | undefined, expected: number): number =>
  Math.abs((ours?.[0] ?? Number.NaN) - expected) / ((ours?.[1] ?? Number.NaN) / 1.96);

interface Line {
  readonly ratePerHour: number;
  readonly serviceSeconds: number;
  readonly patienceSeconds: number;
  readonly operators: number;
  readonly trunks?: number;
  readonly divert: readonly [number, number];
}

/**
 * The exact line: calls in the system are a birth-death chain whose births thin out where the estimated wait is
 * above the limit. Shares are of all attempts.
 */
const exactDiversion = (line: Line): Record<string, number> => {
  const { operators, serviceSeconds, patienceSeconds, divert } = line;
  const top = line.trunks ?? operators + 2000;
  const rate = line.ratePerHour / 3600;
  const isOffered = (k: number): boolean =>
    k >= operators && ((k - operators + 1) * serviceSeconds) / operators > divert[0];
  const stays = (k: number): number => (isOffered(k) ? 1 - divert[1] : 1);
  const logs = [0];
  for (let k = 1; k <= top; k += 1) {
    const leaves = Math.min(k, operators) / serviceSeconds + Math.max(0, k - operators) / patienceSeconds;
    logs.push((logs[k - 1] ?? 0) + Math.log((rate * stays(k - 1)) / leaves));
  }
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logs.map((l) => Math.exp(l - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = (of: (k: number) => number): number =>
    weights.reduce((total, weight, k) => total + (weight / sum) * of(k), 0);
  const blocked = line.trunks === undefined ? 0 : mean((k) => (k === top ? 1 : 0));
  const deflected = mean((k) => (k < top && isOffered(k) ? divert[1] : 0));
  const queue = mean((k) => Math.max(0, k - operators));
  return {
    p_block_of_attempts: blocked,
    p_deflect_of_attempts: deflected,
    p_abandon_of_attempts: queue / patienceSeconds / rate,
    mean_wait_admitted_s: queue / (rate * (1 - blocked - deflected)),
    occupancy_busy_over_scheduled: mean((k) => Math.min(k, operators)) / operators,
  };
};

const simulate = (line: Line): ModelSimulation =>
  simulateModel(
    parseSimulationModel({
      intervals: 14,
      interval_s: 3600,
      warmup_s: 7200,
      ...(line.trunks === undefined ? {} : { trunks: line.trunks }),
      classes: [
        {
          rate_per_h: line.ratePerHour,
          service: ['exp', line.serviceSeconds],
          patience: ['exp', line.patienceSeconds],
          divert: line.divert,
          route: { '0': [1, 0] },
        },
      ],
      pools: [{ staff: line.operators, class_priority: [1] }],
    }),
    { replications: 120, seed: 9 },
  );

describe('diversion by estimated wait, steady', () => {
  it.each<[string, Line]>([
    [
      'a small desk, most take it',
      { ratePerHour: 70, serviceSeconds: 240, patienceSeconds: 120, operators: 4, divert: [40, 0.8] },
    ],
    [
      'overload, few take it',
      { ratePerHour: 300, serviceSeconds: 300, patienceSeconds: 180, operators: 20, divert: [60, 0.15] },
    ],
    [
      'few lines: a busy tone beside the prompt',
      {
        ratePerHour: 200,
        serviceSeconds: 260,
        patienceSeconds: 200,
        operators: 12,
        trunks: 16,
        divert: [20, 0.3],
      },
    ],
    [
      'offered to all who wait',
      { ratePerHour: 150, serviceSeconds: 200, patienceSeconds: 90, operators: 8, divert: [0, 0.5] },
    ],
    [
      'patient callers, ample staff',
      { ratePerHour: 240, serviceSeconds: 180, patienceSeconds: 600, operators: 13, divert: [30, 0.4] },
    ],
  ])('%s: within four standard errors of the exact chain', (_, line) => {
    const { all, pools } = simulate(line);
    for (const [name, expected] of Object.entries(exactDiversion(line))) {
      const found = name in all ? all[name] : pools[0]?.[name];
      if (expected === 0) expect(found?.[0], name).toBe(0);
      else expect(errorsFrom(found, expected), name).toBeLessThanOrEqual(4);
    }
  });
});
