import type { Random } from '../../kernel/random.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterState } from './roster-state.ts';

export interface AnnealPlan {
  readonly moves: number;
  /** Temperatures at the first and the last move, in units of the roster's price. */
  readonly from: number;
  readonly to: number;
}

/** Moves at one temperature. */
const movesPerStep = 4096;

export interface AnnealResult {
  readonly total: number;
  readonly lines: Uint8Array;
}

/**
 * Anneals a roster in place, hands back the best found and leaves the state where the walk ended. Moves: another option on a
 * day, two days of a person exchanged, and blocks of days exchanged between two people, which keeps cover as it is.
 */
export const annealRoster = (
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

/** Puts a whole roster back. */
export const restore = (state: RosterState, lines: Uint8Array, days: number): void => {
  for (const [place, option] of lines.entries())
    if (state.lines[place] !== option) state.put(Math.floor(place / days), place % days, option);
  state.keep();
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
