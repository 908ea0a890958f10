import type { Solver, SolverAnswer } from '../kernel/ports.ts';
import type { SolverRequest } from './highs-worker.ts';
import { createParallelMap, ThreadEndedError } from './parallel-map.ts';

const solveProgramme = { module: new URL('./highs-worker.ts', import.meta.url).href, name: 'solveProgramme' };

const noAnswer: SolverAnswer = {
  status: 'none',
  x: new Float64Array(0),
  objective: Number.NaN,
  bound: -Infinity,
};

/**
 * The kernel's Solver on HiGHS (WebAssembly) in a worker thread of its own, so that a long solve blocks
 * nobody and its memory goes with the thread. Requests are answered in order. The same programme under the
 * same limits gives the same answer as long as only `gap` and `nodes` limit it. A thread that dies of a
 * programme (out of memory) answers `none` and is replaced. An idle solver does not keep the process alive;
 * `close` ends the thread, and refuses what is still waiting.
 */
export const createHighsSolver = (): Solver & { close(): Promise<void> } => {
  const thread = createParallelMap(1);
  return {
    solve: async (programme, limits) => {
      const request: SolverRequest = { programme, limits };
      try {
        const [answer] = await thread<SolverAnswer>(solveProgramme, [request]);
        return answer ?? noAnswer;
      } catch (error) {
        if (error instanceof ThreadEndedError) return noAnswer;
        throw error;
      }
    },
    close: () => thread.close(),
  };
};
