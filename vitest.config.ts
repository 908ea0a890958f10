import { globSync, readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { onlyWhatSweeps } from './tests/support/only-what-sweeps.ts';

/**
 * Files that need a process of their own: they change its working folder or environment, end processes, measure its
 * memory or time, or listen to a module before anybody has loaded it. All others share a worker's, which so reads what they import once, and leave nothing behind in it.
 */
const aloneFiles = [
  'tests/{engine,faults}/**/*.test.ts',
  'tests/cli/{interrupt,open,traffic-input}.test.ts',
  'tests/http/{maintenance,sign-in-times,soak,stop-while-reading}.test.ts',
  'tests/store/{commands,left-records,postgres-server,private-files,versions-at-work}.test.ts',
  'tests/e2e/first-start.test.ts',
  'tests/web/roster-draft.test.ts',
];

/**
 * Files that only a long run has time for. In every run the same is shown on less: planning by `tests/e2e/journeys`,
 * `tests/render` and `tests/http`, its rates against simulation by `tests/staffing/least-by-path` and
 * `tests/planning/recommended-mix`, rosters by `tests/rostering` and `tests/e2e/roster`, a first start by
 * `tests/demo` and `tests/cli/start-up`, what a cause would bring by `tests/web/cause-days`, prompts by `tests/diversion`,
 * forecasts held against what came by `tests/forecast`, workers by `tests/conformance/shared-jobs`, what a further
 * language takes by `tests/architecture/{words,must-not-compile}`, a plan's life by
 * `tests/http/{plan-life,published-plan}`, work that is left and come back to, or done by two, by
 * `tests/e2e/typed-and-unsaved`, `tests/web` and `tests/planning/roster-keeps-its-plan`, files of a line's own by
 * `tests/e2e/files` and `tests/ingest/own-files`, feeds by `tests/feeds`, several lines and what older versions wrote by
 * `tests/http` and `tests/store`, what is found from outside by `tests/http/{sign-in,rights}`, `tests/ingest/long-cells` and
 * `tests/faults/{cut-off,kill}`, what the library promises by `tests/library/library`.
 */
const longFiles = [
  'tests/conformance/killed-job-worker.test.ts',
  'tests/e2e/cause-what-if.test.ts',
  'tests/e2e/eight-tasks.test.ts',
  'tests/e2e/feeds.test.ts',
  'tests/e2e/first-start.test.ts',
  'tests/e2e/hostile-names.test.ts',
  'tests/e2e/left-and-back.test.ts',
  'tests/e2e/lines.test.ts',
  'tests/e2e/long-names.test.ts',
  'tests/e2e/made-up-language.test.ts',
  'tests/e2e/own-files.test.ts',
  'tests/e2e/plan-life.test.ts',
  'tests/e2e/plan-of-another-version.test.ts',
  'tests/e2e/random-planner.test.ts',
  'tests/e2e/together.test.ts',
  'tests/faults/clock.test.ts',
  'tests/faults/from-outside.test.ts',
  'tests/faults/fuzz.test.ts',
  'tests/http/described-files.test.ts',
  'tests/http/soak.test.ts',
  'tests/library/promises.test.ts',
  'tests/planning/live-advice.test.ts',
  'tests/planning/measure-accuracy.test.ts',
  'tests/planning/planned-against-simulated.test.ts',
  'tests/planning/roster-demo.test.ts',
  'tests/planning/roster-repeats.test.ts',
  'tests/planning/use-cases.test.ts',
  'tests/planning/what-if-targets.test.ts',
];

/** Every page in each language, light and width, with axe: as long as all others together, by `npm run test:walk`. */
const walkFiles = ['tests/e2e/every-page.test.ts'];

/** What is waited for comes within a minute on the busiest machine. */
const expected = { poll: { timeout: 60_000 } };

/** Those in `alone` have a process each, those in `shared` one for all. */
const inProcesses = (
  alone: readonly string[],
  shared: readonly string[],
  exclude: readonly string[] = [],
) => ({
  projects: [
    { extends: true as const, test: { name: 'alone', include: [...alone], exclude: [...exclude] } },
    {
      extends: true as const,
      test: { name: 'shared', isolate: false, include: [...shared], exclude: [...alone, ...exclude] },
    },
  ],
});

/** What `npm test` runs: all that a clone has all it needs for. */
const product = {
  expect: expected,
  // Shorter files than a long run's, more of which wait at a time.
  maxWorkers: 4,
  // Ten times what the slowest of them needs on a quiet machine, or more.
  testTimeout: 120_000,
  hookTimeout: 240_000,
  ...inProcesses(
    aloneFiles,
    ['tests/**/*.test.{ts,tsx}'],
    ['tests/reference-kit/**', ...longFiles, ...walkFiles],
  ),
};

const patient = { expect: expected, testTimeout: 600_000, hookTimeout: 600_000 };

/** Files whose sweeps `npm test` runs in part. */
const withSweeps = globSync('tests/**/*.test.ts').filter((file) =>
  readFileSync(file, 'utf8').includes("/support/sweep.ts'"),
);
const isAlone = (file: string): boolean => aloneFiles.some((pattern) => matchesGlob(file, pattern));

/** `npm run test:long`: what `npm test` has no time for. */
const long = {
  ...patient,
  ...inProcesses(
    [...withSweeps.filter(isAlone), ...longFiles],
    withSweeps.filter((file) => !isAlone(file)),
  ),
  env: { HUAWU_TESTS: 'long' },
};

const walk = { ...patient, include: walkFiles, env: { HUAWU_TESTS: 'long' } };

/** Against reference results in ../shared, which is not part of a clone: they skip themselves without it. */
const reference = { ...patient, include: ['tests/reference-kit/**/*.test.ts'] };

/** bench/mutants chooses and orders files itself, in one process. */
const mutants = {};

const modes: Readonly<Record<string, object>> = { long, mutants, reference, walk };

export default defineConfig(({ mode }) => ({
  plugins: mode === 'long' ? [onlyWhatSweeps(withSweeps)] : [],
  test: {
    // A figure that no snapshot has is written on demand (-u) alone.
    update: 'none',
    // Processes, not threads: tests start worker threads and change the working folder themselves.
    pool: 'forks',
    // One more than the cores it is meant for: files wait for servers, disks and clocks for a third of their time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    globalSetup: 'tests/support/run-folder.ts',
    setupFiles: 'tests/support/tell-pages.ts',
    ...(modes[mode] ?? product),
  },
}));
