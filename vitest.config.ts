import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: started last, one of them would keep one worker after the other is done. */
const longest = [
  'planning/use-cases.test.ts',
  'e2e/journeys.test.ts',
  'conformance/one-history.test.ts',
  'planning/planned-against-simulated.test.ts',
  'conformance/killed-job-worker.test.ts',
  'planning/live-advice.test.ts',
  'planning/staff-for-band.test.ts',
];

/** Starts those first; the others by what they took last time, or by size. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/tests/${name}`));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

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
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
