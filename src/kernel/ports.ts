/**
 * What pure stages need from outside, as interfaces. `engine/` makes them real; tests pass plain ones.
 */

/** Called with the share of the work done (0–1) and, where it helps, which step is under way. */
export type Progress = (done: number, step?: string) => void;

/** Asked between steps of long work; true means give up and throw `CancelledError`. */
export type ShouldStop = () => boolean;

/** Applies one named task to many inputs, in order, on as many threads as there are. */
export interface ParallelMap {
  <Output>(task: ParallelTask, inputs: readonly unknown[], progress?: Progress): Promise<Output[]>;
}

/** A task that worker threads can load: the module that exports it, and its name there. */
export interface ParallelTask {
  readonly module: string;
  readonly name: string;
  /** True: no input of it is handed out while one of another task waits for a thread. */
  readonly whenIdle?: boolean;
}

/**
 * A mixed-integer linear programme in rows:
 * minimise cost·x subject to rowLower ≤ A x ≤ rowUpper, lower ≤ x ≤ upper, x[i] integer where integer[i].
 * A is in compressed columns (starts has columns + 1 entries).
 */
export interface LinearProgramme {
  readonly columns: number;
  readonly rows: number;
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly integer: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface SolverLimits {
  /** Relative gap between answer and bound at which to stop, e.g. 0.01. */
  readonly gap: number;
  /** Wall-clock limit; left out under a seed, where `nodes` limits instead. */
  readonly seconds?: number;
  /** Limit on branch-and-bound nodes: repeatable on any machine. */
  readonly nodes?: number;
  /**
   * Asks for the bound of a programme without integers by interior point and without a vertex: many times
   * quicker on large relaxations. `x` is then an inner point of the best face.
   */
  readonly interior?: boolean;
  /** Values of all columns from which a mixed programme starts; a start that breaks a row is repaired or ignored. */
  readonly start?: Float64Array;
}

export interface SolverAnswer {
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'none';
  /** Values of the columns; empty when there is no answer. */
  readonly x: Float64Array;
  readonly objective: number;
  /** Proved lower bound of the objective. */
  readonly bound: number;
  /** What one more unit of each row's right-hand side would cost, for programmes without integers. */
  readonly rowDuals?: Float64Array;
}

export interface Solver {
  solve(programme: LinearProgramme, limits: SolverLimits): Promise<SolverAnswer>;
}

/** How far work is, and when. */
export interface Pace {
  /** Share of the work that is done, 0–1. */
  readonly done: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly at: number;
}

/** Work and time that have to be seen before anything is said of the rest. */
const least = { share: 0.05, millis: 2000 };

/** Seconds that the rest of the work takes at the pace since it was first looked at; undefined while that says little. */
export const secondsLeft = (begun: Pace, now: Pace): number | undefined => {
  const [share, millis] = [now.done - begun.done, now.at - begun.at];
  if (share < least.share || millis < least.millis || now.done >= 1) return undefined;
  return (((1 - now.done) / share) * millis) / 1000;
};
