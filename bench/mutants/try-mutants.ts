import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
  readonly moduleId: string;
  readonly testIds: string[];
  readonly millis: number;
  readonly rounds: number;
}

const root = join(import.meta.dirname, '../..');
/** The machine may be busy: a run is given up after so long and many times what its tests take without a mutant. */
const leastMillis = 120_000;
const millisFactor = 20;

/** Files run in the order asked for, the cheapest first: the rest is left out once one fails. */
class AsAsked {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

const openVitest = async (
  folders: readonly string[],
  mutants: readonly Mutant[],
  isolate: boolean,
): Promise<Vitest> =>
  createVitest(
    'test',
    {
      root,
      mode: 'mutants',
      config: join(root, 'vitest.config.ts'),
      include: folders.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
      runner: join(import.meta.dirname, 'mutant-runner.ts'),
      watch: false,
      reporters: [{}],
      // Threads: one whose loop never ends can be stopped.
      pool: 'threads',
      maxWorkers: 1,
      // Modules with mutants in them must never be kept for another run.
      fsModuleCache: false,
      bail: 1,
      // Whatever figures a mutant makes are not taken down.
      update: 'none',
      isolate,
      sequence: { sequencer: AsAsked },
      // Loops are stopped by their count, runs as a whole by the clock.
      testTimeout: 0,
      hookTimeout: 0,
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

/** What the tests' side is told: the mutant that is on, the rounds of loops without it, or the mutants left to try. */
interface Order {
  readonly on?: number;
  readonly rounds?: number;
  readonly left?: readonly number[];
  /** What the tests take without a mutant. */
  readonly usualMillis?: number;
}

/** Runs tests; undefined where they did not come to an end. */
const run = async (
  vitest: Vitest,
  specifications: TestSpecification[],
  { on, rounds, left, usualMillis }: Order = {},
): Promise<TestRunResult | undefined> => {
  // What earlier mutants broke must neither count again nor end this run before it begins.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  vitest.state.clearErrors();
  process.env['HUAWU_MUTANT'] = String(on ?? -1);
  process.env['HUAWU_MUTANT_ROUNDS'] = String(rounds ?? 0);
  process.env['HUAWU_MUTANTS_LEFT'] = JSON.stringify(left ?? []);
  const timer = Promise.withResolvers<undefined>();
  // A mutant may end its thread (all memory taken): Vitest throws that from a listener, past every promise.
  const onDeath = (): void => timer.resolve(undefined);
  process.once('uncaughtException', onDeath);
  const millis =
    on === undefined ? leastMillis * millisFactor : leastMillis + millisFactor * (usualMillis ?? 0);
  const timeout = setTimeout(() => timer.resolve(undefined), millis);
  const result = await Promise.race([vitest.runTestSpecifications(specifications), timer.promise]);
  clearTimeout(timeout);
  process.off('uncaughtException', onDeath);
  process.exitCode = 0;
  return result;
};

/** A Vitest with a thread that does not end never closes: it is left behind. */
const close = async (vitest: Vitest): Promise<void> => {
  await Promise.race([vitest.close(), wait(10_000)]);
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
  const result = await run(vitest, specifications);
  if (result === undefined || failed(result)) {
    const tests = result?.testModules.flatMap((module) => [...module.children.allTests('failed')]) ?? [];
    const said = tests.map((test) => `${test.fullName}: ${test.result().errors?.[0]?.message}`);
    throw new Error(`tests fail before anything is changed: ${said.join('; ')}`);
  }
  const covers = mutants.map((): Cover[] => []);
  for (const module of result.testModules) {
    const { moduleId } = module;
    const tests: TestCase[] = [...module.children.allTests()];
    const ofFile = new Set(module.meta().mutants);
    const rounds = Math.max(0, ...tests.map((test) => test.meta().rounds ?? 0));
    covers.forEach((cover, id) => {
      const passing = tests.filter((test) => ofFile.has(id) || test.meta().mutants?.includes(id));
      const millis = passing.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
      const testIds = passing.map((test) => test.id);
      if (testIds.length > 0) cover.push({ moduleId, testIds, millis, rounds });
    });
  }
  return covers.map((cover) => cover.toSorted((a, b) => a.millis - b.millis));
};

/** The quick way (see mutant-runner.ts), file by file, the cheapest first: the mutants that surely are killed. */
const killQuickly = async (vitest: Vitest, covers: readonly Cover[][]): Promise<Set<number>> => {
  const killed = new Set<number>();
  const ofFile = Map.groupBy(
    covers.flatMap((cover, id) => cover.map((part) => ({ ...part, id }))),
    ({ moduleId }) => moduleId,
  );
  const dearest = (parts: readonly Cover[]): number => Math.max(...parts.map(({ millis }) => millis));
  for (const [moduleId, parts] of [...ofFile].toSorted(([, a], [, b]) => dearest(a) - dearest(b))) {
    const still = parts.filter(({ id }) => !killed.has(id));
    if (still.length === 0) continue;
    const testIds = [...new Set(still.flatMap((part) => part.testIds))];
    const tests = vitest.getRootProject().createSpecification(moduleId, { testIds });
    const result = await run(vitest, [tests], { left: still.map(({ id }) => id) });
    for (const module of result?.testModules ?? [])
      for (const id of module.meta().killed ?? []) killed.add(id);
    // A thread that does not end is left behind with its Vitest; what it would have killed is tried alone.
    if (result === undefined) break;
  }
  await close(vitest);
  return killed;
};

/** A Vitest for the sure way: one thread runs a mutant's test files, all of whose modules are loaded with it on. */
interface Session {
  vitest: Vitest;
  readonly open: () => Promise<Vitest>;
}

const tryAlone = async (session: Session, id: number, cover: readonly Cover[]): Promise<Fate> => {
  if (cover.length === 0) return 'not covered';
  const project = session.vitest.getRootProject();
  const tests = cover.map(({ moduleId, testIds }) => project.createSpecification(moduleId, { testIds }));
  const rounds = cover.reduce((sum, part) => sum + part.rounds, 0);
  const usualMillis = cover.reduce((sum, { millis }) => sum + millis, 0);
  const result = await run(session.vitest, tests, { on: id, rounds, usualMillis });
  if (result !== undefined) return failed(result) ? 'killed' : 'survived';
  await close(session.vitest);
  session.vitest = await session.open();
  return 'timed out';
};

/**
 * Tries mutants on the tests under `folders`, each on those tests alone that pass through it: all of them the
 * quick way, and those that it does not kill the sure way.
 */
export const tryMutants = async (
  folders: readonly string[],
  mutants: readonly Mutant[],
  tell: (trial: Trial) => void,
): Promise<Trial[]> => {
  const vitest = await openVitest(folders, mutants, true);
  const covers = await coverOf(vitest, mutants);
  const quickly = await killQuickly(vitest, covers);
  const open = async (): Promise<Vitest> => openVitest(folders, mutants, false);
  const session: Session = { vitest: await open(), open };
  const trials: Trial[] = [];
  for (const [id, mutant] of mutants.entries()) {
    const cover = covers[id] ?? [];
    const fate = quickly.has(id) ? 'killed' : await tryAlone(session, id, cover);
    const tests = cover.reduce((sum, { testIds }) => sum + testIds.length, 0);
    trials.push({ mutant, fate, tests });
    tell({ mutant, fate, tests });
  }
  await close(session.vitest);
  return trials;
};
