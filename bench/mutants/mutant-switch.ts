/**
 * Runs before every test file: which mutant is on, which ones a test passes through, and how many rounds loops
 * may still turn. With no mutant on it takes notes; with one on it throws in a loop that no longer ends.
 */
import { configureGlobal } from 'fast-check';
import { afterEach, beforeEach } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Mutants passed through: by a test itself; by its file outside of tests, as it is loaded. */
    mutants?: number[];
    /** Rounds that the file's loops had turned when the test was over. */
    rounds?: number;
  }
}

const on = Number(process.env['HUAWU_MUTANT'] ?? '-1');
const roundsAllowed = Number(process.env['HUAWU_MUTANT_ROUNDS'] ?? 'Infinity');
let rounds = 0;
let testPasses: Set<number> | undefined;
const filePasses = new Set<number>();

Object.assign(globalThis, {
  __mutant:
    on === -1
      ? (id: number): boolean => {
          (testPasses ?? filePasses).add(id);
          return false;
        }
      : (id: number): boolean => id === on,
  __round: (): void => {
    rounds += 1;
    if (rounds > roundsAllowed) throw new RangeError('a loop no longer ends');
  },
});

configureGlobal({ seed: Number(process.env['HUAWU_MUTANT_SEED'] ?? '1') });

beforeEach(() => {
  testPasses = new Set();
});
afterEach(({ task }) => {
  task.meta.mutants = [...(testPasses ?? [])];
  task.meta.rounds = rounds;
  task.file.meta.mutants = [...filePasses];
  testPasses = undefined;
});
