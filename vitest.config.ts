import { defineConfig } from 'vitest/config';

/** What `npm test` runs: all that a clone has all it needs for. */
const product = {
  include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
  exclude: ['tests/reference-kit/**'],
  testTimeout: 30_000,
  hookTimeout: 120_000,
};

/** Against reference results in ../shared, which is not part of a clone: they skip themselves without it. */
const reference = {
  include: ['tests/reference-kit/**/*.test.ts'],
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

export default defineConfig(({ mode }) => ({
  test: {
    // Processes, not threads: tests start worker threads and change the working folder themselves.
    pool: 'forks',
    maxWorkers: 2,
    ...(mode === 'reference' ? reference : product),
  },
}));
