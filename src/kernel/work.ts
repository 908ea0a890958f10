const noWork = () => ({
  /** Mixes of operators that were judged for an interval, at once or path by path. */
  mixesJudged: 0,
  /** Intervals of sample paths that were solved, and rounds of their fixed points. */
  intervalsSolved: 0,
  roundsOfIntervals: 0,
  /** Weeks that were lived through call by call, and the calls made in them. */
  weeksSimulated: 0,
  callsSimulated: 0,
  /** Rounds of annealing in which shifts were moved. */
  roundsOfShifts: 0,
  /** Sample paths of a forecast. */
  pathsDrawn: 0,
  /** Programmes that a solver was given, and the iterations it took. */
  programmesSolved: 0,
  solverIterations: 0,
  /** Queries to the database, and rows that they answered. */
  queries: 0,
  rowsRead: 0,
});

/**
 * How much work was done, in counts that are the same on every machine under a seed: what a bench holds against a table
 * where seconds say little. A count is of a batch (a path, an interval, a programme), never of a turn of an inner loop,
 * and no result depends on it: nothing of the product reads it.
 */
export type Work = ReturnType<typeof noWork>;

/** Of this thread, with what threads that work for it have told. To be added to where work is done. */
export const workDone: Work = noWork();

/** What was done since it was taken last, which then starts again. */
export const takeWork = (): Work => {
  const taken = { ...workDone };
  Object.assign(workDone, noWork());
  return taken;
};

/** Adds what another thread has done. */
export const addWork = (done: Work): void => {
  for (const name of Object.keys(done) as (keyof Work)[]) workDone[name] += done[name];
};
