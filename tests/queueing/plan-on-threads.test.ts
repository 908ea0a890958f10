import { expect, it } from 'vitest';
import { asCounts, type Operation } from '../../src/kernel/hotline.ts';
import type { ParallelMap } from '../../src/kernel/ports.ts';
import {
  simulatePlan,
  simulatePlanOnThreads,
  simulatePlanShare,
} from '../../src/queueing/simulator/simulate-plan.ts';
import { aCapacity, aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';

const count = 4;
const pathCount = 5;
const queues: AQueue[] = [
  {
    queue: 'a',
    callsPerHour: 120,
    handle: 240,
    patience: 90,
    routes: [to('one')],
    paths: Array.from({ length: pathCount }, (_, p) =>
      Array.from({ length: count }, (_, i) => 60 + 15 * p + 3 * i),
    ),
  },
];
const factors = (step: number): Float64Array =>
  Float64Array.from({ length: pathCount }, (_, p) => 1 + step * p);
const plain = aDemand(queues, count);
const capacity = aCapacity({ one: 9 }, count);
const operation: Operation = {
  policy: aPolicy(queues),
  demand: {
    ...plain,
    queues: plain.queues.map((queue) => ({
      ...queue,
      behaviour: { handleTime: factors(0.04), patience: factors(-0.03), repeats: factors(0.02) },
    })),
  },
  // Three paths of who turns up beside five of calls: each goes round by itself.
  capacity: {
    ...capacity,
    tiers: capacity.tiers.map((tier) => ({
      ...tier,
      attendance: Float64Array.from({ length: 3 * count }, (_, at) => 0.7 + 0.03 * at),
    })),
  },
};
const counts = operation.demand.queues.map(({ ratePaths }) => asCounts(ratePaths.map(Math.round)));

it('lives through the same weeks on threads, of which each is given its own sample paths alone', async () => {
  let most = 0;
  const parallel = (async (_, inputs) =>
    inputs.map((input) => {
      const share = structuredClone(input) as Parameters<typeof simulatePlanShare>[0];
      most = Math.max(most, ...share.demand.queues.map((queue) => queue.pathCount));
      return simulatePlanShare(share);
    })) as ParallelMap;
  for (const given of [{}, { counts }]) {
    const options = { replications: 70, seed: 3, ...given };
    expect(await simulatePlanOnThreads(operation, options, parallel)).toEqual(
      simulatePlan(operation, options),
    );
  }
  expect(most).toBe(3);
});
