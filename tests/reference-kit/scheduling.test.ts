import { describe, expect, it } from 'vitest';
import { solveCover } from '../../src/scheduling/solve-cover.ts';
import { hasCoverInstances, readCoverInstance } from '../support/cover-instance.ts';

if (!hasCoverInstances) console.warn('reference kit skipped: there is no ../shared beside the repository');

describe.skipIf(!hasCoverInstances)('the reference cover instances', () => {
  // Bounds of the full model as the reference gives them; gaps with room above what a seed reaches.
  it.each([
    { name: 'cover_60_t1', lpBound: 15456.8, gap: 0.025, rounds: 9 },
    { name: 'cover_400_t1', lpBound: 103076.1, gap: 0.012, rounds: 9 },
    { name: 'cover_200_t3', lpBound: 55909.7, gap: 0.028, rounds: 9 },
  ])(
    '$name: the bound is the full model’s but for half a percent, and the plan is near it',
    async ({ name, lpBound, gap, rounds }) => {
      const { problems, links } = readCoverInstance(name);
      const found = await solveCover(problems, links, { gap: 0, seed: 1, rounds });
      expect(found.bound).toBeLessThanOrEqual(lpBound * (1 + 5e-6));
      expect(found.bound).toBeGreaterThan(lpBound * 0.995);
      expect(found.cost / found.bound - 1).toBeLessThanOrEqual(gap);
    },
  );
});
