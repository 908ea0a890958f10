import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asCounts, noRatePaths, type Operation } from '../../src/kernel/hotline.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { projectCounted } from '../../src/planning/comparison/explain-actual-gap.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { readModels } from '../../src/store/workspace-models.ts';
import { plantedWorld } from '../support/planted-worlds.ts';

const models = await readModels(join(import.meta.dirname, '../../models'));
const weeks = 40;

/** The two rates of the counts of many weeks, as projected and as lived through with just these counts. */
const bothWays = ({ demand, capacity, policy }: Operation, seed: number) => {
  const random = seededRandom(seed, 9);
  const [queue] = demand.queues;
  if (queue === undefined) throw new Error('no queue');
  const { count } = demand.horizon;
  const counts = Float64Array.from({ length: weeks * count }, (_, i) =>
    random.poisson(queue.freshMean[i % count] ?? 0),
  );
  const all = new Map([[queue.queue, new Uint8Array(count).fill(1)]]);
  const certain = { ...queue, ratePaths: noRatePaths, pathCount: 0 };
  let [connected, inTime] = [0, 0];
  for (let week = 0; week < weeks; week += 1) {
    const freshMean = counts.slice(week * count, (week + 1) * count);
    const came = { demand: { ...demand, queues: [{ ...certain, freshMean }] }, capacity, policy };
    const totals = totalOutcome(projectCounted(came, all));
    connected += connectionRate(totals) / weeks;
    inTime += serviceLevels(totals).ofOffered / weeks;
  }
  const lived = simulatePlan(
    { demand: { ...demand, queues: [certain] }, capacity, policy },
    { replications: weeks, seed, counts: [asCounts(counts)] },
  );
  const totals = totalOutcome(lived.outcome);
  return {
    projected: [connected, inTime] as const,
    lived: [connectionRate(totals), serviceLevels(totals).ofOffered] as const,
    halfWidths: [lived.halfWidths.connectionRate, lived.halfWidths.serviceLevel] as const,
  };
};

test.each([1, 2, 3])('counts of made-up week %i are projected as they are lived through', (seed) => {
  const { planned } = plantedWorld(models, 'volume', seed);
  const { projected, lived, halfWidths } = bothWays(planned, seed);
  for (const measure of [0, 1] as const)
    expect(Math.abs(projected[measure] - lived[measure])).toBeLessThan(halfWidths[measure] + 0.002);
});
