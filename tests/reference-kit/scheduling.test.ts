import { afterAll, describe, expect, it } from 'vitest';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { solveCover } from '../../src/scheduling/solve-cover.ts';
import { hasCoverInstances, readCoverInstance } from '../support/cover-instance.ts';

if (!hasCoverInstances) console.warn('reference kit skipped: there is no ../shared beside the repository');

describe.skipIf(!hasCoverInstances)('the reference cover instances', () => {
  const solver = createHighsSolver();
  afterAll(() => solver.close());

  // Bounds of the full model as the reference gives them; gaps with room above what a seed reaches.
  it.each([
    { name: 'cover_60_t1', lpBound: 15456.8, gap: 0.025, rounds: 9 },
    { name: 'cover_400_t1', lpBound: 103076.1, gap: 0.008, rounds: 9 },
    { name: 'cover_200_t3', lpBound: 55909.7, gap: 0.028, rounds: 9 },
  ])(
    '$name: the bound equals the full model’s, and the plan is near it',
    async ({ name, lpBound, gap, rounds }) => {
      const { problems, links } = readCoverInstance(name);
      const found = await solveCover(problems, links, solver, { gap: 0, seed: 1, rounds });
      expect(Math.abs(found.bound / lpBound - 1)).toBeLessThan(5e-6);
      expect(found.cost / found.bound - 1).toBeLessThanOrEqual(gap);
    },
  );
});
