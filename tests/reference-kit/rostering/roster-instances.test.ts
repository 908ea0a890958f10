import { afterAll, describe, expect, test } from 'vitest';
import { createHighsSolver } from '../../../src/engine/highs-solver.ts';
import { createParallelMap } from '../../../src/engine/parallel-map.ts';
import { evaluateRoster } from '../../../src/rostering/evaluate/evaluate-roster.ts';
import { solveRoster } from '../../../src/rostering/search/solve-roster.ts';
import { hasRosterInstances, readRosterInstance, rosterInstancePath } from '../../support/roster-instance.ts';

if (!hasRosterInstances) console.warn('reference kit skipped: there is no ../shared beside the repository');

describe.skipIf(!hasRosterInstances)('the reference roster instances', () => {
  const solvers = [createHighsSolver(), createHighsSolver()];
  const parallel = createParallelMap(2);
  afterAll(() => Promise.all([...solvers.map((solver) => solver.close()), parallel.close()]));

  // Best known costs of the public instances, and bounds that must be proved; rounds with room to spare.
  test.each([
    { name: 'schedulingbenchmarks/Instance1.txt', rounds: 4, cost: 607, bound: 607 },
    { name: 'schedulingbenchmarks/Instance2.txt', rounds: 4, cost: 828, bound: 828 },
    { name: 'schedulingbenchmarks/Instance3.txt', rounds: 4, cost: 1001, bound: 1001 },
    { name: 'schedulingbenchmarks/Instance4.txt', rounds: 6, cost: 1716, bound: 1716 },
    { name: 'schedulingbenchmarks/Instance5.txt', rounds: 4, cost: 1160, bound: 1141 },
    { name: 'schedulingbenchmarks/Instance10.txt', rounds: 0, cost: 4770, bound: 4631 },
    { name: 'schedulingbenchmarks/Instance11.txt', rounds: 0, cost: 3477, bound: 3443 },
    { name: 'roster_60.json', rounds: 2, cost: 190, bound: 184 },
  ])('$name', async ({ name, rounds, cost, bound }) => {
    const { problem } = readRosterInstance(rosterInstancePath(name));
    const answer = await solveRoster(problem, { solvers, parallel, seed: 1, rounds });
    const judged = evaluateRoster(problem, answer.roster);
    expect(judged.hardBroken).toEqual([]);
    expect(judged.cost).toBeCloseTo(answer.cost, 6);
    expect(judged.cost).toBeLessThanOrEqual(cost);
    expect(answer.bound).toBeGreaterThanOrEqual(bound);
    expect(answer.bound).toBeLessThanOrEqual(judged.cost + 1e-6);
  });
});
