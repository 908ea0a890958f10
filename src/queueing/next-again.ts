/** By queue, the share of calls made again that was tried last, and what it led to; one path is solved at a time. */
const tried: number[] = [];
const led: number[] = [];

/** Rounds after which halfway steps settle what steps along the slope may not. */
const slopeRounds = 12;

/**
 * The share of calls made again to try next: a step along the slope that the last two rounds show (Wegstein 1958).
 * Losses rise with what comes back, so that whole steps come near it slowly.
 */
export const nextAgain = (q: number, round: number, before: number, found: number): number => {
  const run = before - (tried[q] ?? 0);
  const rise = found - (led[q] ?? 0);
  tried[q] = before;
  led[q] = found;
  if (round >= slopeRounds) return before + 0.5 * (found - before);
  const slope = round === 0 || Math.abs(run) < 1e-9 ? 0 : Math.min(0.8, Math.max(-1, rise / run));
  return Math.min(0.95, Math.max(0, before + (found - before) / (1 - slope)));
};
