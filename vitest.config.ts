import { defineConfig } from 'vitest/config';

/**
 * `npm test`: everything that a clone has all it needs for. Tests against reference results that lie beside
 * the repository have a configuration of their own (vitest.reference.config.ts).
 */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/reference-kit/**'],
    // Processes, not threads: tests start worker threads and change the working folder themselves.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
