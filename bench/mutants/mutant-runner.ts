/**
 * Vitest's runner for mutants: which mutant is on, which ones a test passes through, and how many rounds loops
 * may still turn, so that one which no longer ends throws.
 *
 * Two ways to try: one mutant for a whole file in a fresh thread (sure, and half a second each), or, with
 * HUAWU_MUTANTS_LEFT, each test over and over with one mutant after another (a few milliseconds). The quick way
 * believes a failure only where the test passes again right after without the mutant, so that a value kept from
 * one run for the next is not taken for a kill; it never says that a mutant survives.
 */
import { configureGlobal } from 'fast-check';
import { type RunnerTestCase, TestRunner } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Mutants passed through: by a test itself; by its file outside of tests, as it is loaded. */
    mutants?: number[];
    /** Mutants that the quick way killed in the file so far. */
    killed?: number[];
    /** Rounds that the file's loops had turned when the test was over. */
    rounds?: number;
  }
}

const { HUAWU_MUTANT, HUAWU_MUTANT_ROUNDS, HUAWU_MUTANTS_LEFT, HUAWU_MUTANT_SEED } = process.env;
/** Loops may turn this many times as often as without the mutant, and so many times more. */
const roundsFactor = 20;
const roundsMore = 1_000_000;

let on = Number(HUAWU_MUTANT ?? '-1');
let roundsAllowed = on === -1 ? Infinity : Number(HUAWU_MUTANT_ROUNDS) * roundsFactor + roundsMore;
let rounds = 0;
/** By mutant, true where it was passed through: a sparse array, for this is noted in the innermost loops. */
let passes: boolean[] = [];
const filePasses = passes;
const numbersOf = (passed: readonly boolean[]): number[] => Object.keys(passed).map(Number);
const left = new Set(JSON.parse(HUAWU_MUTANTS_LEFT ?? '[]') as number[]);
const killed: number[] = [];

Object.assign(globalThis, {
  __mutant: (id: number): boolean => {
    if (on === -1) passes[id] = true;
    return id === on;
  },
  __round: (): void => {
    rounds += 1;
    if (rounds > roundsAllowed) throw new RangeError('a loop no longer ends');
  },
});

configureGlobal({ seed: Number(HUAWU_MUTANT_SEED ?? '1') });

type Run = () => unknown;

/** `begin` is what Vitest does before each try: figures that stand are asked for under their first names again. */
const failsWith = async (
  mutant: number,
  run: Run,
  begin: () => void,
  usualRounds: number,
): Promise<boolean> => {
  begin();
  on = mutant;
  roundsAllowed = rounds + usualRounds * roundsFactor + roundsMore;
  try {
    await run();
    return false;
  } catch {
    return true;
  } finally {
    on = -1;
    roundsAllowed = Infinity;
  }
};

/** The quick way gives a mutant up after so many tests of a file, and passes over tests that take so long. */
const mostTests = 3;
const longestMillis = 1000;
const tests = new Map<number, number>();

const tryAll = async (run: Run, begin: () => void): Promise<void> => {
  const before = rounds;
  const began = performance.now();
  await run();
  const usual = rounds - before;
  if (performance.now() - began > longestMillis) return;
  for (const mutant of numbersOf(passes)) {
    const nth = (tests.get(mutant) ?? 0) + 1;
    tests.set(mutant, nth);
    if (nth > mostTests || !left.has(mutant) || !(await failsWith(mutant, run, begin, usual))) continue;
    if (await failsWith(-1, run, begin, usual)) {
      left.clear();
      return;
    }
    left.delete(mutant);
    killed.push(mutant);
  }
};

/** Runs tests as Vitest does, and the quick way where mutants are left to try. */
export default class MutantRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    await tryAll(TestRunner.getTestFn(test), () => super.onBeforeTryTask(test, { retry: 0, repeats: 0 }));
  }

  override onBeforeTryTask(...tried: Parameters<TestRunner['onBeforeTryTask']>): void {
    if (on === -1) passes = [];
    super.onBeforeTryTask(...tried);
  }

  override onAfterTryTask(test: RunnerTestCase): void {
    super.onAfterTryTask(test);
    test.meta.mutants = numbersOf(passes);
    test.meta.rounds = rounds;
    test.file.meta.mutants = numbersOf(filePasses);
    test.file.meta.killed = killed;
    passes = filePasses;
  }
}
