import type { ParallelMap, ParallelTask } from '../../kernel/ports.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterProblem } from '../roster-problem.ts';
import { keptModel } from './roster-search.ts';
import { createRosterState, type RosterState } from './roster-state.ts';

/** One annealing, asked of a thread: the problem travels, since what is built from it cannot. */
interface AnnealRequest {
  readonly roster: number;
  readonly problem: RosterProblem;
  readonly lines: Uint8Array;
  readonly seed: number;
  readonly stream: number;
  readonly moves: number;
  readonly from: number;
  readonly to: number;
}

interface Annealed {
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

interface AnnealPlan {
  readonly moves: number;
  /** Temperatures at the first and the last move, in units of the roster's price. */
  readonly from: number;
  readonly to: number;
}

/** Moves at one temperature. */
const movesPerStep = 4096;

interface AnnealResult {
  readonly total: number;
  readonly lines: Uint8Array;
}

/**
 * Anneals a roster in place, hands back the best found and leaves the state where the walk ended. Moves: another option on a
 * day, two days of a person exchanged, and blocks of days exchanged between two people, which keeps cover as it is.
 */
const annealRoster = (
  model: RosterModel,
  state: RosterState,
  random: Random,
  plan: AnnealPlan,
): AnnealResult => {
  const people = model.lines.length;
  let best = state.total();
  let bestLines = Uint8Array.from(state.lines);
  let isBestStale = false;
  const cooling = Math.log(plan.to / plan.from);
  let temperature = plan.from;
  for (let move = 0; move < plan.moves; move += 1) {
    if (move % movesPerStep === 0) temperature = plan.from * Math.exp((cooling * move) / plan.moves);
    proposeMove(model, state, random, people);
    const delta = state.delta();
    if (delta <= 0 || (delta < 20 * temperature && random.uniform() < Math.exp(-delta / temperature))) {
      // The best is copied when it is about to be left, not each time it is reached.
      if (delta > 0 && isBestStale) {
        state.undo();
        bestLines = Uint8Array.from(state.lines);
        isBestStale = false;
        continue;
      }
      state.keep();
      if (state.total() < best - 1e-9) {
        best = state.total();
        isBestStale = true;
      }
    } else state.undo();
  }
  if (isBestStale) bestLines = Uint8Array.from(state.lines);
  return { total: best, lines: bestLines };
};

const proposeMove = (model: RosterModel, state: RosterState, random: Random, people: number): void => {
  const { days, options } = model;
  const pick = (count: number): number => Math.min(count - 1, Math.floor(random.uniform() * count));
  const person = pick(people);
  const day = pick(days);
  const kind = random.uniform();
  if (kind < 0.25 || people < 2) {
    state.put(person, day, pick(options));
    return;
  }
  if (kind < 0.35) {
    const other = pick(days);
    const first = state.lines[person * days + day] as number;
    const second = state.lines[person * days + other] as number;
    state.put(person, day, second);
    state.put(person, other, first);
    return;
  }
  const partner = (person + 1 + pick(people - 1)) % people;
  const most = kind < 0.7 ? 2 : 7;
  const until = Math.min(days, day + 1 + pick(most));
  for (let at = day; at < until; at += 1) {
    const mine = state.lines[person * days + at] as number;
    const theirs = state.lines[partner * days + at] as number;
    state.put(person, at, theirs);
    state.put(partner, at, mine);
  }
};
