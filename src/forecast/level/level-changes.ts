import type { KernelOptions, LevelScales, PrivateEffect } from './day-kernel.ts';
import { moveAtEnd, type LevelMove } from './level-move.ts';
import { findMoves } from './level-moves.ts';
import { findOddWeeks, findShift, oddAsJump, standardScale } from './level-oddities.ts';
import { covarianceOf, kernelOf, type Working } from './level-scales.ts';
import { choleskyInPlace, solveLower } from '../numbers/linear-algebra.ts';

/** What was found of a lasting jump of the level. */
export interface LastingJump {
  /** Its size on the log scale; 0 for none. */
  readonly shiftEffect: number;
  /**
   * Another reading of odd weeks at the very end: not passing but lasting. Too few days tell the two apart. Undefined
   * where the question does not arise.
   */
  readonly otherReading: OtherReading | undefined;
}

/** What is read differently, and the chance that it is so. */
export interface OtherReading {
  readonly options: Partial<KernelOptions>;
  readonly chance: number;
}

/** Chance that odd weeks at the very end are a jump that lasts; no evidence can come from earlier weeks. */
const jumpChance = 0.2;
/** Chance that a line whose last week alone shows a move does move. */
const moveChance = 0.5;

/** A level whose scales are settled, before and after changes are looked for; `factor` is of its covariance. */
interface Settled {
  readonly working: Working;
  readonly noise: Float64Array;
  readonly scales: LevelScales;
  readonly options: KernelOptions;
  readonly factor: Float64Array;
}

type Changes = LastingJump & Pick<Settled, 'options' | 'factor'>;

const refactor = ({ working, noise, scales }: Settled, options: KernelOptions): Float64Array =>
  choleskyInPlace(
    covarianceOf(kernelOf(working, scales, options), working.days, noise, 0),
    working.days.length,
  );

const whiten = ({ days, y }: Working, factor: Float64Array): Float64Array =>
  solveLower(factor, y.slice(), days.length);

/** Odd weeks within a move are part of it. */
const withoutThoseIn = (moves: readonly LevelMove[], odd: readonly PrivateEffect[]): PrivateEffect[] =>
  odd.filter((week) => !moves.some(({ from, to }) => week.from < to && week.to > from));

/** Moves and odd weeks as they are taken to be, and what else the last week may mean. */
const readEnd = (
  { working, options: { moves } }: Settled,
  odd: readonly PrivateEffect[],
): [LastingJump, PrivateEffect[], readonly LevelMove[]] => {
  const { history, days } = working;
  const left = withoutThoseIn(moves, odd);
  const latest = moveAtEnd(moves, history.days);
  if (latest !== undefined && latest.from >= history.days - 7) {
    const earlier = moves.filter((move) => move !== latest);
    const moving = { options: { privateEffects: left, moves }, chance: moveChance };
    return [{ shiftEffect: 0, otherReading: moving }, withoutThoseIn(earlier, odd), earlier];
  }
  const jump = oddAsJump(left, days[days.length - 1]!);
  const otherReading = jump === undefined ? jump : { options: { privateEffects: jump }, chance: jumpChance };
  return [{ shiftEffect: 0, otherReading }, left, moves];
};

/**
 * Odd weeks, lasting jumps and moves as effects of their own, which must not spread to the level around them. A jump
 * after which the line keeps moving was none: then it moves from there on. `options` holds the moves known so far, which
 * `factor` is without.
 */
export const findChanges = (settled: Settled): Changes => {
  const { working, options, factor } = settled;
  const whitened = whiten(working, factor);
  const odd = findOddWeeks(working, factor, whitened);
  const oddest = Math.max(0, ...odd.map(({ z }) => z));
  const shift = findShift(working, factor, whitened, standardScale(whitened), oddest);
  const changed = (
    found: LastingJump,
    privateEffects: PrivateEffect[],
    moves: readonly LevelMove[],
  ): Changes => {
    const all = { ...options, privateEffects, moves };
    return { ...found, options: all, factor: moves.length > 0 ? refactor(settled, all) : factor };
  };
  if (shift === undefined) return changed(...readEnd(settled, odd));
  const jumped = refactor(settled, { ...options, privateEffects: [shift], moves: [] });
  const moves = findMoves(
    { working, factor: jumped, whitened: whiten(working, jumped), from: 0 },
    { from: shift.from, effect: shift.effect, whitened },
  );
  if (moveAtEnd(moves, working.history.days) !== undefined) {
    const all = findMoves({ working, factor, whitened, from: 0 });
    return changed({ shiftEffect: 0, otherReading: undefined }, [], all);
  }
  return changed({ shiftEffect: shift.effect, otherReading: undefined }, [shift], moves);
};
