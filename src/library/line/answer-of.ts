import type { Outcome } from '../../kernel/hotline.ts';
import { totalOutcome } from '../../kernel/measures.ts';

/** What callers meet, over some intervals. Counts are expected ones, so not whole; rates are 0–1, `NaN` where nobody called. */
export interface Answer {
  /** Calls that asked for an operator, those of who called again among them. */
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly blocked: number;
  /** answered / offered */
  readonly connectionRate: number;
  /** answered within the threshold / offered */
  readonly serviceLevel: number;
  /** Mean seconds that answered calls waited. */
  readonly averageSpeedOfAnswerSeconds: number;
}

/** Sums an outcome from interval `from` to before `to`. */
export const answerOf = (outcome: Outcome, from = 0, to = outcome.horizon.count): Answer => {
  const totals = totalOutcome(outcome, from, to);
  const { offered, answered, abandoned, blocked } = totals;
  return {
    offered,
    answered,
    abandoned,
    blocked,
    connectionRate: answered / offered,
    serviceLevel: totals.answeredWithinThreshold / offered,
    averageSpeedOfAnswerSeconds: totals.answeredWaitSeconds / answered,
  };
};
