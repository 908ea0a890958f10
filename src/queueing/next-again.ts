import type { Progressing } from './running-path.ts';

/** Rounds after which halfway steps settle what steps along the slope may not. */
const slopeRounds = 12;

/**
 * The share of a queue's calls made again to try next, where the last (`again`) led to `found`: a step along the slope
 * that the last two rounds show (Wegstein 1958). Losses rise with what comes back, so that whole steps come near it
 * slowly. Keeps the round in `triedAgain` and `ledToAgain`, for the next.
 */
export const nextAgain = (
  { again, triedAgain, ledToAgain }: Pick<Progressing, 'again' | 'triedAgain' | 'ledToAgain'>,
  q: number,
  round: number,
  found: number,
): number => {
  const before = again[q] ?? 0;
  const run = before - (triedAgain[q] ?? 0);
  const rise = found - (ledToAgain[q] ?? 0);
  triedAgain[q] = before;
  ledToAgain[q] = found;
  if (round >= slopeRounds) return before + 0.5 * (found - before);
  const slope = round === 0 || Math.abs(run) < 1e-9 ? 0 : Math.min(0.8, Math.max(-1, rise / run));
  return Math.min(0.95, Math.max(0, before + (found - before) / (1 - slope)));
};
