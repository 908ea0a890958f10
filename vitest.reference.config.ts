import { defineConfig } from 'vitest/config';

/** Tests against reference results in ../shared, which is not part of a clone: they skip themselves without it. */
export default defineConfig({
  test: {
    include: ['tests/reference-kit/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
