import { restore } from './anneal-roster.ts';
import { annealInParallel } from './anneal-task.ts';
import { poolCurrentLines, type RosterSearch } from './roster-search.ts';

/** Moves per person and day of a whole run, and of one leg at most: between legs a run can be stopped. */
const movesPerDay = 2500;
const movesPerLeg = 250_000;
/** Person-days beyond which legs are shorter, so that each takes about as long. */
const usualPersonDays = 3000;

/** Temperatures at which runs start in turn, and the one at which all end, as shares of the scale of prices. */
const starts = [0.01, 0.1, 0.01, 0.02];
const end = 0.0012;

/**
 * Runs of annealing from the best roster, one per stream, side by side on the threads: each cools in legs. Better
 * rosters are taken over as they come. True where one came.
 */
export const annealRuns = async (search: RosterSearch, streams: readonly number[]): Promise<boolean> => {
  const before = search.state.total();
  await Promise.all(streams.map((stream) => annealRun(search, stream)));
  poolCurrentLines(search);
  return search.state.total() < before - 1e-9;
};

const annealRun = async (search: RosterSearch, stream: number): Promise<void> => {
  const { model, means, problem, roster, scale, state } = search;
  const start = starts[stream % starts.length] as number;
  const personDays = model.days * model.lines.length;
  const moves = movesPerDay * personDays;
  const perLeg = movesPerLeg * Math.min(1, usualPersonDays / Math.max(1, personDays));
  const legs = Math.max(1, Math.ceil(moves / perLeg));
  let lines = Uint8Array.from(state.lines);
  for (let leg = 0; leg < legs && !search.isOver(); leg += 1) {
    const at = (share: number): number => scale * start * Math.pow(end / start, share);
    const [annealed] = await annealInParallel(
      [
        {
          roster,
          problem,
          lines,
          seed: means.seed,
          stream: 1000 * (stream + 1) + leg,
          moves: Math.ceil(moves / legs),
          from: at(leg / legs),
          to: at((leg + 1) / legs),
        },
      ],
      means.parallel,
    );
    if (annealed === undefined) return;
    lines = Uint8Array.from(annealed.lines);
    if (annealed.best.total < state.total() - 1e-9) {
      restore(state, annealed.best.lines, model.days);
      search.report('anneal');
    }
  }
};
