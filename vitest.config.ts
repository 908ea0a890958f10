import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';

/** Folders whose tests leave nothing behind in their process: no working folder, environment, server or thread. */
const pureFolders = 'tests/{diversion,kernel,monitoring,words}/**/*.test.{ts,tsx}';

/** What `npm test` runs: all that a clone has all it needs for. */
const product = {
  // Ten times what the slowest of them needs on a quiet machine, or more.
  testTimeout: 120_000,
  hookTimeout: 240_000,
  projects: [
    {
      extends: true,
      test: {
        name: 'whole',
        include: ['tests/**/*.test.{ts,tsx}'],
        exclude: ['tests/reference-kit/**', pureFolders],
      },
    },
    // What they import is read once a worker, not once a file.
    { extends: true, test: { name: 'pure', include: [pureFolders], isolate: false } },
  ],
} as const;

const patient = { testTimeout: 600_000, hookTimeout: 600_000 };

/** `npm run test:long`: every file that holds a sweep, all of it and not only the part that `npm test` has time for. */
const long = {
  ...patient,
  include: [
    'tests/conformance/one-history.test.ts',
    'tests/faults/kill.test.ts',
    'tests/planning/model-extremes.test.ts',
    'tests/planning/planned-against-simulated.test.ts',
  ],
  env: { HUAWU_TESTS: 'long' },
};

/** Against reference results in ../shared, which is not part of a clone: they skip themselves without it. */
const reference = { ...patient, include: ['tests/reference-kit/**/*.test.ts'] };

/** bench/mutants chooses and orders files itself, in one process. */
const mutants = {};

const modes: Readonly<Record<string, object>> = { long, mutants, reference };

export default defineConfig(({ mode }) => ({
  test: {
    // Processes, not threads: tests start worker threads and change the working folder themselves.
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    ...(modes[mode] ?? product),
  },
}));
