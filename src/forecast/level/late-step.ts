import { moveAtEnd, type LevelMove } from './level-move.ts';
import { sharedEffect, standardScale } from './level-oddities.ts';
import type { Working } from './level-scales.ts';
import { solveLower } from '../numbers/linear-algebra.ts';

/** Last days that are looked at together, at least and at most: from a week on, the weeks tell of moves. */
const fewest = 3;
const most = 7;
/** Standard deviations by which the last days lie off together from which the days ahead are less sure. */
const surprisedFrom = 2.75;
/** Where they lie off by more than so many, it is the plainer how far, and counts no more. */
const mostSurprise = 5;
/** What begins goes on as far again: the variance of both. */
const goesOn = 2;

/**
 * Variance, log scale, that days ahead have because the last few lie off together: too few to move the level by, enough
 * to be less sure of it. Of the square of what they are off by; 0 where they are not, and where a move goes on, which
 * has steps of its own.
 */
export const lateStepOf = (working: Working, factor: Float64Array, moves: readonly LevelMove[]): number => {
  const { days, y, history } = working;
  const size = days.length;
  if (moveAtEnd(moves, history.days) !== undefined) return 0;
  const whitened = solveLower(factor, y.slice(), size);
  const oddest = { z: 0, effect: 0 };
  for (let count = fewest; count <= most; count += 1) {
    const found = sharedEffect(factor, whitened, size, size - count, () => true);
    if (Math.abs(found.z) > Math.abs(oddest.z)) Object.assign(oddest, found);
  }
  const surprise = Math.abs(oddest.z) / standardScale(whitened);
  if (surprise <= surprisedFrom) return 0;
  return goesOn * (oddest.effect * Math.min(1, mostSurprise / surprise)) ** 2;
};
