import { expect, test } from 'vitest';
import { inRoot } from '../support/build-page.ts';
import { fuzzRoles } from '../support/fuzz/fuzz-roles.ts';
import { isLongRun } from '../support/sweep.ts';

// A bounded part of what bench/fuzz-roles.ts does whole.
test(
  'no role gets an inner error, a leak or more than the table of rights gives',
  { timeout: 240_000 },
  async () => {
    const triesEach = isLongRun ? 46 : 16;
    const seed = Math.floor(Math.random() * 1e9);
    const { asked, faults } = await fuzzRoles({ seed, triesEach, modelsFrom: inRoot('models') });
    expect(asked).toBe(26 * triesEach);
    expect(faults, `seed ${seed}`).toEqual([]);
  },
);
