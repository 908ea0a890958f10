/** A stretch of days over which the level steps faster than it otherwise does: a jump, an epidemic, its end. */
export interface LevelMove {
  /** First day, and the day after the last; it may lie ahead of the history. */
  readonly from: number;
  readonly to: number;
  /** Variance by which the level steps in a week, log scale. */
  readonly perWeek: number;
}

/** Variance that a move has added to the level by a day. */
export const addedVariance = ({ from, to, perWeek }: LevelMove, day: number): number =>
  (perWeek * Math.max(0, Math.min(day, to) - from)) / 7;

/** The move that goes on at the end of a history of so many days. */
export const moveAtEnd = (moves: readonly LevelMove[], days: number): LevelMove | undefined =>
  moves.find(({ to }) => to > days);
