import { expect, test } from 'vitest';
import { inRoot } from '../support/build-page.ts';
import { fuzzRoles } from '../support/fuzz/fuzz-roles.ts';

// A bounded part of what bench/fuzz-roles.ts does whole.
test(
  'no role gets an inner error, a leak or more than the table of rights gives',
  { timeout: 240_000 },
  async () => {
    const seed = Math.floor(Math.random() * 1e9);
    const { asked, faults } = await fuzzRoles({ seed, triesEach: 46, modelsFrom: inRoot('models') });
    expect(asked).toBe(26 * 46);
    expect(faults, `seed ${seed}`).toEqual([]);
  },
);
