import type { ParallelMap, ParallelTask } from '../../kernel/ports.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterProblem } from '../roster-problem.ts';
import { annealRoster, type AnnealResult } from './anneal-roster.ts';
import { keptModel } from './kept-model.ts';
import { createRosterState } from './roster-state.ts';

/** One annealing, asked of a thread: the problem travels, since what is built from it cannot. */
export interface AnnealRequest {
  readonly roster: number;
  readonly problem: RosterProblem;
  readonly lines: Uint8Array;
  readonly seed: number;
  readonly stream: number;
  readonly moves: number;
  readonly from: number;
  readonly to: number;
}

export interface Annealed {
  /** The best found, and where the walk ended. */
  readonly best: AnnealResult;
  readonly lines: Uint8Array;
}

export const annealTask = (request: AnnealRequest): Annealed =>
  annealHere(keptModel(request.roster, request.problem), request);

const annealHere = (
  model: RosterModel,
  { lines, seed, stream, moves, from, to }: Omit<AnnealRequest, 'problem' | 'roster'>,
): Annealed => {
  const state = createRosterState(model, lines);
  const best = annealRoster(model, state, seededRandom(seed, stream), { moves, from, to });
  return { best, lines: Uint8Array.from(state.lines) };
};

const task: ParallelTask = { module: new URL('./anneal-task.ts', import.meta.url).href, name: 'annealTask' };

/** Anneals on the threads; in this one where there are none. */
export const annealInParallel = (
  requests: readonly AnnealRequest[],
  parallel: ParallelMap | undefined,
): Promise<Annealed[]> =>
  parallel === undefined ? Promise.resolve(requests.map(annealTask)) : parallel<Annealed>(task, requests);
