import { join } from 'node:path';
import {
  createVitest,
  type TestCase,
  type TestRunResult,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import type { Mutant } from './find-mutants.ts';
import { switchMutants } from './switch-mutants.ts';

export type Fate = 'killed' | 'survived' | 'not covered' | 'timed out';

/** What became of one mutant, and how many tests pass through it. */
export interface Trial {
  readonly mutant: Mutant;
  readonly fate: Fate;
  readonly tests: number;
}

/** The tests of one file that pass through a mutant, and what they cost without it. */
interface Cover {
  readonly specification: TestSpecification;
  readonly testIds: string[];
  readonly millis: number;
  readonly rounds: number;
}

const root = join(import.meta.dirname, '../..');
/** Loops may turn this many times as often as without the mutant, and so many times more. */
const roundsFactor = 20;
const roundsMore = 1_000_000;
const longestMillis = 60_000;

const openVitest = async (folders: readonly string[], mutants: readonly Mutant[]): Promise<Vitest> =>
  createVitest(
    'test',
    {
      root,
      config: join(root, 'vitest.config.ts'),
      include: folders.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
      setupFiles: [join(import.meta.dirname, 'mutant-switch.ts')],
      watch: false,
      reporters: [{}],
      // Threads: one whose loop never ends can be stopped.
      pool: 'threads',
      maxWorkers: 1,
      // Modules with mutants in them must never be kept for another run.
      fsModuleCache: false,
      bail: 1,
      // The machine may be busy; loops are stopped by their count.
      testTimeout: longestMillis,
    },
    {
      plugins: [
        {
          name: 'mutants',
          enforce: 'pre',
          transform: (source, id) => {
            const file = id.startsWith(`${root}/`) ? id.slice(root.length + 1) : '';
            if (!/^src\/.*\.ts$/.test(file)) return undefined;
            const own = mutants.flatMap((mutant, k) => (mutant.file === file ? [[k, mutant] as const] : []));
            return switchMutants(file, source, new Map(own));
          },
        },
      ],
    },
  );

const run = async (
  vitest: Vitest,
  specifications: TestSpecification[],
  mutant: number,
  rounds: number,
): Promise<TestRunResult | undefined> => {
  // What earlier mutants broke must neither count again nor end this run before it begins.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  vitest.state.clearErrors();
  process.env['HUAWU_MUTANT'] = String(mutant);
  process.env['HUAWU_MUTANT_ROUNDS'] = String(rounds);
  const timer = Promise.withResolvers<undefined>();
  const timeout = setTimeout(() => timer.resolve(undefined), mutant === -1 ? 2 ** 31 - 1 : longestMillis);
  const result = await Promise.race([vitest.runTestSpecifications(specifications), timer.promise]);
  clearTimeout(timeout);
  process.exitCode = 0;
  return result;
};

const failed = ({ testModules, unhandledErrors }: TestRunResult): boolean => {
  const states = testModules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  const isBroken = unhandledErrors.length > 0 || testModules.some((module) => !module.ok());
  if (!isBroken && !states.includes('passed')) throw new Error('no test ran');
  return isBroken;
};

/** Runs all tests with no mutant on and notes who passes through what; throws where one fails already. */
const coverOf = async (vitest: Vitest, mutants: readonly Mutant[]): Promise<Cover[][]> => {
  const specifications = await vitest.globTestSpecifications();
  const result = await run(vitest, specifications, -1, Number.POSITIVE_INFINITY);
  if (result === undefined || failed(result)) {
    const tests = result?.testModules.flatMap((module) => [...module.children.allTests('failed')]) ?? [];
    const said = tests.map((test) => `${test.fullName}: ${test.result().errors?.[0]?.message}`);
    throw new Error(`tests fail before anything is changed: ${said.join('; ')}`);
  }
  const covers = mutants.map((): Cover[] => []);
  for (const module of result.testModules) {
    const specification = specifications.find(({ moduleId }) => moduleId === module.moduleId);
    const tests: TestCase[] = [...module.children.allTests()];
    const ofFile = new Set(module.meta().mutants);
    const rounds = Math.max(0, ...tests.map((test) => test.meta().rounds ?? 0));
    if (specification === undefined) continue;
    covers.forEach((cover, id) => {
      const passing = tests.filter((test) => ofFile.has(id) || test.meta().mutants?.includes(id));
      const millis = passing.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
      const testIds = passing.map((test) => test.id);
      if (testIds.length > 0) cover.push({ specification, testIds, millis, rounds });
    });
  }
  return covers.map((cover) => cover.toSorted((a, b) => a.millis - b.millis));
};

/**
 * Tries mutants one after another on the tests under `folders`: only those tests that pass through the mutant,
 * the quickest file first, until one fails.
 */
export const tryMutants = async (
  folders: readonly string[],
  mutants: readonly Mutant[],
  tell: (trial: Trial) => void,
): Promise<Trial[]> => {
  let vitest = await openVitest(folders, mutants);
  const covers = await coverOf(vitest, mutants);
  const trials: Trial[] = [];
  for (const [id, mutant] of mutants.entries()) {
    const cover = covers[id] ?? [];
    let fate: Fate = cover.length === 0 ? 'not covered' : 'survived';
    for (const { specification, testIds, rounds } of cover) {
      const { moduleId } = specification;
      const again = vitest.getRootProject().createSpecification(moduleId, { testIds });
      const result = await run(vitest, [again], id, rounds * roundsFactor + roundsMore);
      if (result === undefined) {
        await vitest.close();
        vitest = await openVitest(folders, mutants);
      }
      if (result !== undefined && !failed(result)) continue;
      fate = result === undefined ? 'timed out' : 'killed';
      break;
    }
    const trial = { mutant, fate, tests: cover.reduce((sum, { testIds }) => sum + testIds.length, 0) };
    trials.push(trial);
    tell(trial);
  }
  await vitest.close();
  return trials;
};
